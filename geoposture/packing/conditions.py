"""What rows must do to be asked for, and which row groups can hold such rows by their statistics."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..columns import Mask
from .schema import refused


@dataclass(frozen=True, slots=True)
class Bound:
    """A column of days and what it must do: not go beyond the day (`low`), or go beyond it."""

    column: str
    day: int
    low: bool

    def holds(self, values: pa.ChunkedArray) -> Mask:
        """Of which rows it holds."""
        return np.asarray(pc.less_equal(values, self.day) if self.low else pc.greater(values, self.day))

    def verdict(self, least: object, most: object) -> bool | None:
        """Whether it holds of all values from the least to the greatest, or of none; None if they must be read to know."""
        if not (isinstance(least, int) and isinstance(most, int)):
            return None
        every = (most <= self.day) if self.low else (least > self.day)
        some = (least <= self.day) if self.low else (most > self.day)
        return True if every else None if some else False


@dataclass(frozen=True, slots=True)
class Among:
    """A column of words and which ones it must have, in their order."""

    column: str
    words: tuple[str, ...]

    def holds(self, values: pa.ChunkedArray) -> Mask:
        """Of which rows it holds."""
        return np.asarray(pc.is_in(values.cast(pa.string()), value_set=pa.array(self.words, pa.string())))

    def verdict(self, least: object, most: object) -> bool | None:
        """False if none of the words lies between these two; None if the rows must be read to know."""
        if isinstance(least, str) and isinstance(most, str) and bisect_left(self.words, least) >= bisect_right(self.words, most):
            return False
        return None


Condition = Bound | Among


def chosen(path: Path | str, file: pq.ParquetFile, conditions: Sequence[Condition]) -> Iterator[tuple[int, list[Condition]]]:
    """Row groups that can hold rows of which all conditions hold, each with those that its statistics leave in doubt.

    Raises InputProblems if the footer contradicts itself.
    """
    columns = [_position(file, condition.column) for condition in conditions]
    kinds = [file.schema.column(column).physical_type for column in columns]
    asked = list(zip(conditions, columns, kinds, strict=True))
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        verdicts = [_verdict(path, condition, group.column(column), kind) for condition, column, kind in asked]
        if False not in verdicts:
            yield number, [condition for condition, verdict in zip(conditions, verdicts, strict=True) if verdict is None]


def _verdict(path: Path | str, condition: Condition, column: pq.ColumnChunkMetaData, kind: str) -> bool | None:
    # Arrow ends the whole process where it is asked for the statistics of a column that is of another kind than the file says.
    if column.physical_type != kind:
        what = f"the file is damaged: its footer says of {condition.column} that it holds {kind}, and {column.physical_type}."
        raise refused(path, "table-file", what, "Pack the data anew.")
    found = column.statistics
    return None if found is None or not found.has_min_max else condition.verdict(found.min, found.max)


def _position(file: pq.ParquetFile, name: str) -> int:
    """The position of a column among those that Parquet counts, which are those of lists too."""
    schema = file.metadata.schema
    return next(number for number in range(len(schema)) if schema.column(number).path == name)
