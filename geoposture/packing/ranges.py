"""Claims file → the ranges of its rows that are resolved together: whole places, of each its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputProblems
from ..reading.codes import problem
from .parts import Parts, read_group
from .schema import CLAIMS, spot


@dataclass(frozen=True, slots=True)
class Range:
    """Rows `[start, stop)` of the claims, with whole places, and their number among the ranges."""

    number: int
    start: int
    stop: int


@dataclass(frozen=True)
class Rows:
    """The rows of all files of a table, by number; footers are read once."""

    parts: Parts
    footers: tuple[pq.FileMetaData, ...]

    @classmethod
    def of(cls, parts: Parts) -> Rows:
        """Raises InputProblems if a file has not the columns of claims."""
        return cls(parts, tuple(file.metadata for file in parts.opened(list(CLAIMS))))

    def __len__(self) -> int:
        return sum(footer.num_rows for footer in self.footers)

    def groups(self, columns: Sequence[str], start: int = 0, stop: int | None = None) -> Iterator[pa.Table]:
        """The rows `[start, stop)`, row group by row group. Raises InputProblems."""
        row, end = 0, len(self) if stop is None else stop
        for path, footer in zip(self.parts.files, self.footers, strict=True):
            if row < end and row + footer.num_rows > start:
                file = pq.ParquetFile(path, metadata=footer)  # of its own: files are not shared between threads
                for group in range(footer.num_row_groups):
                    length = footer.row_group(group).num_rows
                    if row < end and row + length > start:
                        table = read_group(path, file, [group], columns)
                        yield table.slice(max(0, start - row), end - max(start, row))
                    row += length
            else:
                row += footer.num_rows


def ranges(rows: Rows, size: int) -> list[Range]:
    """All rows in ranges of whole places, of at most `size` rows each, more where one place has more. At least one.

    Raises InputProblems if a place comes back after another.
    """
    found: list[Range] = []
    start = end = 0
    for stop in [*_ends(rows), len(rows)]:
        if stop - start > size and end > start:
            found.append(Range(len(found), start, end))
            start = end
        end = stop
    return [*found, Range(len(found), start, end)]


def _ends(rows: Rows) -> Iterator[int]:
    """The row after the last of each place but the last one."""
    seen: set[str | None] = set()
    row = 0
    last: str | None = None
    for table in rows.groups(["place"]):
        for first, place in _runs(table.column("place")):
            if place != last or not seen:
                if place in seen:
                    what, fix = f'the rows of place "{place}" do not stand together.', "Sort the table by place, force and claim."
                    raise InputProblems([problem(spot(rows.parts.path, row + first + 1), "table-order", what, fix)])
                if seen:
                    yield row + first
                seen.add(place)
                last = place
        row += len(table)


def _runs(column: pa.ChunkedArray) -> Iterator[tuple[int, str | None]]:
    """The first row of each run of one place, and the place."""
    before = 0
    for chunk in column.chunks:
        words = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        codes = np.asarray(words.indices.cast(pa.int64()).fill_null(-1))
        firsts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
        yield from zip((firsts + before).tolist(), words.take(pa.array(firsts)).to_pylist(), strict=True)
        before += len(chunk)
