"""Rule 7: how many reports, publishers and voices stand behind a line."""

from __future__ import annotations

from functools import partial

import numpy as np

from ..claims import NOTHING
from ..columns import Ints, Mask
from ..grouping import any_of, different, number
from ..processors import side_by_side
from .implying import ByStatus, Implied
from .sayings import Sayings

COUNTED = ("report", "publisher", "voice")


def support(deciding: Sayings, implied: Implied, before: ByStatus, decided: Mask) -> tuple[Ints, ...]:
    """The numbers of COUNTED for each line: of its own deciding rows; of the implied ones where it has none.

    `before` is the day for each status and line before which implied rows are overtaken; `decided` says which lines have any
    deciding row.
    """
    entries, count = deciding.entries, len(decided)
    own = any_of(deciding.line, np.ones(len(deciding), dtype=np.bool_), count)
    lines = decided & ~own
    # What nothing overtakes anywhere is counted once for all lines on which it is the same.
    twin = implied.alike(lines & (before == NOTHING).all(axis=0))
    others = implied.pairs(lines & (twin == np.arange(count)), before)
    line, row = (np.concatenate(column) for column in zip((deciding.line, deciding.row), others, strict=True))

    size = number(line, count)

    def counted(name: str) -> Ints:
        return different(line, entries.take(name, row), size)[twin]

    return side_by_side(len(row), *(partial(counted, name) for name in COUNTED))
