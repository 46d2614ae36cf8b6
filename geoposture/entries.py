"""The rows of one point as columns of codes: what reconciling needs of them, wherever they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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

    `line` is a position in `lines`. `status` is 1 present, 0 absent, -1 a change; `certainty` 0 unbounded, 1 possible, 2 certain;
    `reported` says that a row reports, and does not plan or expect. `age` counts days; a row is carried when it is older than
    none. What only some rows are asked for is fetched for them by `take`: claim, report, publisher, voice and source are codes of
    any kind, equal where the words are; `several` says that the claim names more than one place; `certain_from` is NOTHING where
    it never is certain; `figured` says whether there is a strength of the row's own, whose `low` and `high` are NOTHING where
    they are open, and `approx`.
    """

    lines: Lines
    line: NDArray[np.int32]
    status: Small
    reported: Mask
    certainty: Small
    known_from: Days
    age: Days
    fetch: Callable[[str, Ints], NDArray[Any]]
    """The column of that name for these rows."""
    claim_ids: Callable[[Ints], Objects]
    """The claim ids of these rows."""

    _fetched: dict[str, NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.line)

    def take(self, name: str, rows: Ints) -> NDArray[Any]:
        """A column for these rows; it is fetched once, for all of them."""
        if name not in self._fetched:
            self._fetched[name] = self.fetch(name, np.arange(len(self)))
        return self._fetched[name][rows]

    def where(self, keep: Mask) -> Entries:
        """The rows for which `keep` is true, on the same lines."""
        kept = np.flatnonzero(keep)
        return Entries(
            self.lines,
            self.line[kept],
            self.status[kept],
            self.reported[kept],
            self.certainty[kept],
            self.known_from[kept],
            self.age[kept],
            lambda name, rows: self.fetch(name, kept[rows]),
            lambda rows: self.claim_ids(kept[rows]),
        )
