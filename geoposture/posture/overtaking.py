"""Rule 3: rows that something newer, reported and certain contradicts, of a time that they could not know."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..claims import NOTHING
from ..columns import Ints, Mask
from ..grouping import any_of, greatest, heads, least, ranges
from .sayings import Sayings
from .strength import widened

_PAIRS = 2**22
"""Pairs of rows that are looked at together, so that memory stays bounded."""


def overtaken(rows: Sayings) -> Mask:
    """Which rows something newer overtakes; `rows` are those that remain after rule 2."""
    news = rows.reported & rows.certain
    present = rows.present
    # News speaks of a time that a row could not know if it became known, and its certain period began, after the row was known.
    since = np.minimum(rows.entries.known_from[rows.row], rows.entries.take("certain_from", rows.row))
    found = np.zeros(len(rows), dtype=np.bool_)
    for status in (False, True):
        found |= _by_status(rows, np.flatnonzero(news & (present == status)), np.flatnonzero(present != status), since)
    return found | _by_figure(rows, news & present, since)


def _by_status(rows: Sayings, news: Ints, others: Ints, since: NDArray[np.int32]) -> Mask:
    """Which of the others the news, of the other status, overtakes: by the latest from another source, or that is implied.

    Of a line's own news the latest counts, and for rows of its source the latest of any other.
    """
    found = np.zeros(len(rows), dtype=np.bool_)
    if len(news) == 0 or len(others) == 0:
        return found
    count = int(rows.line[-1]) + 1
    source = rows.entries.take("source", rows.row)
    implied, own = news[rows.implied[news]], news[~rows.implied[news]]
    latest_implied = greatest(rows.line[implied], since[implied], count, default=NOTHING)
    latest = greatest(rows.line[own], since[own], count, default=NOTHING)
    top = own[since[own] == latest[rows.line[own]]]
    top = top[heads(rows.line[top])]
    first_source = np.full(count, -1, dtype=np.int64)
    first_source[rows.line[top]] = source[top]
    rest = own[source[own] != first_source[rows.line[own]]]
    second = greatest(rows.line[rest], since[rest], count, default=NOTHING)
    line = rows.line[others]
    same = (source[others] == first_source[line]) & ~rows.implied[others]
    newest = np.maximum(latest_implied[line], np.where(same, second[line], latest[line]))
    found[others] = newest > rows.entries.known_from[rows.row[others]]
    return found


def _by_figure(rows: Sayings, news: Mask, since: NDArray[np.int32]) -> Mask:
    """Which rows news with a figure overtakes that has no common number with theirs."""
    found = np.zeros(len(rows), dtype=np.bool_)
    figured = np.flatnonzero(rows.figured & rows.present)
    if len(figured) == 0:
        return found
    count = int(rows.line[-1]) + 1
    low, high = widened(rows, figured)
    disagree = greatest(rows.line[figured], low, count, default=0) > least(rows.line[figured], high, count, default=2**62)
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
