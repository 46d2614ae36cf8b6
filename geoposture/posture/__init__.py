"""Rows → posture: one line for each place and force, by the nine rules of docs/semantics.md, "Posture"."""

from __future__ import annotations

from ..entries import Point
from ..frames import Table
from .reconciling import Reconciled, reconciled
from .tables import entries_of, table_of

STALE_AFTER = 365
"""Days after which a carried claim no longer decides."""


def reconcile(rows: Table | Point, *, stale_after: int | None = STALE_AFTER) -> Table:
    """One line for each place and force that has a row of its own that is not unbounded, by place and force.

    `rows` are all rows of one point (frames.ROWS), or the point itself: filters come afterwards, because absence goes down
    and presence goes up. `stale_after` counts days, None switches staleness off. The columns are frames.POSTURE.
    """
    return table_of(reconciled(entries_of(rows) if isinstance(rows, Table) else rows, stale_after))


__all__ = ["STALE_AFTER", "Reconciled", "reconcile", "reconciled", "table_of"]
