"""The lines above each line: those of what contains its place, its force or both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..entries import Lines

_DENSE = 2**24
"""Places times forces up to which every pair gets an entry in a table of its own."""


def ladder(lines: Lines) -> NDArray[np.int32]:
    """(ways, lines): for each way up the line that is found there, -1 where there is none."""
    board = lines.board
    ways = [(depth, height) for depth in range(len(board.areas)) for height in range(len(board.alliances)) if depth or height]
    found = np.full((len(ways), len(lines)), -1, dtype=np.int32)
    width = len(board.forces)
    keys = lines.place.astype(np.int64) * width + lines.force
    dense = len(board.places) * width <= _DENSE
    if dense:
        # One entry more, the last, for what nothing contains: no line.
        table = np.full(len(board.places) * width + 1, -1, dtype=np.int32)
        table[keys] = np.arange(len(keys))
    areas = [level[lines.place].astype(np.int64) * width for level in board.areas]
    alliances = [level[lines.force] for level in board.alliances]
    for way, (depth, height) in enumerate(ways):
        wanted = np.where((areas[depth] < 0) | (alliances[height] < 0), -1, areas[depth] + alliances[height])
        if dense:
            found[way] = table[wanted]
        else:
            at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            found[way] = np.where(keys[at] == wanted, at, -1)
    return found
