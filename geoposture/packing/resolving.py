"""Claims file → resolved file, out of core: batch by batch of whole places, in bounded memory, and on again after a kill."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..columns import Ints
from ..dates import NO_END
from ..episodes import Episodes
from ..errors import InputProblems, UsageError
from ..files import WriteError
from ..ledger import GROUPINGS, Ledger
from ..reading.codes import problem
from ..resolution import resolve
from ..stretches import CERTAINTIES
from .columns import ordered_claims
from .groups import write_groups
from .parts import ABOUT, Parts, folder_about, read_group
from .placing import read_if_there, refuse, replace, write_whole
from .schema import CLAIMS, FORMAT, KEY, RECTANGLES, REST, refused, spot
from .writing import ROW_GROUP

BATCH = 2**20
"""Rows of a part, more where one place has more: the memory of some gigabytes bounds it, the files' number bounds it below."""

Progress = Callable[[int, int], None]
"""Rows done, and rows there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows `[start, stop)` of the claims, with whole places."""

    number: int
    start: int
    stop: int
    table: pa.Table


def resolved_table(table: pa.Table, ledger: Ledger, by: str, path: Path | str, first: int = 0) -> pa.Table:
    """The episodes of a table of claims with whole places: its columns, and RECTANGLES. In the order that slices prune best.

    `first` is the row of the file that the table begins with. Raises InputProblems.
    """
    # Row groups have dictionaries of their own; rows are quick to fetch only from one.
    table = table.unify_dictionaries().combine_chunks()
    claims, order = ordered_claims(table, ledger, path, first)
    episodes = resolve(claims, by=by)
    chosen = _by_day(episodes)
    row = episodes.row[chosen]
    rows = table.take(pa.array(row if order is None else order[row]))
    certainty = pa.DictionaryArray.from_arrays(pa.array(episodes.certainty[chosen].astype(np.int32)), pa.array(CERTAINTIES))
    days = (episodes.valid_from, episodes.valid_to, episodes.known_from, episodes.known_to)
    added = [rows.column(by), certainty, *(pa.array(column[chosen]) for column in days)]
    for field, column in zip(RECTANGLES, added, strict=True):
        rows = rows.append_column(field, column.cast(field.type))
    return rows.replace_schema_metadata(None)


def _by_day(episodes: Episodes) -> Ints:
    """What holds as everything is known first, and of that what has no end; then by the first day.

    So the days of most row groups all reach, or all miss, what is asked for, and only few need to be read to know.
    """
    superseded, ended = episodes.known_to != NO_END, episodes.valid_to != NO_END
    return np.lexsort((episodes.row, episodes.valid_from, ended, superseded))


def resolve_file(source: Path, target: Path, *, by: str = "publisher", progress: Progress | None = None) -> int:
    """Resolve a claims file to `target`: a folder of parts, or one file if there is one batch. Gives the number of episodes.

    The parts are written into a folder beside the target, each whole or not at all, and the folder is renamed in the end: a
    run that was killed goes on where it stopped, if the claims are the same. Raises InputProblems, UsageError, WriteError.
    """
    parts = claims_to_resolve(source, by)
    work = target.with_name(f".{target.name}.parts")
    refuse(target, source)
    plan = _plan(parts, by)
    try:
        _prepare(work, plan)
        count = _write_parts(parts, work, by, progress)
        _finish(parts, work, target, by)
    except InputProblems:
        shutil.rmtree(work, ignore_errors=True)
        raise
    except OSError as error:
        raise WriteError(f"{target}: cannot be written: {error.strerror or error}. Run it again to go on.") from error
    return count


def claims_to_resolve(source: Path, by: str) -> Parts:
    """The claims behind a path. Raises InputProblems if they are none, UsageError if `by` is no way to count sources."""
    if by not in GROUPINGS:
        raise UsageError(f'by "{by}" is unknown. Write one of {", ".join(GROUPINGS)}.')
    parts = Parts.of(source)
    if parts.kind != "claims":
        raise refused(source, "table-footer", "the table is resolved already.", "Name the claims that it was made of.")
    return parts


def _plan(parts: Parts, by: str) -> bytes:
    """What makes this run the same as an earlier one: the claims, how they are resolved, and how large a part is."""
    digest = hashlib.sha256(json.dumps([FORMAT, by, BATCH, parts.about], sort_keys=True).encode())
    for path in parts.files:
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest().encode()


def _prepare(work: Path, plan: bytes) -> None:
    """The folder for the parts, empty unless it holds those of the same plan."""
    if work.is_dir() and read_if_there(work / "plan") != plan:
        shutil.rmtree(work)
    work.mkdir(exist_ok=True)
    for torn in work.glob(".*.tmp"):
        torn.unlink(missing_ok=True)
    write_whole(work / "plan", lambda path: path.write_bytes(plan))


def _write_parts(parts: Parts, work: Path, by: str, progress: Progress | None) -> int:
    done, start = _done(work)
    total = parts.rows()
    count: int = sum(pq.read_metadata(path).num_rows for path in done)
    ledger = parts.ledger

    def write(part: Part) -> tuple[int, int]:
        table = resolved_table(part.table, ledger, by, parts.path, part.start)
        footer = {b"rows": f"{part.start} {part.stop}".encode()}
        path = work / f"part-{part.number:05}.parquet"
        write_whole(path, lambda beside: _write_table(table.replace_schema_metadata(footer), beside))
        return part.stop, len(table)

    waiting: list[Future[tuple[int, int]]] = []
    with ThreadPoolExecutor(2) as pool:
        for part in _batches(parts, len(done), start):
            waiting.append(pool.submit(write, part))
            if len(waiting) > 1:
                count += _told(waiting.pop(0), total, progress)
        for future in waiting:
            count += _told(future, total, progress)
    return count


def _told(future: Future[tuple[int, int]], total: int, progress: Progress | None) -> int:
    stop, count = future.result()
    if progress is not None:
        progress(stop, total)
    return count


def _done(work: Path) -> tuple[list[Path], int]:
    """The parts that are there, from the first one on, and the row that the next one begins with."""
    found: list[Path] = []
    start = 0
    while (path := work / f"part-{len(found):05}.parquet").is_file():
        rows = _rows_of(path)
        if rows is None or rows[0] != start:
            break
        found.append(path)
        start = rows[1]
    return found, start


def _rows_of(path: Path) -> tuple[int, int] | None:
    """The rows of the claims behind a part; None if it is damaged."""
    try:
        first, stop = (pq.read_metadata(path).metadata or {})[b"rows"].split()
    except (pa.ArrowException, OSError, ValueError, KeyError):
        return None
    return int(first), int(stop)


def _batches(parts: Parts, number: int, start: int) -> Iterator[Part]:
    """The claims from a row on, cut where a place ends. Raises InputProblems if a place comes back."""
    wanted = [field.name for field in (*CLAIMS, *REST)]
    held: list[pa.Table] = []
    size, first, seen = 0, start, _Seen(parts.path)
    for table in _groups(parts, 0, ["place"], start):
        seen.add(table)
    for table in _groups(parts, start, wanted):
        held.append(table)
        size += len(table)
        if size >= BATCH:
            whole = pa.concat_tables(held)
            cut = last_place(whole)
            if cut:
                yield seen.checked(Part(number, first, first + cut, whole.slice(0, cut)))
                number, first = number + 1, first + cut
            held, size = [whole.slice(cut)], len(whole) - cut
    if size or number == 0:
        whole = pa.concat_tables(held) if held else _nothing(parts)
        yield seen.checked(Part(number, first, first + len(whole), whole))


def _nothing(parts: Parts) -> pa.Table:
    return parts.schema.empty_table()


def _groups(parts: Parts, start: int, columns: list[str], stop: int | None = None) -> Iterator[pa.Table]:
    """The row groups of all files, from a row on, and up to one."""
    row = 0
    for path, file in zip(parts.files, parts.opened(list(CLAIMS)), strict=True):
        for group in range(file.num_row_groups):
            length = file.metadata.row_group(group).num_rows
            if row + length > start and (stop is None or row < stop):
                table = read_group(path, file, [group], columns)
                yield table.slice(max(0, start - row), None if stop is None else stop - max(start, row))
            row += length


def last_place(table: pa.Table) -> int:
    """The row on which the last place begins."""
    place = table.column("place").cast(pa.string()).combine_chunks()
    other = np.flatnonzero(np.asarray(pc.not_equal(place, place[-1])))
    return int(other[-1]) + 1 if len(other) else 0


class _Seen:
    """The places of the batches so far: none of them may come back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: set[str] = set()

    def add(self, table: pa.Table) -> None:
        """Remember the places of rows that an earlier run has resolved."""
        self._places |= set(table.column("place").unique().to_pylist())

    def checked(self, part: Part) -> Part:
        """The part, if its places are new."""
        places = set(part.table.column("place").unique().to_pylist())
        again = sorted(places & self._places)
        if again:
            fix = "Sort the table by place, force and claim."
            what = f'the rows of place "{again[0]}" do not stand together.'
            raise InputProblems([problem(spot(self._path, part.start + 1), "table-order", what, fix)])
        self._places |= places
        return part


def _write_table(table: pa.Table, path: Path) -> None:
    write_groups(table, path, ROW_GROUP, level=1)


def _finish(parts: Parts, work: Path, target: Path, by: str) -> None:
    """Put the parts in the place of the target: one file if there is one, else their folder."""
    said = {**parts.about, "kind": "episodes", "by": by}
    files = sorted(work.glob("part-*.parquet"))
    if len(files) == 1:
        table = pq.read_table(files[0]).replace_schema_metadata({KEY: folder_about(said)})
        write_whole(work / "whole", lambda beside: _write_table(table, beside))
        replace(work / "whole", target)
        shutil.rmtree(work)
        return
    write_whole(work / ABOUT, lambda beside: beside.write_bytes(folder_about(said)))
    for leftover in (*work.glob(".*.tmp"), work / "plan", work / "whole"):
        leftover.unlink(missing_ok=True)
    replace(work, target)
