"""One line of posture through all its days: what is told of it on each day on which it can change, and who stands on its lists.

All these days are numbered and reconciled together: an episode counts on each of them that it holds on, and each day has places
of its own, so that nothing of one day touches another. What is stale decides nothing, so that it is left out there; from when
to when it stands on a list follows from its own days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .board import Board
from .claims import NOTHING
from .columns import Ints, Mask
from .dates import FIRST_DAY, LAST_DAY, NO_START
from .entries import Entries
from .episodes import Episodes
from .grouping import ranges
from .posture import Reconciled, reconciled
from .posture.reconciling import LISTS
from .rosters import Spells
from .slicing import entries_of

_ENTRIES = 2**17
"""Entries that are reconciled together: memory stays bounded, and most of it in the processor's cache."""
_STEPS = 2**16
"""Days that are reconciled together, at most: numbers of 16 bits are sorted without comparing them."""
_COPIES = 2**18
"""Places on the board of such days."""

Told = Mapping[str, NDArray[Any]]
"""The columns of frames.POSTURE that are neither of the board nor lists, with codes where they are words."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The episodes that can reach a line: their positions, by row of the claims, and which of them are the line's own.

    `place` and `force` are the line's codes, `near` those of the places of these episodes and its own, ascending.
    """

    episodes: Episodes
    held: Ints
    own: Mask
    place: int
    force: int
    near: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Lifeline:
    """All days count as positions in `days`: those on which the line can change, NO_START first.

    There is a line on the days `live`, and `told` has an entry for each of them; `lists` are the claims on each list by code.
    """

    days: Ints
    live: Ints
    told: Told
    lists: Mapping[str, Spells]


def lifeline(reach: Reach, code: Ints, stale_after: int | None) -> Lifeline:
    """One line through all days. `code` is that of the claim of each row of the claims that is in reach, by claim id."""
    spans = _Spans.of(reach, stale_after)
    counting = _Counting.of(reach, spans)
    chunks = _chunks(len(spans.days), len(reach.near), counting)
    swept = [_swept(reach, _entries(reach, spans.days, counting, some), some.start, code, stale_after) for some in chunks]
    lists = {name: [lists[name] for _, _, lists in swept] for name in LISTS}
    own, implied = _stale(reach, spans, code)
    lists["stale"] += [own, implied]
    lists["implied"] += [implied]
    return Lifeline(
        spans.days,
        np.concatenate([live for live, _, _ in swept]),
        {name: np.concatenate([told[name] for _, told, _ in swept]) for name in swept[0][1]},
        {name: Spells.joined(parts) for name, parts in lists.items()},
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Each episode in reach counts on the days `[first, fades)` and is stale on `[fades, stop)`."""

    days: Ints
    first: Ints
    fades: Ints
    stop: Ints

    @classmethod
    def of(cls, reach: Reach, stale_after: int | None) -> _Spans:
        """The days are NO_START and every one on which one of the episodes begins, ends, is first carried or goes stale."""
        episodes = reach.episodes
        begin, end = episodes.valid_from[reach.held], episodes.valid_to[reach.held]
        known = episodes.claims.known_from[episodes.row[reach.held]].astype(np.int64)
        # On the day itself it is cited, which is never stale.
        fades = end if stale_after is None else known + max(stale_after, 0) + 1
        days = np.unique(np.concatenate([begin, end, known + 1, fades]).astype(np.int64))
        days = np.concatenate([[NO_START], days[(days >= FIRST_DAY) & (days <= LAST_DAY)]])
        first, faded, stop = (np.searchsorted(_asked(days), bound) for bound in (begin, fades, end))
        stop = np.maximum(first, stop)
        return cls(days, first, np.clip(faded, first, stop), stop)


def _asked(days: Ints) -> Ints:
    """The days that are asked about: the one before the first of all stands for every day before the first change."""
    return np.maximum(days, FIRST_DAY - 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Counting:
    """The episodes `found` count on the days `[first, stop)`, by row of the claims; `place` is a position in `near`."""

    found: Ints
    place: Ints
    first: Ints
    stop: Ints

    @classmethod
    def of(cls, reach: Reach, spans: _Spans) -> _Counting:
        """What is not stale; and where all that the line has of its own is, one stale episode, so that there is a line."""
        stale, day = _standing_in(reach, spans)
        position = np.concatenate([np.arange(len(reach.held)), stale])
        first, stop = np.concatenate([spans.first, day]), np.concatenate([spans.fades, day + 1])
        order = np.flatnonzero(first < stop)
        order = order[np.argsort(position[order], kind="stable")]
        found = reach.held[position[order]]
        place = reach.episodes.claims.place.codes[reach.episodes.row[found]]
        return cls(found, np.searchsorted(reach.near, place), first[order], stop[order])


def _standing_in(reach: Reach, spans: _Spans) -> tuple[Ints, Ints]:
    """(position in `held`, day): one of the line's own stale episodes for each day on which it has no others that are bounded."""
    bounded = reach.own & (reach.episodes.certainty[reach.held] > 0)
    days = len(spans.days)
    turns = np.bincount(spans.first[bounded], minlength=days + 1) - np.bincount(spans.fades[bounded], minlength=days + 1)
    day = np.flatnonzero(np.cumsum(turns)[:days] == 0)
    stale = np.flatnonzero(bounded & (spans.fades < spans.stop))
    stale = stale[np.argsort(spans.fades[stale], kind="stable")]
    # Of those that are stale by a day the one that holds longest.
    stop = np.maximum.accumulate(spans.stop[stale])
    longest = stale[np.maximum.accumulate(np.where(spans.stop[stale] == stop, np.arange(len(stale)), 0))]
    by = np.searchsorted(spans.fades[stale], day, side="right") - 1
    day, by = day[by >= 0], by[by >= 0]
    lasts = stop[by] > day
    return longest[by[lasts]], day[lasts]


def _chunks(days: int, places: int, counting: _Counting) -> Iterator[slice]:
    """Days in a row on which together not many more than `_ENTRIES` episodes count; each has so many places."""
    most = max(1, min(_STEPS, _COPIES // places))
    turns = np.bincount(counting.first, minlength=days + 1) - np.bincount(counting.stop, minlength=days + 1)
    reached = np.cumsum(np.cumsum(turns))
    start = 0
    while start < days:
        before = int(reached[start - 1]) if start else 0
        stop = max(start + 1, min(int(np.searchsorted(reached, before + _ENTRIES, side="right")), days, start + most))
        yield slice(start, stop)
        start = stop


def _swept(
    reach: Reach, entries: Entries, start: int, code: Ints, stale_after: int | None
) -> tuple[Ints, Told, Mapping[str, Spells]]:
    """Of some days from `start` on: when there is a line, what is told of it, and who stands on its lists without being stale."""
    lines, width = entries.lines, len(reach.near)
    only = (reach.near[lines.place % width] == reach.place) & (lines.force == reach.force)
    found = reconciled(entries, stale_after, only=only)
    day = lines.place // width + start
    live = np.flatnonzero(found.live)
    lists = {}
    for name in LISTS:
        parts = () if name == "stale" else found.listed(name)
        line = np.concatenate([live[:0], *(rows.line for rows in parts)])
        row = np.concatenate([live[:0], *(rows.entries.origin[rows.row] for rows in parts)])
        lists[name] = Spells.of(code[row], day[line])
    return day[live], _told(found), lists


def _told(found: Reconciled) -> Told:
    says = found.settled
    strengths = {"": says.strength, "outlook_": says.outlook}
    codes = {name: getattr(says, name) for name in ("standing", "certainty", "basis", "reports", "sources", "origins")}
    codes |= {"approx": says.strength.approx} | {f"{prefix}figures": one.figures for prefix, one in strengths.items()}
    numbers = {"fresh": says.fresh}
    numbers |= {f"{prefix}{bound}": getattr(one, bound) for prefix, one in strengths.items() for bound in ("low", "high")}
    return {name: found.shown(column, 0) for name, column in codes.items()} | {
        name: found.shown(column, NOTHING) for name, column in numbers.items()
    }


def _entries(reach: Reach, days: Ints, counting: _Counting, some: slice) -> Entries:
    """What counts on each of some days, on a board on which each day has its own copy of the places."""
    first, stop = (np.clip(bound, some.start, some.stop) - some.start for bound in (counting.first, counting.stop))
    owner, number = ranges(first, stop - first)
    order = np.argsort(number.astype(np.uint16), kind="stable")
    owner, number = owner[order], number[order]
    board = _copied(reach.episodes.claims.board, reach.near, some.stop - some.start)
    place = counting.place[owner] + number * len(reach.near)
    return entries_of(reach.episodes, counting.found[owner], _asked(days[some])[number], board, place)


def _stale(reach: Reach, spans: _Spans, code: Ints) -> tuple[Spells, Spells]:
    """When claims of the line's own are stale, and those that are implied: not while a stale row of theirs is the line's own."""
    row = reach.episodes.row[reach.held]
    stale, own = spans.fades < spans.stop, reach.own
    every = Spells(code[row], spans.fades, spans.stop)
    several = reach.episodes.claims.several[row]
    implied = every.where(stale & ~own & several).without(every.where(stale & own & several))
    return every.where(stale & own & (reach.episodes.certainty[reach.held] > 0)), Spells.joined(
        [every.where(stale & ~own & ~several), implied]
    )


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
