"""A table as JSON: an array of objects whose keys are the columns, one row a line."""

from __future__ import annotations

import json
from typing import Any

from ..dates import show_day
from ..frames import Kind, Table


def encode(table: Table) -> bytes:
    """UTF-8 JSON: ids as strings, days as YYYY-MM-DD or null, figures as integers or null, lists as arrays.

    `geometry` is a GeoJSON geometry, longitude first, WGS 84 degrees.
    """
    rows = [_dumps({name: plain(kind, row[name]) for name, kind in table.columns.items()}) for row in table]
    body = "[]" if not rows else "[\n" + ",\n".join(rows) + "\n]"
    return (body + "\n").encode()


def plain(kind: Kind, value: Any) -> Any:
    """A value of a column as JSON knows it."""
    if value is None:
        return None
    if kind == "day":
        return show_day(value)
    if kind == "list":
        return list(value)
    if kind == "point":
        return {"type": "Point", "coordinates": list(value)}
    if kind == "outline":
        return _outline(value)
    return value


def count(content: bytes) -> int:
    """The number of rows. Raises ValueError if the file is damaged."""
    return len(json.loads(content))


def _outline(value: bytes) -> Any:
    import shapely

    return json.loads(shapely.to_geojson(shapely.from_wkb(value)))


def _dumps(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, allow_nan=False)
