"""Rows → totals: what an area's own claim says beside what the sites in it add up to (docs/semantics.md, "Totals")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .figures import widen
from .frames import TOTALS, Table
from .ledger import AREA_KINDS

Key = tuple[str, str]
"""(place, force)"""
Interval = tuple[int | None, int | None, bool]
"""low, high, approx"""
Sites = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Shared:
    """The figure that one set of places shares, and whether it can be used."""

    figure: Interval
    used: bool


def totals(rows: Table, posture: Table, area: str) -> Table:
    """One line for each force that has the area's line or a site in it with standing present, by force.

    `rows` are all rows of one point (frames.ROWS), `posture` all their lines (frames.POSTURE). A claim about the area is never
    summed with claims about places in it. The columns are frames.TOTALS.
    """
    lines = {(line["place"], line["force"]): line for line in posture}
    sites = _sites(rows, lines, area)
    forces = sorted({force for place, force in lines if place == area} | set(sites))
    return Table.of(TOTALS, (_total(rows, lines, area, force, sites[force]) for force in forces))


def _sites(rows: Table, posture: Mapping[Key, Mapping[str, Any]], area: str) -> defaultdict[str, list[str]]:
    """For each force its sites: places within the area that are not areas, with standing present."""
    within = {row["place"] for row in rows if area in row["within"] and row["place_kind"] not in AREA_KINDS}
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for (place, force), line in sorted(posture.items()):
        if place in within and line["standing"] == "present":
            sites[force].append(place)
    return sites


def _total(rows: Table, posture: Mapping[Key, Mapping[str, Any]], area: str, force: str, sites: list[str]) -> dict[str, Any]:
    stated = posture.get((area, force))
    parts = _parts(rows, posture, force, sites)
    low, high = _sum((low, high) for low, high, _ in parts)
    standing = "unreported" if stated is None else stated["standing"]
    return {
        "area": area,
        "force": force,
        "standing": standing,
        "stated_low": None if stated is None else stated["low"],
        "stated_high": None if stated is None else stated["high"],
        "sites_low": low,
        "sites_high": high,
        "sites": tuple(sites),
        "explained": None if stated is None else _explained(stated, parts),
    }


def _explained(stated: Mapping[str, Any], parts: list[Interval]) -> str | None:
    """Whether the sites can add up to what is stated, each part widened if it is approximate."""
    if stated["standing"] != "absent" and (stated["standing"] != "present" or stated["figures"] == "none"):
        return None
    low, high = widen(stated["low"], stated["high"], approx=stated["approx"])
    sites_low, sites_high = _sum(widen(low, high, approx=approx) for low, high, approx in parts)
    if sites_high is not None and sites_high < low:
        return "short"
    return "over" if high is not None and (sites_low or 0) > high else "within"


def _sum(bounds: Iterable[tuple[int | None, int | None]]) -> tuple[int, int | None]:
    bounds = list(bounds)
    highs = [high for _, high in bounds]
    return sum(low or 0 for low, _ in bounds), None if None in highs else sum(high for high in highs if high is not None)


def _parts(rows: Table, posture: Mapping[Key, Mapping[str, Any]], force: str, sites: list[str]) -> list[Interval]:
    """The figures to add up: one for each site, or one for several sites that share a figure."""
    plain = {site for site in sites if posture[site, force]["figures"] == "none"}
    shared = _shared(rows, posture, force, plain)
    together: Sites = frozenset().union(*(places for places, found in shared.items() if found.used))
    parts = [found.figure for found in shared.values() if found.used]
    for site in sites:
        line = posture[site, force]
        if site not in plain:
            parts.append((max(1, line["low"] or 0), line["high"], line["approx"]))
        elif site not in together:
            parts.append((1, None, False))
    return parts


def _shared(rows: Table, posture: Mapping[Key, Mapping[str, Any]], force: str, plain: set[str]) -> dict[Sites, _Shared]:
    """Each set of places with a shared figure that decides somewhere, and whether its figure can be used once for all of them.

    It can if it decides at all of its places, they are all sites without a figure of their own, and no other such set has
    one of them.
    """
    deciding = _deciding(rows, posture, force)
    return {
        places: _Shared(
            _hull(row for row in found.values()),
            used=places <= plain and bool(found) and not any(places & other for other in deciding if other != places),
        )
        for places, found in deciding.items()
    }


def _deciding(rows: Table, posture: Mapping[Key, Mapping[str, Any]], force: str) -> dict[Sites, dict[str, Mapping[str, Any]]]:
    """For each set of places of which a shared figure decides somewhere: the claims, by id, that decide at all of them."""
    where: dict[tuple[Sites, str], set[str]] = defaultdict(set)
    of_claim: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        figured = row["shared_low"] is not None or row["shared_high"] is not None
        line = posture.get((row["place"], force))
        if row["force"] == force and figured and line is not None and row["claim"] in line["claims"]:
            where[frozenset([row["place"], *row["shared_with"]]), row["claim"]].add(row["place"])
            of_claim[row["claim"]] = row
    found: dict[Sites, dict[str, Mapping[str, Any]]] = {places: {} for places, _ in where}
    for (places, claim), decided in where.items():
        if decided == places:
            found[places][claim] = of_claim[claim]
    return found


def _hull(rows: Iterable[Mapping[str, Any]]) -> Interval:
    """The least low, at least 1, and the greatest high of the claims of one set."""
    rows = list(rows)
    lows = [max(1, row["shared_low"] or 0) for row in rows]
    highs = [row["shared_high"] for row in rows]
    return min(lows, default=1), None if None in highs else max(highs, default=None), any(row["approx"] for row in rows)
