"""The gazetteer with the presence that is reported of it, in the Linked Places format 1.2.2 (GeoJSON with `when`).

One feature for each place, with its names, types, codes and outline; each claim in force as everything is known is a relation
between the place and the force, with its time, its sources, and how certain it is.
<https://github.com/LinkedPasts/linked-places-format>
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ..dates import FIRST_DAY, show_day
from ..frames import Kind, Table
from ..ledger import Ledger, Place, Report, area_chain
from .balloon import headline
from .objects import plain

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
BASE = "urn:x-geoposture:"

# Concepts of the Getty Art & Architecture Thesaurus.
_TYPES: Mapping[str, tuple[str, str]] = {
    "country": ("aat:300128207", "nations"),
    "region": ("aat:300182722", "regions (geographic)"),
    "province": ("aat:300000774", "provinces"),
    "air-base": ("aat:300000455", "military bases"),
    "airport": ("aat:300000681", "airports"),
    "camp": ("aat:300164060", "military installations"),
    "headquarters": ("aat:300164060", "military installations"),
    "outpost": ("aat:300164060", "military installations"),
    "port": ("aat:300120599", "ports (settlements)"),
    "site": ("aat:300000809", "sites (locations)"),
}
_CERTAINTY = {"certain": "certain", "possible": "less-certain", "unbounded": "uncertain"}
_FIRMNESS = {"reported": "certain", "announced": "less-certain", "expected": "less-certain", "possible": "uncertain"}


def encode(ledger: Ledger, rows: Table, outlines: Mapping[str, bytes]) -> bytes:
    """UTF-8 JSON. `rows` are the claims to tell; `outlines` the borders of areas as well-known binary, by place id."""
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        said[row["place"]].append(row)
    features = [
        _feature(ledger, place, outlines.get(name), [_presence(ledger, rows, row) for row in said[name]], _whole(said[name]))
        for name, place in sorted(ledger.places.items())
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features)
    return f'{{"type": "FeatureCollection", "@context": {json.dumps(CONTEXT)}, "features": [\n{lines}\n]}}\n'.encode()


def count(content: bytes) -> int:
    """The number of places and relations of presence. Raises ValueError if the file is damaged."""
    features = json.loads(content)["features"]
    return len(features) + sum("properties" in relation for feature in features for relation in feature["relations"])


def _feature(
    ledger: Ledger, place: Place, outline: bytes | None, presence: list[dict[str, Any]], whole: dict[str, Any] | None
) -> dict[str, Any]:
    identifier, label = _TYPES[place.kind]
    feature: dict[str, Any] = {
        "@id": f"{BASE}place:{place.id}",
        "type": "Feature",
        "properties": {"title": place.name, "ccodes": _countries(ledger, place), "fclasses": ["A" if place.is_area else "S"]},
    }
    if whole is not None:
        feature["when"] = whole
    feature["names"] = _names(place)
    feature["types"] = [{"identifier": identifier, "label": label, "sourceLabels": [{"label": place.kind, "lang": "en"}]}]
    feature["geometry"] = _geometry(place, outline)
    feature["links"] = []
    feature["relations"] = [*_parents(ledger, place), *presence]
    feature["descriptions"] = [{"value": place.note, "lang": "en"}] if place.note else []
    return feature


def _countries(ledger: Ledger, place: Place) -> list[str]:
    codes = (ledger.places[name].iso for name in (place.id, *area_chain(ledger, place.id)))
    return [code[:2] for code in codes if code][:1]


def _names(place: Place) -> list[dict[str, Any]]:
    """The preferred name first, with what it rests on; then other spellings, scripts and codes."""
    citations = [{"label": reference} for reference in place.references] or [{"label": "gazetteer of this ledger"}]
    first: dict[str, Any] = {"toponym": place.name, "citations": citations}
    others = [{"toponym": name.text} | ({"lang": name.lang} if name.lang else {}) for name in place.names]
    codes = [{"toponym": code, "citations": [{"label": kind}]} for kind, code in place.codes.items()]
    return [first, *others, *codes]


def _geometry(place: Place, outline: bytes | None) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    if outline is None:
        return point
    return {"type": "GeometryCollection", "geometries": [point, plain("outline", outline)]}


def _parents(ledger: Ledger, place: Place) -> Iterable[dict[str, Any]]:
    if place.within is not None:
        yield {
            "relationType": "gvp:broaderPartitive",
            "relationTo": f"{BASE}place:{place.within}",
            "label": f"within {ledger.places[place.within].name}",
        }


def _presence(ledger: Ledger, rows: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A claim as a relation; the columns of its row stand beside, so that nothing of it is lost."""
    certainty = _CERTAINTY[row["certainty"]]
    kinds: Mapping[str, Kind] = {name: kind for name, kind in rows.columns.items() if kind != "point"}
    return {
        "relationType": "gvp:tgn3000_related_to",
        "relationTo": f"{BASE}force:{row['force']}",
        "label": headline(row),
        "when": _when(row["valid_from"], row["valid_to"], row["known_from"]) | {"certainty": certainty},
        "citations": [_citation(ledger.reports[row["report"]], row)],
        "certainty": _FIRMNESS[row["modality"]],
        "properties": {name: plain(kind, row[name]) for name, kind in kinds.items()},
    }


def _citation(report: Report, row: dict[str, Any]) -> dict[str, Any]:
    label = f"{report.title or report.id} ({row['publisher']}, {report.published})"
    return {"label": label, "@id": report.url or f"{BASE}report:{report.id}"}


def _whole(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The time over which anything is said of a place."""
    if not rows:
        return None
    starts, ends = [row["valid_from"] for row in rows], [row["valid_to"] for row in rows]
    start = None if None in starts else min(starts)
    return _when(start, None if None in ends else max(ends), max(row["known_from"] for row in rows))


def _when(start: int | None, end: int | None, known: int) -> dict[str, Any]:
    """Days [start, end) as a time span. An open one began at the latest, or ended at the earliest, on the day it was known.

    The format takes a span without an end for its start alone, so that an open end has to be said.
    """
    last_day = None if end is None else max(end - 1, FIRST_DAY)
    first = (
        {"in": show_day(start)}
        if start is not None
        else {"latest": show_day(known if last_day is None else min(known, last_day))}
    )
    last = (
        {"in": show_day(last_day)}
        if last_day is not None
        else {"earliest": show_day(known if start is None else max(known, start))}
    )
    return {"timespans": [{"start": first, "end": last}]}
