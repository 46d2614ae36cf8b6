"""Rule 1: absence goes down, presence goes up. What the rows of other lines say on a line, and which rows they are.

There are many more such rows than rows of a line's own: every claim about a site counts on its province, its country and their
alliances. So they are settled by line. Of the rows that one line says on another only the latest matter to the standing there,
and only where they alone decide are they looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..claims import ABSENT, NOTHING, PRESENT
from ..columns import Ints, Mask
from ..entries import Entries
from ..grouping import any_of, greatest, heads, number, ranges
from ..lines import Pairs
from ..processors import taken
from ..stretches import CERTAIN, POSSIBLE

ByStatus = NDArray[np.int32]
"""(2, lines): a day for each status and line, NOTHING where there is none."""


@dataclass(frozen=True, eq=False)
class Implied:
    """What counts on each live line from elsewhere: rows that report, of a status, that are bounded."""

    entries: Entries
    live: Mask
    edges: Mapping[int, Pairs]
    """(source, target) by status: the lines with rows that say presence above, or absence below, on which live lines."""

    @classmethod
    def of(cls, entries: Entries, live: Mask) -> Implied:
        """What these rows say of other lines."""
        speaking = _speaking(entries)
        there, gone = (np.flatnonzero(any_of(entries.line, speaking[status], len(live))) for status in (PRESENT, ABSENT))
        edges = {PRESENT: entries.lines.above(there), ABSENT: entries.lines.below(gone)}
        for status, (source, target) in edges.items():
            counts = live[target]
            edges[status] = source[counts], target[counts]
        return cls(entries, live, edges)

    def on(self, lines: Ints) -> Implied:
        """The same on these lines alone, which ascend: all that have rows of their own or implied ones must be among them."""
        place = np.zeros(len(self.live), dtype=np.int32)
        place[lines] = np.arange(len(lines))
        edges = {status: (place[source], place[target]) for status, (source, target) in self.edges.items()}
        return Implied(self.entries.on(lines), self.live[lines], edges)

    @property
    def touched(self) -> Ints:
        """The lines that have rows of their own or implied ones."""
        found = np.zeros(len(self.live), dtype=np.bool_)
        found[self.entries.line] = True
        for _, target in self.edges.values():
            found[target] = True
        return np.flatnonzero(found)

    @cached_property
    def certain(self) -> ByStatus:
        """The latest day on which a certain row became known."""
        return self._latest(self.entries.known_from, CERTAIN)

    @cached_property
    def possible(self) -> ByStatus:
        """The latest day on which a possible row became known."""
        return self._latest(self.entries.known_from, POSSIBLE)

    @cached_property
    def news(self) -> ByStatus:
        """The latest day since which a certain row brings news (rule 3)."""
        return self._latest(self.entries.since, CERTAIN)

    def pairs(self, lines: Mask, before: ByStatus | None = None) -> Pairs:
        """The rows that count on these lines, without those of a claim that has its own row there, each claim once.

        `before` leaves out what became known before that day, by status and line.
        """
        several = self.entries.column("several")
        found = [self._rows(status, np.flatnonzero(speaks & ~several), lines) for status, speaks in self.speaking.items()]
        line, row = self.of_several
        chosen = lines[line]
        found.append((line[chosen], row[chosen]))
        if before is not None:
            kept = [np.flatnonzero(self.undisputed(*part, before)) for part in found]
            found = [(taken(line, some), taken(row, some)) for (line, row), some in zip(found, kept, strict=True)]
        return _joined(found)

    def undisputed(self, line: Ints, row: Ints, before: ByStatus) -> Mask:
        """Of which of these rows, on these lines, nothing newer says otherwise: they became known on that day or later."""
        status = taken(self.entries.column("status"), row)
        found: Mask = taken(self.entries.known_from, row) >= before[status, line]
        return found

    def _latest(self, day: NDArray[np.int32], certainty: int) -> ByStatus:
        """The latest of these days, of the rows of this certainty."""
        found = np.full((2, len(self.live)), NOTHING, dtype=np.int32)
        line, row = self.of_several
        for status, speaks in self.speaking.items():
            chosen = np.flatnonzero(speaks & (self.entries.certainty == certainty) & ~self.entries.column("several"))
            latest = greatest(self.entries.line[chosen], day[chosen], len(self.live), default=NOTHING)
            source, target = self.edges[status]
            np.maximum.at(found[status], target, latest[source])
            few = speaks[row] & (self.entries.certainty[row] == certainty)
            np.maximum.at(found[status], line[few], day[row[few]])
        return found

    @cached_property
    def speaking(self) -> dict[int, Mask]:
        """The rows that say something of other lines, by what they say."""
        return _speaking(self.entries)

    @cached_property
    def of_several(self) -> Pairs:
        """The rows of claims of several places, without those of a claim that has its own row on the line, each claim once.

        These alone can have a row of their own where they are implied.
        """
        several = self.entries.column("several")
        own = np.flatnonzero(several)
        line, row = _joined(
            [self._rows(status, np.flatnonzero(speaks & several), self.live) for status, speaks in self.speaking.items()]
        )
        key, owned = self._key(line, row), self._key(self.entries.line[own], own)
        order = np.lexsort((row, key))
        order = order[heads(key[order])]
        kept = order[~np.isin(key[order], owned)]
        return line[kept], row[kept]

    def _key(self, line: Ints, row: Ints) -> Ints:
        return (line.astype(np.int64) << 32) | self.entries.take("claim", row).astype(np.int64)

    def _rows(self, status: int, rows: Ints, lines: Mask) -> Pairs:
        """(line, row): these rows, all of that status, on every one of these lines that they count on."""
        length = number(self.entries.line[rows], len(self.live))
        source, target = self.edges[status]
        wanted = lines[target] & (length[source] > 0)
        source, target = source[wanted], target[wanted]
        edge, position = ranges((np.cumsum(length) - length)[source], length[source])
        return taken(target, edge), taken(rows, position)

    def alike(self, lines: Mask) -> Ints:
        """For each line one on which the very same rows are implied: itself, or the first such among these lines.

        Where an area is said to be empty, thousands of sites are told the same; what is said of areas by their sites hardly ever
        is. So only lines are compared on which nothing but absence is implied.
        """
        found = np.arange(len(self.live))
        lines = lines.copy()
        lines[self.edges[PRESENT][1]] = False
        lines[self.of_several[0]] = False
        source, target = self.edges[ABSENT]
        chosen = lines[target]
        key = np.sort((target[chosen].astype(np.int64) << 32) | source[chosen])
        target, source = key >> 32, key & (2**32 - 1)
        first = heads(target)
        if len(first) == 0:
            return found
        length = np.diff(first, append=len(target))
        # Lists with one sum are nearly always equal; whether they are is looked up.
        _, which, group = np.unique(np.add.reduceat(_scattered(source), first), return_index=True, return_inverse=True)
        twin = which[group]
        owner, at = ranges(first, length)
        other = np.minimum(first[twin][owner] + at - first[owner], len(source) - 1)
        same = (length == length[twin]) & ~any_of(owner, source[other] != source[at], len(first))
        found[target[first[same]]] = target[first[twin[same]]]
        return found


def _speaking(entries: Entries) -> dict[int, Mask]:
    spoken = entries.column("reported") & (entries.certainty > 0)
    return {status: spoken & (entries.column("status") == status) for status in (PRESENT, ABSENT)}


def _scattered(numbers: Ints) -> NDArray[np.uint64]:
    """Numbers so far apart that sums of a few of them are hardly ever equal by chance (the finalizer of SplitMix64)."""
    mixed = numbers.astype(np.uint64) + np.uint64(1)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _joined(found: list[Pairs]) -> Pairs:
    none = np.zeros(0, dtype=np.int64)
    first, second = (np.concatenate(column) for column in zip((none, none), *found, strict=True))
    return first, second
