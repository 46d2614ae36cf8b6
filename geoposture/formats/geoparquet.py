"""A table as GeoParquet 1.1: dates as dates, lists as lists, the point as well-known binary with its box beside it.

Read by DuckDB, GeoPandas, QGIS, R's sfarrow and geoarrow, Spark. Coordinates are OGC:CRS84 (WGS 84, longitude first), the
default of the specification.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..frames import Kind, Table
from .binary_geometry import Box, box, join, wkb

if TYPE_CHECKING:
    import pyarrow as pa

COVERING = "bbox"
"""The column that holds the box around each geometry, so that a reader can skip what it does not need."""

_GEOMETRY_TYPES: Mapping[Kind, str] = {"point": "Point", "outline": "MultiPolygon"}
_SIDES = ("xmin", "ymin", "xmax", "ymax")


def encode(table: Table) -> bytes:
    """The whole file; a table without geometry becomes plain Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = {name: _array(kind, table.data[name]) for name, kind in table.columns.items()}
    metadata = {}
    shape = next(((name, kind) for name, kind in table.columns.items() if kind in _GEOMETRY_TYPES), None)
    if shape is not None:
        name, kind = shape
        boxes = [None if value is None else box(kind, value) for value in table.data[name]]
        arrays[COVERING] = _covering(boxes)
        metadata["geo"] = json.dumps(_geo(name, kind, boxes))
    content = pa.table(arrays).replace_schema_metadata(metadata)
    sink = io.BytesIO()
    pq.write_table(content, sink, compression="zstd")
    return sink.getvalue()


def count(content: bytes) -> int:
    """The number of rows, each column of which can be read. Raises pyarrow.ArrowException if the file is damaged.

    Arrow's threads are kept away: one that lets go of Python's bytes while the interpreter ends takes the process down with
    it (apache/arrow issue 34314). That a buffer, and no file, is read keeps away those that wait for files.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(pa.BufferReader(content), pre_buffer=False) as file:
        return sum(file.read_row_group(number, use_threads=False).num_rows for number in range(file.num_row_groups))


def _array(kind: Kind, values: Any) -> pa.Array:
    import pyarrow as pa

    if kind in _GEOMETRY_TYPES:
        return pa.array([None if value is None else wkb(kind, value) for value in values], pa.binary())
    types: Mapping[Kind, Any] = {
        "text": pa.string(),
        "day": pa.date32(),
        "int": pa.int64(),
        "bool": pa.bool_(),
        "list": pa.list_(pa.string()),
        "number": pa.float64(),
    }
    if kind == "day":
        # Days since 1970-01-01 are what date32 is.
        return pa.array(values, pa.int32()).cast(pa.date32())
    return pa.array([list(value) for value in values] if kind == "list" else list(values), types[kind])


def _covering(boxes: list[Box | None]) -> pa.Array:
    import pyarrow as pa

    fields = pa.struct([pa.field(side, pa.float64(), nullable=False) for side in _SIDES])
    return pa.array([None if sides is None else dict(zip(_SIDES, sides, strict=True)) for sides in boxes], fields)


def _geo(name: str, kind: Kind, boxes: list[Box | None]) -> dict[str, Any]:
    """The metadata that make it GeoParquet."""
    whole = join([sides for sides in boxes if sides is not None])
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": [_GEOMETRY_TYPES[kind]],
        "covering": {"bbox": {side: [COVERING, side] for side in _SIDES}},
    }
    if whole is not None:
        column["bbox"] = list(whole)
    return {"version": "1.1.0", "primary_column": name, "columns": {name: column}}
