"""A table as GeoJSON (RFC 7946): one feature for each row, the other columns as its properties."""

from __future__ import annotations

import json
from typing import Any

from ..frames import Table
from .objects import plain


def encode(table: Table) -> bytes:
    """UTF-8 GeoJSON; rows of a table without geometry become features without one."""
    features = [json.dumps(_feature(table, row), ensure_ascii=False, allow_nan=False) for row in table]
    body = "" if not features else "\n" + ",\n".join(features) + "\n"
    return f'{{"type": "FeatureCollection", "features": [{body}]}}\n'.encode()


def count(content: bytes) -> int:
    """The number of features. Raises ValueError or KeyError if the file is damaged."""
    return len(json.loads(content)["features"])


def _feature(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    properties = {name: plain(kind, row[name]) for name, kind in table.columns.items() if name != "geometry"}
    shape = plain(table.columns.get("geometry", "point"), row.get("geometry"))
    return {"type": "Feature", "geometry": shape, "properties": properties}
