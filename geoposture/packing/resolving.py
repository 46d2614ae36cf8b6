"""Claims file → resolved file, out of core: batch by batch of whole places, in bounded memory, and on again after a kill."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputProblems, UsageError
from ..files import WriteError
from ..ledger import GROUPINGS
from .groups import write_resolved
from .parts import ABOUT, Parts, folder_about
from .placing import read_if_there, refuse, replace, write_whole
from .ranges import Range, Rows, ranges
from .registry import Registry
from .resolved import resolved_groups, resolved_schema
from .schema import CLAIMS, FORMAT, KEY, REST, refused

BATCH = 2**20
"""Claims of a part at most, more where one place has more: memory bounds it, the files' number bounds it below."""
ROW_GROUP = 2**15
"""Rows of a row group: less than in a claims file, for readers leave out most of them."""

Progress = Callable[[int, int], None]
"""Rows done, and rows there are."""


def resolve_file(source: Path, target: Path, *, by: str = "publisher", progress: Progress | None = None) -> int:
    """Resolve a claims file to `target`: a folder of parts, or one file if there is one batch. Gives the number of episodes.

    The parts are written into a folder beside the target, each whole or not at all, and the folder is renamed in the end: a
    run that was killed goes on where it stopped, if the claims are the same. Raises InputProblems, UsageError, WriteError.
    """
    parts = claims_to_resolve(source, by)
    refuse(target, source)
    rows = Rows.of(parts)
    work = Work(rows, by, target.with_name(f".{target.name}.parts"), tuple(ranges(rows, BATCH)))
    with keeping(work, target), _pages_kept():
        work.prepare()
        count = _write_parts(work, progress)
        work.finish(target)
    return count


@contextmanager
def _pages_kept() -> Iterator[None]:
    """Arrow's memory from jemalloc, where there is one: mimalloc gives pages back between parts, to have them cleared anew."""
    before = pa.default_memory_pool()
    with suppress(NotImplementedError):
        if before.backend_name == "mimalloc":
            pa.set_memory_pool(pa.jemalloc_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


@contextmanager
def keeping(work: Work, target: Path) -> Iterator[None]:
    """What is written stays for the next run, unless the claims are wrong. Raises WriteError in place of OSError."""
    try:
        yield
    except InputProblems:
        shutil.rmtree(work.folder, ignore_errors=True)
        raise
    except OSError as error:
        raise WriteError(f"{target}: cannot be written: {error.strerror or error}. Run it again to go on.") from error


def claims_to_resolve(source: Path, by: str) -> Parts:
    """The claims behind a path. Raises InputProblems if they are none, UsageError if `by` is no way to count sources."""
    if by not in GROUPINGS:
        raise UsageError(f'by "{by}" is unknown. Write one of {", ".join(GROUPINGS)}.')
    parts = Parts.of(source)
    if parts.kind != "claims":
        raise refused(source, "table-footer", "the table is resolved already.", "Name the claims that it was made of.")
    return parts


@dataclass(frozen=True)
class Work:
    """The parts of a resolved table, each of which can be written at any time, and the folder in which they come to be."""

    rows: Rows
    by: str
    folder: Path
    ranges: tuple[Range, ...]

    @cached_property
    def registry(self) -> Registry:
        """The places, forces and sources."""
        return Registry.of(self.rows.parts.ledger)

    def prepare(self) -> None:
        """Make the folder, empty unless it holds parts of the same plan."""
        plan = self._plan()
        if self.folder.is_dir() and read_if_there(self.folder / "plan") != plan:
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)
        for torn in self.folder.glob(".*.tmp"):
            torn.unlink(missing_ok=True)
        write_whole(self.folder / "plan", lambda path: path.write_bytes(plan))

    def _plan(self) -> bytes:
        """What makes this run the same as an earlier one: the claims, how they are resolved, and where parts begin."""
        parts = self.rows.parts
        starts = [one.start for one in self.ranges]
        digest = hashlib.sha256(json.dumps([FORMAT, self.by, ROW_GROUP, starts, parts.about], sort_keys=True).encode())
        for path in parts.files:
            status = path.stat()
            digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
        return digest.hexdigest().encode()

    def path(self, one: Range) -> Path:
        """Where the part of a range comes to be."""
        return self.folder / f"part-{one.number:05}.parquet"

    def done(self, one: Range) -> int | None:
        """How many rows the part has; None if it is not there, or damaged."""
        try:
            found = pq.read_metadata(self.path(one))
        except (pa.ArrowException, OSError, ValueError):
            return None
        return int(found.num_rows) if (found.metadata or {}).get(b"rows") == _said(one) else None

    def write(self, one: Range) -> int:
        """Write a part, whole or not at all. Gives its number of rows. Raises InputProblems, OSError."""
        parts = self.rows.parts
        wanted = [field.name for field in (*CLAIMS, *REST)]
        table = pa.concat_tables(list(self.rows.groups(wanted, one.start, one.stop)) or [parts.schema.empty_table()])
        groups = resolved_groups(table, self.registry, self.by, parts.path, ROW_GROUP, first=one.start)
        footer = {b"rows": _said(one)} | ({KEY: self._about()} if len(self.ranges) == 1 else {})
        schema = resolved_schema(table.schema).with_metadata(footer)
        del table
        return write_whole(self.path(one), lambda beside: _write_part(schema, groups, beside))

    def finish(self, target: Path) -> None:
        """Put the parts in the place of the target: one file if there is one, else their folder."""
        if len(self.ranges) == 1:
            replace(self.path(self.ranges[0]), target)
            shutil.rmtree(self.folder)
            return
        write_whole(self.folder / ABOUT, lambda beside: beside.write_bytes(self._about()))
        for leftover in (*self.folder.glob(".*.tmp"), self.folder / "plan"):
            leftover.unlink(missing_ok=True)
        replace(self.folder, target)

    def _about(self) -> bytes:
        return folder_about({**self.rows.parts.about, "kind": "episodes", "by": self.by})


def _said(one: Range) -> bytes:
    """What the footer of a part says of the rows behind it."""
    return f"{one.start} {one.stop}".encode()


def _write_part(schema: pa.Schema, groups: Iterator[pa.Table], path: Path) -> int:
    return write_resolved(schema, groups, path)


def _write_parts(work: Work, progress: Progress | None) -> int:
    """Write the parts that are not there, two at a time; gives the number of rows of all."""
    count = 0
    pool = ThreadPoolExecutor(2)
    try:
        there = [work.done(one) for one in work.ranges]
        coming = {one.number: pool.submit(work.write, one) for one in work.ranges if there[one.number] is None}
        for one in work.ranges:
            count += there[one.number] or 0 if one.number not in coming else coming[one.number].result()
            if progress is not None:
                progress(one.stop, len(work.rows))
    finally:
        pool.shutdown(cancel_futures=True)
    return count
