"""Questions about resolved episodes, answered as tables: joins the stations in their order, and filters what is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from . import area_totals as _totals
from . import comparison as _compare
from . import history as _timeline
from . import posture as _posture
from . import timeslice as _timeslice
from .episodes import Resolved
from .frames import Table
from .ledger import Ledger, area_chain, force_chain
from .posture import STALE_AFTER
from .slicing import Slice


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question leaves out: what was not known by `known` (None: nothing), other places and forces, old silence.

    `places` and `forces` (empty: all) choose the lines that are shown, never the rows that decide them.
    """

    known: int | None = None
    stale_after: int | None = STALE_AFTER
    places: Collection[str] = ()
    forces: Collection[str] = ()


EVERYTHING = Scope()


def rows(episodes: Resolved, day: int, scope: Scope = EVERYTHING) -> Table:
    """The claims in force on a day (frames.ROWS)."""
    places, forces = _shown_ids(episodes.ledger, scope)
    found = episodes.point(day, scope.known, places=places, forces=forces)
    return shown(_timeslice.at(found, day, scope.known), episodes.ledger, scope)


def posture(episodes: Resolved, day: int, scope: Scope = EVERYTHING) -> Table:
    """The reconciled lines of a day (frames.POSTURE)."""
    return shown(_posture_at(episodes, day, scope.known, scope), episodes.ledger, scope)


def changes(episodes: Resolved, before: int, after: int, scope: Scope = EVERYTHING, *, known_before: int | None = None) -> Table:
    """What changed from one day, as known on `known_before`, to another, as known on `scope.known` (frames.CHANGES)."""
    points = ((before, known_before), (before, scope.known), (after, scope.known))
    compared = _compare.compare(*(_posture_at(episodes, day, known, scope) for day, known in points))
    return shown(compared, episodes.ledger, scope)


def totals(episodes: Resolved, area: str, day: int, scope: Scope = EVERYTHING) -> Table:
    """What is stated of an area beside the sum of its sites (frames.TOTALS); `scope.places` does not matter."""
    near = _related(episodes.ledger, (area,))
    found = _timeslice.at(episodes.point(day, scope.known, places=near), day, scope.known)
    lines = _posture.reconcile(found, stale_after=scope.stale_after)
    return shown(_totals.totals(found, lines, area), episodes.ledger, Scope(forces=scope.forces))


def timeline(episodes: Resolved, place: str, scope: Scope = EVERYTHING) -> Table:
    """The history of one place (frames.TIMELINE)."""
    near = _related(episodes.ledger, (place,))
    runs = _timeline.timeline(episodes.about(near), place, known=scope.known, stale_after=scope.stale_after)
    return shown(runs, episodes.ledger, Scope(forces=scope.forces))


def _related(ledger: Ledger, places: Collection[str]) -> set[str]:
    """The places, all that lies within them, and all in which they lie: only claims of these reach their lines."""
    if not places:
        return set()
    above = {other for place in places for other in area_chain(ledger, place)}
    return {other for other in ledger.places if other in above or not {other, *area_chain(ledger, other)}.isdisjoint(places)}


def shown(table: Table, ledger: Ledger, scope: Scope) -> Table:
    """The rows about the places of the scope and what lies within them, and about its forces and what is part of them."""
    places, forces = _shown_ids(ledger, scope)
    return table.where(
        (not scope.places or row["place"] in places) and (not scope.forces or row["force"] in forces) for row in table
    )


def _shown_ids(ledger: Ledger, scope: Scope) -> tuple[set[str], set[str]]:
    """The places and forces of the scope, with what lies within them and what is part of them; empty if it names none."""
    places = ledger.places if scope.places else ()
    forces = ledger.forces if scope.forces else ()
    return (
        {place for place in places if not {place, *area_chain(ledger, place)}.isdisjoint(scope.places)},
        {force for force in forces if not {force, *force_chain(ledger, force)}.isdisjoint(scope.forces)},
    )


def _posture_at(episodes: Resolved, day: int, known: int | None, scope: Scope) -> Table:
    near = _related(episodes.ledger, scope.places)
    found = episodes.point(day, known, places=near)
    return _posture.reconcile(Slice(found, day, known), stale_after=scope.stale_after)
