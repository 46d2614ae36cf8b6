"""Episodes → the rows that hold at a point: at(), and the table of all episodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .dates import NO_END, NO_START
from .episodes import Episodes, Record
from .frames import EPISODES, ROWS, Table
from .ledger import Ledger, Place, area_chain, force_chain
from .stretches import CERTAINTIES


def at(episodes: Episodes, day: int, known: int | None = None) -> Table:
    """One row for each claim in force on `day`, as known on `known` (None: everything), by place, force and claim id.

    Days are days since 1970-01-01. The columns are frames.ROWS.
    """
    found = _holding(episodes, day, NO_END - 1 if known is None else known)
    table = _table(episodes, found)
    ages = [max(0, day - known_from) for known_from in table["known_from"]]
    table["age_days"] = ages
    table["basis"] = ["carried" if age else "cited" for age in ages]
    return Table(ROWS, {name: table[name] for name in ROWS})


def everything(episodes: Episodes) -> Table:
    """One row for each episode, in the order of episodes. The columns are frames.EPISODES."""
    found = np.arange(len(episodes))
    table = _table(episodes, found)
    table["episode_known_from"] = _bounds(episodes.known_from[found])
    table["episode_known_to"] = _bounds(episodes.known_to[found])
    return Table(EPISODES, {name: table[name] for name in EPISODES})


def _holding(episodes: Episodes, day: int, known: int) -> NDArray[np.int64]:
    """Positions of the episodes that hold at (day, known), by place, force and claim id."""
    held = np.flatnonzero(
        (episodes.valid_from <= day) & (day < episodes.valid_to) & (episodes.known_from <= known) & (known < episodes.known_to)
    )
    forces = sorted(episodes.ledger.forces)
    code = {force: number for number, force in enumerate(forces)}
    claim = episodes.claim[held]
    force_of = np.array([code[record.claim.force] for record in episodes.records], dtype=np.int32)
    return held[np.lexsort((claim, force_of[claim], episodes.place[held]))]


def _table(episodes: Episodes, found: NDArray[np.int64]) -> dict[str, list[Any]]:
    """Every column that rows and episodes share, for the episodes at these positions."""
    records = [episodes.records[number] for number in episodes.claim[found]]
    places = [episodes.ledger.places[episodes.places[number]] for number in episodes.place[found]]
    table: dict[str, list[Any]] = {name: [read(record) for record in records] for name, read in _OF_RECORD.items()}
    table |= {name: [read(place) for place in places] for name, read in _OF_PLACE.items()}
    table |= _chains(episodes.ledger, places, records)
    table |= _figures(records, places)
    table["reliability"] = [episodes.ledger.sources[record.publisher].reliability for record in records]
    table["certainty"] = [CERTAINTIES[code] for code in episodes.certainty[found]]
    table["valid_from"] = _bounds(episodes.valid_from[found])
    table["valid_to"] = _bounds(episodes.valid_to[found])
    return table


_OF_RECORD: dict[str, Callable[[Record], Any]] = {
    "claim": lambda record: record.claim.id,
    "report": lambda record: record.report.id,
    "source": lambda record: record.source,
    "publisher": lambda record: record.publisher,
    "voice": lambda record: record.voice,
    "force": lambda record: record.claim.force,
    "status": lambda record: record.claim.status,
    "modality": lambda record: record.claim.modality,
    "qualified": lambda record: record.qualified,
    "when": lambda record: record.claim.when,
    "published": lambda record: record.report.published,
    "known_from": lambda record: record.known_from,
    "certain_from": lambda record: record.certain_from,
    "credibility": lambda record: record.claim.credibility,
    "quote": lambda record: record.claim.quote,
    "says": lambda record: record.claim.says,
    "url": lambda record: record.report.url,
}
_OF_PLACE: dict[str, Callable[[Place], Any]] = {
    "place": lambda place: place.id,
    "place_name": lambda place: place.name,
    "place_kind": lambda place: place.kind,
    "geometry": lambda place: (place.lon, place.lat),
}


def _chains(ledger: Ledger, places: Sequence[Place], records: Sequence[Record]) -> dict[str, list[Any]]:
    within = lru_cache(maxsize=None)(lambda place: area_chain(ledger, place))
    part_of = lru_cache(maxsize=None)(lambda force: force_chain(ledger, force))
    return {
        "within": [within(place.id) for place in places],
        "part_of": [part_of(record.claim.force) for record in records],
    }


def _figures(records: Sequence[Record], places: Sequence[Place]) -> dict[str, list[Any]]:
    """The strength of the place, the change, or the figure that several places share: never two of them."""
    names = ("low", "high", "approx", "change_low", "change_high", "shared_low", "shared_high", "shared_with")
    rows = [_figure(record, place.id) for record, place in zip(records, places, strict=True)]
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def _figure(record: Record, place: str) -> tuple[Any, ...]:
    claim = record.claim
    if claim.change is not None:
        return None, None, claim.change.approx, claim.change.low, claim.change.high, None, None, ()
    others = tuple(sorted(set(claim.places) - {place}))
    if claim.personnel is None:
        return None, None, False, None, None, None, None, ()
    low, high, approx = claim.personnel.low, claim.personnel.high, claim.personnel.approx
    if others:
        return None, None, approx, None, None, low, high, others
    return low, high, approx, None, None, None, None, ()


def _bounds(days: NDArray[np.int32]) -> list[int | None]:
    """Days as plain integers, None where there is no bound."""
    return [None if day in (NO_START, NO_END) else int(day) for day in days]
