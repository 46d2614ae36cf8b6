"""Rule 3: rows that something newer, reported and certain contradicts, of a time that they could not know."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..claims import NOTHING
from ..columns import Days, Ints, Mask
from ..grouping import any_of, greatest, heads, least, ranges
from .implying import ByStatus
from .sayings import Sayings
from .strength import OPEN, widened

_PAIRS = 2**17
"""Pairs of rows that are looked at together: they stay in the processor's cache."""


def overtaken(rows: Sayings, elsewhere: ByStatus) -> tuple[Mask, ByStatus]:
    """Which rows of the lines' own something newer overtakes; `rows` are those that remain after rule 2.

    `elsewhere` are the latest news of either status that are implied. Also given is the day for each status and line: implied
    rows of that status that became known before it are overtaken.
    """
    count = elsewhere.shape[1]
    news, present, known = rows.reported & rows.certain, rows.present, rows.entries.known_from[rows.row]
    since = rows.entries.since[rows.row]
    before = np.empty_like(elsewhere)
    for status in (False, True):
        chosen = news & (present == status)
        own = greatest(rows.line[chosen], since[chosen], count, default=NOTHING)
        np.maximum(elsewhere[int(status)], own, out=before[int(not status)])
    # What is implied speaks to every row that says otherwise.
    found = elsewhere[1 - present.astype(np.int8), rows.line] > known
    # The line's own rows do where they are of another source.
    divided = any_of(rows.line, present, count) & any_of(rows.line, ~present, count)
    doubtful = np.flatnonzero(divided[rows.line])
    found[doubtful] |= _by_status(rows.where(doubtful), news[doubtful], present[doubtful], since[doubtful], count)
    return found | _by_figure(rows, news & present, since), before


def _by_status(rows: Sayings, news: Mask, present: Mask, since: Days, count: int) -> Mask:
    """Which rows news of the other status overtakes.

    Of a line's news the latest counts, and for rows of its source the latest of any other source.
    """
    found = np.zeros(len(rows), dtype=np.bool_)
    source, known = rows.entries.take("source", rows.row), rows.entries.known_from[rows.row]
    for status in (False, True):
        new, others = np.flatnonzero(news & (present == status)), np.flatnonzero(present != status)
        line = rows.line[new]
        latest = greatest(line, since[new], count, default=NOTHING)
        top = new[since[new] == latest[line]]
        top = top[heads(rows.line[top])]
        first_source = np.full(count, -1, dtype=np.int64)
        first_source[rows.line[top]] = source[top]
        rest = new[source[new] != first_source[line]]
        second = greatest(rows.line[rest], since[rest], count, default=NOTHING)
        line = rows.line[others]
        found[others] = np.where(source[others] == first_source[line], second[line], latest[line]) > known[others]
    return found


def _by_figure(rows: Sayings, news: Mask, since: Days) -> Mask:
    """Which rows news with a figure overtakes that has no common number with theirs."""
    found = np.zeros(len(rows), dtype=np.bool_)
    figured = np.flatnonzero(rows.figured & rows.present)
    beside = rows.line[figured[1:]] == rows.line[figured[:-1]]
    figured = figured[np.append(beside, False)[: len(figured)] | np.append(False, beside)[: len(figured)]]
    if len(figured) == 0:
        return found
    count = int(rows.line[-1]) + 1
    low, high = widened(rows, figured)
    disagree = greatest(rows.line[figured], low, count, default=0) > least(rows.line[figured], high, count, default=OPEN)
    disagree &= any_of(rows.line[figured], news[figured], count)
    doubtful = disagree[rows.line[figured]]
    figured, low, high = figured[doubtful], low[doubtful], high[doubtful]
    known, source = rows.entries.known_from[rows.row[figured]], rows.entries.take("source", rows.row[figured])
    new = np.flatnonzero(news[figured])
    begin = np.searchsorted(rows.line[figured[new]], rows.line[figured])
    length = np.searchsorted(rows.line[figured[new]], rows.line[figured], side="right") - begin
    for chunk in _chunks(length):
        owner, other = ranges(begin[chunk], length[chunk])
        one, two = owner + chunk.start, new[other]
        hit = (
            (since[figured[two]] > known[one]) & (source[two] != source[one]) & ((low[two] > high[one]) | (low[one] > high[two]))
        )
        found[figured[one[hit]]] = True
    return found


def _chunks(length: Ints) -> Iterator[slice]:
    """Stretches of entries that together have not many more than `_PAIRS` pairs."""
    reached = np.cumsum(length)
    start = 0
    while start < len(length):
        before = int(reached[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(reached, before + _PAIRS, side="right")))
        yield slice(start, stop)
        start = stop
