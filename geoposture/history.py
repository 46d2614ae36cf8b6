"""Episodes → the history of one place: timeline(), the longest runs of days in which a line of posture stays as it is.

For each force all days on which its line can change are reconciled together, in one sweep: an episode counts on each of them
that it holds on, and each day has places of its own, so that nothing of one day touches another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .board import Board
from .claims import ABSENT, PRESENT
from .columns import Days, Ints, Mask
from .dates import FIRST_DAY, LAST_DAY, NO_END, NO_START
from .entries import Entries
from .episodes import Episodes
from .frames import TIMELINE, Table
from .grouping import ranges
from .ledger import MODALITIES
from .posture import STALE_AFTER, reconciled, table_of
from .timeslice import entries_of

_ENTRIES = 2**20
"""Entries that are reconciled together, so that memory stays bounded."""


def timeline(episodes: Episodes, place: str, *, known: int | None = None, stale_after: int | None = STALE_AFTER) -> Table:
    """One row for each force and longest run of days `[from, to)` in which the place's line does not change.

    Days on which the place has no line are in no row. `known` None is everything; an empty `from` or `to` is no bound.
    The columns are frames.TIMELINE, by force and day.
    """
    board = episodes.claims.board
    code = list(board.places).index(place)
    held = _known(episodes, _related(board, code), NO_END - 1 if known is None else known)
    found: list[dict[str, Any]] = []
    for force, reaching in _by_force(episodes, held, code):
        running: dict[str, Any] | None = None
        for start, line in _lines(episodes, reaching, code, force, stale_after):
            if running is not None and (line is None or line != _content(running)):
                found.append(running | {"to": start})
                running = None
            if running is None and line is not None:
                running = line | {"from": None if start == NO_START else start, "to": None}
        found += [] if running is None else [running]
    return Table.of(TIMELINE, found)


def _by_force(episodes: Episodes, held: Ints, place: int) -> Iterator[tuple[int, Ints]]:
    """Each force of which something is said of the place, and the episodes that can reach its line (rule 1)."""
    claims, row = episodes.claims, episodes.row[held]
    board, at, force = claims.board, claims.place.codes[row], claims.force.codes[row]
    reported = claims.firmness[row] == len(MODALITIES) - 1
    here = at == place
    gone: Mask = reported & (claims.status[row] == ABSENT) & np.isin(at, board.areas[:, place])
    there: Mask = reported & (claims.status[row] == PRESENT) & np.any(board.areas[:, at] == place, axis=0)
    for code in np.unique(force[here]).tolist():
        above = np.isin(force, board.alliances[:, code])
        below = np.any(board.alliances[:, force] == code, axis=0)
        yield code, held[(here & (force == code)) | (gone & above) | (there & below)]


def _related(board: Board, place: int) -> Mask:
    """Which places are, contain or lie within the place: only claims of these reach its lines."""
    related: Mask = np.any(board.areas == place, axis=0)
    above = board.areas[:, place]
    related[above[above >= 0]] = True
    return related


def _known(episodes: Episodes, related: Mask, known: int) -> Ints:
    """The episodes about these places that hold as known on that day, by row; rows stand by place."""
    codes = np.flatnonzero(related)
    begin, stop = (np.searchsorted(episodes.claims.place.codes, codes, side=side) for side in ("left", "right"))
    found = []
    for part in (slice(0, episodes.current), slice(episodes.current, len(episodes))):
        row = episodes.row[part]
        first, last = np.searchsorted(row, begin), np.searchsorted(row, stop)
        found.append(ranges(first, last - first)[1] + part.start)
    held: Ints = np.concatenate(found)
    holds: Mask = (episodes.known_from[held] <= known) & (known < episodes.known_to[held])
    return held[holds]


def _change_days(episodes: Episodes, held: Ints, stale_after: int | None) -> Days:
    """NO_START and every day on which one of these episodes begins, ends, is first carried or goes stale."""
    known = np.unique(episodes.claims.known_from[episodes.row[held]]).astype(np.int64)
    bounds = [episodes.valid_from[held], episodes.valid_to[held], known + 1]
    days = np.unique(np.concatenate([*bounds, *([] if stale_after is None else [known + stale_after + 1])]).astype(np.int64))
    days = days[(days >= FIRST_DAY) & (days <= LAST_DAY)]
    return np.concatenate([[NO_START], days])


def _lines(
    episodes: Episodes, held: Ints, place: int, force: int, stale_after: int | None
) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """The line of the place and force from each day on, on which one of these episodes can change it; None: no line."""
    days = _change_days(episodes, held, stale_after)
    # The day before the first of all stands for every day before the first change.
    asked = np.maximum(days, FIRST_DAY - 1)
    near = np.flatnonzero(_related(episodes.claims.board, place))
    for chunk in _chunks(episodes, held, asked):
        entries = _entries(episodes, held, asked[chunk], near)
        board_place = entries.lines.place
        only = (near[board_place % len(near)] == place) & (entries.lines.force == force)
        found = reconciled(entries, stale_after, only=only)
        numbers = (board_place[found.live] // len(near)).tolist()
        lines = {number: _content(line) for number, line in zip(numbers, table_of(found), strict=True)}
        for number, start in enumerate(days[chunk].tolist()):
            yield start, lines.get(number)


def _entries(episodes: Episodes, held: Ints, days: Days, near: Ints) -> Entries:
    """What holds on each of these days, in ascending order, on a board on which each day has its own copy of the places."""
    first = np.searchsorted(days, episodes.valid_from[held])
    owner, number = ranges(first, np.maximum(np.searchsorted(days, episodes.valid_to[held]) - first, 0))
    order = np.lexsort((episodes.row[held[owner]], number))
    owner, number = owner[order], number[order]
    found = held[owner]
    claims = episodes.claims
    local = np.searchsorted(near, claims.place.codes[episodes.row[found]]) + number * len(near)
    return entries_of(episodes, found, days[number], _copied(claims.board, near, len(days)), local)


def _copied(board: Board, near: Ints, times: int) -> Board:
    """A board with so many copies of these places, which contain all that contains them and is near, one after the other."""
    local = np.full(len(board.places) + 1, -1, dtype=np.int64)
    local[near] = np.arange(len(near))
    areas = np.tile(local[board.areas[:, near]], times)
    copy = np.repeat(np.arange(times) * len(near), len(near))
    return Board(
        [board.places[code] for code in near.tolist()] * times,
        board.forces,
        np.where(areas < 0, -1, areas + copy).astype(np.int32),
        board.alliances,
        *(np.tile(column[near], times) for column in (board.names, board.kinds, board.points)),
    )


def _chunks(episodes: Episodes, held: Ints, days: Days) -> Iterator[slice]:
    """Days in a row that together have not many more than `_ENTRIES` entries."""
    first, last = np.searchsorted(days, episodes.valid_from[held]), np.searchsorted(days, episodes.valid_to[held])
    reached = np.cumsum(np.cumsum(np.bincount(first, minlength=len(days) + 1) - np.bincount(last, minlength=len(days) + 1)))
    start = 0
    while start < len(days):
        before = int(reached[start - 1]) if start else 0
        stop = max(start + 1, min(int(np.searchsorted(reached, before + _ENTRIES, side="right")), len(days)))
        yield slice(start, stop)
        start = stop


def _content(line: dict[str, Any]) -> dict[str, Any]:
    """The columns of a line that make up its run; the age alone grows from day to day."""
    return {name: value for name, value in line.items() if name in TIMELINE and name not in ("from", "to")}
