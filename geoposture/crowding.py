"""One crowded group of claims, swept from the newest to the oldest: what stays of a claim that many newer ones cover.

`resolution` looks at pairs of claims, which is quick while few newer claims matter to an older one. Where many do, pairs grow
with the square of the group; here the days are kept as pieces on each of which the same newer claims hold, so that the work
grows with the pieces that change and with what comes out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .dates import NO_END, NO_START
from .ledger import MODALITIES

Span = tuple[int, int]
"""Days of knowledge `[from, to)`."""
Piece = tuple[int, int, tuple[Span, ...]]
"""Days `[from, to)` and the spans of knowledge in which they are covered, in order and apart."""
Run = tuple[int, int, int]
"""first piece, last piece, since when."""
Rectangle = tuple[int, int, int, int]
"""valid_from, valid_to, known_from, known_to."""


@dataclass(frozen=True, slots=True)
class Member:
    """A claim of the group. `cover` are the days that it takes from older ones; `parts` are asked for, if there are any."""

    row: int
    known_from: int
    withdrawn_from: int
    firmness: int
    cover: Span | None
    parts: tuple[tuple[int, int, int], ...] = ()


def swept(members: Sequence[Member]) -> Iterator[tuple[int, int, Rectangle]]:
    """(row, certainty, rectangle) for every part that is asked for: rules 3 and 4, for claims of one source, place and force."""
    newest_first = sorted(members, key=lambda member: -member.known_from)
    covers = [_Cover() for _ in MODALITIES]
    for _, together in groupby(newest_first, key=lambda member: member.known_from):
        # Claims that became known on one day do not replace each other.
        group = list(together)
        for member in group:
            for start, end, certainty in member.parts:
                pieces = covers[member.firmness].between(start, end)
                for rectangle in rectangles(pieces, member.known_from, member.withdrawn_from):
                    yield member.row, certainty, rectangle
        for member in group:
            if member.cover is not None:
                for cover in covers[: member.firmness + 1]:
                    cover.add(*member.cover, (member.known_from, member.withdrawn_from))


class _Cover:
    """For each day, the spans of knowledge in which a newer claim covers it."""

    def __init__(self) -> None:
        self._starts = [NO_START]
        self._spans: list[tuple[Span, ...]] = [()]

    def add(self, start: int, end: int, span: Span) -> None:
        """The days `[start, end)` are covered in this span too, which begins no later than any so far."""
        if start >= end or span[0] >= span[1]:
            return
        first = self._cut(start)
        last = len(self._starts) if end == NO_END else self._cut(end)
        starts, spans = self._starts[first:last], [_joined(span, old) for old in self._spans[first:last]]
        kept = [n for n in range(len(starts)) if n == 0 or spans[n] != spans[n - 1]]
        self._starts[first:last] = [starts[n] for n in kept]
        self._spans[first:last] = [spans[n] for n in kept]

    def between(self, start: int, end: int) -> list[Piece]:
        """The pieces of `[start, end)`."""
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        edges = [start, *self._starts[first + 1 : last], end]
        return [(edges[n], edges[n + 1], self._spans[first + n]) for n in range(last - first)]

    def _cut(self, day: int) -> int:
        """The position of the piece that begins on this day; there is one afterwards."""
        at = bisect_left(self._starts, day)
        if at == len(self._starts) or self._starts[at] != day:
            self._starts.insert(at, day)
            self._spans.insert(at, self._spans[at - 1])
        return at


def _joined(span: Span, later: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans with one more before them, joined where they touch."""
    start, end = span
    taken = 0
    while taken < len(later) and later[taken][0] <= end:
        end = max(end, later[taken][1])
        taken += 1
    return ((start, end), *later[taken:])


def rectangles(pieces: Sequence[Piece], known_from: int, known_to: int) -> Iterator[Rectangle]:
    """What stays of adjoining pieces in `[known_from, known_to)`: at each day of knowledge the longest runs, joined.

    Every span begins after `known_from`: it is of a claim that became known later.
    """
    runs = _Runs(len(pieces), known_from)
    for known, position in sorted(_events(pieces, known_from, known_to)):
        for first, last, since in runs.turn(position, known):
            yield pieces[first][0], pieces[last][1], since, known
    if known_from < known_to:
        for first, last, since in runs.left():
            yield pieces[first][0], pieces[last][1], since, known_to


def _events(pieces: Sequence[Piece], known_from: int, known_to: int) -> Iterator[tuple[int, int]]:
    """The days of knowledge on which a piece becomes covered or free again."""
    for position, (_, _, spans) in enumerate(pieces):
        for span in spans:
            yield from ((day, position) for day in span if known_from < day < known_to)


class _Runs:
    """The longest runs of free pieces, by their first piece: the last one, and since when."""

    def __init__(self, pieces: int, since: int) -> None:
        self._firsts = [0] if pieces else []
        self._runs = {0: (pieces - 1, since)} if pieces else {}

    def turn(self, piece: int, known: int) -> Iterator[Run]:
        """Cover a free piece, or free a covered one; gives the runs that end by it."""
        at = bisect_right(self._firsts, piece) - 1
        if at >= 0 and self._runs[self._firsts[at]][0] >= piece:
            first = self._firsts[at]
            last, _ = self._runs[first]
            yield from self._end(first, known)
            self._begin(first, piece - 1, known)
            self._begin(piece + 1, last, known)
            return
        first = last = piece
        if at >= 0 and self._runs[self._firsts[at]][0] == piece - 1:
            first = self._firsts[at]
            yield from self._end(first, known)
        if piece + 1 in self._runs:
            last = self._runs[piece + 1][0]
            yield from self._end(piece + 1, known)
        self._begin(first, last, known)

    def left(self) -> Iterator[Run]:
        """The runs that nothing ended."""
        for first in self._firsts:
            last, since = self._runs[first]
            yield first, last, since

    def _begin(self, first: int, last: int, known: int) -> None:
        if first <= last:
            self._firsts.insert(bisect_left(self._firsts, first), first)
            self._runs[first] = (last, known)

    def _end(self, first: int, known: int) -> Iterator[Run]:
        last, since = self._runs.pop(first)
        del self._firsts[bisect_left(self._firsts, first)]
        if since < known:
            yield first, last, since
