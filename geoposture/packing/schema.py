"""The columns of a claims file and of a resolved file, and whether a Parquet file has them (docs/scale.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputProblems, Problem
from ..reading.codes import Spot, problem

FORMAT = 1
"""Of the two files: a reader refuses any other."""
KEY = b"geoposture"
"""Under which the footer says what the file is, and holds its places, forces and sources."""

_WORDS = pa.dictionary(pa.int32(), pa.string())
_LIST = pa.list_(pa.string())


def _fields(kind: pa.DataType, names: str, *, empty: bool = False) -> list[pa.Field]:
    return [pa.field(name, kind, nullable=empty) for name in names.split()]


CLAIMS = pa.schema(
    [
        *_fields(pa.string(), "claim"),
        *_fields(_WORDS, "place force report publisher voice"),
        *_fields(_WORDS, "status", empty=True),
        *_fields(_WORDS, "modality"),
        *_fields(pa.bool_(), "qualified"),
        *_fields(pa.int32(), "low high", empty=True),
        *_fields(pa.bool_(), "approx"),
        *_fields(pa.int32(), "change_low change_high shared_low shared_high", empty=True),
        *_fields(_LIST, "shared_with"),
        *_fields(_WORDS, "when", empty=True),
        *_fields(_WORDS, "published"),
        *_fields(pa.int32(), "known_from withdrawn_from unbounded_from possible_from"),
        *_fields(pa.int32(), "certain_from certain_to", empty=True),
        *_fields(pa.int32(), "possible_to unbounded_to"),
        *_fields(pa.int8(), "credibility", empty=True),
        *_fields(pa.string(), "quote says", empty=True),
        *_fields(_WORDS, "url", empty=True),
        *_fields(pa.int16(), "place_number", empty=True),
    ]
)
"""One row for each claim and place: what `at` says of a claim, and the days from which its episodes are worked out.

Days are int32 since 1970-01-01; -2147483648 is no start, 2147483647 no end. `[unbounded_from, possible_from)` and
`[possible_to, unbounded_to)` are the unbounded stretches, `[certain_from, certain_to)` is the certain one (both empty if there is
none), what is left between `possible_from` and `possible_to` is possible. A claim holds from `known_from` until `withdrawn_from`.
`place_number` counts the places of a claim that names several, from 1, and is empty for the others.
"""

REST = pa.schema(
    [
        *_fields(_WORDS, "figure title author dating text report_note", empty=True),
        *_fields(_LIST, "report_repeats", empty=True),
        *_fields(_WORDS, "by", empty=True),
        *_fields(_LIST, "repeats", empty=True),
        *_fields(_WORDS, "where note replaces", empty=True),
    ]
)
"""The rest of what people wrote, so that nothing is lost; a column may be missing."""

RECTANGLES = pa.schema(
    [
        *_fields(_WORDS, "source certainty"),
        *_fields(pa.int32(), "valid_from valid_to episode_known_from episode_known_to"),
    ]
)
"""What a resolved file adds: the source (as `by` chose), and the rectangle in which the row holds with that certainty."""

RESOLVED = pa.schema(
    [
        *(pa.field(one.name, pa.string(), one.nullable) if one.name in ("report", "url") else one for one in (*CLAIMS, *REST)),
        *RECTANGLES,
    ]
)
"""The columns of a resolved file. Reports and their addresses are plain: they can be as many as the claims."""

_MOST_ROWS_PER_BYTE = 64
_MOST_TIMES = 400
_SMALL = 2**28
"""What the file may unpack to: a table of claims repeats itself, but not without end."""


def is_packed(path: Path) -> bool:
    """Whether the path names a Parquet file by its suffix."""
    return path.suffix.lower() in (".parquet", ".pq")


def spot(path: Path | str, row: int = 1, column: int = 1) -> Spot:
    """A row, or the whole, of a file."""
    return Spot(str(path), row, column)


def refused(path: Path | str, code: str, what: str, fix: str) -> InputProblems:
    """The file cannot be used at all."""
    return InputProblems([problem(spot(path), code, what, fix)])


def opened(path: Path) -> pq.ParquetFile:
    """The file, with a footer that is believable. Raises InputProblems."""
    try:
        if not path.exists():
            raise refused(path, "table-file", "there is no such file.", "Name a packed table.")
        if path.is_symlink() or not path.is_file():
            raise refused(path, "table-file", "this is no plain file.", "Name the Parquet file itself.")
        # Files on disk are read ahead by the system; a buffer between would only be filled and emptied.
        file = pq.ParquetFile(path, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        fix = "Pack the data anew: geoposture pack -o claims.parquet"
        raise refused(path, "table-file", "this is no Parquet file, or a damaged one.", fix) from error
    size, meta = path.stat().st_size, file.metadata
    unpacked = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
    if meta.num_rows > _MOST_ROWS_PER_BYTE * size or unpacked > max(_SMALL, _MOST_TIMES * size):
        what = f"the footer tells of {meta.num_rows:,} rows and {unpacked:,} bytes in a file of {size:,} bytes."
        raise refused(path, "table-file", what, "Check where the file comes from.")
    return file


def about(path: Path | str, schema: pa.Schema) -> dict[str, Any]:
    """What the footer says of the file: format, kind, by, places, forces, sources. Raises InputProblems."""
    try:
        found = json.loads((schema.metadata or {}).get(KEY, b"null"))
    except ValueError:
        found = None
    fix = "Make it with geoposture pack, or geoposture resolve."
    if not isinstance(found, dict) or found.get("kind") not in ("claims", "episodes"):
        raise refused(path, "table-footer", "the footer does not say what the file holds.", fix)
    if found.get("format") != FORMAT:
        raise refused(path, "table-footer", f"the file has another format than {FORMAT}.", fix)
    return found


def check_columns(path: Path | str, schema: pa.Schema, wanted: Iterable[pa.Field]) -> None:
    """Raises InputProblems that names every column that is missing or of another kind."""
    found: list[Problem] = []
    for field in wanted:
        at = schema.get_field_index(field.name)
        if at < 0:
            if field.name not in REST.names:
                what = f'the column "{field.name}" is missing, or stands there twice.'
                found.append(problem(spot(path), "table-column", what, f"It holds {_kind(field.type)}."))
        elif _kind(schema.field(at).type) != _kind(field.type):
            what = f'the column "{field.name}" holds {_kind(schema.field(at).type)}.'
            found.append(problem(spot(path, 1, at + 1), "table-column", what, f"Write {_kind(field.type)}."))
    if found:
        raise InputProblems(found)


def _kind(kind: pa.DataType) -> str:
    """The kind of a column; it is all one whether its words stand in a dictionary."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return f"lists of {_kind(kind.value_type)}"
    return "text" if pa.types.is_string(kind) or pa.types.is_large_string(kind) else str(kind)
