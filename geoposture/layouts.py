"""Rectangles of days and knowledge laid out for scanning, and what of them holds at a point.

A question looks at every rectangle, so it costs what it reads. Days that lie within 179 years of each other are numbers of
16 bits here, which is half of what the table of episodes has.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import Codes, Days, Ints, Mask
from .dates import NO_END, NO_START
from .grouping import heads
from .processors import in_parts, taken

_BLOCK = 2**18
"""Rectangles that are compared at once: what the comparison leaves behind stays in the processor's cache."""
_MOST = 2**16 - 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days as whole numbers: 1 is the first of them, 0 no start and 65535 no end; or as they are, where that does not reach."""

    first: int | None

    @classmethod
    def of(cls, columns: Sequence[Days]) -> Calendar:
        """A calendar for all days of these columns."""
        bounds = [bound for column in columns if (bound := _bounds(column))]
        first, last = min((low for low, _ in bounds), default=0), max((high for _, high in bounds), default=0)
        return cls(first if last - first < _MOST - 1 else None)

    def numbers(self, column: Days) -> NDArray[Any]:
        """The numbers of these days."""
        if self.first is None:
            return column
        found = np.empty(len(column), dtype=np.uint16)

        def part(some: slice) -> None:
            for start in range(some.start, some.stop, _BLOCK):
                block = slice(start, min(start + _BLOCK, some.stop))
                found[block] = np.clip(column[block].astype(np.int64) - (int(self.first or 0) - 1), 0, _MOST)

        in_parts(len(column), part)
        return found

    def number(self, day: int) -> int:
        """A number that stands to all numbers of this calendar as this day, which may be any, stands to their days."""
        return day if self.first is None else min(max(day - self.first + 1, 0), _MOST - 1)


def _bounds(column: Days) -> tuple[int, int] | None:
    """The first and the last day of a column."""

    def part(some: slice) -> tuple[int, int] | None:
        found = [column[start : min(start + _BLOCK, some.stop)] for start in range(some.start, some.stop, _BLOCK)]
        bounds = [
            (int(days.min()), int(days.max())) for block in found if len(days := block[(block != NO_START) & (block != NO_END)])
        ]
        return (min(low for low, _ in bounds), max(high for _, high in bounds)) if bounds else None

    bounds = [found for found in in_parts(len(column), part) if found]
    return (min(low for low, _ in bounds), max(high for _, high in bounds)) if bounds else None


@dataclass(frozen=True, eq=False)
class Layout:
    """Rectangles by line. All columns have one entry for each; days are numbers of the calendar.

    `position` is where each stands in the table of episodes, None where that is the same; `known` are the bounds of knowledge,
    None where none is needed; `claimed` is when the claim became known; `bounded` whether the rectangle has a certainty.
    """

    calendar: Calendar
    position: Codes | None
    valid_from: NDArray[Any]
    valid_to: NDArray[Any]
    known: tuple[NDArray[Any], NDArray[Any]] | None
    line: Codes
    claimed: NDArray[Any]
    bounded: Mask

    def __len__(self) -> int:
        return len(self.valid_from)

    def holding(self, day: int, known: int | None) -> Ints:
        """The positions in the table of the episodes that hold on `day`, as known on `known`, line by line."""

        def part(among: slice) -> list[Ints]:
            edges = range(among.start, among.stop, _BLOCK)
            blocks = [slice(start, min(start + _BLOCK, among.stop)) for start in edges]
            return [_at(self._held(block, day, known), block.start) for block in blocks]

        return self._positions(in_parts(len(self), part))

    def sifted(self, day: int, known: int | None, since: int | None, lines: int) -> tuple[Mask, Ints]:
        """On which of so many lines a bounded episode holds, and the positions of all that hold, or of those claimed since."""
        before = None if since is None else self.calendar.number(since - 1)
        seen = np.zeros(lines, dtype=np.bool_)

        def part(among: slice) -> list[Ints]:
            found = []
            for block, runs in self._blocks(among):
                held = self._held(block, day, known)
                seen[self.line[self._heads[runs]]] = np.logical_or.reduceat(
                    held & self.bounded[block], self._heads[runs] - block.start
                )
                if before is not None:
                    held &= self.claimed[block] > before
                found.append(_at(held, block.start))
            return found

        return seen, self._positions(in_parts(len(self), part))

    def _held(self, block: slice, day: int, known: int | None) -> Mask:
        """Which of a block hold."""
        number = self.calendar.number(day)
        held: Mask = self.valid_from[block] <= number
        held &= self.valid_to[block] > number
        if self.known is not None and known is not None:
            number = self.calendar.number(known)
            held &= self.known[0][block] <= number
            held &= self.known[1][block] > number
        return held

    @cached_property
    def _heads(self) -> Ints:
        return heads(self.line)

    def _blocks(self, among: slice) -> Iterator[tuple[slice, slice]]:
        """Blocks of whole lines that begin in this stretch, and which lines they are."""
        edges = np.unique(np.searchsorted(self._heads, [*range(among.start, among.stop, _BLOCK), among.stop])).tolist()
        ends = np.append(self._heads, len(self))
        for first, last in itertools.pairwise(edges):
            yield slice(int(ends[first]), int(ends[last])), slice(first, last)

    def _positions(self, parts: Sequence[Sequence[Ints]]) -> Ints:
        found = np.concatenate([np.zeros(0, dtype=np.int64), *itertools.chain.from_iterable(parts)])
        return found if self.position is None else taken(self.position, found)


def _at(held: Mask, start: int) -> Ints:
    """The positions of what holds of a block that starts there."""
    found = np.flatnonzero(held)
    found += start
    return found
