"""Rules about places and forces: ids, what contains what, and where points lie."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..errors import Problem
from ..ledger import AREA_KINDS
from .codes import problem
from .cycles import circles, drawn
from .draft import Draft, Known
from .entries import Part
from .wording import shown

_FAR = 4.0
"""Degrees from the label of its country beyond which a point may have been swapped."""
_NEARER = 3.0
"""The exchanged point must be so many times nearer."""


_LONGEST_CHAIN = 50
"""Areas that are followed upward to find the country; a circle is reported elsewhere."""


def check_places(draft: Draft) -> Iterator[Problem]:
    """Duplicate ids, `within` that is unknown, no area or circular, and points at 0, 0 or with lat and lon exchanged."""
    yield from duplicates(draft.places)
    yield from _links(draft.places, "within")
    for place in draft.places.parts:
        area = draft.places.by_id.get(place.get("within") or "")
        if area is not None and area.get("kind") is not None and area.get("kind") not in AREA_KINDS:
            what = f"{place.get('within')} is {_article(area.get('kind'))}, not an area."
            yield problem(place.at("within"), "within-site", what, "Name the smallest area that contains the place.")
        yield from _check_point(draft.places, place)


def check_forces(draft: Draft) -> Iterator[Problem]:
    """Duplicate ids, and `part_of` that is unknown or circular."""
    yield from duplicates(draft.forces)
    yield from _links(draft.forces, "part_of")


def duplicates(known: Known) -> Iterator[Problem]:
    """An error for each entry whose id another has that comes before it."""
    for part in known.parts:
        first = known.by_id.get(part.get("id") or "")
        if first is not None and first is not part:
            line = first.at("id").line
            what = f"the {known.kind} {shown(part.get('id'))} stands on line {line} already."
            yield problem(part.at("id"), "id-duplicate", what, "Give one of the two another id.")


def _links(known: Known, key: str) -> Iterator[Problem]:
    above = {}
    for part in known.parts:
        if (target := part.get(key)) is not None:
            if found := known.unknown(part.at(key), target):
                yield found
            elif part.get("id") is not None and known.by_id[part.get("id")] is part:
                above[part.get("id")] = target
    for members in circles(above):
        verb = key.replace("_", " ")
        what = f"{drawn(members)}: each is {verb} the next." if len(members) > 1 else f"{drawn(members)}: it is {verb} itself."
        yield problem(known.by_id[members[0]].at(key), "cycle", what, f"Break the circle at one {key}.")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _check_point(places: Known, place: Part) -> Iterator[Problem]:
    lat, lon = place.get("lat"), place.get("lon")
    if lat is None or lon is None:
        return
    if lat == 0 and lon == 0:
        yield problem(place.at("lat"), "coordinate-zero", "the place lies at 0, 0, in the sea.", "Write its coordinates.")
        return
    country = _country(places, place)
    if country is None or country.get("lat") is None or country.get("lon") is None or abs(lon) > 90:
        return
    label = (country.get("lat"), country.get("lon"))
    away, swapped = _distance((lat, lon), label), _distance((lon, lat), label)
    if away > _FAR and swapped * _NEARER < away:
        name = shown(country.get("name") or "")
        what = f"{lat:g}, {lon:g} lies {away:.0f} degrees from {name}; {lon:g}, {lat:g} lies {swapped:.0f}."
        yield problem(place.at("lat"), "coordinate-swapped", what, "Exchange lat and lon.")


def _country(places: Known, place: Part) -> Part | None:
    """The country that a place lies in: the last in its chain of areas that is one, else the outermost area.

    There are no outlines of countries in this room: a point counts as far out, or as in, by its distance from the point at
    which the country's label stands. The thresholds are such that no place of a country that lies across the line
    lat = lon (Syria, Turkey, Egypt) is taken for swapped.
    """
    found: Part | None = None
    above = place.get("within")
    for _ in range(_LONGEST_CHAIN):
        if above not in places.by_id:
            break
        area = places.by_id[above]
        if found is None or area.get("kind") == "country" or found.get("kind") != "country":
            found = area
        above = area.get("within")
    return None if found is place else found


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Degrees of a great circle between two points (lat, lon)."""
    (lat_one, lon_one), (lat_two, lon_two) = (tuple(map(math.radians, point)) for point in (one, two))
    half = math.sin((lat_two - lat_one) / 2) ** 2 + math.cos(lat_one) * math.cos(lat_two) * math.sin((lon_two - lon_one) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(min(1.0, half))))
