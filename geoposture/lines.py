"""The lines of a table, one for each place and force, and which of them stand above which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .board import Board
from .columns import Codes, Ints
from .grouping import heads, ranges

Pairs = tuple[Ints, Ints]

_DENSE = 2**24
"""Places times forces up to which every pair gets an entry in a table of its own."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines, place by place and force by force, in the order of their codes, which is that of their ids.

    A line stands above another whose place it contains, or whose force, or both.
    """

    board: Board
    place: Codes
    force: Codes

    @classmethod
    def of(cls, board: Board, place: NDArray[np.integer[Any]], force: Codes) -> tuple[Lines, Codes]:
        """The lines of rows that stand by place and force, and the line of each row."""
        new = (place[1:] != place[:-1]) | (force[1:] != force[:-1])
        line = np.concatenate([np.zeros(min(1, len(place)), dtype=np.int32), np.cumsum(new, dtype=np.int32)])
        first = heads(line)
        return cls(board, place[first].astype(np.int32), force[first]), line

    def __len__(self) -> int:
        return len(self.place)

    def above(self, some: Ints) -> Pairs:
        """(line, upper): every line that stands above one of these."""
        upper, begin = self._uppers
        return _found(upper, begin, some)

    def below(self, some: Ints) -> Pairs:
        """(line, lower): every line that stands below one of these."""
        lower, begin = self._lowers
        return _found(lower, begin, some)

    @cached_property
    def _uppers(self) -> tuple[Codes, Codes]:
        """What stands above the lines, line by line, and where each line begins there, with the end of all."""
        lower, upper = self._pairs
        return upper, _begins(lower, len(self))

    @cached_property
    def _lowers(self) -> tuple[Codes, Codes]:
        """What stands below the lines, in the same way."""
        lower, upper = self._pairs
        key = np.sort((upper.astype(np.int64) << 32) | lower)
        return key.astype(np.int32), _begins(key >> 32, len(self))

    @cached_property
    def _pairs(self) -> tuple[Codes, Codes]:
        """(lower, upper), by lower."""
        board, count = self.board, len(self)
        ways = [(depth, height) for depth in range(len(board.areas)) for height in range(len(board.alliances)) if depth or height]
        found = np.full((count, len(ways)), -1, dtype=np.int32)
        width = len(board.forces)
        keys = self.place.astype(np.int64) * width + self.force
        dense = len(board.places) * width <= _DENSE
        if dense:
            # One entry more, the last, for what nothing contains: no line.
            table = np.full(len(board.places) * width + 1, -1, dtype=np.int32)
            table[keys] = np.arange(count)
        areas = [level[self.place].astype(np.int64) * width for level in board.areas]
        alliances = [level[self.force] for level in board.alliances]
        for way, (depth, height) in enumerate(ways):
            wanted = np.where((areas[depth] < 0) | (alliances[height] < 0), -1, areas[depth] + alliances[height])
            if dense:
                found[:, way] = table[wanted]
            elif count:
                at = np.minimum(np.searchsorted(keys, wanted), count - 1)
                found[:, way] = np.where(keys[at] == wanted, at, -1)
        there = found >= 0
        return np.repeat(np.arange(count, dtype=np.int32), np.count_nonzero(there, axis=1)), found[there]


def _begins(line: Ints, count: int) -> Codes:
    return np.append(0, np.cumsum(np.bincount(line, minlength=count))).astype(np.int32)


def _found(others: Codes, begin: Codes, some: Ints) -> Pairs:
    first = begin[some]
    owner, at = ranges(first, begin[some + 1] - first)
    return some[owner], others[at]
