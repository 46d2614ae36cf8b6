"""Row groups that hold only the words that they use: Arrow writes a column's whole dictionary into every row group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP = 2**17
"""Rows of a row group: some megabytes, so that a reader can skip what it does not need."""
_FEW = 64
"""Words that are not worth counting."""


def write_compact(table: pa.Table, target: Path | IO[bytes], *, level: int | None = None) -> None:
    """Write a table as Parquet, in row groups that know only their own words."""
    repeating = [field.name for field in table.schema if pa.types.is_dictionary(field.type) or pa.types.is_list(field.type)]
    with pq.ParquetWriter(target, table.schema, compression="zstd", compression_level=level, use_dictionary=repeating) as writer:
        for group in _groups(table):
            writer.write_table(group, row_group_size=ROW_GROUP)


def _groups(table: pa.Table) -> Iterator[pa.Table]:
    whole = table.unify_dictionaries().combine_chunks()
    for start in range(0, len(whole), ROW_GROUP) or [0]:
        group = whole.slice(start, ROW_GROUP)
        yield pa.table([_compact(column) for column in group.columns], schema=table.schema)


def _compact(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """The same words with a dictionary of those alone."""
    if not pa.types.is_dictionary(column.type) or column.num_chunks != 1 or len(column.chunk(0).dictionary) <= _FEW:
        return column
    chunk = column.chunk(0)
    empty: Any = np.asarray(chunk.is_null()) if chunk.null_count else None
    codes = np.asarray(chunk.indices.fill_null(0))
    used = np.zeros(len(chunk.dictionary), dtype=np.bool_)
    used[codes] = True
    fresh = (np.cumsum(used) - 1).astype(np.int32)[codes]
    return pa.DictionaryArray.from_arrays(pa.array(fresh, mask=empty), chunk.dictionary.take(pa.array(np.flatnonzero(used))))
