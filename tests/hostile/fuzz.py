"""Many mutants on all cores: `python -m tests.hostile.fuzz --mutants 1000000`; goes on where it was stopped.

Each worker is one process that tries thousands of mutants in a row, as the program would in a fresh one: what a mutant
leaves behind in it would be found as well. Its memory is limited, each mutant has an alarm, and a worker that dies or
hangs is a finding about the mutant that it had.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .trial import Finding, Ground, limit_memory

CHUNK = 500
PATIENCE = 120
"""Seconds without a new mutant after which a worker hangs: its alarm did not get through."""


Done = Callable[[range, "Tally"], object]


@dataclass
class Tally:
    """What came of many mutants."""

    mutants: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    slowest: float = 0.0
    seconds: float = 0.0
    most_memory: int = 0
    """Kilobytes beyond what the worker had before its first mutant, at most."""

    def add(self, other: Tally) -> None:
        """Take the figures of another run in."""
        self.mutants += other.mutants
        self.endings += other.endings
        self.findings += other.findings
        self.slowest = max(self.slowest, other.slowest)
        self.seconds += other.seconds
        self.most_memory = max(self.most_memory, other.most_memory)

    def lines(self) -> Iterator[str]:
        """The figures in words."""
        ends = ", ".join(f"{ending} {count:,}" for ending, count in sorted(self.endings.items()))
        yield f"{self.mutants:,} mutants: {ends}; {len(self.findings)} findings"
        yield f"slowest {self.slowest:.2f} s, mean {self.seconds / max(self.mutants, 1) * 1000:.1f} ms of the processor's time"
        yield f"most memory of a worker beyond its start: {self.most_memory / 1000:.0f} MB"
        for found in self.findings:
            yield f"FINDING {found.number} {found.kind}: {found.command}: {found.fault[-2000:]}"


def fuzz(seed: str, chunks: Iterable[range], *, workers: int, done: Done = lambda _chunk, _tally: None) -> Tally:
    """Try all mutants of these chunks; `done` is told of each chunk that is through, and what came of it."""
    total, waiting = Tally(), list(chunks)[::-1]
    team: list[_Worker] = []
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_fast_folder()) as folder:
        try:
            team = [_Worker(seed, Path(folder)) for _ in range(min(workers, len(waiting)))]
            while team:
                ready = wait([worker.pipe for worker in team], timeout=PATIENCE / 4)
                for worker in [one for one in team if one.pipe in ready or one.is_stuck()]:
                    tally, tried, rest = worker.hear()
                    total.add(tally)
                    if tried:
                        done(tried, tally)
                    if rest:
                        waiting.append(rest)
                    if worker.ended:
                        team.remove(worker)
                        if waiting:
                            team.append(_Worker(seed, Path(folder)))
                    elif waiting:
                        worker.give(waiting.pop())
                    else:
                        worker.end()
                        team.remove(worker)
        finally:
            for worker in team:
                worker.end()
    return total


def _fast_folder() -> str | None:
    """Memory, where there is such a folder: files are written by the thousand, and synced."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class _Worker:
    """One process, seen from outside."""

    def __init__(self, seed: str, folder: Path) -> None:
        context = mp.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._at = context.Value("q", -1)
        self._seen, self._since = -1, time.monotonic()
        self._chunk: range | None = None
        self.ended = False
        ground = tempfile.mkdtemp(dir=folder)
        self._process = context.Process(target=_work, args=(seed, ground, theirs, self._at), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, chunk: range) -> None:
        self._chunk = chunk
        self._at.value = chunk.start
        self.pipe.send(chunk)

    def is_stuck(self) -> bool:
        if self._at.value != self._seen:
            self._seen, self._since = self._at.value, time.monotonic()
        # Loading everything takes long where the machine has much else to do.
        return time.monotonic() - self._since > (PATIENCE if self._chunk is not None else 10 * PATIENCE)

    def hear(self) -> tuple[Tally, range, range]:
        """What the worker says: the figures, the numbers that they are of, and those that are left where it died."""
        chunk, said, how = self._chunk or range(0), None, "hung"
        if self.pipe.poll():
            try:
                said = self.pipe.recv()
            except (EOFError, ConnectionResetError):
                # Its end of the pipe is gone a moment before the system counts it as dead.
                how = "died"
                self._process.join(PATIENCE)
        if isinstance(said, Tally):
            self._chunk = None
            return said, chunk, range(0)
        if said == "ready":
            return Tally(), range(0), range(0)
        number = self._at.value
        self.end()
        if said is not None or not chunk:
            raise RuntimeError(f"a worker {'died' if said else how} before its first mutant: {said or self._process.exitcode}")
        finding = Finding(number, "?", "", f"the worker {how}, exit code {self._process.exitcode}")
        tried = range(chunk.start, number + 1)
        return (
            Tally(len(tried), Counter({"not counted": len(tried) - 1, "cut off": 1}), [finding]),
            tried,
            range(tried.stop, chunk.stop),
        )

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()
        self.ended = True


def _work(seed: str, folder: str, pipe: Connection, at: Any) -> None:
    """The worker itself: chunks of numbers come in, tallies go out."""
    try:
        ground = Ground(Path(folder) / "ground")
        ground.warm_up()
    except BaseException as error:  # noqa: BLE001 - whatever it is, the other side must hear of it
        pipe.send(f"{type(error).__name__}: {error}")
        return
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limit_memory()
    pipe.send("ready")
    while True:
        chunk: range = pipe.recv()
        tally = Tally()
        for number in chunk:
            at.value = number
            result = ground.try_mutant(seed, number)
            tally.mutants += 1
            tally.endings[{0: "done", 1: "problems", 2: "usage"}.get(result.status, "cut off")] += 1
            tally.seconds += result.seconds
            tally.slowest = max(tally.slowest, result.seconds)
            if result.finding:
                tally.findings.append(result.finding)
        tally.most_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        pipe.send(tally)


@dataclass
class Log:
    """The chunks of a long run that are through, in a file: one line each, with their figures."""

    path: Path

    def read(self) -> tuple[Tally, set[int]]:
        """The figures so far, and the numbers that they are of."""
        total, through = Tally(), set()
        for line in self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else ():
            entry = json.loads(line)
            through.update(range(entry["start"], entry["stop"]))
            figures = entry["figures"]
            figures["endings"] = Counter(figures["endings"])
            figures["findings"] = [Finding(**one) for one in figures["findings"]]
            total.add(Tally(**figures))
        return total, through

    def write(self, chunk: range, tally: Tally) -> None:
        """Put down that a chunk is through."""
        figures = {**tally.__dict__, "findings": [asdict(one) for one in tally.findings]}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"start": chunk.start, "stop": chunk.stop, "figures": figures}) + "\n")


def left(mutants: int, through: set[int]) -> Iterator[range]:
    """The numbers below `mutants` that are not through, in chunks."""
    for at in range(0, mutants, CHUNK):
        start = None
        stop = min(at + CHUNK, mutants)
        for number in range(at, stop):
            if number in through:
                if start is not None:
                    yield range(start, number)
                start = None
            elif start is None:
                start = number
        if start is not None:
            yield range(start, stop)


def main() -> int:
    """Run until all mutants are through. Exit status 1 if there is a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=1_000_000)
    parser.add_argument("--seed", default="geoposture")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--log", type=Path, default=Path("build/fuzz"), help="folder of what is through already")
    parser.add_argument("--again", action="store_true", help="forget what is through")
    parser.add_argument("--show", type=int, metavar="NUMBER", help="print one mutant and what comes of it")
    options = parser.parse_args()
    if options.show is not None:
        return show(options.seed, options.show)
    options.log.mkdir(parents=True, exist_ok=True)
    log = Log(options.log / f"{options.seed}.jsonl")
    if options.again:
        log.path.unlink(missing_ok=True)
    total, through = log.read()
    start = time.monotonic()

    def put_down(chunk: range, tally: Tally) -> None:
        log.write(chunk, tally)
        print(f"{chunk.start:,} to {chunk.stop:,}: {len(tally.findings)} findings", file=sys.stderr)

    total.add(fuzz(options.seed, left(options.mutants, through), workers=options.workers, done=put_down))
    print(*total.lines(), sep="\n")
    print(f"{time.monotonic() - start:.0f} s on {options.workers} cores for those that were left")
    return 1 if total.findings else 0


def show(seed: str, number: int) -> int:
    """Print a mutant and what comes of it; what makes the worker die makes this die too."""
    from .kinds import mutant

    kind, content, _ = mutant(seed, number)
    print(f"{kind.name} at {kind.place}, {len(content)} bytes:", flush=True)
    sys.stdout.buffer.write(content + b"\n")
    sys.stdout.flush()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        ground = Ground(folder / "ground")
        ground.warm_up()
        limit_memory()
        result = ground.try_mutant(seed, number)
    finally:
        os.chdir("/")
        shutil.rmtree(folder)
    print(result.finding.fault if result.finding else f"no finding: status {result.status}, {result.seconds:.2f} s")
    return 1 if result.finding else 0


if __name__ == "__main__":
    sys.exit(main())
