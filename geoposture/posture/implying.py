"""Rule 1: absence goes down, presence goes up. What the rows of other lines say on a line, and which rows they are.

There are many more such rows than rows of a line's own: every claim about a site counts on its province, its country and their
alliances. So they are settled by line. Of the rows that one line says on another only the latest matter to the standing there,
and only where they alone decide are they looked at one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..claims import ABSENT, NOTHING, PRESENT
from ..columns import Ints, Mask
from ..entries import Entries
from ..grouping import any_of, greatest, number, ranges
from ..stretches import CERTAIN, POSSIBLE
from .ladder import ladder

Pairs = tuple[Ints, Ints]
"""(line, row): rows that count on lines that are not their own."""
ByStatus = NDArray[np.int32]
"""(2, lines): a day for each status and line, NOTHING where there is none."""


@dataclass(frozen=True, eq=False)
class Implied:
    """What counts on each live line from elsewhere: rows that report, of a status, that are bounded."""

    entries: Entries
    live: Mask

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

    def pairs(self, lines: Mask) -> Pairs:
        """The rows that count on these lines, without those of a claim that has its own row there, each claim once."""
        found = [self._rows(status, np.flatnonzero(speaks), lines) for status, speaks in self.speaking.items()]
        return _once(self.entries, *_joined(found))

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
        spoken = self.entries.column("reported") & (self.entries.certainty > 0)
        return {status: spoken & (self.entries.column("status") == status) for status in (PRESENT, ABSENT)}

    @cached_property
    def of_several(self) -> Pairs:
        """The rows of claims of several places: these alone can have a row of their own where they are implied."""
        several = self.entries.column("several")
        none = np.zeros(0, dtype=np.int64)
        if not several.any():
            return none, none
        found = [self._rows(status, np.flatnonzero(speaks & several), self.live) for status, speaks in self.speaking.items()]
        return _once(self.entries, *_joined(found))

    def _rows(self, status: int, rows: Ints, lines: Mask) -> Pairs:
        """(line, row): these rows, all of that status, on every one of these lines that they count on."""
        length = number(self.entries.line[rows], len(self.live))
        source, target = self.edges[status]
        wanted = lines[target] & (length[source] > 0)
        source, target = source[wanted], target[wanted]
        edge, position = ranges((np.cumsum(length) - length)[source], length[source])
        return target[edge], rows[position]

    @cached_property
    def edges(self) -> dict[int, Pairs]:
        """(source, target) by status: the lines with rows that say presence above, or absence below, on which live lines."""
        ways = ladder(self.entries.lines)
        there, gone = (any_of(self.entries.line, self.speaking[status], len(self.live)) for status in (PRESENT, ABSENT))
        # -1, which is no line, finds the entry after the last.
        live, gone = np.append(self.live, False), np.append(gone, False)
        up, down = [], []
        lower = np.flatnonzero(there)
        for way in ways:
            upper = way[lower]
            kept = live[upper]
            up.append((lower[kept], upper[kept]))
            under = np.flatnonzero(gone[way] & self.live)
            down.append((way[under], under))
        return {PRESENT: _joined(up), ABSENT: _joined(down)}


def _joined(found: list[Pairs]) -> Pairs:
    none = np.zeros(0, dtype=np.int64)
    first, second = (np.concatenate(column) for column in zip((none, none), *found, strict=True))
    return first, second


def _once(entries: Entries, line: Ints, row: Ints) -> Pairs:
    """Without claims that have a row of their own on the line, and each claim once. Only those of several places can."""
    several = entries.take("several", row)
    if not several.any():
        return line, row
    own = np.flatnonzero(entries.column("several"))
    owned = _key(entries, entries.line[own], own)
    left = np.flatnonzero(several)
    left = left[~np.isin(_key(entries, line[left], row[left]), owned)]
    left = left[np.lexsort((row[left], line[left]))]
    left = left[np.unique(_key(entries, line[left], row[left]), return_index=True)[1]]
    kept = np.concatenate([np.flatnonzero(~several), left])
    return line[kept], row[kept]


def _key(entries: Entries, line: Ints, row: Ints) -> Ints:
    return (line.astype(np.int64) << 32) | entries.take("claim", row).astype(np.int64)
