"""Posture: what counts on each line, and what is set aside before the rules of `settling` are asked (docs/semantics.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..columns import Mask
from ..entries import Entries
from ..grouping import any_of
from .implying import Implied
from .sayings import Sayings
from .settling import CHANGES, DECIDES, OVERTAKEN, PLANS, Settled, settled
from .support import undisputed

LISTS = ("claims", "implied", "overtaken", "stale", "changes", "outlook")
_VERDICTS = {"claims": DECIDES, "overtaken": OVERTAKEN, "changes": CHANGES, "outlook": PLANS}


@dataclass(frozen=True, eq=False)
class Reconciled:
    """One entry for each line of `entries`; only those that are `live` are lines of posture.

    What is set aside because it is stale decides nothing, and is looked at only when a list is asked for. So is what is implied
    where a line has rows of its own that decide.
    """

    entries: Entries
    live: Mask
    stale: Mask
    """Which rows of the entries are stale."""
    rows: Sayings
    """The others, on their own lines."""
    implied: Implied
    settled: Settled

    def listed(self, name: str) -> tuple[Sayings, ...]:
        """The rows of one of LISTS, on their lines, in several parts."""
        if name == "stale":
            return self._all_stale
        if name == "implied":
            return self._implied, self._all_stale[1]
        own = self.rows.where(self.settled.verdict == _VERDICTS[name])
        if name not in ("claims", "overtaken"):
            return (own,)
        return own, self._implied.where(undisputed(self._implied, self.settled.before) == (name == "claims"))

    @cached_property
    def _implied(self) -> Sayings:
        return _elsewhere(self.implied)

    @cached_property
    def _all_stale(self) -> tuple[Sayings, Sayings]:
        entries = self.entries.where(self.stale)
        return _own(entries, self.live), _elsewhere(Implied(entries, self.live))


def reconciled(entries: Entries, stale_after: int | None, *, only: Mask | None = None) -> Reconciled:
    """The posture of all lines, or of some. `stale_after` counts days, None switches staleness off."""
    live = any_of(entries.line, entries.certainty > 0, len(entries.lines))
    if only is not None:
        live &= only
    stale = np.zeros(len(entries), dtype=np.bool_) if stale_after is None else entries.older_than(stale_after)
    current = entries.where(~stale)
    rows, implied = _own(current, live), Implied(current, live)
    return Reconciled(entries, live, stale, rows, implied, settled(rows, implied))


def _own(entries: Entries, live: Mask) -> Sayings:
    """The rows on their own lines."""
    row = np.flatnonzero((entries.certainty > 0) & live[entries.line])
    return Sayings(entries, entries.line[row], row)


def _elsewhere(implied: Implied) -> Sayings:
    """The rows where they are implied, by line."""
    line, row = implied.pairs(implied.live)
    order = np.argsort(line, kind="stable")
    return Sayings(implied.entries, line[order], row[order])
