"""The rows of one point as columns of codes: what reconciling needs of them, wherever they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .board import Board
from .columns import Codes, Days, Ints, Mask, Objects, Small


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of one point, place by place and force by force, in the order of their codes, which is that of their ids."""

    board: Board
    place: Codes
    force: Codes

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """All rows of one point, by line: those of a line stand together, and the lines ascend.

    `line` is a position in `lines`. `claim`, `report`, `publisher`, `voice` and `source` are codes of any kind, equal where the
    words are; `several` marks the claims that name more than one place. `status` is 1 present, 0 absent, -1 a change;
    `certainty` 0 unbounded, 1 possible, 2 certain. `certain_from` is NOTHING where the claim never is certain, `figured` says
    whether there is a strength of the row's own, `low` and `high` are NOTHING where it is open. `age` counts days; a row
    is carried when it is older than none.
    """

    lines: Lines
    line: NDArray[np.int32]
    claim: Codes
    report: Codes
    publisher: Codes
    voice: Codes
    source: Codes
    several: Mask
    status: Small
    reported: Mask
    certainty: Small
    known_from: Days
    certain_from: Days
    age: Days
    figured: Mask
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    approx: Mask
    claim_ids: Callable[[Ints], Objects]
    """The claim ids of these rows."""

    def __len__(self) -> int:
        return len(self.line)
