"""What one panel shows: posture lines gathered into one mark for a place and one badge for an area, as the page gathers them.

The rules are those of webmap/browser/situation.js.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..figures import show
from ..frames import Table
from ..ledger import MODALITIES, Ledger, force_chain
from .words import figure_of, standing_of

RANK = ("contested", "present", "unclear", "absent", "unreported")
"""Standings, the most telling first."""
LISTS = ("claims", "outlook", "overtaken", "stale", "changes")
"""The lists of a line; the first that has something in it is what its mark shows."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """A source's part of a mark. `state`: present, absent, faint-present, faint-absent or outlook."""

    source: str
    state: str
    carried: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on the map. lon and lat: WGS 84 degrees; `people` sizes the mark, None where there is no figure.

    `words` stand under the name; `ring` is contested, unclear or empty; `iso` is the area's code.
    """

    place: str
    name: str
    lon: float
    lat: float
    area: bool
    iso: str | None
    standing: str
    layer: str
    people: float | None
    words: str
    segments: tuple[Segment, ...]
    ring: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The marks of sites and the badges of areas, by place id, and how many shown claims each source has in force."""

    marks: tuple[Spot, ...]
    badges: tuple[Spot, ...]
    heard: Mapping[str, int]

    def tally(self) -> Counter[str]:
        """How many sites have each standing."""
        return Counter(mark.standing for mark in self.marks)


def scene(rows: Table, lines: Table, ledger: Ledger) -> Scene:
    """The scene of one point: all `rows` that hold there (frames.ROWS), and the posture `lines` to show (frames.POSTURE)."""
    rows_of = list(rows)
    claims = {row["claim"]: row for row in rows_of}
    own = {(row["place"], row["claim"]): row for row in rows_of}
    spots = [_spot(list(found), claims, own, ledger) for _, found in groupby(lines, key=lambda line: line["place"])]
    shown = {(line["place"], line["force"]) for line in lines}
    heard = Counter(row["source"] for row in rows_of if (row["place"], row["force"]) in shown)
    return Scene(
        tuple(spot for spot in spots if not spot.area),
        tuple(spot for spot in spots if spot.area),
        heard,
    )


def _spot(lines: Sequence[Line], claims: Mapping[str, Line], own: Mapping[tuple[str, str], Line], ledger: Ledger) -> Spot:
    """The most telling line leads, and those of the same standing are drawn with it."""
    lead = min(lines, key=lambda line: (_weight(line), line["force"]))
    layer = _layer(lead)
    alike = [line for line in lines if (line["standing"], _layer(line)) == (lead["standing"], layer)]
    people = max((_estimate(line) or 0 for line in alike), default=0) or None
    shown = next((line for line in alike if people is not None and _estimate(line) == people), lead)
    place = ledger.places[lead["place"]]
    sides = {(line["force"], *force_chain(ledger, line["force"]))[-1] for line in lines}
    ring = lead["standing"] if lead["standing"] in ("contested", "unclear") else ""
    return Spot(
        place=place.id,
        name=place.name,
        lon=place.lon,
        lat=place.lat,
        area=place.is_area,
        iso=place.iso,
        standing=lead["standing"],
        layer=layer,
        people=None if lead["standing"] == "absent" else people,
        words=_words(shown, own, ledger, area=place.is_area, ring=ring, sides=len(sides)),
        segments=_segments(alike, layer, claims),
        ring=ring,
    )


def _weight(line: Line) -> tuple[int, int, int]:
    return RANK.index(line["standing"]), LISTS.index(_layer(line)), -line["reports"]


def _layer(line: Line) -> str:
    return next((name for name in LISTS if line[name]), "changes")


def _estimate(line: Line) -> float | None:
    """One number for the area of a mark: the middle of the figure, or the bound that there is."""
    ends = ("outlook_low", "outlook_high") if line["standing"] == "unreported" else ("low", "high")
    bounds = [line[end] for end in ends if line[end] is not None]
    return sum(bounds) / len(bounds) if bounds else None


def _words(line: Line, own: Mapping[tuple[str, str], Line], ledger: Ledger, *, area: bool, ring: str, sides: int) -> str:
    """What stands under a name: an area says what its square does not, a site its figure and, where sides differ, whose."""
    plans = [own[line["place"], claim] for claim in line["outlook"] if (line["place"], claim) in own]
    approx = any(plan["approx"] for plan in plans if plan["status"] == "present")
    outlook = show(line["outlook_low"], line["outlook_high"], approx=approx)
    is_plan = _layer(line) == "outlook"
    if area:
        firmest = max((MODALITIES.index(plan["modality"]) for plan in plans), default=None)
        leaves = bool(plans) and all(plan["status"] == "absent" for plan in plans)
        modality = None if firmest is None else MODALITIES[firmest]
        phrase = standing_of(line, outlook, modality=modality, leaves=leaves)
        return phrase if ring or (is_plan and not figure_of(line)) else figure_of(line)
    people = figure_of(line) or (outlook if is_plan else "")
    return " ".join(filter(None, (people, ledger.forces[line["force"]].name))) if sides > 1 else people


def _segments(lines: Iterable[Line], layer: str, claims: Mapping[str, Line]) -> tuple[Segment, ...]:
    """One for each source that speaks on this layer, by id; what a source says now goes before what is carried."""
    found: dict[str, Segment] = {}
    for line in lines:
        for claim in line[layer]:
            row = claims[claim]
            segment = Segment(row["source"], _state(row, layer), row["basis"] == "carried")
            before = found.get(segment.source)
            if before is None or (before.carried and not segment.carried):
                found[segment.source] = segment
    return tuple(found[source] for source in sorted(found))


def _state(row: Line, layer: str) -> str:
    status = "absent" if row["status"] == "absent" else "present"
    if layer == "claims":
        return status
    return "outlook" if layer == "outlook" else f"faint-{status}"
