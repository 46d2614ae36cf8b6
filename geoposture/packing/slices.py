"""Resolved file → the episodes of a point, or of some places, without loading the rest."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..columns import Ints, Mask
from ..dates import FIRST_DAY, LAST_DAY, NO_END, NO_START
from ..episodes import Episodes
from ..ledger import Ledger
from ..stretches import CERTAINTIES
from .columns import ordered_claims
from .parts import Parts, read_group
from .registry import Registry
from .schema import CLAIMS, RECTANGLES, refused

DAYS = ("valid_from", "valid_to", "episode_known_from", "episode_known_to")
ALL = tuple(field.name for field in (*CLAIMS, *RECTANGLES))


@dataclass(frozen=True, slots=True)
class _Bound:
    """A column of days and what it must do: not go beyond the day (`low`), or go beyond it."""

    column: str
    day: int
    low: bool

    def holds(self, values: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.less_equal(values, self.day) if self.low else pc.greater(values, self.day)

    def verdict(self, group: pq.RowGroupMetaData, at: int) -> bool | None:
        """Whether all rows of a group do so, or none; None if they must be read to know."""
        found = group.column(at).statistics
        if found is None or not found.has_min_max:
            return None
        every = (found.max <= self.day) if self.low else (found.min > self.day)
        some = (found.min <= self.day) if self.low else (found.max > self.day)
        return True if every else None if some else False


@dataclass(frozen=True)
class ResolvedFile:
    """A resolved file that is asked without being loaded."""

    parts: Parts

    @property
    def ledger(self) -> Ledger:
        """Its places, forces and sources."""
        return self.parts.ledger

    @property
    def by(self) -> str:
        """What counts as one source."""
        return str(self.parts.about.get("by", "publisher"))

    def point(self, day: int, known: int | None = None) -> Episodes:
        """The episodes that hold on a day, as known on `known` (None: everything)."""
        return self._episodes(self.holding(day, known))

    def about(self, places: Collection[str]) -> Episodes:
        """All episodes about some places."""
        names = sorted(places)
        wanted = pa.array(names, pa.string())
        found = []
        for path, file in self._files():
            for group in _near(file, names):
                rows = read_group(path, file, [group], ["place"]).column("place")
                held = pc.is_in(rows.cast(pa.string()), value_set=wanted)
                if pc.any(held).as_py():
                    found.append(read_group(path, file, [group], ALL).filter(held))
        return self._episodes(self._together(found, ALL))

    def holding(self, day: int, known: int | None = None, columns: Sequence[str] = ALL) -> pa.Table:
        """The rows that hold on a day, as known on `known` (None: everything), with these columns."""
        return self._together(list(self.slices(day, known, columns)), columns)

    def slices(self, day: int, known: int | None = None, columns: Sequence[str] = ALL) -> Iterator[pa.Table]:
        """The same file by file, in order: no more than a few are in memory, however many rows hold.

        Row groups are read only if their days can reach the point, and days only where some of the group's do and others do not.
        """
        latest = NO_END - 1 if known is None else known
        bounds = [
            _Bound(name, one, low) for name, one, low in zip(DAYS, (day, day, latest, latest), (True, False) * 2, strict=True)
        ]

        def read(path: Path, file: pq.ParquetFile) -> pa.Table:
            return self._together([self._slice(path, file, *chosen, columns) for chosen in _chosen(file, bounds)], columns)

        workers = os.cpu_count() or 1
        coming: deque[Future[pa.Table]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            for path, file in self._files():
                coming.append(pool.submit(read, path, file))
                if len(coming) > workers:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()

    def _slice(self, path: Path, file: pq.ParquetFile, group: int, doubtful: list[_Bound], columns: Sequence[str]) -> pa.Table:
        """The rows of a row group of which the doubtful bounds hold too."""
        table = read_group(path, file, [group], [*columns, *(bound.column for bound in doubtful)])
        held: Mask | None = None
        for bound in doubtful:
            fits = np.asarray(bound.holds(self._filled(table, bound.column)))
            held = fits if held is None else held & fits
        return (table if held is None else table.filter(pa.array(held))).select(list(columns))

    def _files(self) -> Iterator[tuple[Path, pq.ParquetFile]]:
        return zip(self.parts.files, self.parts.opened([*CLAIMS, *RECTANGLES]), strict=True)

    def _filled(self, table: pa.Table, name: str) -> pa.ChunkedArray:
        """A column of days. Raises InputProblems if one is empty."""
        column = table.column(name)
        if column.null_count:
            raise refused(self.parts.path, "table-value", f"{name} is empty in a row.", "Resolve the claims anew.")
        return column

    def _rectangles(self, table: pa.Table) -> list[Ints]:
        """The columns DAYS. Raises InputProblems if one holds what is no day, or days that end before they begin."""
        columns = [np.asarray(self._filled(table, name)) for name in DAYS]
        for first, last, no_start in ((0, 1, NO_START), (2, 3, FIRST_DAY)):
            if not _are_days(columns[first], columns[last], no_start):
                what = f"{DAYS[first]} and {DAYS[last]} are no days, or not in their order, in a row."
                raise refused(self.parts.path, "table-value", what, "Resolve the claims anew.")
        return columns

    def _together(self, tables: list[pa.Table], columns: Sequence[str]) -> pa.Table:
        empty = pa.schema([self.parts.schema.field(name) for name in columns]).empty_table()
        return pa.concat_tables(tables or [empty], promote_options="permissive")

    def _episodes(self, table: pa.Table) -> Episodes:
        """The rows as episodes of as many claims."""
        claims, order = ordered_claims(table, Registry.of(self.ledger), self.parts.path)
        certainty = pc.index_in(table.column("certainty").cast(pa.string()), value_set=pa.array(CERTAINTIES))
        if certainty.null_count:
            raise refused(
                self.parts.path, "table-value", "certainty is none of certain, possible and unbounded.", "Resolve anew."
            )
        columns = [*self._rectangles(table), np.asarray(certainty)]
        if order is not None:
            columns = [column[order] for column in columns]
        row = np.argsort(columns[3] != NO_END, kind="stable")
        valid_from, valid_to, known_from, known_to, sure = (column[row] for column in columns)
        return Episodes(claims, self.by, row.astype(np.int32), valid_from, valid_to, known_from, known_to, sure.astype(np.int8))


def _are_days(first: Ints, last: Ints, no_start: int) -> bool:
    starts = ((first >= FIRST_DAY) & (first <= LAST_DAY)) | (first == no_start)
    ends = (last <= LAST_DAY + 1) | (last == NO_END)
    return bool(np.all(starts & ends & (first < last)))


def _near(file: pq.ParquetFile, names: Sequence[str]) -> Iterator[int]:
    """The row groups whose statistics leave it open that one of these places stands in them."""
    at = _column(file, "place")
    for group in range(file.num_row_groups):
        found = file.metadata.row_group(group).column(at).statistics
        known = found is not None and found.has_min_max and isinstance(found.min, str)
        if not known or bisect_left(names, found.min) < bisect_right(names, found.max):
            yield group


def _chosen(file: pq.ParquetFile, bounds: list[_Bound]) -> Iterator[tuple[int, list[_Bound]]]:
    """Row groups that can hold rows of the point, each with the bounds that its statistics leave in doubt."""
    at = [_column(file, bound.column) for bound in bounds]
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        verdicts = [bound.verdict(group, column) for bound, column in zip(bounds, at, strict=True)]
        if False not in verdicts:
            yield number, [bound for bound, verdict in zip(bounds, verdicts, strict=True) if verdict is None]


def _column(file: pq.ParquetFile, name: str) -> int:
    """The position of a column among those that Parquet counts, which are those of lists too."""
    schema = file.metadata.schema
    return next(number for number in range(len(schema)) if schema.column(number).path == name)
