"""Episodes → the rows that hold at a point: at(), the same as entries for reconciling, and the table of all episodes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .board import Board
from .claims import CHANGED, NOTHING, OWN, SHARED, STATUSES, Claims, Texts
from .columns import Days, Ints, Mask
from .dates import NO_END, NO_START
from .entries import Entries, Lines
from .episodes import Episodes
from .frames import EPISODES, ROWS, Table
from .ledger import MODALITIES, area_chain, force_chain
from .processors import in_parts, taken
from .stretches import CERTAINTIES

_BLOCK = 2**18
"""Episodes that are compared at once: their days, and what the comparison leaves behind, stay in the processor's cache."""


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


def holding(episodes: Episodes, day: int, known: int | None = None) -> Ints:
    """The positions of the episodes that hold on `day`, as known on `known` (None: everything), by place, force and claim id."""
    current = slice(0, episodes.current)
    if known is None:
        # What is superseded does not hold, and of the rest all is known.
        return _held(current, (episodes.valid_from, day, False), (episodes.valid_to, day, True))
    conditions = ((episodes.valid_from, day, False), (episodes.valid_to, day, True), (episodes.known_from, known, False))
    found = _held(current, *conditions)
    superseded = slice(episodes.current, len(episodes))
    late = _held(superseded, (episodes.known_to, known, True), conditions[2], *conditions[:2])
    if len(late) == 0:
        return found
    found = np.concatenate([found, late])
    return found[np.argsort(episodes.row[found], kind="stable")]


def _held(where: slice, *conditions: tuple[NDArray[np.int32], int, bool]) -> Ints:
    """The positions at which all columns reach the day (False: column <= day) or go beyond it (True: day < column)."""

    def part(among: slice) -> Ints:
        found = [np.zeros(0, dtype=np.int64)]
        for start in range(where.start + among.start, where.start + among.stop, _BLOCK):
            block = slice(start, min(start + _BLOCK, where.start + among.stop))
            held: Mask | None = None
            for column, day, beyond in conditions:
                fits = column[block] > day if beyond else column[block] <= day
                held = fits if held is None else np.logical_and(held, fits, out=held)
            if held is not None:
                found.append(np.flatnonzero(held) + start)
        return np.concatenate(found)

    return np.concatenate(in_parts(where.stop - where.start, part))


def entries(episodes: Episodes, day: int, known: int | None = None) -> Entries:
    """The rows of a point as columns of codes, for reconciling."""
    found = holding(episodes, day, known)
    claims = episodes.claims
    return entries_of(episodes, found, day, claims.board, taken(claims.place.codes, taken(episodes.row, found)))


def entries_of(episodes: Episodes, found: Ints, day: Days | int, board: Board, place: NDArray[np.integer[Any]]) -> Entries:
    """The episodes at these positions as rows at these places of the board; they stand by place and force.

    `day` is the day that is asked about, or one for each of them.
    """
    claims = episodes.claims
    row, force = np.empty(len(found), dtype=np.int64), np.empty(len(found), dtype=np.int32)
    known_from, certainty = np.empty(len(found), dtype=np.int32), np.empty(len(found), dtype=np.int8)

    def part(some: slice) -> None:
        for start in range(some.start, some.stop, _BLOCK):
            block = slice(start, min(start + _BLOCK, some.stop))
            row[block] = episodes.row[found[block]]
            force[block] = claims.force.codes[row[block]]
            known_from[block] = claims.known_from[row[block]]
            certainty[block] = episodes.certainty[found[block]]

    in_parts(len(found), part)
    new = np.ones(len(row), dtype=np.bool_)
    new[1:] = (place[1:] != place[:-1]) | (force[1:] != force[:-1])
    return Entries(
        Lines(board, place[new].astype(np.int32), force[new]),
        day if isinstance(day, int) else day[new],
        np.cumsum(new, dtype=np.int32) - np.int32(1),
        certainty,
        known_from,
        row,
        lambda name, rows: _more(episodes, name, rows),
        claims.claim.take,
    )


def _more(episodes: Episodes, name: str, row: Ints) -> NDArray[Any]:
    """A column of these rows of the claims, as entries name it."""
    claims = episodes.claims
    if name == "reported":
        reported: Mask = taken(claims.firmness, row) == len(MODALITIES) - 1
        return reported
    if name == "certain_from":
        return claims.certain_from(row)
    if name == "figured":
        figured: Mask = (taken(claims.figure, row) == OWN) & (
            (taken(claims.low, row) != NOTHING) | (taken(claims.high, row) != NOTHING)
        )
        return figured
    if name in ("status", "low", "high", "approx", "several"):
        return taken(getattr(claims, name), row)
    texts: Texts = _coded(episodes)[name]
    return taken(texts.codes, row)


def _coded(episodes: Episodes) -> dict[str, Any]:
    claims = episodes.claims
    return {
        "claim": claims.claim,
        "report": claims.report,
        "publisher": claims.publisher,
        "voice": claims.voice,
        "source": episodes.source,
    }


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
        **_coded(episodes),
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
