"""Claims → episodes: the one home of the rules in force (docs/semantics.md, "A claim in force" and "Episodes").

An episode is a rectangle `[valid_from, valid_to) × [known_from, known_to)` in which one claim gives a row for one place
with one certainty. The whole work is done on columns of integers:

1.  each claim is cut into stretches of one certainty, each stretch a rectangle from `known_from` to its withdrawal;
2.  pairs (claim, newer and at least as firm claim of the same source, place and force) are found, round by round for all
    claims at once, and only where the newer one can still cover days that nothing before it covers for good;
3.  for each claim with pairs, knowledge is cut into slabs at every day on which one of its pairs begins or ends to hold;
    in each slab the days left are the gaps between the covered ones;
4.  equal runs of days over adjoining slabs are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .dates import NO_END, NO_START
from .episodes import Episodes, Record
from .errors import UsageError
from .ledger import GROUPINGS, MODALITIES, Ledger, voice_of
from .stretches import certain_period, stretches

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_HALF = 2**32
_STEP = 2**33
"""More than any two days are apart: number · _STEP + day sorts by number first, and can be taken apart again."""


def resolve(ledger: Ledger, *, by: str = "publisher") -> Episodes:
    """All episodes of a ledger; `by` chooses what counts as one source: publisher, report or voice.

    Raises UsageError if `by` is none of these.
    """
    if by not in GROUPINGS:
        raise UsageError(f'by "{by}" is unknown. Write one of {", ".join(GROUPINGS)}.')
    records = _records(ledger, by)
    places = tuple(sorted(ledger.places))
    columns = _Columns.of(records, places)
    claim, place, *bounds, certainty = _episodes(columns)
    valid_from, valid_to, known_from, known_to = (bound.astype(np.int32) for bound in bounds)
    return Episodes(
        ledger,
        by,
        records,
        places,
        claim.astype(np.int32),
        place.astype(np.int32),
        valid_from,
        valid_to,
        known_from,
        known_to,
        certainty.astype(np.int8),
    )


def _records(ledger: Ledger, by: str) -> tuple[Record, ...]:
    """Every claim with its days and its source, by claim id (code point order)."""
    withdrawn: dict[str, int] = {}
    for report, claim in ledger.claims():
        if claim.replaces is not None:
            withdrawn[claim.replaces] = min(report.known_from, withdrawn.get(claim.replaces, NO_END))
    records = []
    for report, claim in ledger.claims():
        parts = stretches(claim.time, report.period, reported=claim.modality == "reported")
        certain = certain_period(parts)
        voice = voice_of(report, claim)
        source = {"publisher": report.publisher, "report": report.id, "voice": voice}[by]
        records.append(
            Record(
                report,
                claim,
                source,
                voice,
                report.known_from,
                None if certain is None else certain[0],
                withdrawn.get(claim.id),
                parts,
            )
        )
    return tuple(sorted(records, key=lambda record: record.claim.id))


@dataclass(frozen=True, slots=True)
class _Columns:
    """One row for each claim and place of it (m rows), sorted by group and known_from, and the stretches of each claim.

    A row lasts for `[known_from, withdrawn)` of knowledge and speaks of days within `[lowest, highest)`. `covers` marks the
    rows that can replace others, in their certain period (0, 0 where there is none); a `change` is never replaced.
    """

    claim: Ints
    place: Ints
    group: Ints
    known_from: Ints
    withdrawn: Ints
    firmness: Ints
    certain_from: Ints
    certain_to: Ints
    change: Mask
    lowest: Ints
    highest: Ints
    covers: Mask
    part_claim: Ints
    part_from: Ints
    part_to: Ints
    part_certainty: Ints

    @classmethod
    def of(cls, records: tuple[Record, ...], places: tuple[str, ...]) -> _Columns:
        code = {place: number for number, place in enumerate(places)}
        groups: dict[tuple[str, str, str], int] = {}
        rows = [
            (number, code[place], groups.setdefault((record.source, place, record.claim.force), len(groups)))
            for number, record in enumerate(records)
            for place in record.claim.places
            if record.parts
        ]
        claim, place, group = _table(rows, 3)
        facts = _table([_facts(record) for record in records], 8)[:, claim]
        known, withdrawn, firmness, certain_from, certain_to, change, lowest, highest = facts
        covers = (certain_from < certain_to) & (change == 0)
        columns = (
            claim,
            place,
            group,
            known,
            withdrawn,
            firmness,
            certain_from,
            certain_to,
            change == 1,
            lowest,
            highest,
            covers,
        )
        order = np.lexsort((claim, known, group))
        parts = [(number, *part) for number, record in enumerate(records) for part in record.parts]
        return cls(*(column[order] for column in columns), *_table(parts, 4))


def _facts(record: Record) -> tuple[int, ...]:
    start, end = certain_period(record.parts) or (0, 0)
    withdrawn = NO_END if record.withdrawn_from is None else record.withdrawn_from
    change = int(record.claim.change is not None)
    lowest, highest = (record.parts[0][0], record.parts[-1][1]) if record.parts else (0, 0)
    return record.known_from, withdrawn, MODALITIES.index(record.claim.modality), start, end, change, lowest, highest


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(-1, width).T


def _episodes(rows: _Columns) -> tuple[Ints, ...]:
    """claim, place, valid_from, valid_to, known_from, known_to, certainty of every episode, in order."""
    slabs = _slabs(rows, *_pairs(rows))
    row, valid_from, valid_to, certainty, known_from, known_to = _join(*_cut(rows, *slabs))
    claim, place = rows.claim[row], rows.place[row]
    order = np.lexsort((valid_from, known_from, place, claim))
    columns = (claim, place, valid_from, valid_to, known_from, known_to, certainty)
    return tuple(column[order] for column in columns)


def _pairs(rows: _Columns) -> tuple[Ints, Ints]:
    """Positions (c, d): d may cover days of c. A superset is harmless, so only what surely cannot matter is left out.

    Round n looks, for all rows at once, at the n-th later row of the same group. A row drops out once no row that is left
    begins before `open_to`, the day from which on it is covered for as long as it is known.
    """
    last = np.searchsorted(rows.group, rows.group, side="right") - 1
    earliest = _earliest_cover_after(rows)
    open_to = rows.highest.copy()
    alive = np.flatnonzero(~rows.change)
    later = alive + 1
    found = [(alive[:0], later[:0])]
    while True:
        going_on = (later <= last[alive]) & (earliest[np.minimum(later, len(last)) - 1] < open_to[alive])
        alive, later = alive[going_on], later[going_on]
        if len(alive) == 0:
            break
        hit = _may_cover(rows, alive, later, open_to)
        found.append((alive[hit], later[hit]))
        lasting = hit & (rows.certain_to[later] >= rows.highest[alive]) & (rows.withdrawn[later] >= rows.withdrawn[alive])
        open_to[alive[lasting]] = rows.certain_from[later[lasting]]
        later = later + 1
    return np.concatenate([first for first, _ in found]), np.concatenate([second for _, second in found])


def _may_cover(rows: _Columns, first: Ints, second: Ints, open_to: Ints) -> Mask:
    """Whether each second row replaces the first (rule 3) on some day before `open_to`."""
    return (
        rows.covers[second]
        & (rows.known_from[second] > rows.known_from[first])
        & (rows.known_from[second] < rows.withdrawn[first])
        & (rows.firmness[second] >= rows.firmness[first])
        & (rows.certain_from[second] < open_to[first])
        & (rows.certain_to[second] > rows.lowest[first])
    )


def _earliest_cover_after(rows: _Columns) -> Ints:
    """For each row, the first certain day among the rows after it in its group; NO_END if none covers anything."""
    certain_from = np.where(rows.covers, rows.certain_from, NO_END)
    # Groups ascend, so adding a multiple of the group keeps each group's minimum from reaching into the one before it.
    shifted = certain_from + rows.group * _STEP
    least = np.minimum.accumulate(shifted[::-1])[::-1] - rows.group * _STEP
    after = np.full(len(certain_from), NO_END, dtype=np.int64)
    same = rows.group[1:] == rows.group[:-1]
    after[:-1][same] = least[1:][same]
    return after


def _slabs(rows: _Columns, first: Ints, second: Ints) -> tuple[Ints, ...]:
    """The days that are left of each row: (row, known_from, known_to, from, to), the gaps between what its pairs cover."""
    row, known_from, known_to = _knowledge(rows, first, second)
    slab, start, end = _covered(rows, first, second, row, known_from)
    every = np.arange(len(row))
    # Two sentinels for each slab: nothing is covered before all days, and a gap ends after them.
    slab = np.concatenate([every, slab, every])
    start = np.concatenate([np.full(len(row), NO_START), start, np.full(len(row), NO_END)])
    end = np.concatenate([np.full(len(row), NO_START), end, np.full(len(row), NO_END)])
    order = np.lexsort((end, start, slab))
    slab, start, end = slab[order], start[order], end[order]
    reached = np.maximum.accumulate(end + slab * _STEP) - slab * _STEP
    gap = (slab[1:] == slab[:-1]) & (reached[:-1] < start[1:])
    at = slab[1:][gap]
    return row[at], known_from[at], known_to[at], reached[:-1][gap], start[1:][gap]


def _knowledge(rows: _Columns, first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """The slabs of knowledge of every row: (row, from, to), cut wherever one of its pairs begins or ends to hold."""
    row = np.concatenate([np.arange(len(rows.claim)), first, first])
    day = np.concatenate([rows.known_from, rows.known_from[second], rows.withdrawn[second]])
    kept = day < rows.withdrawn[row]
    key = np.unique(row[kept] * _STEP + day[kept] + _HALF)
    row, day = key // _STEP, key % _STEP - _HALF
    end = rows.withdrawn[row]
    same = row[1:] == row[:-1]
    end[:-1][same] = day[1:][same]
    return row, day, end


def _covered(rows: _Columns, first: Ints, second: Ints, row: Ints, known_from: Ints) -> tuple[Ints, Ints, Ints]:
    """What is covered in each slab: (slab, from, to), one entry for each pair that holds in it."""
    key = row * _STEP + known_from
    begin = np.searchsorted(key, first * _STEP + rows.known_from[second])
    stop = np.searchsorted(key, first * _STEP + np.minimum(rows.withdrawn[second], rows.withdrawn[first]))
    pair, slab = _ranges(begin, stop)
    return slab, rows.certain_from[second[pair]], rows.certain_to[second[pair]]


def _ranges(begin: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Every number of every range [begin, stop), with the position of its range."""
    length = np.maximum(stop - begin, 0)
    owner = np.repeat(np.arange(len(length)), length)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length) + begin[owner]
    return owner, number


def _cut(rows: _Columns, row: Ints, known_from: Ints, known_to: Ints, start: Ints, end: Ints) -> tuple[Ints, ...]:
    """The gaps cut by the claim's own stretches: (row, valid_from, valid_to, certainty, known_from, known_to)."""
    claim = rows.claim[row]
    begin, stop = np.searchsorted(rows.part_claim, claim), np.searchsorted(rows.part_claim, claim, side="right")
    at, part = _ranges(begin, stop)
    valid_from = np.maximum(start[at], rows.part_from[part])
    valid_to = np.minimum(end[at], rows.part_to[part])
    kept = valid_from < valid_to
    at, part = at[kept], part[kept]
    return row[at], valid_from[kept], valid_to[kept], rows.part_certainty[part], known_from[at], known_to[at]


def _join(row: Ints, start: Ints, end: Ints, certainty: Ints, known_from: Ints, known_to: Ints) -> tuple[Ints, ...]:
    """Equal runs of days over adjoining slabs, joined."""
    order = np.lexsort((known_from, certainty, end, start, row))
    columns = [column[order] for column in (row, start, end, certainty, known_from, known_to)]
    goes_on = columns[5][:-1] == columns[4][1:]
    for column in columns[:4]:
        goes_on &= column[1:] == column[:-1]
    new = np.append(np.ones(min(1, len(order)), dtype=np.bool_), ~goes_on)
    heads = np.flatnonzero(new)
    tails = np.append(heads[1:], len(new)) - 1 if len(heads) else heads
    return *(column[heads] for column in columns[:5]), columns[5][tails]
