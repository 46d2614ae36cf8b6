"""A table as CSV (RFC 4180): lists joined by '; ', the point as well-known text, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

from ..dates import show_day
from ..frames import Kind, Table

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection")."""


def encode(table: Table, *, raw: bool = False) -> bytes:
    """UTF-8 CSV with a head line. Text that a spreadsheet would run gets a leading apostrophe, unless `raw`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table:
        writer.writerow([_cell(kind, row[name], raw=raw) for name, kind in table.columns.items()])
    return out.getvalue().encode()


def count(content: bytes) -> int:
    """The number of rows below the head line. Raises ValueError if the file is damaged."""
    unquoted = content.decode().split('"')[::2]
    if not content.endswith(b"\r\n") or content.count(b'"') % 2:
        raise ValueError("the last line is not whole")
    return sum(part.count("\r\n") for part in unquoted) - 1


def _cell(kind: Kind, value: Any, *, raw: bool) -> str:
    if value is None:
        return ""
    if kind == "day":
        return show_day(value)
    if kind == "point":
        return f"POINT ({value[0]!r} {value[1]!r})"
    if kind == "outline":
        return _well_known_text(value)
    if kind == "bool":
        return "true" if value else "false"
    if kind in ("int", "number"):
        return str(value)
    text = "; ".join(value) if kind == "list" else value
    return f"'{text}" if not raw and text.startswith(_RUNS) else text


def _well_known_text(value: bytes) -> str:
    import shapely

    return str(shapely.to_wkt(shapely.from_wkb(value), rounding_precision=-1))
