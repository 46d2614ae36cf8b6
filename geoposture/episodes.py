"""The table of all episodes, the heart of the program: what resolve makes and everything after it reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .claims import NOTHING, OWN, Claims, Record, Texts, records
from .columns import Codes, Days, Ints, Mask
from .dates import NO_END
from .layouts import Calendar, Layout
from .ledger import Ledger
from .lines import Lines
from .processors import taken


class Resolved(Protocol):
    """Episodes in memory, or in a file that is asked without being loaded."""

    @property
    def ledger(self) -> Ledger: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    def point(self, day: int, known: int | None, *, places: Collection[str] = (), forces: Collection[str] = ()) -> Episodes:
        """Episodes among which are all that hold on a day, as known on `known`, about these places and forces (empty: all)."""

    def about(self, places: Collection[str]) -> Episodes:
        """Episodes among which are all about some places."""


@dataclass(frozen=True, eq=False)
class Episodes:
    """The table of all episodes: first those that hold as everything is known, then the superseded ones.

    Inside each part they stand by row of the claims (place, force, claim id), known_from and valid_from, so that what holds at a
    point comes out in the order of `at`. The six columns have one entry for each episode: `row` (int32, a position in `claims`),
    the four bounds (int32 days since 1970-01-01, NO_START and NO_END where there is none) and `certainty` (int8: 0 unbounded,
    1 possible, 2 certain). The first `current` episodes are those with no end of knowledge.
    """

    claims: Claims
    by: str
    row: NDArray[np.int32]
    valid_from: Days
    valid_to: Days
    known_from: Days
    known_to: Days
    certainty: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.row)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the claims."""
        return self.claims.ledger

    @cached_property
    def source(self) -> Texts:
        """Of each claim what counts as one source."""
        return self.claims.source(self.by)

    @cached_property
    def figured(self) -> Mask:
        """Of each claim whether it gives the strength at its place."""
        claims = self.claims
        figured: Mask = (claims.figure == OWN) & ((claims.low != NOTHING) | (claims.high != NOTHING))
        return figured

    @cached_property
    def current(self) -> int:
        """How many episodes hold as everything is known; they come first."""
        return int(np.count_nonzero(self.known_to == NO_END))

    @property
    def lines(self) -> Lines:
        """Every place and force that a claim is about."""
        return self._lines[0]

    @property
    def line(self) -> Codes:
        """The line of each row of the claims, a position in `lines`."""
        return self._lines[1]

    @cached_property
    def _lines(self) -> tuple[Lines, Codes]:
        return Lines.of(self.claims.board, self.claims.place.codes, self.claims.force.codes)

    @cached_property
    def latest(self) -> Layout:
        """The episodes that hold as everything is known."""
        return self._layout(slice(0, self.current), None)

    @cached_property
    def ever(self) -> Layout:
        """All episodes, with when they were known."""
        return self._layout(slice(0, len(self)), np.argsort(self.row, kind="stable").astype(np.int32))

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar.of([self.valid_from, self.valid_to, self.known_from, self.known_to, self.claims.known_from])

    def _layout(self, part: slice, order: Codes | None) -> Layout:
        def column(values: NDArray[Any]) -> NDArray[Any]:
            return values[part] if order is None else taken(values, order)

        def numbers(days: Days) -> NDArray[Any]:
            return column(self._calendar.numbers(days))

        row = column(self.row)
        return Layout(
            self._calendar,
            order,
            numbers(self.valid_from),
            numbers(self.valid_to),
            None if order is None else (numbers(self.known_from), numbers(self.known_to)),
            taken(self.line, row),
            taken(self._calendar.numbers(self.claims.known_from), row),
            column(self.certainty) > 0,
        )

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The claims of the ledger's reports as objects, by claim id."""
        return records(self.ledger, self.by)

    @property
    def claim(self) -> Codes:
        """The code of each episode's claim: for a ledger with reports its position in `records`."""
        return self.claims.claim.codes[self.row]

    @property
    def place(self) -> Codes:
        """The code of each episode's place: its position in `places`."""
        return self.claims.place.codes[self.row]

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The ids of the places, by code."""
        names = self.claims.place.names
        return tuple(names.take(np.arange(len(names), dtype=np.int32)))

    def point(self, *_when: object, **_which: object) -> Episodes:
        """All of them."""
        return self

    def about(self, places: Collection[str]) -> Episodes:  # noqa: ARG002
        """All of them."""
        return self

    def in_order(self) -> Ints:
        """The positions of all episodes by claim id, place, known_from and valid_from: the order in which they are written."""
        codes: Ints = self.claim
        if not self.ledger.reports and len(self):
            # Codes of a packed table follow its rows; those of a ledger follow the ids.
            codes = np.unique(self.claims.claim.take(self.row).astype(str), return_inverse=True)[1]
        return np.lexsort((self.valid_from, self.known_from, self.place, codes))
