"""Tables of rows → entries, and what was reconciled → the table of posture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..board import Board, Chains
from ..claims import NOTHING, Words
from ..columns import Codes, Objects
from ..entries import Entries
from ..frames import POSTURE, Table
from ..lines import Lines
from ..stretches import CERTAINTIES
from .reconciling import LISTS, Reconciled
from .sayings import Sayings
from .settling import STANDINGS
from .strength import Strength

FIGURES = ("none", "agree", "disagree")
BASES = (None, "cited", "carried")
SURE = (None, "possible", "certain")


def entries_of(rows: Table) -> Entries:
    """The entries of a table of rows (frames.ROWS), in whatever order they stand."""
    data = rows.data
    places = _coded([*data["place"], *(area for within in data["within"] for area in within)])
    forces = _coded([*data["force"], *(force for part_of in data["part_of"] for force in part_of)])
    place, force = _codes(places, data["place"]), _codes(forces, data["force"])
    order = np.lexsort((force, place))
    place, force = place[order], force[order]
    columns = {name: [column[number] for number in order] for name, column in data.items()}
    claims = Words.of(columns["claim"])
    claim = _recoded(columns["claim"])
    low, high = _whole(columns["low"]), _whole(columns["high"])
    more = {
        "status": np.array([{"present": 1, "absent": 0, None: -1}[status] for status in columns["status"]], dtype=np.int8),
        "reported": np.array([modality == "reported" for modality in columns["modality"]], dtype=np.bool_),
        "claim": claim,
        "several": np.bincount(claim, minlength=1)[claim] > 1 if len(claim) else np.zeros(0, dtype=np.bool_),
        **{name: _recoded(columns[name]) for name in ("report", "publisher", "voice", "source")},
        "certain_from": _whole(columns["certain_from"]),
        "figured": (low != NOTHING) | (high != NOTHING),
        "low": low,
        "high": high,
        "approx": np.array(columns["approx"], dtype=np.bool_),
    }
    board = Board(
        list(places),
        list(forces),
        _chains(places, columns["place"], columns["within"]),
        _chains(forces, columns["force"], columns["part_of"]),
        *(_by_code(len(places), place, columns[name]) for name in ("place_name", "place_kind", "geometry")),
    )
    lines, line = Lines.of(board, place, force)
    return Entries(
        lines,
        _day(columns),
        line,
        np.array([CERTAINTIES.index(certainty) for certainty in columns["certainty"]], dtype=np.int8),
        _whole(columns["known_from"]),
        np.arange(len(line)),
        lambda name, rows: more[name][rows],
        claims.take,
    )


def _day(columns: Mapping[str, Sequence[Any]]) -> int:
    """The day that was asked about, as far as it matters: no later than a row became known that has no age."""
    rows = list(zip(columns["known_from"], columns["age_days"], strict=True))
    carried = [known + age for known, age in rows if age]
    return max(carried) if carried else min((known for known, _ in rows), default=0)


def table_of(found: Reconciled) -> Table:
    """The table of posture (frames.POSTURE): one line for each place and force that is live."""
    lines, live, says = found.lines, np.flatnonzero(found.live), found.settled
    board = lines.board
    place = lines.place[live]

    def named(names: Sequence[Any], codes: NDArray[Any]) -> list[Any]:
        return [names[code] for code in found.shown(codes, 0).tolist()]

    def days(values: NDArray[Any]) -> list[int | None]:
        return _optional(found.shown(values, NOTHING))

    def figures(strength: Strength, prefix: str) -> dict[str, list[Any]]:
        low, high = (_optional(found.shown(values, NOTHING)) for values in (strength.low, strength.high))
        return {f"{prefix}low": low, f"{prefix}high": high, f"{prefix}figures": named(FIGURES, strength.figures)}

    columns: dict[str, Sequence[Any]] = {
        "place": [board.places[code] for code in place.tolist()],
        "place_name": board.names[place].tolist(),
        "place_kind": board.kinds[place].tolist(),
        "force": [board.forces[code] for code in lines.force[live].tolist()],
        "standing": named(STANDINGS, says.standing),
        "certainty": named(SURE, says.certainty),
        "basis": named(BASES, says.basis),
        **figures(says.strength, ""),
        "approx": found.shown(says.strength.approx, 0).tolist(),
        **figures(says.outlook, "outlook_"),
        **{name: found.shown(getattr(says, name), 0).tolist() for name in ("reports", "sources", "origins")},
        "fresh": days(says.fresh),
        "age_days": days(says.age),
        **{name: _listed(found.listed(name), live) for name in LISTS},
        "geometry": board.points[place].tolist(),
    }
    return Table(POSTURE, {name: columns[name] for name in POSTURE})


def _listed(parts: Sequence[Sayings], live: NDArray[np.int64]) -> list[tuple[str, ...]]:
    """The claim ids on each live line, sorted. Each id is looked up once, however many lines it stands on."""
    line = np.concatenate([rows.line for rows in parts])
    rows, which = np.unique(np.concatenate([rows.entries.origin[rows.row] for rows in parts]), return_inverse=True)
    ids = parts[0].entries.ids(rows)
    order = np.argsort(ids)
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    key = np.sort(line.astype(np.int64) * len(ids) + rank[which])
    listed = ids[order][key % max(1, len(ids))].tolist()
    begin, stop = (np.searchsorted(key, (live + after) * len(ids)).tolist() for after in (0, 1))
    return [tuple(listed[start:end]) for start, end in zip(begin, stop, strict=True)]


def _optional(values: NDArray[Any]) -> list[int | None]:
    return [None if value == NOTHING else value for value in values.tolist()]


def _coded(ids: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(ids)))}


def _codes(codes: Mapping[str, int], ids: Iterable[str]) -> Codes:
    return np.array([codes[name] for name in ids], dtype=np.int32)


def _recoded(ids: Sequence[str]) -> Codes:
    return _codes(_coded(ids), ids)


def _whole(values: Iterable[int | None]) -> NDArray[np.int32]:
    return np.array([NOTHING if value is None else value for value in values], dtype=np.int32)


def _by_code(count: int, codes: Codes, values: Sequence[Any]) -> Objects:
    found = np.empty(count, dtype=object)
    for code, value in zip(codes.tolist(), values, strict=True):
        found[code] = value
    return found


def _chains(codes: Mapping[str, int], ids: Sequence[str], chains: Sequence[Sequence[str]]) -> Chains:
    """Of every id that has rows the chain of what contains it, nearest first; what only contains others needs none."""
    found = {name: (name, *chain) for name, chain in zip(ids, chains, strict=True)}
    depth = max(map(len, found.values()), default=1)
    table = np.full((depth, len(codes)), -1, dtype=np.int32)
    for name, chain in found.items():
        for level, above in enumerate(chain):
            table[level, codes[name]] = codes[above]
    return table
