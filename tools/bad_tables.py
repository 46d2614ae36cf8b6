"""Write the cases of tests/bad whose files are tables, which no hand can write: `python tools/bad_tables.py`.

Each is the good folder packed, resolved, or the example of an import, with one thing wrong; most were found by fuzzing. Beside
it stands what is asked of it, and as its good twin the table as it should be. What must be printed is written by hand.
"""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from geoposture.packing.registry import Registry  # noqa: E402
from geoposture.packing.resolved import resolved_table  # noqa: E402
from geoposture.packing.schema import KEY  # noqa: E402
from geoposture.packing.writing import packed  # noqa: E402
from geoposture.reading import read  # noqa: E402

BAD = ROOT / "tests" / "bad"
IMPORTS = ROOT / "docs" / "examples" / "import"
LEDGER = read(ROOT / "tests" / "good" / "base" / "data")
CLAIMS = packed(LEDGER)
NO_DAY = 60_000_000


def main() -> None:
    """Write the tables of all cases, each with its question and its twin."""
    claims, question = content(CLAIMS), "check --data claims.parquet"
    for name, bad in CLAIM_CASES.items():
        write(name, question, {"claims.parquet": bad(claims)}, {"claims.parquet": claims})
    again = content(CLAIMS.take([*range(1, len(CLAIMS)), 0]), row_group_size=2)
    write("table-order", "resolve claims.parquet -o made.parquet", {"claims.parquet": again}, {"claims.parquet": claims})
    resolved = content(episodes(), write_statistics=True)
    for name, bad in EPISODE_CASES.items():
        write(name, "at 2025-05-20 --data episodes.parquet", {"episodes.parquet": bad(resolved)}, {"episodes.parquet": resolved})
    counts = pa.csv.read_csv(IMPORTS / "counts.csv")
    mapping = (IMPORTS / "counts.yaml").read_bytes()
    for name, table, good, bad in (
        ("import-page", "counts.parquet", content(counts), page),
        ("import-rows", "counts.parquet", content(counts), lambda _: many()),
        ("import-sheet", "counts.xlsx", book(counts), lambda good: part(good, "xl/worksheets/sheet1.xml", lambda xml: xml[:-40])),
    ):
        asked = f"import {table} --map mapping.yaml -o made --published 2007-01-31"
        write(name, asked, {table: bad(good), "mapping.yaml": mapping}, {table: good})


def write(name: str, question: str, bad: dict[str, bytes], good: dict[str, bytes]) -> None:
    """One case: its files, what is asked of them, and the good twin. The line that is expected stays."""
    case = BAD / name
    shutil.rmtree(case / "good", ignore_errors=True)
    (case / "good").mkdir(parents=True)
    (case / "asked.txt").write_text(f"{question}\n", encoding="utf-8")
    for folder, files in ((case, bad), (case / "good", good)):
        for file, data in files.items():
            (folder / file).write_bytes(data)


def content(table: pa.Table, **options: Any) -> bytes:
    """The table as Parquet whose pages are as plain as they can be, so that single bytes can be told apart."""
    sink = io.BytesIO()
    pq.write_table(table, sink, **{"compression": "none", "use_dictionary": False, "write_statistics": False, **options})
    return sink.getvalue()


def table(data: bytes) -> pa.Table:
    """The table that a file holds."""
    return pq.ParquetFile(pa.BufferReader(data)).read(use_threads=False)


def episodes() -> pa.Table:
    """The good folder resolved; its footer says so."""
    said = CLAIMS.schema.metadata[KEY].replace(b'"kind":"claims"', b'"kind":"episodes","by":"publisher"')
    return resolved_table(CLAIMS, Registry.of(LEDGER), "publisher", "seed").replace_schema_metadata({KEY: said})


def value(name: str, spoilt: object, row: int = 1) -> Callable[[bytes], bytes]:
    """Another value in one row of a column."""

    def change(data: bytes) -> bytes:
        found = table(data)
        at = found.schema.get_field_index(name)
        field = found.schema.field(at)
        kind = pa.string() if pa.types.is_dictionary(field.type) else field.type
        values = found.column(at).to_pylist()
        values[row] = spoilt
        return content(found.set_column(at, pa.field(name, kind), pa.array(values, kind)))

    return change


def footer(said: Callable[[bytes], bytes] | None) -> Callable[[bytes], bytes]:
    """Another word in the footer about what the file holds; with None it says nothing."""

    def change(data: bytes) -> bytes:
        found = table(data)
        about = found.schema.metadata[KEY]
        return content(found.replace_schema_metadata(None if said is None else {KEY: said(about)}))

    return change


def column(name: str, made: pa.DataType | None) -> Callable[[bytes], bytes]:
    """A column of another kind, all empty; with None it is not there."""

    def change(data: bytes) -> bytes:
        found = table(data)
        at = found.schema.get_field_index(name)
        return content(found.remove_column(at) if made is None else found.set_column(at, name, pa.nulls(len(found), made)))

    return change


def page(data: bytes) -> bytes:
    """The head of the first page of the first column is damaged."""
    at = pq.read_metadata(io.BytesIO(data)).row_group(0).column(0).data_page_offset
    return data[:at] + b"\xff" * 40 + data[at + 40 :]


def letter(data: bytes) -> bytes:
    """One letter of the first claim's id is no UTF-8."""
    word = table(data).column("claim")[0].as_py().encode()
    return data.replace(word, word[:-1] + b"\x80")


def contradicted(data: bytes) -> bytes:
    """Column by column the footer says of the pages another kind than of the schema: BOOLEAN, where INT32 is meant.

    At such a file Arrow ends the process, should it be asked for what is smallest and largest in a column.
    """
    # The physical type of a column of a row group (field 1, INT32), before its encodings (field 2): parquet.thrift.
    return data.replace(b"\x15\x02\x19", b"\x15\x00\x19")


def many() -> bytes:
    """Three million rows in a few kilobytes."""
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000_000, pa.int32()), ["x"])
    return content(pa.table({"claim": rows, "country": rows}), compression="zstd", use_dictionary=True)


def book(counts: pa.Table) -> bytes:
    """The table as an Excel file of fixed days, so that it is the same each time."""
    import openpyxl

    made = openpyxl.Workbook()
    for row in (counts.column_names, *zip(*(column.to_pylist() for column in counts.columns), strict=True)):
        made.active.append(list(row))
    sink = io.BytesIO()
    made.save(sink)
    return part(sink.getvalue(), "docProps/core.xml", lambda xml: xml.partition(b"<dcterms:created")[0] + b"</cp:coreProperties>")


def part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed; no part says when it was written."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(zipfile.ZipInfo(one), change(old.read(one)) if one == name else old.read(one))
    return sink.getvalue()


CLAIM_CASES: dict[str, Callable[[bytes], bytes]] = {
    "table-file-torn": lambda data: data[:-20],
    "table-file-page": page,
    "table-file-letter": letter,
    "table-file-rows": lambda _: many(),
    "table-footer-nothing": footer(None),
    "table-footer-format": footer(lambda about: about.replace(b'"format":1', b'"format":99')),
    "table-footer-source": footer(lambda about: about.replace(b'"id":"wire"', b'"id":"wise"')),
    "table-column-missing": column("known_from", None),
    "table-column-kind": column("known_from", pa.float64()),
    "table-column-bytes": column("title", pa.binary()),
    "table-value-word": value("place", "atlantis"),
    "table-value-empty": value("claim", None),
    "table-value-day": value("possible_to", NO_DAY),
    "table-value-figure": value("low", 2_000_000_000),
    "table-value-shared": value("shared_with", [], row=0),
    "table-value-follows": value("withdrawn_from", 30_000, row=0),
}

EPISODE_CASES: dict[str, Callable[[bytes], bytes]] = {
    "table-file-kinds": contradicted,
    "table-value-rectangle": value("valid_to", NO_DAY, row=0),
    "table-value-rectangle-empty": value("episode_known_to", None, row=0),
    "table-value-certainty": value("certainty", "?", row=0),
}

if __name__ == "__main__":
    main()
