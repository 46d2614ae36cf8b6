"""The outlines of areas from the base map, by their ISO codes: countries (3166-1) and their first-level parts (3166-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .ledger import Ledger, Place, area_chain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BASEMAP = Path(__file__).parent / "webmap" / "basemap"

_ALIASES = {"IQ-KI": "IQ-TS"}
"""ISO codes that the base map writes otherwise: Kirkuk had IQ-TS (for at-Ta'mim) before 2006."""
_REGIONS = {"IQ-KR": ("IRQ", "Kurdistan")}
"""Codes of regions that are made of first-level parts, by the country (ISO 3166-1 alpha-3) and region that these name."""
_REMAINDERS = {("IQ", "federal iraq"): "IQ-KR"}
"""Areas without a code that are a country without one of its regions, by the country and the area's name."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The borders of an area: `what` in ISO codes, `shape` as a well-known binary MultiPolygon in WGS 84."""

    what: str
    shape: bytes


def outlines(ledger: Ledger) -> dict[str, Outline]:
    """The outline of every area of the gazetteer that the base map can draw, by the area's id."""
    wanted = {place.id: what for place in ledger.places.values() if place.is_area and (what := _what(ledger, place))}
    shapes = _shapes(set(wanted.values()))
    return {place: Outline(what, shapes[what]) for place, what in wanted.items() if what in shapes}


def countries(west: float, south: float, east: float, north: float) -> list[tuple[str, str, bytes]]:
    """Name, ISO code (empty if there is none) and outline of every country that touches a box, in WGS 84 degrees."""
    import shapely

    layer = _layer("countries", "name", "iso_a2")
    shapes = shapely.orient_polygons(shapely.from_wkb(layer["geometry"]))
    near = shapely.intersects(shapes, shapely.box(west, south, east, north)).nonzero()[0]
    return [(layer["name"][at], layer["iso_a2"][at] or "", shapely.to_wkb(shapes[at], byte_order=1)) for at in near]


def _what(ledger: Ledger, place: Place) -> str | None:
    """The area in codes: IQ, IQ-AN, or "IQ without IQ-KR"; None where codes cannot say it."""
    if place.iso is not None:
        return place.iso
    for above in area_chain(ledger, place.id):
        country = ledger.places[above].iso
        region = _REMAINDERS.get((country or "", place.name.casefold()))
        if region is not None:
            return f"{country} without {region}"
    return None


def _shapes(wanted: Iterable[str]) -> dict[str, bytes]:
    """Each of these as well-known binary, as far as the base map knows it."""
    import shapely

    countries = _layer("countries", "iso_a2")
    provinces = _layer("province_areas", "code", "region", "adm0_a3")
    found = {}
    for what in sorted(wanted):
        parts = _parts(what, countries, provinces)
        if len(parts):
            shape = parts[0] if len(parts) == 1 else shapely.union_all(parts)
            # Outlines run counterclockwise and holes clockwise, as GeoJSON and OGC's simple features want them.
            whole = shapely.orient_polygons(shapely.multipolygons(shapely.get_parts(shape)))
            found[what] = bytes(shapely.to_wkb(whole, byte_order=1))
    return found


def _parts(what: str, countries: Mapping[str, Any], provinces: Mapping[str, Any]) -> NDArray[np.object_]:
    """The polygons of the base map that make up an area."""
    region = what.partition(" without ")[2]
    if region:
        # Of the parts, and not the country less the region: lines of two layers that nearly meet would leave slivers.
        nation, name = _REGIONS[region]
        return _where(provinces, (provinces["adm0_a3"] == nation) & (provinces["region"] != name))
    if what in _REGIONS:
        nation, name = _REGIONS[what]
        return _where(provinces, (provinces["adm0_a3"] == nation) & (provinces["region"] == name))
    if "-" in what:
        return _where(provinces, provinces["code"] == _ALIASES.get(what, what))
    return _where(countries, countries["iso_a2"] == what)


def _layer(name: str, *columns: str) -> dict[str, Any]:
    import numpy as np
    import pyarrow.parquet as pq

    table = pq.read_table(BASEMAP / f"{name}.parquet", columns=[*columns, "geometry"])
    return {column: np.array(table[column].to_pylist(), dtype=object) for column in table.column_names}


def _where(layer: Mapping[str, Any], chosen: Any) -> NDArray[np.object_]:
    import shapely

    shapes: NDArray[np.object_] = shapely.from_wkb(layer["geometry"][chosen])
    return shapes
