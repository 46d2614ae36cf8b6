"""Tables of anybody's, CSV, Excel or Parquet, as rows of text with the line they stand on; nothing is guessed or converted."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import InputProblems, Problem
from ..reading.wording import nearest, plain_line, shown
from .model import TableSpec

Progress = Callable[[float], None]
"""Is told how much of the file has been read, from 0 to 1."""

_BLOCK = 1 << 20
_MOST_UNPACKED = 2_000_000_000
"""Bytes; a file that unpacks to more is no table but an attack."""
_SMALL = 100_000_000
_MOST_TIMES = 1000
"""A Parquet file that unpacks to more than 100 MB and a thousand times its size is an attack too,"""
_MOST_ROWS_PER_BYTE = 100
"""and so is one of more rows than a run of equal ones takes."""
_LONGEST_CELL = 1_000_000
_DELIMITERS = {".csv": ",", ".txt": ",", ".tsv": "\t", ".tab": "\t"}
_NO_PROGRESS: Progress = lambda _share: None  # noqa: E731 - a function that does nothing has no body to write


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in a CSV file (its number in other tables), its cells, or why it cannot be read."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    fault: str = ""


def read_table(path: Path, spec: TableSpec, wanted: Sequence[str], progress: Progress = _NO_PROGRESS) -> Iterator[Row]:
    """The rows of a table with the wanted columns, in order; empty lines are left out.

    Raises InputProblems if the file cannot be read, is not in the encoding declared, or lacks a column.
    """
    if not path.is_file():
        raise InputProblems([_fault(path, 1, "table-missing", "there is no such file.", "Name the table.")])
    suffix = path.suffix.lower()
    if suffix in _DELIMITERS:
        return _csv(path, spec.encoding, spec.delimiter or _DELIMITERS[suffix], wanted, progress)
    if suffix in (".xlsx", ".xlsm"):
        return _excel(path, spec.sheet, wanted, progress)
    if suffix in (".parquet", ".pq"):
        return _parquet(path, wanted, progress)
    fix = "Save it as .csv, .tsv, .xlsx or .parquet."
    raise InputProblems([_fault(path, 1, "table-kind", f"{shown(suffix)} is no kind of table that is read.", fix)])


def _fault(path: Path, line: int, code: str, what: str, fix: str) -> Problem:
    return Problem(plain_line(str(path).replace("\\", "/")), line, 1, code, plain_line(what), plain_line(fix))


def _csv(path: Path, encoding: str, delimiter: str, wanted: Sequence[str], progress: Progress) -> Iterator[Row]:
    _check_encoding(path, encoding)
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            head = next(reader, [])
        except csv.Error as error:
            raise InputProblems([_fault(path, 1, "table-head", f"the head cannot be read: {error}.", "Mend it.")]) from error
        at = _positions(path, head, wanted)
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                lines = "" if reader.line_num <= first else f"; lines {first} to {reader.line_num} are lost in it"
                yield Row(first, fault=f"the quotes or cells cannot be told apart ({error}){lines}")
                continue
            if len(cells) == len(head):
                yield Row(first, {name: cells[spot] for name, spot in at.items()})
            elif any(cell.strip() for cell in cells):
                yield Row(first, fault=f"{len(cells)} cells where the head has {len(head)}")
            if not first % 1000:
                progress(min(file.tell() / size, 1))


def _check_encoding(path: Path, encoding: str) -> None:
    """Raise InputProblems unless the bytes are of the encoding. Any bytes are Latin-1: so UTF-8 must be ruled out."""
    if fault := _undecodable(path, encoding):
        fix = "Write the table's encoding into the mapping (table: {encoding: latin-1}), or say --encoding latin-1."
        fix = fix if encoding == "utf-8" else "Say --encoding utf-8; if it is not that either, save it so."
        raise InputProblems([_fault(path, fault[0], "table-encoding", f"this is not {encoding}: {fault[1]}.", fix)])
    if encoding not in ("utf-8", "utf-16") and _is_beyond_ascii(path) and not _undecodable(path, "utf-8"):
        what = f"this is UTF-8 and not {encoding}: names would be garbled."
        raise InputProblems([_fault(path, 1, "table-encoding", what, "Say --encoding utf-8.")])


def _undecodable(path: Path, encoding: str) -> tuple[int, str] | None:
    """Line and kind of the first fault; None if all can be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            try:
                line += decoder.decode(block).count("\n")
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, "replace")
                return line + before.count("\n"), f"byte 0x{error.object[error.start]:02x}"
            except UnicodeError:
                # Of UTF-16 alone: which byte of two comes first is said by the first sign of the file, or by nothing.
                return line, "it does not begin with a byte order mark"
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line, "it ends within a character"
    return None


def _is_beyond_ascii(path: Path) -> bool:
    with path.open("rb") as file:
        return any(not block.isascii() for block in iter(lambda: file.read(_BLOCK), b""))


def _positions(path: Path, head: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """Where each wanted column stands. Raises InputProblems for all that are missing or stand twice."""
    names = [name.strip() for name in head]
    known = [name for name in dict.fromkeys(names) if name]
    if not known:
        raise InputProblems([_fault(path, 1, "table-empty", "the table has no head.", "Put the names of columns first.")])
    faults = []
    for name in wanted:
        if name not in known:
            near = nearest(name, known)
            listing = ", ".join(known[:30]) + (", …" if len(known) > 30 else "")
            fix = f"Did you mean {shown(near)}?" if near else f"The columns are {listing}."
            faults.append(_fault(path, 1, "column-unknown", f"the mapping asks for a column {shown(name)}; there is none.", fix))
        elif names.count(name) > 1:
            faults.append(_fault(path, 1, "column-twice", f"the column {shown(name)} stands twice.", "Rename one of the two."))
    if faults:
        raise InputProblems(faults)
    return {name: names.index(name) for name in wanted}


def _excel(path: Path, sheet: str | None, wanted: Sequence[str], progress: Progress) -> Iterator[Row]:
    try:
        import openpyxl
    except ImportError as error:
        fix = "Install it: pip install 'geoposture[import]', or save the table as CSV."
        raise InputProblems([_fault(path, 1, "table-kind", "reading Excel needs the package openpyxl.", fix)]) from error
    with path.open("rb") as file, warnings.catch_warnings():
        # What openpyxl leaves out of a book it says with lines of its own source.
        warnings.filterwarnings("ignore", module=r"openpyxl\b")
        book = _workbook(path, file, openpyxl.load_workbook)
        yield from _sheet(path, book, sheet, wanted)
    progress(1)


def _workbook(path: Path, file: Any, load: Callable[..., Any]) -> Any:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked <= _MOST_UNPACKED:
            return load(file, read_only=True, data_only=True)
    except Exception as error:
        # Of a damaged file openpyxl raises whatever its archive, its XML or its own code stumbles over.
        raise InputProblems([_fault(path, 1, "table-kind", "this is no Excel file.", "Save it as .xlsx or .csv.")]) from error
    raise InputProblems([_fault(path, 1, "table-size", "the file unpacks to over 2 GB.", "Save the table as CSV.")])


def _sheet(path: Path, book: Any, sheet: str | None, wanted: Sequence[str]) -> Iterator[Row]:
    names = book.sheetnames
    if (sheet is None and len(names) > 1) or (sheet is not None and sheet not in names):
        what = f"there is no sheet {shown(sheet)}." if sheet else "there are several sheets."
        fix = f"Write table: {{sheet: …}} into the mapping, one of {', '.join(names)}."
        raise InputProblems([_fault(path, 1, "sheet-unknown", what, fix)])
    lines = _lines(path, book, sheet or (names[0] if names else ""))
    at = _positions(path, [cell_text(cell) for cell in next(lines, ())], wanted)
    for number, cells in enumerate(lines, 2):
        if any(cell is not None for cell in cells):
            yield Row(number, {name: cell_text(cells[spot]) if spot < len(cells) else "" for name, spot in at.items()})


def _lines(path: Path, book: Any, name: str) -> Iterator[tuple[Any, ...]]:
    """The cells of each line of a sheet, which is read as it goes."""
    number = 0
    try:
        for number, cells in enumerate(book[name].iter_rows(values_only=True), 1):  # noqa: B007 - for the message
            yield cells
    except Exception as error:
        what = "the file is damaged here: the rest of the sheet cannot be read."
        raise InputProblems([_fault(path, number + 1, "table-damaged", what, "Save it anew, or as CSV.")]) from error


def _parquet(path: Path, wanted: Sequence[str], progress: Progress) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    read = 0
    try:
        with pq.ParquetFile(path) as file:
            columns = _checked(path, file, wanted)
        # Text that repeats stays in its dictionary: a long one times ten thousand rows would be made whole otherwise.
        with pq.ParquetFile(path, read_dictionary=columns) as file:
            for read, row in enumerate(_batches(file, wanted, progress), 1):  # noqa: B007 - for the message
                yield row
    except (pa.ArrowException, OSError, ValueError, ArithmeticError, LookupError, TypeError) as error:
        if read:
            what, fix = "the file is damaged here: the rest of it cannot be read.", "Save it anew, or as CSV."
            raise InputProblems([_fault(path, read + 1, "table-damaged", what, fix)]) from error
        raise InputProblems([_fault(path, 1, "table-kind", "this is no Parquet file.", "Check the file.")]) from error


def _checked(path: Path, file: Any, wanted: Sequence[str]) -> list[str]:
    """The columns of text among those wanted. Raises InputProblems for what the footer says of sizes, names and kinds."""
    import pyarrow as pa

    size, meta, schema = path.stat().st_size, file.metadata, file.schema_arrow
    unpacked = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
    if meta.num_rows > _MOST_ROWS_PER_BYTE * size or unpacked > min(_MOST_UNPACKED, max(_SMALL, _MOST_TIMES * size)):
        what = f"its footer tells of {meta.num_rows:,} rows and {unpacked:,} bytes in a file of {size:,} bytes."
        raise InputProblems([_fault(path, 1, "table-size", what, "Save the table as CSV, or in parts.")])
    _positions(path, schema.names, wanted)
    nested = [name for name in wanted if _is_nested(schema.field(name).type)]
    if nested:
        what = f"the column {shown(nested[0])} holds lists or records."
        raise InputProblems([_fault(path, 1, "column-kind", what, "Write its text into a column of its own.")])
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return [name for name in wanted if any(is_kind(schema.field(name).type) for is_kind in kinds)]


def _batches(file: Any, wanted: Sequence[str], progress: Progress) -> Iterator[Row]:
    number, total = 0, max(file.metadata.num_rows, 1)
    for batch in file.iter_batches(batch_size=10_000, columns=list(wanted)):
        columns = {name: _values(batch.column(name)) for name in wanted}
        for spot in range(batch.num_rows):
            number += 1
            cells = {name: cell_text(values[spot]) for name, values in columns.items()}
            long = next((name for name, text in cells.items() if len(text) > _LONGEST_CELL), None)
            yield Row(number, cells) if long is None else Row(number, fault=f"{long} is longer than {_LONGEST_CELL:,} characters")
        progress(number / total)


def _values(column: Any) -> list[Any]:
    """The values of a column; those of a dictionary are made once, however often they stand."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        return list(column.to_pylist())
    values = column.dictionary.to_pylist()
    return [None if index is None else values[index] for index in column.indices.to_pylist()]


def _is_nested(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_nested(kind))


def cell_text(value: Any) -> str:
    """A typed cell as text: whole numbers without a point, days as YYYY-MM-DD, nothing as ''."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - not a number
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        digits, _, decimals = f"{value:f}".partition(".")
        return f"{digits}.{decimals.rstrip('0')}".rstrip(".")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
