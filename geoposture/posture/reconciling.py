"""Posture: what counts on each line, and what is set aside before the rules of `settling` are asked (docs/semantics.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Ints, Mask
from ..entries import Entries, Point
from ..lines import Lines
from .implying import Implied
from .sayings import Sayings
from .settling import CHANGES, DECIDES, OVERTAKEN, PLANS, Settled, settled

LISTS = ("claims", "implied", "overtaken", "stale", "changes", "outlook")
_VERDICTS = {"claims": DECIDES, "overtaken": OVERTAKEN, "changes": CHANGES, "outlook": PLANS}


@dataclass(frozen=True, eq=False)
class Reconciled:
    """The posture of `lines`; only those that are `live` are lines of it.

    What is set aside because it is stale decides nothing, and is looked at only when a list is asked for. So is what is implied
    where a line has rows of its own that decide.
    """

    lines: Lines
    live: Mask
    touched: Ints
    """The lines on which a row counts that is not stale, of its own or implied. Only they are settled: others are unreported."""
    rows: Sayings
    """The rows that are not stale, on their own lines, as `touched` counts them; so do `implied` and `settled`."""
    implied: Implied
    settled: Settled
    stale: Callable[[], Entries]
    """The stale rows, on `lines`."""

    def shown(self, values: NDArray[Any], otherwise: int) -> NDArray[Any]:
        """A column of `settled` on each live line: `otherwise` where nothing but stale rows count."""
        at, there = self._shown
        found = np.full(int(np.count_nonzero(self.live)), otherwise, dtype=values.dtype)
        found[at] = values[there]
        return found

    @cached_property
    def _shown(self) -> tuple[Ints, Mask]:
        there = self.live[self.touched]
        return np.searchsorted(np.flatnonzero(self.live), self.touched[there]), there

    def listed(self, name: str) -> tuple[Sayings, ...]:
        """The rows of one of LISTS, on their lines as `lines` counts them, in several parts."""
        if name == "stale":
            return self._all_stale
        if name == "implied":
            return self._placed(self._implied), self._all_stale[1]
        own = self.rows.where(self.settled.verdict == _VERDICTS[name])
        if name not in ("claims", "overtaken"):
            return (self._placed(own),)
        decide = self.implied.undisputed(self._implied.line, self._implied.row, self.settled.before)
        elsewhere = self._implied.where(decide == (name == "claims"))
        return self._placed(own), self._placed(elsewhere)

    def _placed(self, rows: Sayings) -> Sayings:
        return Sayings(rows.entries, self.touched[rows.line], rows.row)

    @cached_property
    def _implied(self) -> Sayings:
        return _elsewhere(self.implied)

    @cached_property
    def _all_stale(self) -> tuple[Sayings, Sayings]:
        entries = self.stale()
        return _own(entries, self.live), _elsewhere(Implied.of(entries, self.live))


def reconciled(point: Point, stale_after: int | None, *, only: Mask | None = None) -> Reconciled:
    """The posture of all lines, or of some. `stale_after` counts days, None switches staleness off."""
    sifted = point.sift(stale_after)
    live = sifted.live if only is None else sifted.live & only
    implied = Implied.of(sifted.current, live)
    touched = implied.touched
    implied = implied.on(touched)
    rows = _own(implied.entries, implied.live)
    return Reconciled(point.lines, live, touched, rows, implied, settled(rows, implied), sifted.stale)


def _own(entries: Entries, live: Mask) -> Sayings:
    """The rows on their own lines."""
    row = np.flatnonzero((entries.certainty > 0) & live[entries.line])
    return Sayings(entries, entries.line[row], row)


def _elsewhere(implied: Implied) -> Sayings:
    """The rows where they are implied, by line."""
    line, row = implied.pairs(implied.live)
    order = np.argsort(line, kind="stable")
    return Sayings(implied.entries, line[order], row[order])
