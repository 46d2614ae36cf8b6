"""The rows of a point as entries: what reconciling asks of episodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .board import Board
from .claims import Texts
from .columns import Days, Ints, Mask
from .entries import Entries, Sifted
from .episodes import Episodes
from .grouping import heads
from .ledger import MODALITIES
from .lines import Lines
from .processors import taken


def holding(episodes: Episodes, day: int, known: int | None = None) -> Ints:
    """The positions of the episodes that hold on `day`, as known on `known` (None: everything), by place, force and claim id."""
    return (episodes.latest if known is None else episodes.ever).holding(day, known)


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """What holds on `day`, as known on `known` (None: everything). The lines are all that any claim is about."""

    episodes: Episodes
    day: int
    known: int | None = None

    @property
    def lines(self) -> Lines:
        """All lines of the episodes."""
        return self.episodes.lines

    def sift(self, stale_after: int | None) -> Sifted:
        """The rows that can decide; stale ones are looked for only when they are asked for."""
        episodes = self.episodes
        layout = episodes.latest if self.known is None else episodes.ever
        since = None if stale_after is None else self.day - max(stale_after, 0)
        live, found = layout.sifted(self.day, self.known, since, len(self.lines))

        def stale() -> Entries:
            if since is None:
                return self._entries(found[:0])
            all_found = holding(episodes, self.day, self.known)
            return self._entries(all_found[taken(episodes.claims.known_from, taken(episodes.row, all_found)) < since])

        return Sifted(live, self._entries(found), stale)

    def _entries(self, found: Ints) -> Entries:
        return _entries(self.episodes, found, self.day, self.lines, taken(self.episodes.line, taken(self.episodes.row, found)))


def entries_of(episodes: Episodes, found: Ints, day: Days | int, board: Board, place: NDArray[np.integer[Any]]) -> Entries:
    """The episodes at these positions as rows at these places of the board; they stand by place and force.

    `day` is the day that is asked about, or one for each of them.
    """
    force = taken(episodes.claims.force.codes, taken(episodes.row, found))
    lines, line = Lines.of(board, place, force)
    return _entries(episodes, found, day if isinstance(day, int) else day[heads(line)], lines, line)


def _entries(episodes: Episodes, found: Ints, day: Days | int, lines: Lines, line: NDArray[np.int32]) -> Entries:
    claims, row = episodes.claims, taken(episodes.row, found)
    return Entries(
        lines,
        day,
        line,
        taken(episodes.certainty, found),
        taken(claims.known_from, row),
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
        return taken(episodes.figured, row)
    if name in ("status", "low", "high", "approx", "several"):
        return taken(getattr(claims, name), row)
    texts: dict[str, Texts] = {
        "claim": claims.claim,
        "report": claims.report,
        "publisher": claims.publisher,
        "voice": claims.voice,
        "source": episodes.source,
    }
    return taken(texts[name].codes, row)
