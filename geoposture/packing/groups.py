"""Table → row groups of a Parquet file, each with only the words that it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
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
_LONG = ("report", "url")
"""Texts that make up half of a resolved row, hardly repeat in a row group, and are seldom asked for: packed small."""
_STEPS = (
    *("known_from", "possible_from", "certain_from"),
    *("valid_from", "valid_to", "episode_known_from", "episode_known_to"),
)
"""Days of which neighbours are near each other: kept as steps, which is as small as packed, and three times as quick."""


def write_groups(table: pa.Table, where: Path | IO[bytes], rows: int) -> None:
    """Write a Parquet file with row groups of so many rows, each of which begins with the words of its dictionaries."""
    repeating = [*(name for name in _texts(table.schema) if name not in _EACH_ITS_OWN), *_lists(table.schema)]
    _write(table.schema, _groups(table, rows), where, {"compression": "zstd", "use_dictionary": repeating})


def write_resolved(schema: pa.Schema, groups: Iterable[pa.Table], where: Path | IO[bytes]) -> int:
    """Write tables of a resolved file as its row groups, packed to be written and read fast. Gives the number of rows.

    A group is made while the one before is written.
    """
    paths = [*(field.name for field in schema if not pa.types.is_list(field.type)), *_lists(schema)]
    repeating = [name for name in _texts(schema) if name not in (*_EACH_ITS_OWN, *_LONG)]
    options = {
        "compression": {path: "zstd" if path in _LONG else "none" if path in _STEPS else "lz4" for path in paths},
        "compression_level": {path: 1 for path in paths if path in _LONG},
        "use_dictionary": [*repeating, *_lists(schema)],
        "column_encoding": {path: "DELTA_BINARY_PACKED" for path in paths if path in _STEPS},
    }
    return _write(schema, _ahead(groups), where, options)


def _write(schema: pa.Schema, groups: Iterable[pa.Table], where: Path | IO[bytes], options: Mapping[str, Any]) -> int:
    count = 0
    pruning = [field.name for field in schema if field.name in _PRUNING or not _is_text(field.type)]
    with pq.ParquetWriter(where, schema, write_statistics=pruning, **options) as writer:
        for group in groups:
            writer.write_table(group, row_group_size=max(1, len(group)))
            count += len(group)
    return count


def _ahead(groups: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The groups, each made by another thread while the one before it is used."""
    coming = iter(groups)
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(next, coming, None)
        while (group := following.result()) is not None:
            following = pool.submit(next, coming, None)
            yield group


def _texts(schema: pa.Schema) -> list[str]:
    return [field.name for field in schema if _is_text(field.type)]


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
