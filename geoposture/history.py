"""Episodes → the history of one place: timeline(), the longest runs of days in which a line of posture stays as it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from .dates import FIRST_DAY, LAST_DAY, NO_END, NO_START
from .episodes import Episodes
from .frames import TIMELINE, Table
from .ledger import area_chain
from .posture import STALE_AFTER, reconcile
from .timeslice import at


def timeline(episodes: Episodes, place: str, *, known: int | None = None, stale_after: int | None = STALE_AFTER) -> Table:
    """One row for each force and longest run of days `[from, to)` in which the place's line does not change.

    Days on which the place has no line are in no row. `known` None is everything; an empty `from` or `to` is no bound.
    The columns are frames.TIMELINE, by force and day.
    """
    related = {other for other in episodes.places if _is_related(episodes, place, other)}
    starts = _change_days(episodes, related, known=known, stale_after=stale_after)
    found: list[dict[str, Any]] = []
    running: dict[str, dict[str, Any]] = {}
    for start in starts:
        # The day before the first of all stands for every day before the first change.
        rows = at(episodes, max(start, FIRST_DAY - 1), known)
        rows = rows.where(other in related for other in rows.data["place"])
        lines = {line["force"]: _content(line) for line in reconcile(rows, stale_after=stale_after) if line["place"] == place}
        ended = [force for force, run in running.items() if lines.get(force) != _content(run)]
        found.extend(running.pop(force) | {"to": start} for force in ended)
        for force, line in lines.items():
            running.setdefault(force, line | {"from": None if start == NO_START else start, "to": None})
    found += running.values()
    found.sort(key=lambda run: (run["force"], NO_START if run["from"] is None else run["from"]))
    return Table.of(TIMELINE, found)


def _change_days(episodes: Episodes, related: set[str], *, known: int | None, stale_after: int | None) -> list[int]:
    """NO_START and every day on which a claim about one of these places begins, ends, is first carried or goes stale."""
    here = np.array([other in related for other in episodes.places], dtype=bool)
    latest = NO_END - 1 if known is None else known
    held = here[episodes.place] & (episodes.known_from <= latest) & (latest < episodes.known_to)
    days = {int(day) for column in (episodes.valid_from, episodes.valid_to) for day in column[held]}
    for number in set(episodes.claim[held].tolist()):
        became_known = episodes.records[number].known_from
        days |= {became_known + 1} | (set() if stale_after is None else {became_known + stale_after + 1})
    return [NO_START, *sorted(day for day in days if FIRST_DAY <= day <= LAST_DAY)]


def _is_related(episodes: Episodes, one: str, other: str) -> bool:
    """Whether one of the two places is or contains the other: only then do claims of one reach the lines of the other."""
    return one == other or one in area_chain(episodes.ledger, other) or other in area_chain(episodes.ledger, one)


def _content(line: dict[str, Any]) -> dict[str, Any]:
    """The columns of a line that make up its run; the age alone grows from day to day."""
    return {name: value for name, value in line.items() if name in TIMELINE and name not in ("from", "to")}
