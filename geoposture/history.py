"""Episodes → the history of one place: timeline(), the longest runs of days in which a line of posture stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .board import Board
from .claims import ABSENT, NOTHING, PRESENT
from .columns import Ints, Mask
from .dates import NO_END, NO_START
from .episodes import Episodes
from .frames import TIMELINE, Table
from .grouping import ranges
from .ledger import MODALITIES
from .lifeline import Lifeline, Reach, lifeline
from .posture import STALE_AFTER
from .posture.settling import STANDINGS
from .posture.tables import BASES, FIGURES, SURE

_WORDS = {"standing": STANDINGS, "certainty": SURE, "basis": BASES, "figures": FIGURES, "outlook_figures": FIGURES}


def timeline(episodes: Episodes, place: str, *, known: int | None = None, stale_after: int | None = STALE_AFTER) -> Table:
    """One row for each force and longest run of days `[from, to)` in which the place's line does not change.

    Days on which the place has no line are in no row. `known` None is everything; an empty `from` or `to` is no bound.
    The columns are frames.TIMELINE, by force and day.
    """
    board = episodes.claims.board
    code = list(board.places).index(place)
    held = _known(episodes, _related(board, code), NO_END - 1 if known is None else known)
    names, codes = _by_id(episodes, held)
    columns: dict[str, list[Any]] = {name: [] for name in TIMELINE}
    for reach in _by_force(episodes, held, code):
        for name, column in _runs(lifeline(reach, codes, stale_after), names).items():
            columns[name] += column
        columns["force"] += [board.forces[reach.force]] * (len(columns["from"]) - len(columns["force"]))
    same = {"place": place, "place_name": board.names[code], "place_kind": board.kinds[code], "geometry": board.points[code]}
    return Table(TIMELINE, columns | {name: [value] * len(columns["from"]) for name, value in same.items()})


def _by_id(episodes: Episodes, held: Ints) -> tuple[list[str], Ints]:
    """The ids of the claims of these episodes, sorted; and for each row of the claims that these are of, its position there."""
    row = np.unique(episodes.row[held])
    names, position = np.unique(episodes.claims.claim.take(row), return_inverse=True)
    codes = np.zeros(len(episodes.claims), dtype=np.int64)
    codes[row] = position
    return names.tolist(), codes


def _runs(line: Lifeline, names: Sequence[str]) -> dict[str, list[Any]]:
    """The longest runs of days in which nothing changes, as columns of frames.TIMELINE; the age alone grows from day to day."""
    if len(line.live) == 0:
        return {}
    changed = np.zeros(len(line.days) + 1, dtype=np.bool_)
    for spells in line.lists.values():
        changed[spells.first] = changed[spells.stop] = True
    new = changed[line.live]
    new[0] = True
    new[1:] |= line.live[1:] != line.live[:-1] + 1
    for column in line.told.values():
        new[1:] |= column[1:] != column[:-1]
    head = np.flatnonzero(new)
    first, after = line.live[head], line.live[np.append(head[1:], len(new)) - 1] + 1
    days = [None if day == NO_START else day for day in line.days.tolist()] + [None]
    return {
        "from": [days[position] for position in first.tolist()],
        "to": [days[position] for position in after.tolist()],
        **{name: _worded(name, column[head]) for name, column in line.told.items()},
        **{name: spells.listed(names, first) for name, spells in line.lists.items()},
    }


def _worded(name: str, values: NDArray[Any]) -> list[Any]:
    """The values of a column as a table has them."""
    if name in _WORDS:
        return [_WORDS[name][code] for code in values.tolist()]
    return [None if value == NOTHING else value for value in values.tolist()]


def _by_force(episodes: Episodes, held: Ints, place: int) -> Iterator[Reach]:
    """Each force of which something is said of the place: the episodes that can reach its line (rule 1), by row."""
    claims, row = episodes.claims, episodes.row[held]
    board, at, force = claims.board, claims.place.codes[row], claims.force.codes[row]
    reported = (claims.firmness[row] == len(MODALITIES) - 1) & (episodes.certainty[held] > 0)
    here = at == place
    gone: Mask = reported & (claims.status[row] == ABSENT) & np.isin(at, board.areas[:, place])
    there: Mask = reported & (claims.status[row] == PRESENT) & np.any(board.areas[:, at] == place, axis=0)
    for code in np.unique(force[here]).tolist():
        above = np.isin(force, board.alliances[:, code])
        below = np.any(board.alliances[:, force] == code, axis=0)
        own = here & (force == code)
        reaching = own | (gone & above) | (there & below)
        near = np.unique(np.append(at[reaching], place))
        yield Reach(episodes, held[reaching], own[reaching], place, code, near)


def _related(board: Board, place: int) -> Mask:
    """Which places are, contain or lie within the place: only claims of these reach its lines."""
    related: Mask = np.any(board.areas == place, axis=0)
    above = board.areas[:, place]
    related[above[above >= 0]] = True
    return related


def _known(episodes: Episodes, related: Mask, known: int) -> Ints:
    """The episodes about these places that hold as known on that day, by row."""
    codes = np.flatnonzero(related)
    begin, stop = (np.searchsorted(episodes.claims.place.codes, codes, side=side) for side in ("left", "right"))
    found = []
    for part in (slice(0, episodes.current), slice(episodes.current, len(episodes))):
        row = episodes.row[part]
        first, last = np.searchsorted(row, begin), np.searchsorted(row, stop)
        found.append(ranges(first, last - first)[1] + part.start)
    held: Ints = np.concatenate(found)
    held = held[(episodes.known_from[held] <= known) & (known < episodes.known_to[held])]
    return held[np.argsort(episodes.row[held], kind="stable")]
