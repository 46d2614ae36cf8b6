"""The countries of the base map as places, by ISO code of two letters or three: what a table of country totals speaks of."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..ledger import Name, Place
from ..reading.wording import slug

_FILE = Path(__file__).parents[1] / "webmap" / "basemap" / "countries.parquet"
_ISO_OF_BASEMAP = {"SDS": "SSD", "PSX": "PSE", "SAH": "ESH", "KOS": "XKX", "ALD": "ALA"}
"""Codes of three letters that Natural Earth writes in its own way."""
_TWO_LETTERS = {"XKX": "XK", "ESH": "EH"}
"""Codes of two letters that Natural Earth leaves out."""
_WITHIN = {"Sovereign country": 0, "Country": 1}
"""Whose code it is where several have one: Australia's, not that of an island of hers."""


@functools.cache
def countries() -> Mapping[str, Place]:
    """Every country and dependency of the base map by its id."""
    import pyarrow.parquet as pq

    columns = ["name", "name_short", "name_ar", "iso_a2", "adm0_a3", "type", "label_lon", "label_lat"]
    rows = pq.read_table(_FILE, columns=columns).to_pylist()
    found: dict[str, Place] = {}
    for row in sorted(rows, key=lambda row: (_WITHIN.get(row["type"], 2), row["name"])):
        ident = slug(row["name"])
        iso3 = _ISO_OF_BASEMAP.get(row["adm0_a3"], row["adm0_a3"])
        iso2 = row["iso_a2"] if re.fullmatch("[A-Z]{2}", row["iso_a2"] or "") else _TWO_LETTERS.get(iso3, "")
        if row["type"] in ("Indeterminate", "Lease") and not iso2:
            continue
        # A second place with a country's code would be drawn with its outline.
        taken = any(place.iso == iso2 for place in found.values())
        names = (Name(row["name_short"]),) if row["name_short"] != row["name"] else ()
        found[ident] = Place(
            ident,
            row["name"],
            "country",
            round(row["label_lat"], 3),
            round(row["label_lon"], 3),
            iso=iso2 if iso2 and not taken else None,
            names=(*names, Name(row["name_ar"], "ar")),
            codes={"iso3": iso3},
            references=("Natural Earth",),
        )
    return MappingProxyType(found)


@functools.cache
def by_iso() -> Mapping[str, str]:
    """The ids of countries by their codes of two letters and of three."""
    codes: dict[str, str] = {}
    for place in countries().values():
        for code in (place.iso, place.codes.get("iso3")):
            if code:
                codes.setdefault(code, place.id)
    return MappingProxyType(codes)


@functools.cache
def iso3_of() -> Mapping[str, tuple[str, ...]]:
    """The codes of three letters of the country that has a code of two."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, ident in by_iso().items():
        iso = countries()[ident].iso
        if len(code) == 3 and iso is not None:
            codes[iso] = (*codes.get(iso, ()), code)
    return MappingProxyType(codes)
