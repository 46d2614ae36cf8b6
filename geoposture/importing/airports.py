"""Airports by ICAO code, from the package airportsdata (MIT): an entry for the gazetteer, without a network."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import metadata
from typing import Any

from ..errors import UsageError
from ..ledger import Place
from ..placefinder import PlaceFinder
from ..reading.wording import shown, slug

_AIR_BASES = ("air base", "airbase", "air station", "air force", "afb", " ab ", "army airfield", "naval air")


@functools.cache
def _airports() -> Mapping[str, Mapping[str, Any]]:
    try:
        import airportsdata
    except ImportError as error:
        raise UsageError("Airports need the package airportsdata. Install it: pip install 'geoposture[import]'") from error
    found: Mapping[str, Mapping[str, Any]] = airportsdata.load("ICAO")
    return found


def is_airport(icao: str) -> bool:
    """Whether the code is of an airport that is known. Raises UsageError if the package is missing."""
    return icao.upper() in _airports()


def airport(icao: str, known: Mapping[str, Place]) -> Place:
    """The airport as a place; it lies within what of its country is known.

    Raises UsageError if no airport has the code, or the package is missing.
    """
    code = icao.upper()
    if code not in _airports():
        near = get_close_matches(code, _airports(), n=3, cutoff=0.7)
        raise UsageError(f"No airport has the ICAO code {shown(icao)}." + (f" Did you mean {', '.join(near)}?" if near else ""))
    entry = _airports()[code]
    kind = "air-base" if any(word in f" {entry['name'].lower()} " for word in _AIR_BASES) else "airport"
    codes = {"icao": code} | ({"iata": entry["iata"]} if entry["iata"] else {})
    reference = f"airportsdata {metadata.version('airportsdata')} {code}"
    lat, lon = round(entry["lat"], 4), round(entry["lon"], 4)
    within = _within(entry, known)
    return Place(
        slug(entry["name"]) or code.lower(),
        " ".join(entry["name"].split()),
        kind,
        lat,
        lon,
        within=within,
        accuracy_km=1.0,
        codes=codes,
        references=(reference,),
    )


def _within(entry: Mapping[str, Any], known: Mapping[str, Place]) -> str | None:
    """The province, if its name surely is one of those known, else the country; None if neither is known."""
    country = next((place.id for place in known.values() if place.iso == entry["country"]), None)
    start = f"{entry['country']}-"
    parts = {place.id: place for place in known.values() if place.is_area and (place.iso or "").startswith(start)}
    if entry["subd"] and (found := PlaceFinder(parts).find(entry["subd"]).place):
        return found
    return country
