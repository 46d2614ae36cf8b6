"""Rows → posture: reconcile() gives one line for each place and force, by the nine rules of semantics, "Posture"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from .figures import widen
from .frames import POSTURE, Table

STALE_AFTER = 365
"""Days after which a carried claim no longer decides."""

Key = tuple[str, str]
"""(place, force)"""

Interval = tuple[int | None, int | None, bool]
"""low, high, approx"""


@dataclass(frozen=True, slots=True)
class Row:
    """What reconciling needs of a row of at(); an implied one has left its figure at its own line."""

    claim: str
    report: str
    publisher: str
    voice: str
    source: str
    status: str | None
    reported: bool
    certain: bool
    carried: bool
    known_from: int
    certain_from: int | None
    age_days: int
    figure: Interval | None
    implied: bool = False


@dataclass(slots=True)
class _Line:
    """A place and force with its own rows, and what surrounds both: the areas and forces that contain them."""

    place: Mapping[str, Any]
    areas: tuple[str, ...]
    forces: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)


def reconcile(rows: Table, *, stale_after: int | None = STALE_AFTER) -> Table:
    """One line for each place and force that has a row of its own that is not unbounded, by place and force.

    `rows` are all rows of one point (frames.ROWS): filters come afterwards, because absence goes down and presence goes up.
    `stale_after` counts days, None switches staleness off. The columns are frames.POSTURE.
    """
    lines = _lines(rows)
    implied = _implied(lines)
    return Table.of(
        POSTURE,
        (
            _reconciled(line, key, [*line.rows, *implied[key].values()], stale_after)
            for key, line in sorted(lines.items())
            if line.rows
        ),
    )


def _lines(rows: Table) -> dict[Key, _Line]:
    """The lines by place and force; those of unbounded rows alone are kept, without rows, for their claims' sake."""
    lines: dict[Key, _Line] = {}
    for entry in rows:
        key = entry["place"], entry["force"]
        if key not in lines:
            lines[key] = _Line(entry, (entry["place"], *entry["within"]), (entry["force"], *entry["part_of"]))
        lines[key].claims.add(entry["claim"])
        if entry["certainty"] != "unbounded":
            lines[key].rows.append(_row(entry))
    return lines


def _row(entry: Mapping[str, Any]) -> Row:
    figure = None if entry["low"] is None and entry["high"] is None else (entry["low"], entry["high"], entry["approx"])
    return Row(
        entry["claim"],
        entry["report"],
        entry["publisher"],
        entry["voice"],
        entry["source"],
        entry["status"],
        entry["modality"] == "reported",
        entry["certainty"] == "certain",
        entry["basis"] == "carried",
        entry["known_from"],
        entry["certain_from"],
        entry["age_days"],
        figure,
    )


def _implied(lines: Mapping[Key, _Line]) -> dict[Key, dict[str, Row]]:
    """Rule 1, absence goes down and presence goes up: for each line the rows of other lines that count there too.

    By claim: a claim that comes down from two areas, or up from two sites, says the same thing once.
    """
    found: dict[Key, dict[str, Row]] = defaultdict(dict)
    absences: dict[Key, list[Row]] = defaultdict(list)
    for key, line in lines.items():
        for row in line.rows:
            if row.reported and row.status == "absent":
                absences[key].append(_without_figure(row))
            elif row.reported and row.status == "present":
                for above in product(line.areas, line.forces):
                    _add(found, lines, above, _without_figure(row))
    for key, line in lines.items():
        for above in product(line.areas, line.forces):
            for row in absences.get(above, ()):
                _add(found, lines, key, row)
    return found


def _add(found: dict[Key, dict[str, Row]], lines: Mapping[Key, _Line], key: Key, row: Row) -> None:
    if key in lines and row.claim not in lines[key].claims:
        found[key][row.claim] = row


def _without_figure(row: Row) -> Row:
    return replace(row, figure=None, implied=True)


def _reconciled(line: _Line, key: Key, rows: Sequence[Row], stale_after: int | None) -> dict[str, Any]:
    """Rules 2 to 9 for one line."""
    stale = [row for row in rows if _is_stale(row, stale_after)]
    current = [row for row in rows if not _is_stale(row, stale_after)]
    changes = [row for row in current if row.status is None]
    standing_rows = [row for row in current if row.status is not None]
    overtaken = _overtaken(standing_rows)
    left = [row for row in standing_rows if row.claim not in overtaken]
    deciding = [row for row in left if row.reported]
    outlook = [row for row in left if not row.reported]
    standing = _standing(deciding)
    low, high, figures, approx = _strength(standing, deciding)
    outlook_low, outlook_high, outlook_figures, _ = _agreement(outlook)
    return {
        **{name: line.place[name] for name in ("place", "place_name", "place_kind", "geometry")},
        "force": key[1],
        "standing": standing,
        "certainty": _certainty(deciding),
        "low": low,
        "high": high,
        "approx": approx,
        "figures": figures,
        "outlook_low": outlook_low,
        "outlook_high": outlook_high,
        "outlook_figures": outlook_figures,
        **_support(deciding),
        **_freshness(deciding),
        "claims": _ids(deciding),
        "implied": _ids(row for row in rows if row.implied),
        "overtaken": tuple(sorted(overtaken)),
        "stale": _ids(stale),
        "changes": _ids(changes),
        "outlook": _ids(outlook),
    }


def _is_stale(row: Row, stale_after: int | None) -> bool:
    return stale_after is not None and row.carried and row.age_days > stale_after


def _overtaken(rows: Sequence[Row]) -> set[str]:
    """Rule 3: claims that something newer, reported and certain contradicts, of a time that they could not know."""
    news = [row for row in rows if row.reported and row.certain]
    return {row.claim for row in rows if any(_overtakes(new, row) for new in news)}


def _overtakes(new: Row, row: Row) -> bool:
    return (
        new.known_from > row.known_from
        and new.certain_from is not None
        and new.certain_from > row.known_from
        and (new.source != row.source or new.implied or row.implied)
        and _contradicts(new, row)
    )


def _contradicts(one: Row, other: Row) -> bool:
    if one.status != other.status:
        return True
    figures = [row.figure for row in (one, other) if row.figure is not None]
    return one.status == "present" and len(figures) == 2 and not have_common_number(figures)


def have_common_number(figures: Iterable[Interval]) -> bool:
    """Whether some number lies in all intervals, those of approximate figures being widened (rule 6)."""
    bounds = [widen(low, high, approx=approx) for low, high, approx in figures]
    highs = [high for _, high in bounds if high is not None]
    return not highs or max(low for low, _ in bounds) <= min(highs)


def _standing(deciding: Sequence[Row]) -> str:
    certain = {row.status for row in deciding if row.certain}
    if certain:
        return str(certain.pop()) if len(certain) == 1 else "contested"
    possible = {row.status for row in deciding}
    if not possible:
        return "unreported"
    return str(possible.pop()) if len(possible) == 1 else "unclear"


def _certainty(deciding: Sequence[Row]) -> str | None:
    if not deciding:
        return None
    return "certain" if any(row.certain for row in deciding) else "possible"


def _strength(standing: str, deciding: Sequence[Row]) -> tuple[int | None, int | None, str, bool]:
    if standing == "absent":
        return 0, 0, "none", False
    if standing in ("present", "contested"):
        return _agreement(deciding)
    return None, None, "none", False


def _agreement(rows: Sequence[Row]) -> tuple[int | None, int | None, str, bool]:
    """low, high, figures and approx over the present rows with a figure of their own; over the certain ones if there are any."""
    figured = [row for row in rows if row.status == "present" and row.figure is not None]
    chosen = [row.figure for row in [row for row in figured if row.certain] or figured if row.figure is not None]
    if not chosen:
        return None, None, "none", False
    lows = [low for low, _, _ in chosen if low is not None]
    highs = [high for _, high, _ in chosen if high is not None]
    return (
        min(lows) if len(lows) == len(chosen) else None,
        max(highs) if len(highs) == len(chosen) else None,
        "agree" if have_common_number(chosen) else "disagree",
        any(approx for _, _, approx in chosen),
    )


def _support(deciding: Sequence[Row]) -> dict[str, int]:
    """Rule 7: eight articles that quote one briefing are eight reports and one origin."""
    chosen = [row for row in deciding if not row.implied] or deciding
    return {
        "reports": len({row.report for row in chosen}),
        "sources": len({row.publisher for row in chosen}),
        "origins": len({row.voice for row in chosen}),
    }


def _freshness(deciding: Sequence[Row]) -> dict[str, Any]:
    if not deciding:
        return {"fresh": None, "age_days": None, "basis": None}
    return {
        "fresh": max(row.known_from for row in deciding),
        "age_days": min(row.age_days for row in deciding),
        "basis": "carried" if all(row.carried for row in deciding) else "cited",
    }


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({row.claim for row in rows}))
