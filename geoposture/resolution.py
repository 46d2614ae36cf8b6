"""Claims → episodes: the one home of the rules in force (docs/semantics.md, "A claim in force" and "Episodes").

An episode is a rectangle `[valid_from, valid_to) × [known_from, known_to)` in which one claim gives a row for one place
with one certainty. The work is done on columns, some hundred thousand rows at a time, each time whole lines of one place and
force:

1.  pairs (claim, newer and at least as firm claim of the same source, place and force) are found, round by round for all
    claims at once, and only where the newer one can still cover days that nothing before it covers for good;
2.  most claims have no such pair, or one: what stays of their stretches is written down at once;
3.  for claims with several pairs, knowledge is cut into slabs at every day on which one of the pairs begins or ends to hold;
    in each slab the days left are the gaps between the covered ones, and equal runs over adjoining slabs are joined;
4.  claims of which many newer ones take something are left to `crowding`, which sweeps their group instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .claims import CHANGE, Claims, tabulate
from .columns import Ints, Mask, Small
from .crowding import Member, swept
from .dates import FIRST_DAY, NO_END, NO_START
from .episodes import Episodes
from .grouping import ranges
from .ledger import Ledger
from .stretches import CERTAIN, POSSIBLE, UNBOUNDED

Columns = tuple[NDArray[Any], ...]

BATCH = 2**18
"""Rows that are resolved together: enough to forget Python, few enough to stay in the processor's cache."""
CROWD = 60
"""Rounds, and pairs of one claim, after which its group is swept: pairs would grow with the square of it."""

PARTS = (UNBOUNDED, POSSIBLE, CERTAIN, POSSIBLE, UNBOUNDED)
"""The certainty between each two of the six bounds of a claim."""

_HALF = 2**32
_STEP = 2**33
"""More than any two days are apart: number · _STEP + day sorts by number first, and can be taken apart again."""


def resolve(claims: Claims | Ledger, *, by: str = "publisher", progress: Callable[[int], None] | None = None) -> Episodes:
    """All episodes of the claims, or of those of a ledger; `by` chooses what counts as one source: publisher, report or voice.

    `progress` is told how many rows are done. Raises UsageError if `by` is none of the three.
    """
    if isinstance(claims, Ledger):
        claims = tabulate(claims)
    source = claims.source(by).codes
    line = _lines(claims)

    def batch(rows: slice) -> Columns:
        found = _resolved(_Rows.of(claims, line, source, rows))
        return (found[0] + np.int32(rows.start), *found[1:])

    parts = []
    slices = list(_batches(line))
    for rows, found in zip(slices, _each(batch, slices), strict=True):
        parts.append(found)
        if progress is not None:
            progress(rows.stop)
    return Episodes(claims, by, *_ordered(parts))


def _each(do: Callable[[slice], Columns], batches: list[slice]) -> Iterator[Columns]:
    """What comes of each batch, in order, on all cores; a single one is not worth the threads."""
    if len(batches) < 2:
        yield from map(do, batches)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(do, batches)


def _lines(claims: Claims) -> NDArray[np.int32]:
    """The number of each row's line: place and force."""
    place, force = claims.place.codes, claims.force.codes
    new = np.zeros(len(claims), dtype=np.int32)
    if len(claims):
        new[1:] = (place[1:] != place[:-1]) | (force[1:] != force[:-1])
    return np.cumsum(new, dtype=np.int32)


def _batches(line: NDArray[np.int32]) -> Iterator[slice]:
    """Rows of whole lines, as many as fit."""
    start = 0
    while start < len(line):
        stop = min(start + BATCH, len(line))
        if stop < len(line):
            cut = int(np.searchsorted(line, line[stop]))
            stop = cut if cut > start else int(np.searchsorted(line, line[stop], side="right"))
        yield slice(start, stop)
        start = stop


def _ordered(parts: list[Columns]) -> Columns:
    """The columns of all batches, what holds as everything is known first; batches come in order and so do their rows."""
    if not parts:
        return tuple(np.zeros(0, dtype=kind) for kind in (np.int32,) * 5 + (np.int8,))
    current = [part[4] == NO_END for part in parts]
    return tuple(
        np.concatenate(
            [part[n][held] for part, held in zip(parts, current, strict=True)]
            + [part[n][~held] for part, held in zip(parts, current, strict=True)]
        )
        for n in range(6)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of one batch, by group (source, place and force) and known_from; `number` is the position in the batch.

    A row lasts for `[known_from, withdrawn)` of knowledge and speaks of days within `[lowest, highest)`. `covers` marks the
    rows that can replace others, in their certain period; a `change` neither replaces nor is replaced.
    """

    number: Ints
    group: Ints
    last: Ints
    known_from: Ints
    withdrawn: Ints
    firmness: Small
    bounds: Ints
    change: Mask
    covers: Mask

    @classmethod
    def of(cls, claims: Claims, line: NDArray[np.int32], source: NDArray[np.int32], rows: slice) -> _Rows:
        known, lines = claims.known_from[rows], line[rows].astype(np.int64) - line[rows.start]
        number = _order(lines, _dense(source[rows]), known)
        group = _changes(lines[number], source[rows][number])
        last = np.flatnonzero(np.append(group[1:] != group[:-1], True))[group]
        bounds = claims.bounds[:, rows].astype(np.int64)[:, number]
        change = (claims.status[rows] == CHANGE)[number]
        return cls(
            number,
            group,
            last,
            known[number].astype(np.int64),
            claims.withdrawn_from[rows][number].astype(np.int64),
            claims.firmness[rows][number],
            bounds,
            change,
            (bounds[2] < bounds[3]) & ~change,
        )

    @property
    def lowest(self) -> Ints:
        return self.bounds[0]  # type: ignore[no-any-return]

    @property
    def highest(self) -> Ints:
        return self.bounds[5]  # type: ignore[no-any-return]

    @property
    def certain_from(self) -> Ints:
        return self.bounds[2]  # type: ignore[no-any-return]

    @property
    def certain_to(self) -> Ints:
        return self.bounds[3]  # type: ignore[no-any-return]


def _dense(codes: NDArray[np.int32]) -> Ints:
    """Codes small enough to be packed with others."""
    if len(codes) and int(codes.max()) >= 2**20:
        return np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return codes.astype(np.int64)


def _order(*keys: NDArray[Any]) -> Ints:
    """The positions in the order of the keys, the first one first; one sort of packed keys where they fit into 63 bits."""
    packed = np.zeros(len(keys[0]), dtype=np.int64)
    bits = 0
    for key in keys if len(packed) else ():
        least = int(key.min())
        width = int(int(key.max()) - least).bit_length()
        bits += width
        if bits > 63:
            return np.lexsort(keys[::-1])
        packed = (packed << width) | (key.astype(np.int64) - least)
    return np.argsort(packed)


def _changes(*columns: NDArray[Any]) -> Ints:
    """The number of each longest run of equal entries."""
    new = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.cumsum(new)


def _resolved(rows: _Rows) -> Columns:
    """number, valid_from, valid_to, known_from, known_to (int32), certainty (int8) of all episodes, by number and knowledge."""
    first, second, crowded = _pairs(rows)
    count = np.bincount(first, minlength=len(rows.number))
    crowded |= count > CROWD
    slow = crowded[first]
    first, second, count = first[~slow], second[~slow], np.where(crowded, 0, count)
    single = count[first] == 1
    parts = [
        _untouched(rows, np.flatnonzero((count == 0) & ~crowded)),
        _touched_once(rows, first[single], second[single]),
        _touched_often(rows, np.flatnonzero(count > 1), first[~single], second[~single]),
        _crowded(rows, crowded),
    ]
    row, valid_from, valid_to, known_from, known_to, certainty = (np.concatenate(column) for column in zip(*parts, strict=True))
    number = rows.number[row]
    order = _order(number, known_from, _from_zero(valid_from))
    days = (column[order].astype(np.int32) for column in (valid_from, valid_to, known_from, known_to))
    return number[order].astype(np.int32), *days, certainty[order].astype(np.int8)


def _from_zero(day: Ints) -> Ints:
    """Days in their order, "no bound" right before the first of all, so that they need few bits."""
    return np.maximum(day, FIRST_DAY - 1)


def _pairs(rows: _Rows) -> tuple[Ints, Ints, Mask]:
    """Ints (c, d): d may cover days of c; and which rows are left, because too many later ones may.

    A superset is harmless, so only what surely cannot matter is left out. Round n looks, for all rows at once, at the n-th
    later row of the same group. A row drops out once no row that is left begins before `open_to`, the day from which on it is
    covered for as long as it is known.
    """
    earliest = _earliest_cover_after(rows)
    open_to = rows.highest.copy()
    alive = np.flatnonzero(~rows.change)
    later = alive + 1
    found = [(alive[:0], later[:0])]
    for _ in range(CROWD):
        alive, later = _still_open(rows, alive, later, earliest, open_to)
        hit = _may_cover(rows, alive, later, open_to)
        found.append((alive[hit], later[hit]))
        lasting = hit & (rows.certain_to[later] >= rows.highest[alive]) & (rows.withdrawn[later] >= rows.withdrawn[alive])
        open_to[alive[lasting]] = rows.certain_from[later[lasting]]
        later = later + 1
    crowded = np.zeros(len(rows.number), dtype=np.bool_)
    crowded[_still_open(rows, alive, later, earliest, open_to)[0]] = True
    return np.concatenate([first for first, _ in found]), np.concatenate([second for _, second in found]), crowded


def _still_open(rows: _Rows, alive: Ints, later: Ints, earliest: Ints, open_to: Ints) -> tuple[Ints, Ints]:
    going_on = (later <= rows.last[alive]) & (earliest[np.minimum(later, len(earliest)) - 1] < open_to[alive])
    return alive[going_on], later[going_on]


def _may_cover(rows: _Rows, first: Ints, second: Ints, open_to: Ints) -> Mask:
    """Whether each second row replaces the first (rule 3) on some day before `open_to`."""
    return (
        rows.covers[second]
        & (rows.known_from[second] > rows.known_from[first])
        & (rows.known_from[second] < rows.withdrawn[first])
        & (rows.firmness[second] >= rows.firmness[first])
        & (rows.certain_from[second] < open_to[first])
        & (rows.certain_to[second] > rows.lowest[first])
    )


def _earliest_cover_after(rows: _Rows) -> Ints:
    """For each row, the first certain day among the rows after it in its group; NO_END if none covers anything."""
    certain_from = np.where(rows.covers, rows.certain_from, NO_END)
    # Groups ascend, so adding a multiple of the group keeps each group's minimum from reaching into the one before it.
    shifted = certain_from + rows.group * _STEP
    least = np.minimum.accumulate(shifted[::-1])[::-1] - rows.group * _STEP
    after = np.full(len(certain_from), NO_END, dtype=np.int64)
    same = rows.group[1:] == rows.group[:-1]
    after[:-1][same] = least[1:][same]
    return after


def _untouched(rows: _Rows, row: Ints) -> Columns:
    """Claims that nothing replaces: their stretches, for as long as they are known."""
    found = []
    for part, certainty in enumerate(PARTS):
        start, end = rows.bounds[part][row], rows.bounds[part + 1][row]
        kept = start < end
        found.append(_rectangles(rows, row[kept], start[kept], end[kept], certainty))
    return _kept(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _touched_once(rows: _Rows, row: Ints, newer: Ints) -> Columns:
    """Claims of which one newer claim takes days: each stretch whole before, what stays on either side, and whole afterwards."""
    found = []
    begin, stop = rows.known_from[newer], np.minimum(rows.withdrawn[newer], rows.withdrawn[row])
    covered_from, covered_to = rows.certain_from[newer], rows.certain_to[newer]
    for part, certainty in enumerate(PARTS):
        start, end = rows.bounds[part][row], rows.bounds[part + 1][row]
        exists = start < end
        hit = exists & (covered_from < end) & (covered_to > start) & (begin < stop)
        whole = exists & ~hit
        found += [
            _rectangles(rows, row[whole], start[whole], end[whole], certainty),
            _rectangles(rows, row[hit], start[hit], end[hit], certainty, known_to=begin[hit]),
            _rectangles(
                rows,
                row[hit],
                start[hit],
                np.minimum(end, covered_from)[hit],
                certainty,
                known_from=begin[hit],
                known_to=stop[hit],
            ),
            _rectangles(
                rows, row[hit], np.maximum(start, covered_to)[hit], end[hit], certainty, known_from=begin[hit], known_to=stop[hit]
            ),
            _rectangles(rows, row[hit], start[hit], end[hit], certainty, known_from=stop[hit]),
        ]
    return _kept(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _rectangles(
    rows: _Rows,
    row: Ints,
    start: Ints,
    end: Ints,
    certainty: int,
    *,
    known_from: Ints | None = None,
    known_to: Ints | None = None,
) -> Columns:
    begin = rows.known_from[row] if known_from is None else known_from
    stop = rows.withdrawn[row] if known_to is None else known_to
    return row, start, end, begin, stop, np.full(len(row), certainty, dtype=np.int8)


def _kept(row: Ints, start: Ints, end: Ints, known_from: Ints, known_to: Ints, certainty: Small) -> Columns:
    """The rectangles that hold a point."""
    kept = (start < end) & (known_from < known_to)
    return row[kept], start[kept], end[kept], known_from[kept], known_to[kept], certainty[kept]


def _touched_often(rows: _Rows, row: Ints, first: Ints, second: Ints) -> Columns:
    """Claims of which several newer ones take days."""
    if len(row) == 0:
        return _untouched(rows, row)
    return _join(*_cut(rows, *_gaps(rows, row, first, second)))


def _gaps(rows: _Rows, chosen: Ints, first: Ints, second: Ints) -> tuple[Ints, ...]:
    """The days that are left of each row: (row, known_from, known_to, from, to), the gaps between what its pairs cover."""
    row, known_from, known_to = _slabs(rows, chosen, first, second)
    slab, start, end = _covered(rows, first, second, row, known_from)
    every = np.arange(len(row))
    # Two sentinels for each slab: nothing is covered before all days, and a gap ends after them.
    slab = np.concatenate([every, slab, every])
    start = np.concatenate([np.full(len(row), NO_START), start, np.full(len(row), NO_END)])
    end = np.concatenate([np.full(len(row), NO_START), end, np.full(len(row), NO_END)])
    order = np.argsort(slab * _STEP + start)
    slab, start, end = slab[order], start[order], end[order]
    reached = np.maximum.accumulate(end + slab * _STEP) - slab * _STEP
    gap = (slab[1:] == slab[:-1]) & (reached[:-1] < start[1:])
    at = slab[1:][gap]
    return row[at], known_from[at], known_to[at], reached[:-1][gap], start[1:][gap]


def _slabs(rows: _Rows, chosen: Ints, first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """The slabs of knowledge of every row: (row, from, to), cut wherever one of its pairs begins or ends to hold."""
    row = np.concatenate([chosen, first, first])
    day = np.concatenate([rows.known_from[chosen], rows.known_from[second], rows.withdrawn[second]])
    kept = day < rows.withdrawn[row]
    key = np.unique(row[kept] * _STEP + day[kept] + _HALF)
    row, day = key // _STEP, key % _STEP - _HALF
    end = rows.withdrawn[row]
    same = row[1:] == row[:-1]
    end[:-1][same] = day[1:][same]
    return row, day, end


def _covered(rows: _Rows, first: Ints, second: Ints, row: Ints, known_from: Ints) -> tuple[Ints, Ints, Ints]:
    """What is covered in each slab: (slab, from, to), one entry for each pair that holds in it."""
    key = row * _STEP + known_from
    begin = np.searchsorted(key, first * _STEP + rows.known_from[second])
    stop = np.searchsorted(key, first * _STEP + np.minimum(rows.withdrawn[second], rows.withdrawn[first]))
    pair, slab = ranges(begin, np.maximum(stop - begin, 0))
    return slab, rows.certain_from[second[pair]], rows.certain_to[second[pair]]


def _cut(rows: _Rows, row: Ints, known_from: Ints, known_to: Ints, start: Ints, end: Ints) -> Columns:
    """The gaps cut by the claim's own stretches."""
    found = []
    for part, certainty in enumerate(PARTS):
        low, high = np.maximum(start, rows.bounds[part][row]), np.minimum(end, rows.bounds[part + 1][row])
        kept = low < high
        found.append(
            (row[kept], low[kept], high[kept], known_from[kept], known_to[kept], np.full(kept.sum(), certainty, np.int8))
        )
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))


def _join(row: Ints, start: Ints, end: Ints, known_from: Ints, known_to: Ints, certainty: Small) -> Columns:
    """Equal runs of days over adjoining slabs, joined. Of two runs of one row that begin on one day, one is superseded."""
    order = np.lexsort((known_from, end, start, row))
    columns = [column[order] for column in (row, start, end, known_from, known_to, certainty)]
    goes_on = columns[4][:-1] == columns[3][1:]
    for column in columns[:3]:
        goes_on &= column[1:] == column[:-1]
    heads = np.flatnonzero(np.append(np.ones(min(1, len(order)), dtype=np.bool_), ~goes_on))
    tails = np.append(heads[1:], len(order)) - 1 if len(heads) else heads
    return *(column[heads] for column in columns[:4]), columns[4][tails], columns[5][heads]


def _crowded(rows: _Rows, crowded: Mask) -> Columns:
    """Claims of which many newer ones may take days: their whole groups, swept."""
    found: list[tuple[int, ...]] = []
    groups = np.unique(rows.group[crowded])
    for group in groups.tolist():
        start, stop = (int(np.searchsorted(rows.group, group, side=side)) for side in ("left", "right"))
        members = [_member(rows, row, asked=bool(crowded[row])) for row in range(start, stop)]
        found += [(row, *rectangle, certainty) for row, certainty, rectangle in swept(members)]
    columns = np.array(found, dtype=np.int64).reshape(-1, 6).T
    return *columns[:5], columns[5].astype(np.int8)


def _member(rows: _Rows, row: int, *, asked: bool) -> Member:
    edges = rows.bounds[:, row].tolist()
    parts = tuple((edges[n], edges[n + 1], certainty) for n, certainty in enumerate(PARTS) if edges[n] < edges[n + 1])
    return Member(
        row,
        int(rows.known_from[row]),
        int(rows.withdrawn[row]),
        int(rows.firmness[row]),
        (edges[2], edges[3]) if rows.covers[row] else None,
        parts if asked else (),
    )
