"""Timing that can be repeated: ways in turn, least and median, memory of a child process, the machine, tables in Markdown."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of several runs. Processor seconds are those of all threads of this process (not of a Java beside it)."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    @property
    def least(self) -> float:
        """The wall time of the fastest run: what other work on the machine disturbs least."""
        return min(self.wall)

    @property
    def median(self) -> float:
        """The wall time in the middle."""
        return statistics.median(self.wall)

    @property
    def least_cpu(self) -> float:
        """The processor seconds of the run with the fewest."""
        return min(self.cpu)


@dataclass(frozen=True, slots=True)
class Child:
    """What a function gave in a process of its own, its seconds there, and the most memory that the process ever held."""

    result: Any
    wall: float
    cpu: float
    peak: int


def interleaved(ways: Mapping[str, Callable[[], object]], *, repeat: int = 5, warm: int = 1) -> dict[str, Timing]:
    """Each way in turn (A B A B …), so that a slow minute of the machine meets all of them; the first rounds do not count."""
    wall: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(warm + repeat):
        for name, way in ways.items():
            began, busy = time.perf_counter(), time.process_time()
            way()
            spent, worked = time.perf_counter() - began, time.process_time() - busy
            if turn >= warm:
                wall[name].append(spent)
                cpu[name].append(worked)
    return {name: Timing(tuple(wall[name]), tuple(cpu[name])) for name in ways}


def in_child(work: Callable[..., Any], *args: Any) -> Child:
    """Run a module's function in a fresh process. Its peak counts Python, the imports, and all that it loads.

    Raises RuntimeError if the process ends without an answer.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(sender, work, args))
    process.start()
    sender.close()
    try:
        return Child(*receiver.recv())
    except EOFError as error:
        process.join()
        raise RuntimeError(f"the process ended with status {process.exitcode} and without an answer") from error
    finally:
        process.join()


def peak() -> int:
    """The most memory in bytes that this process ever held: VmHWM, which begins anew with each program, unlike ru_maxrss."""
    with Path("/proc/self/status").open(encoding="ascii") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def machine(*packages: str) -> list[str]:
    """The processor, the memory, the load and the versions, a line each."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in packages)
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory / 2**30:.0f} GiB; load {load}",
        f"Python {platform.python_version()}, {versions}",
    ]


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, figures to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def seconds(value: float) -> str:
    """Three figures and a unit that suits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}" if value / size < 1000 else f"{value / size:,.0f} {unit}"
    return f"{value * 1e9:.3g} ns"


def _report(sender: Any, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    began, busy = time.perf_counter(), time.process_time()
    result = work(*args)
    sender.send((result, time.perf_counter() - began, time.process_time() - busy, peak()))
    sender.close()


def _processor() -> str:
    with contextlib.suppress(OSError), Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
    return platform.processor() or "unknown processor"
