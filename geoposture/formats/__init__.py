"""Tables → files and text: one module for each format, chosen by name or by suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ..errors import UsageError
from ..files import WriteError, write
from ..frames import CONTRACTS, Table
from ..ledger import Ledger
from . import comma_separated, feature_collection, geopackage, geoparquet, kml, linked_places, objects, qgis_project


@dataclass(frozen=True, slots=True)
class Format:
    """How one table becomes a file, and how many rows a reader of the format finds in one."""

    encode: Callable[[Table], bytes]
    count: Callable[[bytes], int]


def _one_layer(table: Table) -> bytes:
    name = next((name for name, columns in CONTRACTS.items() if columns == table.columns), "rows")
    return geopackage.encode({name: table})


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "json": Format(objects.encode, objects.count),
        "csv": Format(comma_separated.encode, comma_separated.count),
        "geojson": Format(feature_collection.encode, feature_collection.count),
        "gpkg": Format(_one_layer, geopackage.count),
        "parquet": Format(geoparquet.encode, geoparquet.count),
        "kml": Format(kml.encode, kml.count),
    }
)
"""Formats by name; the name is the suffix too."""
PRINTED = ("json", "csv", "geojson")
"""Formats that are text which another command can take from a pipe."""
GAZETTEERS = (".lpf.json", ".jsonld")
"""How the name of a file in the Linked Places format ends."""


def encode(table: Table, form: str, *, raw: bool = False) -> bytes:
    """The table in one of FORMATS. `raw` leaves CSV text as it is, even where a spreadsheet would take it for a formula."""
    if form == "csv" and raw:
        return comma_separated.encode(table, raw=True)
    return FORMATS[form].encode(table)


def export(table: Table, path: str | Path, *, raw: bool = False) -> None:
    """Write the table to a file whose suffix names the format; it is read back before it takes the place of an old one.

    Raises UsageError for another suffix, and WriteError where the file cannot be written.
    """
    if is_gazetteer(path):
        raise UsageError(f"{path}: Linked Places tell of the whole gazetteer. Write them with geoposture export.")
    form = Path(path).suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise UsageError(f"{path}: the suffix names no format. Write one of {', '.join('.' + name for name in FORMATS)}.")
    _write(path, encode(table, form, raw=raw), FORMATS[form].count, len(table))


def export_layers(layers: Mapping[str, Table], path: str | Path) -> None:
    """Write a GeoPackage of several layers. Raises WriteError where the file cannot be written."""
    _write(path, geopackage.encode(layers), geopackage.count, sum(map(len, layers.values())))


def export_project(package: str | Path, layers: Mapping[str, Table], path: str | Path) -> None:
    """Write the QGIS project of a GeoPackage in the same folder. Raises WriteError where the file cannot be written."""
    content = qgis_project.encode(Path(package).name, layers)
    _write(path, content, qgis_project.count, qgis_project.drawn(layers))


def export_gazetteer(ledger: Ledger, rows: Table, outlines: Mapping[str, bytes], path: str | Path) -> None:
    """Write the gazetteer with its presence as Linked Places. Raises WriteError where the file cannot be written."""
    _write(path, linked_places.encode(ledger, rows, outlines), linked_places.count, len(ledger.places) + len(rows))


def is_gazetteer(path: str | Path) -> bool:
    """Whether the name of the file asks for Linked Places."""
    return Path(path).name.lower().endswith(GAZETTEERS)


def _write(path: str | Path, content: bytes, count: Callable[[bytes], int], expected: int) -> None:
    def check(written: bytes) -> None:
        try:
            found = count(written)
        except Exception as error:
            # Whatever a reader of the format says of a damaged file, the old one stays.
            raise WriteError(f"{path}: cannot be read back after writing: {error}.") from error
        if found != expected:
            raise WriteError(f"{path}: {found} of {expected} rows could be read back after writing.")

    write(path, content, check=check)
