"""Episodes → the layers that other tools get: episodes, rows as known today, and the sites and areas of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .episodes import Episodes
from .errors import UsageError
from .formats import export as export_table
from .formats import export_gazetteer, export_layers, export_project, is_gazetteer
from .frames import AREAS, EPISODES, LAND, SITES, Table
from .ledger import Ledger, Place, area_chain
from .outlines import Outline, countries, outlines
from .timeslice import everything

LAYERS = ("episodes", "rows", "sites", "areas")
AROUND = 5.0
"""Degrees of land around the places, so that the edge of the base map stays out of sight."""


def export_with_project(episodes: Episodes, path: str | Path) -> None:
    """Write a GeoPackage with the land around the places, and beside it a QGIS project (.qgz) that draws it.

    Raises UsageError for another suffix, WriteError where a file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".gpkg":
        raise UsageError(f"{path}: a QGIS project stands beside a GeoPackage. Name a .gpkg file.")
    tables = layers(episodes) | {"land": land(episodes.ledger)}
    export_layers(tables, path)
    export_project(path, tables, path.with_suffix(".qgz"))


def export(episodes: Episodes, path: str | Path, *, layer: str | None = None, raw: bool = False) -> None:
    """Write one layer (default: episodes) to a file whose suffix names the format.

    A GeoPackage gets all layers unless one is named; .lpf.json and .jsonld become Linked Places, which have none.
    Raises UsageError for another suffix or layer, WriteError where the file cannot be written.
    """
    if layer is not None and layer not in LAYERS:
        raise UsageError(f'layer "{layer}" is unknown. Write one of {", ".join(LAYERS)}.')
    if is_gazetteer(path):
        if layer is not None:
            raise UsageError(f"{path}: Linked Places hold the whole gazetteer. Leave the layer out.")
        shapes = {name: outline.shape for name, outline in outlines(episodes.ledger).items()}
        export_gazetteer(episodes.ledger, rows(everything(episodes)), shapes, path)
    elif layer is None and Path(path).suffix.lower() == ".gpkg":
        export_layers(layers(episodes), path)
    else:
        export_table(_layer(episodes, layer or LAYERS[0]), path, raw=raw)


def layers(episodes: Episodes) -> dict[str, Table]:
    """All layers by name. `rows` are the episodes that hold as everything is known: on each day, what `at` lists."""
    return {name: _layer(episodes, name) for name in LAYERS}


def rows(table: Table) -> Table:
    """The episodes that nothing published since has changed, without the days on which that was known."""
    known = ("episode_known_from", "episode_known_to")
    today = table.where(day is None for day in table.data["episode_known_to"])
    columns = {name: kind for name, kind in EPISODES.items() if name not in known}
    return Table(columns, {name: today.data[name] for name in columns})


def sites(ledger: Ledger) -> Table:
    """The sites of the gazetteer (frames.SITES), by id."""
    found = sorted((place for place in ledger.places.values() if not place.is_area), key=lambda place: place.id)
    return Table.of(
        SITES, (_place(ledger, place) | {"accuracy_km": place.accuracy_km, "geometry": (place.lon, place.lat)} for place in found)
    )


def areas(ledger: Ledger, shapes: Mapping[str, Outline]) -> Table:
    """The areas of the gazetteer (frames.AREAS), by id; no geometry where there is no outline."""
    found = sorted((place for place in ledger.places.values() if place.is_area), key=lambda place: place.id)
    return Table.of(AREAS, (_area(ledger, place, shapes.get(place.id)) for place in found))


def land(ledger: Ledger) -> Table:
    """The countries in which, and around which, the places of the gazetteer lie (frames.LAND)."""
    places = ledger.places.values()
    if not places:
        return Table.of(LAND, [])
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    found = countries(min(lons) - AROUND, min(lats) - AROUND, max(lons) + AROUND, max(lats) + AROUND)
    return Table.of(LAND, (dict(zip(LAND, country, strict=True)) for country in found))


def _layer(episodes: Episodes, name: str) -> Table:
    if name == "sites":
        return sites(episodes.ledger)
    if name == "areas":
        return areas(episodes.ledger, outlines(episodes.ledger))
    table = everything(episodes)
    return rows(table) if name == "rows" else table


def _area(ledger: Ledger, place: Place, outline: Outline | None) -> dict[str, Any]:
    return _place(ledger, place) | {
        "label_lon": float(place.lon),
        "label_lat": float(place.lat),
        "outline": outline.what if outline else None,
        "geometry": outline.shape if outline else None,
    }


def _place(ledger: Ledger, place: Place) -> dict[str, Any]:
    return {
        "place": place.id,
        "place_name": place.name,
        "place_kind": place.kind,
        "within": area_chain(ledger, place.id),
        "names": tuple(name.text for name in place.names),
        "languages": tuple(name.lang for name in place.names),
        "iso": place.iso,
        "codes": tuple(_codes(place.codes.items())),
        "references": place.references,
        "note": place.note,
    }


def _codes(codes: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{kind}={code}" for kind, code in codes)
