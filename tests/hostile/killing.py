"""Writers killed with SIGKILL: `python -m tests.hostile.killing FIRST STEP KILLS FOLDER` prints what each left, a line of JSON each.

Every writer runs in a fork of this process, which has everything loaded, so that 500 kills take minutes. The moments are of
three kinds: any in the time that the writer takes, any line of the modules that write, and a little after a new file has
appeared beside the target, when its bytes are on their way.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from .asking import run
from .writers import WRITERS, Writer, is_leftover, lay_out, leftovers, put_old, state, verdict

MODULES = ("geoposture/files.py", "geoposture/importing/datafolder.py")
Whole = tuple[dict[str, bytes], dict[str, bytes], float, int]
"""What stands there before and after a run to the end, its seconds when all is loaded, and the lines that MODULES run."""


class Ground:
    """The folder in which writers are killed, and what each leaves when it is not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        lay_out(folder)
        os.chdir(folder)
        self._whole: dict[str, Whole] = {}

    def whole(self, writer: Writer) -> Whole:
        """What comes of a run to the end."""
        if writer.name not in self._whole:
            put_old(writer, self.folder)
            old = state(writer, self.folder)
            lines = 0

            def count() -> None:
                nonlocal lines
                lines += 1

            sys.settrace(_tracer(count))
            _run_to_end(writer)
            sys.settrace(None)
            put_old(writer, self.folder)
            start = time.monotonic()
            _run_to_end(writer)
            self._whole[writer.name] = old, state(writer, self.folder), time.monotonic() - start, lines
        return self._whole[writer.name]

    def kill(self, number: int) -> dict[str, Any]:
        """Kill one writer at the moment that the number says, look at what is left, and let it run to its end."""
        random = Random(f"kill/{number}")
        writer = WRITERS[number % len(WRITERS)]
        old, new, seconds, lines = self.whole(writer)
        put_old(writer, self.folder)
        moment = random.choice(("time", "line", "line", "file"))
        child = os.fork()
        if child == 0:
            _write_and_die(writer, random.randrange(1, lines + 1) if moment == "line" else None)
        if moment == "time":
            time.sleep(random.random() * seconds)
        elif moment == "file":
            _await_file(self.folder, writer, child)
            time.sleep(random.random() * 0.002)
        if moment != "line":
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return {
            "number": number,
            "writer": writer.name,
            "moment": moment,
            "killed": os.WIFSIGNALED(status),
            "became": "old" if (found := state(writer, self.folder)) == old else "new" if found == new else "between",
            "left": leftovers(writer, self.folder),
            "fault": verdict(writer, found, old, new) or self._afterwards(writer, new),
        }

    def _afterwards(self, writer: Writer, new: dict[str, bytes]) -> str | None:
        """What is wrong with what a killed writer leaves beside its target, and with what the next run makes of it."""
        strange = [name for name in leftovers(writer, self.folder) if not is_leftover(name)]
        if strange:
            return f"left {strange}"
        _run_to_end(writer)
        if state(writer, self.folder) != new:
            return "the next run does not give the new one"
        return f"not swept: {rest}" if (rest := leftovers(writer, self.folder)) else None


def _run_to_end(writer: Writer) -> None:
    done = run(writer.command)
    assert done.status == 0, (writer, done)


def _write_and_die(writer: Writer, lines: int | None) -> None:
    """In the fork: write, and die after so many lines, or at the end."""

    def count() -> None:
        nonlocal lines
        lines -= 1
        if lines == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if lines is not None:
        sys.settrace(_tracer(count))
    run(writer.command)
    os._exit(0)


def _tracer(tell: Callable[[], None]) -> Callable[..., Any]:
    """What tells of each line of the modules that write."""

    def on_line(_frame: Any, event: str, _argument: Any) -> Any:
        if event == "line":
            tell()
        return on_line

    return lambda frame, _event, _argument: on_line if frame.f_code.co_filename.endswith(MODULES) else None


def _await_file(folder: Path, writer: Writer, child: int) -> None:
    """Wait until something new lies beside the target, or the child has ended."""
    before = set(leftovers(writer, folder))
    while set(leftovers(writer, folder)) <= before and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        pass


def main() -> None:
    """Kill writers, every STEP-th from the FIRST on, until so many have been killed before they had ended."""
    number, step, kills = map(int, sys.argv[1:4])
    ground = Ground(Path(sys.argv[4]) / "ground")
    while kills:
        found = ground.kill(number)
        print(json.dumps(found), flush=True)
        number += step
        kills -= found["killed"]


if __name__ == "__main__":
    main()
