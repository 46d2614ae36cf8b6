"""Rules 2 to 8 on every line: which rows decide, and what they say together (docs/semantics.md, "Posture")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..claims import ABSENT, CHANGE, NOTHING, PRESENT
from ..columns import Days, Ints, Small
from ..grouping import greatest
from ..processors import side_by_side
from .implying import ByStatus, Implied
from .overtaking import overtaken
from .sayings import Sayings
from .strength import Strength, strength
from .support import support

UNREPORTED, IS_PRESENT, IS_ABSENT, CONTESTED, UNCLEAR = range(5)
STANDINGS = ("unreported", "present", "absent", "contested", "unclear")

DECIDES, PLANS, OVERTAKEN, CHANGES = range(4)
"""What becomes of a row on a line."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What was settled: `verdict` has one entry for each row on its own line (DECIDES …), `before` as `overtaken` gives it.

    Everything else has one entry for each line: `standing` is a position in STANDINGS; `certainty` 0 none, 1 possible,
    2 certain; `basis` 0 none, 1 cited, 2 carried; `fresh` and `age` are NOTHING where no row decides.
    """

    verdict: Small
    before: ByStatus
    standing: Small
    certainty: Small
    basis: Small
    strength: Strength
    outlook: Strength
    reports: Ints
    sources: Ints
    origins: Ints
    fresh: Days
    age: Days


def settled(rows: Sayings, implied: Implied) -> Settled:
    """What the rows of their own, and what is implied, say on each line."""
    entries, count = rows.entries, len(implied.live)
    is_change = entries.take("status", rows.row) == CHANGE
    remaining = rows.where(~is_change)
    news, certain_elsewhere, possible_elsewhere = side_by_side(
        len(rows), lambda: implied.news, lambda: implied.certain, lambda: implied.possible
    )
    is_overtaken, before = overtaken(remaining, news)
    reported = remaining.reported
    deciding = remaining.where(reported & ~is_overtaken)
    verdict = np.full(len(rows), CHANGES, dtype=np.int8)
    verdict[~is_change] = np.where(is_overtaken, OVERTAKEN, np.where(reported, DECIDES, PLANS))

    # Of what is implied the latest row is the last to be overtaken.
    certain, possible = (
        np.maximum(_latest(deciding, count, certain=sure), np.where(latest >= before, latest, NOTHING))
        for sure, latest in ((True, certain_elsewhere), (False, possible_elsewhere))
    )
    standing, certainty = _standing(certain != NOTHING, possible != NOTHING)
    fresh = np.maximum(certain.max(axis=0), possible.max(axis=0))
    age = np.where(fresh == NOTHING, NOTHING, np.maximum(0, entries.day - fresh.astype(np.int64))).astype(np.int32)
    strong = strength(deciding, count).where((standing == IS_PRESENT) | (standing == CONTESTED))
    gone = standing == IS_ABSENT
    reports, sources, origins = support(deciding, implied, before, fresh != NOTHING)
    return Settled(
        verdict,
        before,
        standing,
        certainty,
        np.where(fresh == NOTHING, 0, np.where(age > 0, 2, 1)).astype(np.int8),
        Strength(np.where(gone, 0, strong.low), np.where(gone, 0, strong.high), strong.approx, strong.figures),
        strength(remaining.where(~reported & ~is_overtaken), count),
        reports,
        sources,
        origins,
        fresh,
        age,
    )


def _latest(deciding: Sayings, count: int, *, certain: bool) -> ByStatus:
    """The latest day on which a deciding row of that certainty became known, for each status and line."""
    present, known = deciding.present, deciding.entries.known_from[deciding.row]
    sure = deciding.certain == certain
    found = np.empty((2, count), dtype=np.int32)
    for status in (ABSENT, PRESENT):
        chosen = sure & (present == (status == PRESENT))
        found[status] = greatest(deciding.line[chosen], known[chosen], count, default=NOTHING)
    return found


def _standing(certain: NDArray[np.bool_], possible: NDArray[np.bool_]) -> tuple[Small, Small]:
    """Rule 5: what the certain deciding rows say; what all of them say, where none is certain. Both by status."""
    gone, there = certain
    maybe_gone, maybe = possible
    standing = np.select(
        [there & gone, there, gone, maybe & maybe_gone, maybe, maybe_gone],
        [CONTESTED, IS_PRESENT, IS_ABSENT, UNCLEAR, IS_PRESENT, IS_ABSENT],
        UNREPORTED,
    )
    certainty = np.select([there | gone, maybe | maybe_gone], [2, 1], 0)
    return standing.astype(np.int8), certainty.astype(np.int8)
