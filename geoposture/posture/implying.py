"""Rule 1: absence goes down, presence goes up. Which rows of other lines count on a line too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ..claims import ABSENT, PRESENT
from ..columns import Ints, Mask
from ..entries import Entries, Lines
from ..grouping import heads, ranges

Pairs = tuple[Ints, Ints]

_DENSE = 2**24
"""Places times forces up to which every pair gets an entry in a table of its own."""


def implied(entries: Entries, live: Mask) -> Pairs:
    """(line, row): the rows of other lines that count on each live line, without those of a claim that has its own row there.

    A claim that comes down from two areas, or up from two sites, says the same thing once.
    """
    find = _finder(entries.lines)
    spoken = entries.reported & (entries.certainty > 0)
    up = _upward(entries, np.flatnonzero(spoken & (entries.status == PRESENT)), live, find)
    down = _downward(entries, np.flatnonzero(spoken & (entries.status == ABSENT)), live, find)
    line, row = (np.concatenate(column) for column in zip(up, down, strict=True))
    return _once(entries, line, row)


def _upward(entries: Entries, rows: Ints, live: Mask, find: Callable[[Ints, Ints], Ints]) -> Pairs:
    """Each row on every line of an area or alliance that contains its own."""
    line = entries.line[rows]
    first = heads(line)
    length = np.diff(np.append(first, len(line)))
    found = []
    for position, target in _above(entries.lines, line[first], find):
        wanted = live[target]
        source, row = ranges(first[position[wanted]], length[position[wanted]])
        found.append((target[wanted][source], rows[row]))
    return _together(found)


def _downward(entries: Entries, rows: Ints, live: Mask, find: Callable[[Ints, Ints], Ints]) -> Pairs:
    """Each row on every live line of what its own place and force contain."""
    line = entries.line[rows]
    first = heads(line)
    if not _contain(entries.lines, line[first]):
        return _together([])
    begin = np.zeros(len(entries.lines), dtype=np.int64)
    length = np.zeros(len(entries.lines), dtype=np.int64)
    begin[line[first]], length[line[first]] = first, np.diff(np.append(first, len(line)))
    lower = np.flatnonzero(live)
    found = []
    for position, source in _above(entries.lines, lower, find):
        wanted = length[source] > 0
        target, row = ranges(begin[source[wanted]], length[source[wanted]])
        found.append((lower[position[wanted]][target], rows[row]))
    return _together(found)


def _contain(lines: Lines, line: Ints) -> bool:
    """Whether any place or force of these lines contains another one."""
    return bool(
        np.isin(lines.place[line], lines.board.areas[1:]).any() or np.isin(lines.force[line], lines.board.alliances[1:]).any()
    )


def _above(lines: Lines, line: Ints, find: Callable[[Ints, Ints], Ints]) -> Iterator[Pairs]:
    """For each way up: which of the lines have a line there, and which one."""
    for depth, areas in enumerate(lines.board.areas):
        place = areas[lines.place[line]]
        for height, alliances in enumerate(lines.board.alliances):
            if depth == height == 0:
                continue
            force = alliances[lines.force[line]]
            there = np.flatnonzero((place >= 0) & (force >= 0))
            target = find(place[there], force[there])
            known = target >= 0
            yield there[known], target[known]


def _finder(lines: Lines) -> Callable[[Ints, Ints], Ints]:
    """The function that finds the line of a place and a force: -1 if there is none."""
    width = len(lines.board.forces)
    keys = lines.place.astype(np.int64) * width + lines.force
    if len(lines.board.places) * width <= _DENSE:
        table = np.full(len(lines.board.places) * width + 1, -1, dtype=np.int32)
        table[keys] = np.arange(len(keys))
        return lambda place, force: table[place.astype(np.int64) * width + force]

    def search(place: Ints, force: Ints) -> Ints:
        wanted = place.astype(np.int64) * width + force
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, at, -1)

    return search


def _once(entries: Entries, line: Ints, row: Ints) -> Pairs:
    """Without claims that have a row of their own on the line, and each claim once. Only those of several places can."""
    several = entries.take("several", row)
    if not several.any():
        return line, row
    own = np.flatnonzero(entries.take("several", np.arange(len(entries))))
    owned = _key(entries, entries.line[own], own)
    left = np.flatnonzero(several)
    left = left[~np.isin(_key(entries, line[left], row[left]), owned)]
    left = left[np.lexsort((row[left], line[left]))]
    left = left[np.unique(_key(entries, line[left], row[left]), return_index=True)[1]]
    kept = np.concatenate([np.flatnonzero(~several), left])
    return line[kept], row[kept]


def _key(entries: Entries, line: Ints, row: Ints) -> Ints:
    return (line.astype(np.int64) << 32) | entries.take("claim", row).astype(np.int64)


def _together(found: list[Pairs]) -> Pairs:
    empty = np.zeros(0, dtype=np.int64)
    line, row = zip((empty, empty), *found, strict=True)
    return np.concatenate(line), np.concatenate(row)
