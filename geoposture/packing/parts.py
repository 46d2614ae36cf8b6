"""A packed table on disk: one Parquet file, or a folder of parts with what they are about in a file beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputProblems
from ..ledger import Ledger
from ..reading.codes import problem
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

    @classmethod
    def of(cls, path: Path) -> Parts:
        """The files behind a path. Raises InputProblems if it is no packed table."""
        if path.is_dir():
            files = tuple(sorted(path.glob("part-*.parquet")))
            if not files:
                raise refused(path, "table-file", "there are no files part-….parquet in the folder.", "Name a packed table.")
            schema = opened(files[0]).schema_arrow
            said = about(path / ABOUT, schema.with_metadata({KEY: _text(path / ABOUT)}))
        else:
            files = (path,)
            schema = opened(path).schema_arrow
            said = about(path, schema)
        return cls(path, files, said, schema)

    @property
    def kind(self) -> str:
        """Claims or episodes."""
        return str(self.about["kind"])

    @cached_property
    def ledger(self) -> Ledger:
        """Its places, forces and sources."""
        return registered(self.path, self.about)

    def with_places(self, ledger: Ledger) -> Parts:
        """The same table with the places of a gazetteer in place of its own."""
        chosen = replace(self)
        chosen.__dict__["ledger"] = replace(self.ledger, places=ledger.places)
        return chosen

    def opened(self, wanted: Sequence[pa.Field]) -> Iterator[pq.ParquetFile]:
        """Each file, once it is seen to have the columns. Raises InputProblems."""
        for path in self.files:
            file = opened(path)
            check_columns(path, file.schema_arrow, wanted)
            yield file

    def rows(self) -> int:
        """How many rows all files have together."""
        return sum(opened(path).metadata.num_rows for path in self.files)


def read_group(path: Path | str, file: pq.ParquetFile, groups: Sequence[int], columns: Sequence[str]) -> pa.Table:
    """Row groups of a file. Raises InputProblems if they are damaged."""
    try:
        return file.read_row_groups(list(groups), columns=[name for name in columns if name in file.schema_arrow.names])
    except (pa.ArrowException, OSError, ValueError) as error:
        fix = "Pack the data anew."
        raise InputProblems(
            [problem(spot(path), "table-file", "the file is damaged: it cannot be read to its end.", fix)]
        ) from error


def folder_about(found: Mapping[str, Any]) -> bytes:
    """What a folder of parts says of them."""
    return json.dumps(found, separators=(",", ":")).encode()


def _text(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else b"null"
    except OSError:
        return b"null"
