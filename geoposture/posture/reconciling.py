"""The nine rules of posture, one after the other, on columns (docs/semantics.md, "Posture: one line per place and force")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..claims import CHANGE, NOTHING
from ..columns import Days, Ints, Mask, Small
from ..entries import Entries
from ..grouping import any_of, different, greatest, least
from .implying import implied
from .overtaking import overtaken
from .sayings import Sayings
from .strength import Strength, strength

UNREPORTED, IS_PRESENT, IS_ABSENT, CONTESTED, UNCLEAR = range(5)
STANDINGS = ("unreported", "present", "absent", "contested", "unclear")
LISTS = ("claims", "implied", "overtaken", "stale", "changes", "outlook")


@dataclass(frozen=True, eq=False)
class Reconciled:
    """One entry for each line of `entries`; only those that are `live` are lines of posture.

    `standing` is a position in STANDINGS; `certainty` 0 none, 1 possible, 2 certain; `basis` 0 none, 1 cited, 2 carried; `fresh`
    and `age` are NOTHING where no row decides. What is set aside because it is stale decides nothing, and is looked at only
    when a list is asked for.
    """

    entries: Entries
    live: Mask
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
    current: Mapping[str, Sayings]
    stale: Mask
    """Which rows of the entries are stale."""

    def listed(self, name: str) -> tuple[Sayings, ...]:
        """The rows of one of LISTS, on their lines; those that are stale apart from the others."""
        if name == "stale":
            return (self._all_stale,)
        if name == "implied":
            return self.current[name], self._all_stale.where(self._all_stale.implied)
        return (self.current[name],)

    @cached_property
    def _all_stale(self) -> Sayings:
        return _sayings(self.entries.where(self.stale), self.live)


def reconciled(entries: Entries, stale_after: int | None, *, only: Mask | None = None) -> Reconciled:
    """The posture of all lines, or of some. `stale_after` counts days, None switches staleness off."""
    count = len(entries.lines)
    bounded = entries.certainty > 0
    live = any_of(entries.line, bounded, count)
    if only is not None:
        live &= only
    stale = np.zeros(len(entries), dtype=np.bool_) if stale_after is None else (entries.age > 0) & (entries.age > stale_after)
    everyone, entries = entries, entries.where(~stale)
    rows = _sayings(entries, live)
    is_change = entries.status[rows.row] == CHANGE
    remaining = rows.where(~is_change)
    is_overtaken = overtaken(remaining)
    reported = remaining.reported
    deciding = remaining.where(reported & ~is_overtaken)
    plans = remaining.where(~reported & ~is_overtaken)

    standing, certainty = _standing(deciding, count)
    strong = strength(deciding, count).where((standing == IS_PRESENT) | (standing == CONTESTED))
    gone = standing == IS_ABSENT
    strong = Strength(np.where(gone, 0, strong.low), np.where(gone, 0, strong.high), strong.approx, strong.figures)
    own = any_of(deciding.line, ~deciding.implied, count)
    support = deciding.where(~deciding.implied | ~own[deciding.line])
    ages = least(deciding.line, entries.age[deciding.row], count, default=NOTHING)
    return Reconciled(
        everyone,
        live,
        standing,
        certainty,
        np.where(ages == NOTHING, 0, np.where(ages > 0, 2, 1)).astype(np.int8),
        strong,
        strength(plans, count),
        different(support.line, entries.take("report", support.row), count),
        different(support.line, entries.take("publisher", support.row), count),
        different(support.line, entries.take("voice", support.row), count),
        greatest(deciding.line, entries.known_from[deciding.row], count, default=NOTHING),
        ages,
        {
            "claims": deciding,
            "implied": rows.where(rows.implied),
            "overtaken": remaining.where(is_overtaken),
            "changes": rows.where(is_change),
            "outlook": plans,
        },
        stale,
    )


def _sayings(entries: Entries, live: Mask) -> Sayings:
    """The rows on their own lines, and on the others where they are implied."""
    return Sayings.of(entries, np.flatnonzero((entries.certainty > 0) & live[entries.line]), *implied(entries, live))


def _standing(deciding: Sayings, count: int) -> tuple[Small, Small]:
    """Rule 5: what the certain deciding rows say; what all of them say, where none is certain."""
    present, certain = deciding.present, deciding.certain
    there, gone = (any_of(deciding.line, certain & (present == says), count) for says in (True, False))
    maybe, maybe_gone = (any_of(deciding.line, ~certain & (present == says), count) for says in (True, False))
    standing = np.select(
        [there & gone, there, gone, maybe & maybe_gone, maybe, maybe_gone],
        [CONTESTED, IS_PRESENT, IS_ABSENT, UNCLEAR, IS_PRESENT, IS_ABSENT],
        UNREPORTED,
    )
    certainty = np.select([there | gone, maybe | maybe_gone], [2, 1], 0)
    return standing.astype(np.int8), certainty.astype(np.int8)
