"""Table → row groups of a Parquet file, each with only the words that it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_FEW = 64
"""Words that cost nothing."""
_EACH_ITS_OWN = ("claim",)
"""Texts that hardly repeat: no dictionary is tried."""
_PRUNING = ("place",)
"""Texts by which readers leave out row groups. The least and greatest of others are not worth finding."""


def write_groups(table: pa.Table, where: Path | IO[bytes], rows: int) -> None:
    """Write a Parquet file with row groups of so many rows, each of which begins with the words of its dictionaries."""
    write_each(table.schema, _groups(table, rows), where)


def write_each(schema: pa.Schema, groups: Iterable[pa.Table], where: Path | IO[bytes], *, level: int | None = None) -> int:
    """Write tables of this schema as the row groups of a Parquet file. Gives the number of rows."""
    count = 0
    texts = [field.name for field in schema if _is_text(field.type)]
    options = {
        "compression": "zstd",
        "compression_level": level,
        "use_dictionary": [*(name for name in texts if name not in _EACH_ITS_OWN), *_lists(schema)],
        "write_statistics": [field.name for field in schema if field.name in _PRUNING or not _is_text(field.type)],
    }
    with pq.ParquetWriter(where, schema, **options) as writer:
        for group in groups:
            writer.write_table(group, row_group_size=max(1, len(group)))
            count += len(group)
    return count


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind))


def _lists(schema: pa.Schema) -> list[str]:
    return [f"{field.name}.list.element" for field in schema if pa.types.is_list(field.type)]


def _groups(table: pa.Table, rows: int) -> Iterator[pa.Table]:
    table = table.unify_dictionaries()
    for start in range(0, max(1, len(table)), rows):
        yield compact(table.slice(start, rows))


def compact(table: pa.Table) -> pa.Table:
    """The same rows, and of each dictionary the words that they use, in their order."""
    columns = [_compact(column) if pa.types.is_dictionary(column.type) else column for column in table.columns]
    return pa.table(columns, schema=table.schema)


def _compact(column: pa.ChunkedArray) -> Any:
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        if array.num_chunks != 1:
            return column
        array = array.chunk(0)
    if len(array.dictionary) <= _FEW:
        return array
    empty = np.asarray(array.indices.is_null())
    codes = np.asarray(array.indices.fill_null(0))
    used = np.zeros(len(array.dictionary), dtype=np.bool_)
    used[codes[~empty]] = True
    fresh = np.cumsum(used, dtype=np.int32)[codes] - np.int32(1)
    words = array.dictionary.take(pa.array(np.flatnonzero(used)))
    return pa.DictionaryArray.from_arrays(pa.array(fresh, mask=empty), words)
