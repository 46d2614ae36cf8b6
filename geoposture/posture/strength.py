"""Rule 6: the strength that several rows give together, and whether their figures have a common number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..claims import NOTHING
from ..columns import Ints, Mask, Small
from ..grouping import any_of, greatest, least
from .sayings import Sayings

NONE, AGREE, DISAGREE = 0, 1, 2
"""`figures`."""
OPEN = 2**62
"""Above every figure: an interval without an upper bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Strength:
    """For each line the least low and the greatest high (NOTHING where any is open), `approx` if any is, and `figures`."""

    low: Ints
    high: Ints
    approx: Mask
    figures: Small

    def where(self, keep: Mask) -> Strength:
        """The strengths of the lines for which `keep` is true, and none for the others."""
        return Strength(
            np.where(keep, self.low, NOTHING),
            np.where(keep, self.high, NOTHING),
            self.approx & keep,
            np.where(keep, self.figures, NONE).astype(np.int8),
        )


def strength(rows: Sayings, count: int) -> Strength:
    """Over the present rows with a figure of their own; over the certain ones where a line has any."""
    figured = np.flatnonzero(rows.present & rows.figured)
    certain = rows.certain[figured]
    chosen = figured[certain | ~any_of(rows.line[figured], certain, count)[rows.line[figured]]]
    line, row = rows.line[chosen], rows.row[chosen]
    low, high = (rows.entries.take(name, row).astype(np.int64) for name in ("low", "high"))
    # NOTHING is less than every low, so an open one stays; a high that is open must be made the greatest.
    lows = least(line, low, count, default=NOTHING)
    highs = greatest(line, np.where(high == NOTHING, OPEN, high), count, default=OPEN)
    wide_low, wide_high = widened(rows, chosen)
    apart = greatest(line, wide_low, count, default=0) > least(line, wide_high, count, default=OPEN)
    any_figure = any_of(line, np.ones(len(line), dtype=np.bool_), count)
    return Strength(
        lows,
        np.where(highs == OPEN, NOTHING, highs),
        any_of(line, rows.entries.take("approx", row), count),
        np.where(any_figure, np.where(apart, DISAGREE, AGREE), NONE).astype(np.int8),
    )


def widened(rows: Sayings, chosen: Ints) -> tuple[Ints, Ints]:
    """The intervals for comparing: an approximate one is wider by a tenth, an open bound is 0 or above every figure."""
    row = rows.row[chosen]
    low, high = (rows.entries.take(name, row).astype(np.int64) for name in ("low", "high"))
    approx = rows.entries.take("approx", row)
    low, is_open = np.where(low == NOTHING, 0, low), high == NOTHING
    low = np.where(approx, low * 9 // 10, low)
    high = np.where(approx, -(-high * 11 // 10), high)
    return low, np.where(is_open, OPEN, high)
