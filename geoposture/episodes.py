"""The table of all episodes, the heart of the program: what resolve makes and everything after it reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ledger import Claim, Ledger, Report
from .stretches import Stretch

Days = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Record:
    """A claim with what follows from its ledger: its source (as `by` says), voice, and the days that matter."""

    report: Report
    claim: Claim
    source: str
    voice: str
    known_from: int
    certain_from: int | None
    withdrawn_from: int | None
    parts: tuple[Stretch, ...]

    @property
    def publisher(self) -> str:
        """The publisher of the report that makes the claim."""
        return self.report.publisher

    @property
    def qualified(self) -> bool:
        """Whether any date it rests on carries one of the marks ?, ~ and %."""
        return self.report.period.qualified if self.claim.time is None else self.claim.time.qualified


@dataclass(frozen=True, slots=True, eq=False)
class Episodes:
    """The table of all episodes, in the order of claim id, place, known_from, valid_from.

    The seven columns have one entry for each episode: `claim` and `place` (int32, positions in `records` and `places`),
    the four bounds (int32 days since 1970-01-01, NO_START and NO_END where there is none) and `certainty` (int8: 0 unbounded,
    1 possible, 2 certain). `records` are sorted by claim id, `places` by id; the rest of a claim hangs on its record.
    """

    ledger: Ledger
    by: str
    records: tuple[Record, ...]
    places: tuple[str, ...]
    claim: Days
    place: Days
    valid_from: Days
    valid_to: Days
    known_from: Days
    known_to: Days
    certainty: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.claim)
