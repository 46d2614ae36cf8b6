"""One file or a folder of parts: the same table."""

from __future__ import annotations

import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from geoposture.ledger import Ledger, Place
from geoposture.packing.parts import ABOUT, Parts, folder_about, read_group
from geoposture.packing.schema import CLAIMS, KEY

from ..ledgers import FORCES, PLACES, SOURCES
from .asking import refusal, table, written


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "claims.parquet"
    path.mkdir()
    whole = table()
    for number, start in enumerate((0, 2, 4)):
        written(whole.slice(start, 2).replace_schema_metadata(None), path / f"part-{number:05}.parquet")
    (path / ABOUT).write_bytes(folder_about(json.loads(whole.schema.metadata[KEY])))
    return path


def test_a_folder_is_the_table_that_its_parts_are(tmp_path, folder):
    one, many = Parts.of(written(table(), tmp_path / "one.parquet")), Parts.of(folder)
    assert (one.kind, one.rows(), one.ledger) == (many.kind, many.rows(), many.ledger) == ("claims", 6, one.ledger)
    assert [path.name for path in many.files] == ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]
    claims = [row for file in many.opened(list(CLAIMS)) for row in file.read(columns=["claim"]).column(0).to_pylist()]
    assert claims == table().column("claim").to_pylist()


def test_what_is_no_part_is_not_read(folder):
    before = Parts.of(folder).files
    for name in (".part-00003.parquet.tmp", "_SUCCESS", "notes.txt", ".part-00000.parquet.crc"):
        (folder / name).write_bytes(b"torn")
    assert Parts.of(folder).files == before


@pytest.mark.parametrize("about", [None, b"", b"{", b'{"format": 1, "kind": "parts"}', "link"])
def test_a_folder_must_say_what_it_is(folder, tmp_path, about):
    said = (folder / ABOUT).rename(tmp_path / "said.json")
    if about == "link":
        (folder / ABOUT).symlink_to(said)
    elif about is not None:
        (folder / ABOUT).write_bytes(about)
    problem = refusal(Parts.of, folder)
    assert (problem.code, problem.file) == ("table-footer", str(folder))


def test_a_folder_without_parts(tmp_path):
    (tmp_path / ABOUT).write_bytes(table().schema.metadata[KEY])
    assert refusal(Parts.of, tmp_path).code == "table-file"


def test_a_part_of_another_kind_or_torn(folder):
    part = folder / "part-00001.parquet"
    whole = part.read_bytes()
    part.write_bytes(whole[:-8])
    problem = refusal(lambda: list(Parts.of(folder).opened(list(CLAIMS))))
    assert (problem.code, problem.file) == ("table-file", str(part))
    pq.write_table(table().drop_columns(["claim"]), part)
    problem = refusal(lambda: list(Parts.of(folder).opened(list(CLAIMS))))
    assert (problem.code, problem.file) == ("table-column", str(part))


def test_pages_that_are_damaged(tmp_path):
    path = written(table(), tmp_path / "claims.parquet", compression="zstd")
    content = bytearray(path.read_bytes())
    at = pq.read_metadata(path).row_group(0).column(0).data_page_offset
    content[at : at + 40] = b"\xff" * 40
    path.write_bytes(content)
    (file,) = Parts.of(path).opened(list(CLAIMS))
    assert refusal(read_group, path, file, [0], ["claim"]).code == "table-file"


@pytest.mark.parametrize("dictionary", [True, False])
def test_a_text_that_is_no_utf_8(tmp_path, dictionary):
    path = written(table(), tmp_path / "claims.parquet", use_dictionary=dictionary, compression="none", write_statistics=False)
    content = path.read_bytes()
    assert b"r0#dun" in content
    path.write_bytes(content.replace(b"r0#dun", b"r0#\x80un"))
    (file,) = Parts.of(path).opened(list(CLAIMS))
    assert refusal(read_group, path, file, [0], ["claim"]).code == "table-file"


def test_a_gazetteer_takes_the_place_of_the_places(tmp_path):
    parts = Parts.of(written(table(), tmp_path / "claims.parquet"))
    moved = {name: replace(place, lat=1.0) for name, place in PLACES.items()} | {"new": Place("new", "New", "camp", 0.0, 0.0)}
    chosen = Parts.of(parts.path, Ledger(moved, {}, {}))
    assert chosen.ledger.places == moved
    assert (chosen.ledger.forces, chosen.ledger.sources) == (FORCES, SOURCES)
    assert parts.ledger.places == PLACES


def test_a_table_of_another_program_is_what_its_columns_are(tmp_path, folder):
    path, ledger = written(table().replace_schema_metadata(None), tmp_path / "others.parquet"), Ledger(PLACES, FORCES, SOURCES)
    assert refusal(Parts.of, path).code == "table-footer"
    assert (Parts.of(path, ledger).kind, Parts.of(path, ledger).ledger) == ("claims", ledger)
    (folder / ABOUT).unlink()
    assert (Parts.of(folder, ledger).kind, Parts.of(folder, ledger).ledger) == ("claims", ledger)


def test_columns_that_are_not_there_are_left_out(tmp_path):
    path = written(table(), tmp_path / "claims.parquet")
    (file,) = Parts.of(path).opened(list(CLAIMS))
    assert read_group(path, file, [0], ["claim", "nothing"]).column_names == ["claim"]
