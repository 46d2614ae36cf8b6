"""Rules about places and forces: ids, what contains what, and where points lie."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from ..errors import Problem
from ..ledger import AREA_KINDS, LONGEST_CHAIN
from .codes import problem
from .cycles import circles, drawn
from .draft import Draft, Known
from .entries import Part
from .wording import shown

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

_FAR = 4.5
"""A point may have been swapped if the exchanged one is nearer to the labels of its areas by so many degrees,"""
_NEARER = 2.5
"""and so many times nearer."""


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
    for one in _too_deep(above):
        what = f"above {shown(one)} are more than {LONGEST_CHAIN} others, each {key.replace('_', ' ')} the next."
        yield problem(known.by_id[one].at(key), "chain-long", what, "Leave out those between that nobody asks for.")


def _too_deep(above: Mapping[str, str]) -> Iterator[str]:
    """The lowest members of chains that are too long by one: what lies below them is as deep because of them."""
    depth: dict[str, int] = {}
    for start in above:
        path: dict[str, None] = {}
        at = start
        while at in above and at not in depth and at not in path:
            path[at] = None
            at = above[at]
        # What leads into a circle has no depth; the circle is reported as one.
        below = -LONGEST_CHAIN * len(above) if at in path else depth.get(at, 0)
        for one in reversed(path):
            below += 1
            depth[one] = below
    return (one for one, steps in depth.items() if steps == LONGEST_CHAIN + 1)


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _check_point(places: Known, place: Part) -> Iterator[Problem]:
    lat, lon = place.get("lat"), place.get("lon")
    if lat is None or lon is None:
        return
    if lat == 0 and lon == 0:
        yield problem(place.at("lat"), "coordinate-zero", "the place lies at 0, 0, in the sea.", "Write its coordinates.")
        return
    # Who lies near one of its areas is not swapped; most lie near the first, and chains are long.
    if abs(lon) > 90 or any(_distance((lat, lon), label) <= _FAR for label in _labels(places, place)):
        return
    labels = list(_labels(places, place))
    if not labels:
        return
    away = min(_distance((lat, lon), label) for label in labels)
    swapped = min(_distance((lon, lat), label) for label in labels)
    if away - swapped > _FAR and swapped * _NEARER < away:
        what = f"{lat:g}, {lon:g} lies {away:.0f} degrees from its areas; {lon:g}, {lat:g} lies {swapped:.0f}."
        yield problem(place.at("lat"), "coordinate-swapped", what, "Exchange lat and lon.")


def _labels(places: Known, place: Part) -> Iterator[Point]:
    """The points at which the labels of a place's areas stand, the nearest area first, the country's among them.

    There are no outlines of countries in this room: a point counts as far out, or as in, by its distance from the nearest of
    these. The thresholds are such that no place of a country that lies across the line lat = lon (Syria, Turkey, Egypt) is
    taken for swapped.
    """
    above = place.get("within")
    for _ in range(LONGEST_CHAIN):
        area = places.by_id.get(above or "")
        if area is None:
            break
        if area is not place and area.get("lat") is not None and area.get("lon") is not None:
            yield area.get("lat"), area.get("lon")
        above = area.get("within")


def _distance(one: Point, two: Point) -> float:
    """Degrees of a great circle between two points (lat, lon)."""
    (lat_one, lon_one), (lat_two, lon_two) = (tuple(map(math.radians, point)) for point in (one, two))
    half = math.sin((lat_two - lat_one) / 2) ** 2 + math.cos(lat_one) * math.cos(lat_two) * math.sin((lon_two - lon_one) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(min(1.0, half))))
