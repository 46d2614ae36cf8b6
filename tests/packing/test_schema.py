"""A Parquet file is a packed table, or is refused in one line."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geoposture.errors import InputProblems
from geoposture.packing.schema import CLAIMS, KEY, RECTANGLES, REST, about, check_columns, is_packed, opened

from .asking import refusal, saying, table, written


def test_names_do_not_repeat():
    names = [*CLAIMS.names, *REST.names, *RECTANGLES.names]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("name", "packed"), [("a.parquet", True), ("a.PQ", True), ("a.csv", False), ("data", False)])
def test_a_packed_table_is_known_by_its_suffix(tmp_path, name, packed):
    assert is_packed(tmp_path / name) is packed


@pytest.mark.parametrize("kind", ["text", "nothing", "folder", "link", "missing", "torn"])
def test_what_is_no_parquet_file(tmp_path, kind):
    path, whole = tmp_path / "claims.parquet", written(table(), tmp_path / "whole.parquet")
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(whole)
    elif kind != "missing":
        path.write_bytes({"text": b"no table", "nothing": b"", "torn": whole.read_bytes()[:-20]}[kind])
    problem = refusal(opened, path)
    assert (problem.code, problem.file, problem.line, problem.column) == ("table-file", str(path), 1, 1)


def test_a_file_that_would_unpack_without_end(tmp_path):
    rows = 3_000_000
    bomb = pa.table({"claim": pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["x"])})
    path = written(bomb, tmp_path / "claims.parquet", compression="zstd")
    assert rows > 64 * path.stat().st_size
    problem = refusal(opened, path)
    assert problem.code == "table-file"
    assert "3,000,000 rows" in problem.what


@pytest.mark.parametrize(
    "metadata", [None, b"no json", b"[]", b"null", b'{"format": 1}', b'{"format": 1, "kind": "songs"}', b"\xff"]
)
def test_a_footer_that_does_not_say_what_it_is(metadata):
    schema = pa.schema([], {} if metadata is None else {KEY: metadata})
    assert refusal(about, "claims.parquet", schema).code == "table-footer"


def test_another_format_is_refused():
    problem = refusal(about, "claims.parquet", saying(table(), format=2).schema)
    assert (problem.code, "format" in problem.what) == ("table-footer", True)
    assert about("claims.parquet", table().schema)["kind"] == "claims"


@pytest.mark.parametrize("name", CLAIMS.names)
def test_each_column_must_be_there_and_of_its_kind(name):
    schema = table().schema
    at = schema.get_field_index(name)
    problem = refusal(check_columns, "f", schema.remove(at), CLAIMS)
    assert (problem.code, problem.line, problem.column) == ("table-column", 1, 1)
    assert f'"{name}" is missing' in problem.what
    problem = refusal(check_columns, "f", schema.set(at, pa.field(name, pa.float64())), CLAIMS)
    assert (problem.code, problem.line, problem.column) == ("table-column", 1, at + 1)
    assert f'"{name}" holds double' in problem.what
    twice = refusal(check_columns, "f", schema.append(schema.field(at)), CLAIMS)
    assert "twice" in twice.what


def test_all_columns_that_are_wrong_are_named_at_once():
    with pytest.raises(InputProblems) as raised:
        check_columns("f", pa.schema([]), CLAIMS)
    assert len(raised.value.problems) == len(CLAIMS)


def test_columns_that_only_keep_what_people_wrote_may_be_missing():
    check_columns("f", CLAIMS, [*CLAIMS, *REST])
    wrong = CLAIMS.append(pa.field("title", pa.int64()))
    assert refusal(check_columns, "f", wrong, [*CLAIMS, *REST]).code == "table-column"


def test_words_need_no_dictionary():
    plain = pa.schema(
        [pa.field(one.name, one.type.value_type if pa.types.is_dictionary(one.type) else one.type) for one in CLAIMS]
    )
    large = pa.schema([pa.field(one.name, pa.large_string() if pa.types.is_string(one.type) else one.type) for one in plain])
    check_columns("f", plain, CLAIMS)
    check_columns("f", large, CLAIMS)


def test_what_is_written_is_opened(tmp_path):
    path = written(table(), tmp_path / "claims.parquet")
    assert opened(path).metadata.num_rows == pq.read_metadata(path).num_rows == 6
