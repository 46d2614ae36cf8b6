"""Resolved file → the episodes of a point, or of some places, without loading the rest."""

from __future__ import annotations

import os
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
from .conditions import Among, Bound, Condition, chosen
from .parts import Parts, checked, read_group
from .registry import Registry
from .schema import CLAIMS, RECTANGLES, refused

DAYS = ("valid_from", "valid_to", "episode_known_from", "episode_known_to")
ALL = tuple(field.name for field in (*CLAIMS, *RECTANGLES))


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

    def point(
        self, day: int, known: int | None = None, *, places: Collection[str] = (), forces: Collection[str] = ()
    ) -> Episodes:
        """The episodes that hold on a day, as known on `known` (None: everything), about these places and forces (empty: all)."""
        words = [Among(name, tuple(sorted(ids))) for name, ids in (("place", places), ("force", forces)) if ids]
        return self._episodes(self._together(list(self._read([*_bounds(day, known), *words], ALL)), ALL))

    def about(self, places: Collection[str]) -> Episodes:
        """All episodes about some places."""
        return self._episodes(self._together(list(self._read([Among("place", tuple(sorted(places)))], ALL)), ALL))

    def holding(self, day: int, known: int | None = None, columns: Sequence[str] = ALL) -> pa.Table:
        """The rows that hold on a day, as known on `known` (None: everything), with these columns."""
        return self._together(list(self.slices(day, known, columns)), columns)

    def slices(self, day: int, known: int | None = None, columns: Sequence[str] = ALL) -> Iterator[pa.Table]:
        """The same file by file, in order: no more than a few are in memory, however many rows hold.

        Row groups are read only if their days can reach the point, and days only where some of the group's do and others do not.
        """
        return self._read(_bounds(day, known), columns)

    def _read(self, conditions: Sequence[Condition], columns: Sequence[str]) -> Iterator[pa.Table]:
        """The rows of which all conditions hold, file by file."""
        alone = len(self.parts.files) == 1

        def read(path: Path) -> pa.Table:
            file = checked(path, [*CLAIMS, *RECTANGLES])
            groups = [self._group(path, file, *group, columns, alone=alone) for group in chosen(path, file, conditions)]
            return self._together([group for group in groups if len(group)], columns)

        workers = os.cpu_count() or 1
        coming: deque[Future[pa.Table]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            for path in self.parts.files:
                coming.append(pool.submit(read, path))
                if len(coming) > workers:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()

    def _group(
        self,
        path: Path,
        file: pq.ParquetFile,
        group: int,
        doubtful: Sequence[Condition],
        columns: Sequence[str],
        *,
        alone: bool,
    ) -> pa.Table:
        """The rows of a row group of which the doubtful conditions hold too."""
        asked = [condition.column for condition in doubtful]

        def kept(table: pa.Table) -> pa.Table:
            held: Mask | None = None
            for condition in doubtful:
                fits = condition.holds(self._filled(table, condition.column))
                held = fits if held is None else held & fits
            return table if held is None else table.filter(pa.array(held))

        # Few rows are about a place or a force: where there is none, nothing else of the group is read.
        if any(isinstance(condition, Among) for condition in doubtful) and not len(
            read_group(path, file, [group], asked, alone=alone, kept=kept)
        ):
            return self._together([], columns)
        return read_group(path, file, [group], [*columns, *asked], alone=alone, kept=kept).select(list(columns))

    def _filled(self, table: pa.Table, name: str) -> pa.ChunkedArray:
        """A column of days or words. Raises InputProblems if one is empty."""
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


def _bounds(day: int, known: int | None) -> list[Condition]:
    """What the columns DAYS of a row do that holds on the day, as known then."""
    latest = NO_END - 1 if known is None else known
    return [Bound(name, one, low) for name, one, low in zip(DAYS, (day, day, latest, latest), (True, False) * 2, strict=True)]


def _are_days(first: Ints, last: Ints, no_start: int) -> bool:
    starts = ((first >= FIRST_DAY) & (first <= LAST_DAY)) | (first == no_start)
    ends = (last <= LAST_DAY + 1) | (last == NO_END)
    return bool(np.all(starts & ends & (first < last)))
