"""Episodes → tables: the rows that hold at a point, at(), and all episodes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .claims import CHANGED, NOTHING, OWN, SHARED, STATUSES, Claims
from .columns import Ints, Mask
from .dates import NO_END, NO_START
from .episodes import Episodes
from .frames import EPISODES, ROWS, Table
from .ledger import MODALITIES, area_chain, force_chain
from .slicing import holding
from .stretches import CERTAINTIES


def at(episodes: Episodes, day: int, known: int | None = None) -> Table:
    """One row for each claim in force on `day`, as known on `known` (None: everything), by place, force and claim id.

    Days are days since 1970-01-01. The columns are frames.ROWS.
    """
    table = _table(episodes, holding(episodes, day, known))
    ages = [max(0, day - known_from) for known_from in table["known_from"]]
    table["age_days"] = ages
    table["basis"] = ["carried" if age else "cited" for age in ages]
    return Table(ROWS, {name: table[name] for name in ROWS})


def everything(episodes: Episodes) -> Table:
    """One row for each episode, by claim id, place, known_from and valid_from. The columns are frames.EPISODES."""
    found = episodes.in_order()
    table = _table(episodes, found)
    table["episode_known_from"] = _bounds(episodes.known_from[found])
    table["episode_known_to"] = _bounds(episodes.known_to[found])
    return Table(EPISODES, {name: table[name] for name in EPISODES})


def _table(episodes: Episodes, found: Ints) -> dict[str, list[Any]]:
    """Every column that rows and episodes share, for the episodes at these positions."""
    claims, row = episodes.claims, episodes.row[found]
    place, force = claims.place.codes[row], claims.force.codes[row]
    board = claims.board
    words = {name: column.take(row).tolist() for name, column in _words(episodes).items()}
    chain_of_place = lru_cache(maxsize=None)(lambda code: area_chain(claims.ledger, board.places[code]))
    chain_of_force = lru_cache(maxsize=None)(lambda code: force_chain(claims.ledger, board.forces[code]))
    return {
        **words,
        "place_name": board.names[place].tolist(),
        "place_kind": board.kinds[place].tolist(),
        "geometry": board.points[place].tolist(),
        "within": [chain_of_place(code) for code in place.tolist()],
        "part_of": [chain_of_force(code) for code in force.tolist()],
        "status": [STATUSES[code] for code in claims.status[row].tolist()],
        "modality": [MODALITIES[code] for code in claims.firmness[row].tolist()],
        "qualified": claims.qualified[row].tolist(),
        **_figures(claims, row, words["place"]),
        "known_from": claims.known_from[row].tolist(),
        "certain_from": _whole(claims.certain_from(row)),
        "credibility": [code or None for code in claims.credibility[row].tolist()],
        "reliability": _reliability(claims, row),
        "certainty": [CERTAINTIES[code] for code in episodes.certainty[found].tolist()],
        "valid_from": _bounds(episodes.valid_from[found]),
        "valid_to": _bounds(episodes.valid_to[found]),
    }


def _words(episodes: Episodes) -> dict[str, Any]:
    claims = episodes.claims
    return {
        "claim": claims.claim,
        "report": claims.report,
        "publisher": claims.publisher,
        "voice": claims.voice,
        "source": episodes.source,
        "place": claims.place,
        "force": claims.force,
        "when": claims.when,
        "published": claims.published,
        "quote": claims.quote,
        "says": claims.says,
        "url": claims.url,
    }


def _reliability(claims: Claims, row: NDArray[np.int32]) -> list[str | None]:
    names = claims.publisher.names
    graded = [
        claims.ledger.sources[name].reliability if name in claims.ledger.sources else None
        for name in names.take(np.arange(len(names), dtype=np.int32))
    ]
    return [graded[code] for code in claims.publisher.codes[row].tolist()]


def _figures(claims: Claims, row: NDArray[np.int32], places: list[str]) -> dict[str, list[Any]]:
    """The strength of the place, the change, or the figure that several places share: never two of them."""
    figure, low, high = claims.figure[row], claims.low[row], claims.high[row]
    names = {OWN: ("low", "high"), CHANGED: ("change_low", "change_high"), SHARED: ("shared_low", "shared_high")}
    found: dict[str, list[Any]] = {}
    for kind, (lowest, highest) in names.items():
        found[lowest] = _whole(np.where(figure == kind, low, np.int32(NOTHING)))
        found[highest] = _whole(np.where(figure == kind, high, np.int32(NOTHING)))
    found["approx"] = claims.approx[row].tolist()
    found["shared_with"] = _shared_with(claims, row, figure == SHARED, places)
    return found


def _shared_with(claims: Claims, row: NDArray[np.int32], shared: Mask, places: list[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()] * len(row)
    chosen = np.flatnonzero(shared)
    for position, together in zip(chosen.tolist(), claims.sharing.take(row[chosen]), strict=True):
        found[position] = tuple(other for other in together if other != places[position])
    return found


def _whole(values: NDArray[np.int32]) -> list[int | None]:
    return [None if value == NOTHING else value for value in values.tolist()]


def _bounds(days: NDArray[np.int32]) -> list[int | None]:
    """Days as plain integers, None where there is no bound."""
    return [None if day in (NO_START, NO_END) else day for day in days.tolist()]
