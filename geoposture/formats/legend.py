"""Which column gives a table its colours in other programs, and which colour each value has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..frames import Columns
from ..style import LIGHT, OTHER_SOURCES, SOURCE_COLOURS, source_colours

_STANDINGS = {
    "present": LIGHT["accent"],
    "absent": LIGHT["paper"],
    "contested": LIGHT["contested"],
    "unclear": LIGHT["known"],
    "unreported": OTHER_SOURCES,
}
_CHANGES = {
    "newly_present": SOURCE_COLOURS[0],
    "now_present": SOURCE_COLOURS[0],
    "up": SOURCE_COLOURS[5],
    "newly_absent": SOURCE_COLOURS[7],
    "now_absent": SOURCE_COLOURS[7],
    "down": SOURCE_COLOURS[3],
    "disputed": LIGHT["contested"],
    "settled": SOURCE_COLOURS[2],
    "shifted": SOURCE_COLOURS[1],
    "lapsed": OTHER_SOURCES,
    "same": LIGHT["paper"],
}
_PERIODS = (("valid_from", "valid_to"), ("from", "to"))


@dataclass(frozen=True, slots=True)
class Legend:
    """The column that colours depend on (empty: one colour for all), the colour (#rrggbb) of its values, and of all others."""

    column: str
    colours: Mapping[str, str]
    other: str


def legend(columns: Columns, sources: Iterable[str] = ()) -> Legend:
    """Claims by source, as on the page, lines by standing, changes by change; `sources` as often as each occurs."""
    if "status" in columns:
        ranks = source_colours(Counter(filter(None, sources)))
        ranked = sorted((rank, source) for source, rank in ranks.items() if rank >= 0)
        return Legend("source", {source: SOURCE_COLOURS[rank] for rank, source in ranked}, OTHER_SOURCES)
    if "change" in columns:
        return Legend("change", _CHANGES, OTHER_SOURCES)
    if "standing" in columns:
        return Legend("standing", _STANDINGS, OTHER_SOURCES)
    return Legend("", {}, LIGHT["neutral"])


def period(columns: Columns) -> tuple[str, str] | None:
    """The columns that say from which day, and to which day, excluded, a row holds."""
    return next((pair for pair in _PERIODS if set(pair) <= set(columns)), None)
