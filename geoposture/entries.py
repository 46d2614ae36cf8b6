"""The rows of one point as columns of codes: what reconciling needs of them, wherever they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .columns import Days, Ints, Mask, Objects, Small
from .grouping import any_of
from .lines import Lines
from .processors import taken


class Point(Protocol):
    """What was said of one point, asked for what decides and what is only listed."""

    @property
    def lines(self) -> Lines: ...  # noqa: D102
    def sift(self, stale_after: int | None) -> Sifted:
        """The rows by whether they are older than so many days (None: none is)."""


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """`live` says on which lines there is a row that is not unbounded; `stale` gives the rows that are too old to decide."""

    live: Mask
    current: Entries
    stale: Callable[[], Entries]


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

    def sift(self, stale_after: int | None) -> Sifted:
        """Rows that became known more than so many days, and at all, before the day that is asked about are stale."""
        live = any_of(self.line, self.certainty > 0, len(self.lines))
        if stale_after is None:
            return Sifted(live, self, lambda: self.where(np.zeros(len(self), dtype=np.bool_)))
        limit = self.day - max(stale_after, 0)
        stale = self.known_from < (limit if isinstance(limit, int) else limit[self.line])
        return Sifted(live, self.where(~stale), lambda: self.where(stale))

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
        """A column for these rows; where they are few, nothing is fetched for the others."""
        if name not in self._fetched and 4 * len(rows) < len(self):
            return self.fetch(name, self.origin[rows])
        return taken(self.column(name), rows)

    def where(self, keep: Mask) -> Entries:
        """The rows for which `keep` is true, on the same lines."""
        kept = np.flatnonzero(keep)
        columns = {name: getattr(self, name)[kept] for name in ("line", "certainty", "known_from", "origin")}
        return replace(self, **columns, _fetched={})

    def on(self, lines: Ints) -> Entries:
        """The same rows on these lines alone, which ascend; every row must be on one of them."""
        number = np.zeros(len(self.lines), dtype=np.int32)
        number[lines] = np.arange(len(lines))
        kept = Lines(self.lines.board, self.lines.place[lines], self.lines.force[lines])
        day = self.day if isinstance(self.day, int) else self.day[lines]
        return replace(self, lines=kept, day=day, line=taken(number, self.line))
