"""A packed table on disk: one Parquet file, or a folder of parts with what they are about in a file beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputProblems
from ..ledger import Ledger
from ..reading.codes import problem
from ..reading.folder import is_folder
from .registry import registered
from .schema import KEY, about, check_columns, opened, refused, spot

ABOUT = "_geoposture.json"
"""In a folder of parts: what stands in the footer of a single file."""


@dataclass(frozen=True)
class Parts:
    """The Parquet files of one table, in order, and what is said of them."""

    path: Path
    files: tuple[Path, ...]
    about: Mapping[str, Any]
    schema: pa.Schema
    given: Ledger | None = None

    @classmethod
    def of(cls, path: Path, given: Ledger | None = None) -> Parts:
        """The files behind a path. `given` has places, and perhaps forces and sources, that stand in for the file's own.

        Raises InputProblems if it is no packed table.
        """
        if is_folder(path):
            files = tuple(sorted(path.glob("part-*.parquet")))
            if not files:
                raise refused(path, "table-file", "there are no files part-….parquet in the folder.", "Name a packed table.")
            schema = opened(files[0]).schema_arrow
            schema = schema.with_metadata(_said(path / ABOUT))
        else:
            files = (path,)
            schema = opened(path).schema_arrow
        if given is not None and given.sources and KEY not in (schema.metadata or {}):
            # Another program made the table: what it is shows by its columns, and what it speaks of is given.
            return cls(path, files, {"kind": "episodes" if "valid_from" in schema.names else "claims"}, schema, given)
        return cls(path, files, about(path, schema), schema, given)

    @property
    def kind(self) -> str:
        """Claims or episodes."""
        return str(self.about["kind"])

    @cached_property
    def ledger(self) -> Ledger:
        """Its places, forces and sources."""
        if self.given is None:
            return registered(self.path, self.about)
        if self.given.sources:
            return self.given
        return replace(registered(self.path, {**self.about, "places": []}), places=self.given.places)

    def opened(self, wanted: Sequence[pa.Field]) -> Iterator[pq.ParquetFile]:
        """Each file, once it is seen to have the columns. Raises InputProblems."""
        return (checked(path, wanted) for path in self.files)

    def rows(self) -> int:
        """How many rows all files have together."""
        return sum(opened(path).metadata.num_rows for path in self.files)


def checked(path: Path, wanted: Sequence[pa.Field]) -> pq.ParquetFile:
    """The file, once it is seen to have the columns. Raises InputProblems."""
    file = opened(path)
    check_columns(path, file.schema_arrow, wanted)
    return file


def read_group(
    path: Path | str,
    file: pq.ParquetFile,
    groups: Sequence[int],
    columns: Sequence[str],
    *,
    alone: bool = True,
    kept: Callable[[pa.Table], pa.Table] = lambda table: table,
) -> pa.Table:
    """What is `kept` of row groups of a file, with those of the columns that it has; `alone` if nothing else is read meanwhile.

    Raises InputProblems if they are damaged.
    """
    try:
        table = kept(file.read_row_groups(list(groups), columns=list(columns), use_threads=alone))
        # Arrow believes the file that its texts are UTF-8; Python, which is handed them later, does not.
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        fix = "Pack the data anew."
        raise InputProblems(
            [problem(spot(path), "table-file", "the file is damaged: it cannot be read to its end.", fix)]
        ) from error
    return table


def folder_about(found: Mapping[str, Any]) -> bytes:
    """What a folder of parts says of them."""
    return json.dumps(found, separators=(",", ":")).encode()


def _said(path: Path) -> dict[bytes, bytes]:
    """What stands in place of the footer of a single file; nothing if there is no such file."""
    try:
        return {KEY: path.read_bytes()} if path.is_file() and not path.is_symlink() else {}
    except OSError:
        return {}
