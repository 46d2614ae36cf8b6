"""One mutant in its folder, asked everything: what came of it."""

from __future__ import annotations

import functools
import os
import resource
import shutil
import signal
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .asking import Outcome, fault, run
from .kinds import KINDS, Command, Kind, commands, mutant

SECONDS = 2.0
"""Of the processor's time, for all that one mutant is asked: a busy machine makes nothing slower by this clock."""
ROOM = 500_000_000
"""Bytes of address space beyond what the process has when everything is imported and has run once."""


class TooLong(BaseException):
    """The time of a mutant is over. No `except Exception` may hold it up."""


@dataclass(frozen=True)
class Finding:
    """A mutant that did what none may do."""

    number: int
    kind: str
    command: str
    fault: str


@dataclass(frozen=True)
class Result:
    """What came of one mutant: the exit status of the first question, the processor's seconds, and the finding if there is one."""

    kind: str
    status: int | None
    seconds: float
    finding: Finding | None = None


class Ground:
    """A folder in which mutants are tried, with one good world for each kind. The process works inside it from then on."""

    def __init__(self, folder: Path, kinds: tuple[Kind, ...] = KINDS) -> None:
        self.folder, self.kinds = folder, kinds
        for kind in kinds:
            kind.world(folder / kind.name)
        _keep_base_map()

    def warm_up(self) -> None:
        """Try the good files: what is slow the first time has been done, and each is seen to pass. Raises AssertionError."""
        done = set()
        for kind in self.kinds:
            for command in (kind.ask, *kind.then, *kind.others):
                if (kind.world, kind.ask, command) in done:
                    continue
                done.add((kind.world, kind.ask, command))
                self._lay(kind, _good(kind))
                found = run(kind.ask)
                assert (found.status, found.crash) == (0, ""), (kind.name, kind.ask, found)
                found = run(command) if command is not kind.ask else found
                assert (found.status, found.crash) == (0, ""), (kind.name, command, found)

    def try_mutant(self, seed: str, number: int) -> Result:
        """Ask a mutant everything. It is the same whenever and wherever it is tried."""
        kind, content, random = mutant(seed, number, self.kinds)
        self._lay(kind, content)
        start = time.process_time()
        status, finding = None, None
        try:
            with time_limit(SECONDS):
                for command, outcome in _asked(kind, random):
                    status = outcome.status if status is None else status
                    wrong = _wrong(kind, command, status, outcome)
                    if wrong:
                        finding = Finding(number, kind.name, " ".join(command), wrong)
                        break
        except TooLong:
            finding = Finding(number, kind.name, "", f"over {SECONDS} s of the processor's time")
        return Result(kind.name, status, time.process_time() - start, finding)

    def _lay(self, kind: Kind, content: bytes) -> None:
        folder = self.folder / kind.name
        os.chdir(folder)
        shutil.rmtree(folder / "made", ignore_errors=True)
        (folder / kind.place).write_bytes(content)


def _good(kind: Kind) -> bytes:
    """The content that belongs into the kind's world: the first seed."""
    return kind.seeds()[0]


def _asked(kind: Kind, random: Random) -> Iterator[tuple[Command, Outcome]]:
    first = run(kind.ask)
    yield kind.ask, first
    if kind.ask[0] == "import" and first.status != 0:
        return
    for command in commands(kind, random):
        # What check refuses, the others refuse by the same reader: one in eight shows it.
        if first.status == 0 or random.random() < 0.125:
            yield command, run(command)


def _wrong(kind: Kind, command: Command, first: int | None, outcome: Outcome) -> str | None:
    if found := fault(command, outcome):
        return found
    if kind.bound and first == 0 and command in kind.then and outcome.status != 0:
        return f"all was well, but not here: {outcome.err[:500] or outcome.out[:500]}"
    return None


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in what runs longer than so many seconds of the processor's time."""

    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def limit_memory(room: int = ROOM) -> None:
    """Let this process take so many bytes more than it has now. Address space is what Linux can limit; it is more than is used."""
    now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + room, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _keep_base_map() -> None:
    """Spare most mutants the cutting of the base map, which is ours and no part of what is tried, but most of a page's time.

    Every box is checked as ever; one that is as small as that of the good files, and one in sixteen of the large ones,
    is cut, and the others get a cut that there is.
    """
    from geoposture.webmap import basemap_clip, folium_map

    if hasattr(basemap_clip._whole, "cache_info"):
        return
    cut = functools.lru_cache(maxsize=256)(basemap_clip.clip)
    basemap_clip._whole = functools.cache(basemap_clip._whole)

    def clip(bounds: tuple[float, float, float, float], *, margin: float = 0.1) -> object:
        west, south, east, north = basemap_clip._checked(bounds)
        small = max(east - west, north - south) < 12
        if small or zlib.crc32(repr(bounds).encode()) % 16 == 0:
            with untimed():
                return cut(bounds, margin=margin)
        return cut((4.0, 44.0, 6.0, 46.0), margin=margin)

    folium_map.clip = clip


@contextmanager
def untimed() -> Iterator[None]:
    """Stop the clock of `time_limit` for a while."""
    left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, left, 0.5 if left else 0)
