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

    `line` is a position in `lines`; `day` is the day that is asked about, or one for each line. `certainty` is 0 unbounded,
    1 possible, 2 certain. What only some rows are asked for is fetched for them, as a `column`: `status`, 1 present, 0 absent,
    -1 a change; `reported` says that a row reports, and does not plan or expect; claim, report, publisher, voice and source are
    codes of any kind, equal where the words are; `several` says that the claim names more than one place; `certain_from` is
    NOTHING where it never is certain; `figured` says whether there is a strength of the row's own, whose `low` and `high` are
    NOTHING where they are open, and `approx`.
    """

    lines: Lines
    day: Days | int
    line: NDArray[np.int32]
    certainty: Small
    known_from: Days
    origin: Ints
    """Where each row comes from, as `fetch` and `ids` count."""
    fetch: Callable[[str, Ints], NDArray[Any]]
    """The column of that name, of rows that come from there."""
    ids: Callable[[Ints], Objects]
    """The claim ids of rows that come from there."""

    _fetched: dict[str, NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.line)

    def older_than(self, days: int) -> Mask:
        """Which rows became known more than so many days, and at all, before the day that is asked about."""
        limit = self.day - max(days, 0)
        return self.known_from < (limit if isinstance(limit, int) else limit[self.line])

    def column(self, name: str) -> NDArray[Any]:
        """A column for all rows; it is fetched once."""
        if name not in self._fetched:
            self._fetched[name] = self.fetch(name, self.origin)
        return self._fetched[name]

    @property
    def since(self) -> Days:
        """The day since which a certain row speaks of a time that rows known before it could not know (rule 3 of posture).

        It became known, and its certain period began, no earlier.
        """
        since: Days = np.minimum(self.known_from, self.column("certain_from"))
        return since

    def take(self, name: str, rows: Ints) -> NDArray[Any]:
        """A column for these rows."""
        return self.column(name)[rows]

    def where(self, keep: Mask) -> Entries:
        """The rows for which `keep` is true, on the same lines."""
        kept = np.flatnonzero(keep)
        return Entries(
            self.lines,
            self.day,
            self.line[kept],
            self.certainty[kept],
            self.known_from[kept],
            self.origin[kept],
            self.fetch,
            self.ids,
        )
