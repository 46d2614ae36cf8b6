"""Long columns worked on by all processors: NumPy lets go of Python's lock while it is busy."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Found = TypeVar("Found")

_LONG = 2**17
"""Entries from which on it pays to start threads."""


def in_parts(size: int, work: Callable[[slice], Found]) -> list[Found]:
    """What `work` gives for stretches that together are so many entries, in order; side by side where they are many."""
    if size < _LONG or _is_busy() or (parts := os.cpu_count() or 1) == 1:
        return [work(slice(0, size))]
    edges = [size * part // parts for part in range(parts + 1)]
    return list(_pool(os.getpid()).map(work, map(slice, edges[:-1], edges[1:])))


def side_by_side(size: int, *works: Callable[[], Found]) -> tuple[Found, ...]:
    """What each of these gives that do not need each other; side by side where they look at very many entries."""
    if size < _LONG or _is_busy():
        return tuple(work() for work in works)
    pool = _pool(os.getpid())
    return tuple(found.result() for found in [pool.submit(work) for work in works])


_here = threading.local()


def _is_busy() -> bool:
    """Whether this is one of the threads already: one that waits for others of them would wait for itself."""
    return getattr(_here, "is_busy", False)


@lru_cache(maxsize=1)
def _pool(process: int) -> ThreadPoolExecutor:  # noqa: ARG001
    """The threads of this process. A process that was split off has none of them and needs its own."""
    return ThreadPoolExecutor(os.cpu_count(), initializer=setattr, initargs=(_here, "is_busy", True))


def taken(column: NDArray[Any], rows: NDArray[np.integer[Any]]) -> NDArray[Any]:
    """`column[rows]`; the rows must be there."""
    if not column.flags.c_contiguous:
        # `take` would copy the whole column first.
        strided: NDArray[Any] = column[rows]
        return strided
    found = np.empty(len(rows), dtype=column.dtype)
    # Without "clip" NumPy fills a copy first; Python's indexing keeps its lock.
    in_parts(len(rows), lambda part: column.take(rows[part], out=found[part], mode="clip"))
    return found
