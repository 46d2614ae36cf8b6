"""Sums, bounds and counts by group, over columns whose groups stand together in ascending order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import Ints

Groups = NDArray[Any]
"""The group of each entry, ascending, in whole numbers from 0 on."""


def heads(group: Groups) -> Ints:
    """The position of the first entry of each group that has one."""
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.flatnonzero(group[1:] != group[:-1]) + 1])


def greatest(group: Groups, values: NDArray[Any], count: int, *, default: int) -> NDArray[Any]:
    """The greatest value of each of so many groups."""
    return _reduced(np.maximum, group, values, count, default)


def least(group: Groups, values: NDArray[Any], count: int, *, default: int) -> NDArray[Any]:
    """The least value of each of so many groups."""
    return _reduced(np.minimum, group, values, count, default)


def any_of(group: Groups, flags: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Whether any entry of each of so many groups is true."""
    found = np.zeros(count, dtype=np.bool_)
    found[group[flags]] = True
    return found


def number(group: Groups, count: int) -> Ints:
    """How many entries each of so many groups has."""
    return np.bincount(group, minlength=count)


def different(group: Groups, codes: NDArray[Any], size: Ints) -> Ints:
    """How many different codes each group has; `size` are the numbers of their entries, which stand in any order."""
    found = np.zeros(len(size), dtype=np.int64)
    if len(group):
        first, width = int(codes.min()), int(codes.max()) - int(codes.min()) + 1
        # Short keys are sorted in half the time.
        key: NDArray[Any] = group.astype(np.uint32 if first >= 0 and len(size) * width < 2**32 else np.int64)
        key *= width
        key += codes.astype(key.dtype)
        key -= first
        key.sort()
        new = np.ones(len(key), dtype=np.int32)
        np.not_equal(key[1:], key[:-1], out=new[1:], casting="unsafe")
        there = size > 0
        found[there] = np.add.reduceat(new, (np.cumsum(size) - size)[there])
    return found


def ranges(begin: NDArray[Any], length: NDArray[Any]) -> tuple[Ints, Ints]:
    """Every number of every range that begins there and is so long, with the position of its range."""
    owner = np.repeat(np.arange(len(length)), length)
    offset = np.cumsum(length) - length
    return owner, np.arange(len(owner)) + (begin - offset)[owner]


def _reduced(function: np.ufunc, group: Groups, values: NDArray[Any], count: int, default: int) -> NDArray[Any]:
    found = np.full(count, default, dtype=values.dtype)
    first = heads(group)
    if len(first):
        found[group[first]] = function.reduceat(values, first)
    return found
