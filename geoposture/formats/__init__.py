"""Tables → files and text: one module for each format, chosen by name or by suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from ..errors import UsageError
from ..files import write
from ..frames import Table
from . import comma_separated, feature_collection, objects

Writer = Callable[[Table], bytes]

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {"json": objects.encode, "csv": comma_separated.encode, "geojson": feature_collection.encode}
)
"""Formats by name; the name is the suffix too."""


def encode(table: Table, form: str, *, raw: bool = False) -> bytes:
    """The table in one of FORMATS. `raw` leaves CSV text as it is, even where a spreadsheet would take it for a formula."""
    if form == "csv" and raw:
        return comma_separated.encode(table, raw=True)
    return FORMATS[form](table)


def export(table: Table, path: str | Path, *, raw: bool = False) -> None:
    """Write the table to a file whose suffix names the format.

    Raises UsageError for another suffix, and WriteError where the file cannot be written.
    """
    form = Path(path).suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise UsageError(f"{path}: the suffix names no format. Write one of {', '.join('.' + name for name in FORMATS)}.")
    write(path, encode(table, form, raw=raw))
