"""Tables as a GeoPackage 1.3: one layer for each table, with the QGIS style and temporal settings that belong to it.

The file is SQLite, and is made as such in memory: the same tables give the same bytes, a full disk is the writer's business,
and no geographic library loads. Read by QGIS, ArcGIS, GDAL and R sf.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from ..dates import show_day
from ..frames import Columns, Kind, Table
from .binary_geometry import Box, box, geopackage_blob, join
from .qgis_style import qml

CHANGED = "2000-01-01T00:00:00.000Z"
"""When every layer says that it was last changed: the same day always, or the same tables would give other bytes."""
AREA_ROWS = "area_rows"
"""The view that draws rows about areas over the whole area, where `rows` has their label points."""

_TYPES: Mapping[Kind, str] = {
    "text": "TEXT",
    "day": "DATE",
    "int": "INTEGER",
    "bool": "BOOLEAN",
    "list": "TEXT",
    "number": "DOUBLE",
    "point": "POINT",
    "outline": "MULTIPOLYGON",
}
_JSON_COLUMN = "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, NULL, NULL, 'application/json', NULL)"
_DESCRIPTIONS = {
    "rows": "Claims as known today, for as long as they hold: step the temporal controller through valid_from and valid_to",
    AREA_ROWS: "The rows about areas that have an outline, drawn over the whole area",
    "episodes": "All episodes: [valid_from, valid_to) by [episode_known_from, episode_known_to); filter the second pair by a day",
    "sites": "Sites of the gazetteer",
    "areas": "Areas of the gazetteer; no geometry where the base map has none",
    "land": "Countries of the base map (Natural Earth)",
    "posture": "One line for each place and force, reconciled",
    "timeline": "Stretches of days [from, to) with one posture",
    "changes": "What changed between two days, one line for each place and force",
    "totals": "What is stated of an area beside the sum of its sites",
}


def encode(layers: Mapping[str, Table]) -> bytes:
    """The whole file; layers in their order, named as given. Rows about areas get a view too where `areas` is among them."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(Path(__file__).with_name("geopackage.sql").read_text(encoding="utf-8"))
        for name, table in layers.items():
            _add_layer(base, name, table)
        if {"rows", "areas"} <= set(layers):
            _add_area_rows(base, layers["rows"], layers["areas"])
        _register(base, "layer_styles", "attributes", "QGIS styles", None, None)
        base.commit()
        return base.serialize()


def count(content: bytes) -> int:
    """The number of rows over all layers. Raises sqlite3.Error or ValueError if the file is damaged."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        (verdict,) = base.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise ValueError(verdict)
        named = base.execute("SELECT table_name FROM gpkg_contents WHERE table_name NOT IN ('layer_styles', ?)", (AREA_ROWS,))
        return sum(base.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0] for (name,) in named.fetchall())  # noqa: S608


def _add_layer(base: sqlite3.Connection, name: str, table: Table) -> None:
    columns = ", ".join(f"{_quoted(column)} {_TYPES[kind]}" for column, kind in table.columns.items())
    base.execute(f"CREATE TABLE {_quoted(name)} (fid INTEGER PRIMARY KEY NOT NULL, {columns})")
    marks = ", ".join("?" * len(table.columns))
    names = ", ".join(map(_quoted, table.columns))
    rows = ([_value(kind, row[column]) for column, kind in table.columns.items()] for row in table)
    base.executemany(f"INSERT INTO {_quoted(name)} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    _describe(base, name, table.columns, _boxes(table), sources=_sources(table))


def _add_area_rows(base: sqlite3.Connection, rows: Table, areas: Table) -> None:
    """Outlines stand once, in `areas`; a view brings them together with the rows."""
    columns = {name: kind for name, kind in rows.columns.items() if name != "geometry"}
    names = ", ".join(f"r.{_quoted(name)}" for name in columns)
    base.execute(
        f"CREATE VIEW {AREA_ROWS} AS SELECT r.fid AS fid, {names}, a.geometry AS geometry "  # noqa: S608 - our own names
        "FROM rows r JOIN areas a ON a.place = r.place WHERE a.geometry IS NOT NULL"
    )
    outlined = dict(zip(areas.data["place"], areas.data["geometry"], strict=True))
    shown = [outlined[place] for place in set(rows.data["place"]) if outlined.get(place) is not None]
    _describe(base, AREA_ROWS, {**columns, "geometry": "outline"}, [box("outline", shape) for shape in shown], _sources(rows))


def _describe(base: sqlite3.Connection, name: str, columns: Columns, boxes: list[Box], sources: Iterable[str]) -> None:
    """Enter a layer in the tables that say what the file holds."""
    shape = {kind for kind in columns.values() if kind in ("point", "outline")}
    data, srs = ("features", 4326) if shape else ("attributes", None)
    _register(base, name, data, _DESCRIPTIONS.get(name, ""), join(boxes), srs)
    for column, kind in columns.items():
        if kind in ("point", "outline"):
            base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, 0, 0)", (name, column, _TYPES[kind]))
        if kind == "list":
            base.execute(_JSON_COLUMN, (name, column))
    style = qml(columns, sources) if shape else ""
    if style:
        base.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,"
            " styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geometry', ?, ?, '', 1, '', '', ?)",
            (name, name, style, CHANGED),
        )


def _register(base: sqlite3.Connection, name: str, data: str, says: str, bounds: Box | None, srs: int | None) -> None:
    base.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, data, name, says, CHANGED, *(bounds or (None,) * 4), srs),
    )


def _value(kind: Kind, value: Any) -> Any:
    """A value of a column as SQLite keeps it."""
    if value is None:
        return None
    if kind == "day":
        return show_day(value)
    if kind == "list":
        return json.dumps(list(value), ensure_ascii=False)
    if kind in ("point", "outline"):
        return geopackage_blob(kind, value)
    return value


def _boxes(table: Table) -> list[Box]:
    return [
        box(kind, value)
        for name, kind in table.columns.items()
        if kind in ("point", "outline")
        for value in table.data[name]
        if value is not None
    ]


def _sources(table: Table) -> list[str]:
    return list(table.data.get("source", ()))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
