"""Commands of geoposture run inside this process, and the judgement of how they ended: well, or with problems in good order."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_PROBLEM = re.compile(r"(?P<file>.+?):\d+:\d+ (?:warning )?(?P<code>[a-z]+(?:-[a-z]+)*): \S.*")
_ERROR = re.compile(r"geoposture: \S.*")


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status, what it printed, and the traceback of an error that nobody caught."""

    status: int | None
    out: str
    err: str
    crash: str = ""


@cache
def _application() -> Any:
    import typer.main

    from geoposture.cli import app

    return typer.main.get_command(app)


def run(arguments: Sequence[str]) -> Outcome:
    """Run one command as `geoposture` would, and catch whatever comes out of it but the end of its time."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2)]
    status, crash = None, ""
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            _application().main(list(arguments), prog_name="geoposture")
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except (Exception, KeyboardInterrupt, GeneratorExit):  # noqa: BLE001 - that is what is looked for
            crash = traceback.format_exc()
    out, err = (_text(stream) for stream in streams)
    return Outcome(status, out, err, crash)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8", "replace")


def fault(arguments: Sequence[str], outcome: Outcome) -> str | None:
    """What is wrong with the way a command ended; None if it did its work, or said in lines why not."""
    if outcome.crash:
        return outcome.crash
    if outcome.status not in (0, 1, 2):
        return f"exit status {outcome.status}"
    said = outcome.out if arguments[0] == "check" else outcome.err
    lines = said.split("\n")[:-1]
    if arguments[0] == "check" and outcome.status in (0, 1):
        if outcome.err or not lines:
            return f"check said on stderr: {outcome.err[:500]!r}"
        lines = lines[:-1]
    if not said.endswith("\n") and said:
        return f"the last line has no end: {said[-200:]!r}"
    for line in lines:
        if not line.isprintable():
            return f"a line that is not plain: {line[:300]!r}"
        if outcome.status == 1 and not _is_problem(arguments[0], line):
            return f"a line that is no problem: {line[:300]!r}"
    if outcome.status == 1 and not lines and arguments[0] != "place":
        return "it failed without a word"
    if outcome.status == 2 and not (len(lines) == 1 and _ERROR.fullmatch(lines[0])):
        return f"wrong usage is not one line: {said[:500]!r}"
    return None


def _is_problem(command: str, line: str) -> bool:
    from geoposture.reading.codes import CODES

    found = _PROBLEM.fullmatch(line)
    if found is None:
        return command != "check" and _ERROR.fullmatch(line) is not None
    return command == "import" or found["code"] in CODES


if __name__ == "__main__":
    print(run(sys.argv[1:]))
