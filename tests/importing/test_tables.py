"""Tables that are damaged, lie about their size, or would fill the memory: each is refused in a line."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geoposture.errors import InputProblems
from geoposture.importing.model import TableSpec
from geoposture.importing.tables import read_table

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:A9999"/><sheetData>'


def codes(path, wanted=("a",)):
    with pytest.raises(InputProblems) as raised:
        list(read_table(path, TableSpec(), wanted))
    return [problem.code for problem in raised.value.problems]


def parquet(path, table, **options):
    pq.write_table(table, path, **options)
    return path


def test_parquet_that_is_none_or_is_damaged_in_its_middle(tmp_path):
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 not at all PAR1")
    assert codes(path) == ["table-kind"]
    rows = pa.table({"a": [f"row {number} {number * 7919 % 1009}" for number in range(30_000)]})
    content = bytearray(parquet(path, rows, compression="none", use_dictionary=False, row_group_size=10_000).read_bytes())
    with pq.ParquetFile(path) as file:
        start = file.metadata.row_group(2).column(0).data_page_offset
    content[start : start + 40] = bytes(40)
    path.write_bytes(content)
    assert codes(path) == ["table-damaged"]


def test_parquet_with_more_rows_than_its_file_can_hold(tmp_path):
    long = pa.table({"a": pa.array(["x"] * 3_000_000).dictionary_encode()})
    assert codes(parquet(tmp_path / "t.parquet", long, compression="zstd")) == ["table-size"]


def test_parquet_of_which_a_long_text_stands_in_every_row(tmp_path):
    rows = 20_000
    table = pa.table(
        {"a": pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["x" * 900_000]), "b": list(range(rows))}
    )
    path = parquet(tmp_path / "t.parquet", table, compression="none")
    cells = {id(row.cells["a"]) for row in read_table(path, TableSpec(), ("a", "b"))}
    assert len(cells) <= 2, "made once for each batch, not for each row: that would be 18 GB"


def test_a_cell_longer_than_any_sane_one_is_a_fault_of_its_row(tmp_path):
    path = parquet(tmp_path / "t.parquet", pa.table({"a": ["x", "y" * 1_000_001]}))
    assert [row.fault for row in read_table(path, TableSpec(), ("a",))] == ["", "a is longer than 1,000,000 characters"]


def excel(tmp_path, **parts):
    import openpyxl

    book, sink = openpyxl.Workbook(), io.BytesIO()
    for row in (["a"], ["1"], ["2"]):
        book.active.append(row)
    book.save(sink)
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(sink) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name).decode()))
    return path


def test_excel_with_broken_parts(tmp_path):
    assert [row.cells for row in read_table(excel(tmp_path), TableSpec(), ("a",))] == [{"a": "1"}, {"a": "2"}]
    assert codes(excel(tmp_path, workbook="<x")) == ["table-kind"]
    rows = '<row><c t="str"><v>a</v></c></row>' * 5000
    assert codes(excel(tmp_path, sheet1=f"{SHEET}{rows}<row><c")) == ["table-damaged"]


def test_excel_whose_entities_multiply_is_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    sheet = f'{SHEET}<row><c t="str"><v>&i;</v></c></row></sheetData></worksheet>'
    # Where defusedxml is installed, openpyxl does not even open the file.
    assert codes(excel(tmp_path, sheet1=f"{bomb}]>{sheet}")) in (["table-damaged"], ["table-kind"])


def test_decimals_with_a_type_have_no_point_where_they_are_whole(tmp_path):
    numbers = [Decimal("1.000"), Decimal("2500.500"), Decimal("1000.000"), Decimal("0.000"), None]
    column = pa.array(numbers, pa.decimal128(10, 3))
    path = parquet(tmp_path / "t.parquet", pa.table({"a": column}))
    assert [row.cells["a"] for row in read_table(path, TableSpec(), ("a",))] == ["1", "2500.5", "1000", "0", ""]
