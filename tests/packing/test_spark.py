"""Spark gives the table that the local runner gives, row for row, however the claims are spread."""

from __future__ import annotations

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.dates import parse_day, parse_when
from geoposture.errors import UsageError
from geoposture.files import WriteError
from geoposture.ledger import Claim, Ledger, Report
from geoposture.packing import spark as on_spark
from geoposture.packing import writing
from geoposture.packing.parts import ABOUT, Parts
from geoposture.packing.resolving import resolve_file
from geoposture.packing.schema import CLAIMS, RECTANGLES, REST
from geoposture.packing.slices import ResolvedFile
from geoposture.packing.spark import resolve_on_spark, whole_places
from geoposture.packing.writing import pack
from geoposture.resolution import resolve

from ..ledgers import FORCES, PLACES, SOURCES
from .asking import refusal, rows, saying, small, table, written
from .conftest import MASTER


def skewed():
    """Three thousand claims about one place, and some about the others: with figures, shared ones, ends and withdrawals."""
    reports = {}
    for number in range(1000):
        day, ident = f"2024-{1 + number % 12:02}-{1 + number % 28:02}", f"r{number:04}"
        publisher = sorted(SOURCES)[number % 3]
        end = ".." if number % 3 else f"2025-{1 + number % 12:02}-01"
        made = [
            Claim(
                f"{ident}#{part}",
                ("ox",),
                force,
                "present",
                modality=("reported", "expected")[number % 2],
                time=parse_when(f"{day}/{end}"),
            )
            for part, force in enumerate(sorted(FORCES))
        ]
        if number % 50 == 0:
            made.append(Claim(f"{ident}#w", ("dun", "quay"), "red", "absent", time=parse_when(f"{day}/..")))
        if number % 90 == 0:
            made.append(Claim(f"{ident}#l", ("land",), "all", "present", time=parse_when("2024-02")))
        reports[ident] = Report(ident, publisher, day, parse_when(day).start, claims=tuple(made))
    return Ledger(PLACES, FORCES, SOURCES, reports)


def every_row(path):
    """All rows of all parts, with all columns, in one order."""
    names = [field.name for field in (*CLAIMS, *REST, *RECTANGLES)]
    found = pa.concat_tables([_plain(pq.read_table(file)) for file in Parts.of(path).files])
    return sorted(zip(*(map(repr, found.column(name).to_pylist()) for name in names), strict=True))


def _plain(found):
    fields = [pa.field(one.name, one.type.value_type if pa.types.is_dictionary(one.type) else one.type) for one in found.schema]
    kinds = [pa.list_(pa.string()) if pa.types.is_list(one.type) else one.type for one in fields]
    return pa.table([column.cast(kind) for column, kind in zip(found.columns, kinds, strict=True)], names=found.column_names)


@pytest.fixture
def packed_skewed(tmp_path):
    pack(skewed(), tmp_path / "claims.parquet")
    return tmp_path / "claims.parquet"


@pytest.mark.parametrize("partitions", [None, 1, 5])
def test_the_table_is_the_local_one_row_for_row(session, packed_skewed, tmp_path, partitions):
    by = "voice" if partitions == 5 else "publisher"
    local, far = tmp_path / "local.parquet", tmp_path / "far.parquet"
    count = resolve_file(packed_skewed, local, by=by)
    assert resolve_on_spark(packed_skewed, far, by=by, master=MASTER, partitions=partitions) == count
    assert every_row(far) == every_row(local)
    assert Parts.of(far).about == Parts.of(local).about
    assert (len(Parts.of(far).files) == 1) == (partitions == 1)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.parquet", "far.parquet", "local.parquet"]
    assert far.is_file() if partitions == 1 else all(one.name == ABOUT or one.match("part-*.parquet") for one in far.iterdir())


@pytest.mark.parametrize("together", [True, False])
def test_what_spark_wrote_is_asked_like_the_local_table(session, packed_skewed, tmp_path, monkeypatch, together):
    monkeypatch.setattr(on_spark, "ROW_GROUP", 100)
    if not together:
        whole = pq.read_table(packed_skewed)
        written(whole.take(list(range(0, len(whole), 2)) + list(range(1, len(whole), 2))), packed_skewed)
    resolve_on_spark(packed_skewed, tmp_path / "far.parquet", master=MASTER)
    parts, episodes = Parts.of(tmp_path / "far.parquet"), resolve(skewed())
    for day, known in (("2024-06-15", None), ("2024-06-15", "2024-03-01"), ("2025-03-01", "2030-01-01")):
        point = parse_day(day), None if known is None else parse_day(known)
        assert rows(ResolvedFile(parts).point(*point), *point) == rows(episodes, *point)
    groups = [pq.read_metadata(file) for file in parts.files]
    assert together or max(one.row_group(0).num_rows for one in groups) <= 100
    assert together or sum(one.num_row_groups for one in groups) > 20


def test_claims_in_any_order_and_in_a_folder(session, tmp_path):
    whole = writing.packed(skewed())
    (tmp_path / "claims").mkdir()
    for number in range(3):
        written(whole.take(list(range(number, len(whole), 3))), tmp_path / "claims" / f"part-{number:05}.parquet")
    (tmp_path / "claims" / ABOUT).write_bytes(whole.schema.metadata[b"geoposture"])
    pack(skewed(), tmp_path / "claims.parquet")
    resolve_file(tmp_path / "claims.parquet", tmp_path / "local.parquet")
    resolve_on_spark(tmp_path / "claims", tmp_path / "far.parquet", master=MASTER)
    assert every_row(tmp_path / "far.parquet") == every_row(tmp_path / "local.parquet")


@pytest.mark.parametrize("folder", [True, False])
def test_addresses_that_spark_opens(session, tmp_path, folder):
    """file:// goes the way of every address: by Hadoop's own classes, as s3a:// and hdfs:// do."""
    pack(small(), tmp_path / "claims.parquet")
    if folder:
        (tmp_path / "one.parquet").mkdir()
        shutil.copy(tmp_path / "claims.parquet", tmp_path / "one.parquet" / "part-0.parquet")
        (tmp_path / "one.parquet" / ABOUT).write_bytes(writing.packed(small()).schema.metadata[b"geoposture"])
    source = tmp_path / ("one.parquet" if folder else "claims.parquet")
    resolve_file(tmp_path / "claims.parquet", tmp_path / "local.parquet")
    for _ in range(2):  # the second time over the table of the first
        count = resolve_on_spark(f"file://{source}", f"file://{tmp_path}/far.parquet", master=MASTER)
        assert count == Parts.of(tmp_path / "far.parquet").rows()
        assert every_row(tmp_path / "far.parquet") == every_row(tmp_path / "local.parquet")


def test_an_empty_table(session, tmp_path):
    pack(small(claims=0), tmp_path / "claims.parquet")
    assert resolve_on_spark(tmp_path / "claims.parquet", tmp_path / "far.parquet", master=MASTER) == 0
    assert len(ResolvedFile(Parts.of(tmp_path / "far.parquet")).point(0)) == 0


def test_what_is_wrong_is_said_in_a_line_and_the_old_table_stays(session, tmp_path):
    source, target = tmp_path / "claims.parquet", tmp_path / "far.parquet"
    resolve_on_spark(written(table(), source), target, master=MASTER)
    before = every_row(target)
    written(table(place=lambda values: ["atlantis", *values[1:]]), source)
    problem = refusal(resolve_on_spark, source, target, master=MASTER)
    assert (problem.code, problem.file, problem.what) == ("place-unknown", str(source), 'place "atlantis" is unknown.')
    written(table().drop_columns(["force"]), source)
    assert refusal(resolve_on_spark, source, target, master=MASTER).code == "table-column"
    written(saying(table(), format=9), source)
    assert refusal(resolve_on_spark, source, target, master=MASTER).code == "table-footer"
    assert refusal(resolve_on_spark, f"file://{source}", target, master=MASTER).code == "table-footer"
    assert refusal(resolve_on_spark, f"file://{tmp_path}/none.parquet", target, master=MASTER).code == "table-file"
    assert refusal(resolve_on_spark, target, tmp_path / "again.parquet", master=MASTER).code == "table-footer"
    with pytest.raises(UsageError, match='by "moon"'):
        resolve_on_spark(source, target, by="moon", master=MASTER)
    written(table(), source)
    with pytest.raises(WriteError, match="Spark cannot make it") as raised:
        resolve_on_spark(source, "nothing://bucket/far.parquet", master=MASTER)
    assert "\n" not in str(raised.value)
    with pytest.raises(WriteError, match="no folder"):
        resolve_on_spark(source, tmp_path / "no" / "far.parquet", master=MASTER)
    assert every_row(target) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.parquet", "far.parquet"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("data/claims.parquet", None),
        ("/data/claims.parquet", None),
        ("s3a://bucket/claims.parquet", "s3a://bucket/claims.parquet"),
        ("s3a:/bucket/claims.parquet", "s3a://bucket/claims.parquet"),
        ("hdfs://name:8020/claims.parquet", "hdfs://name:8020/claims.parquet"),
        ("file:///data/claims.parquet", "file:///data/claims.parquet"),
        ("C:/data/claims.parquet", None),
    ],
)
def test_addresses_are_told_from_paths(path, address):
    assert on_spark._address(path) == address


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), max_size=8), st.integers(1, 5), st.integers(1, 12))
def test_places_stay_whole_and_in_order(sizes, batch, size):
    places = [f"p{number}" for number, many in enumerate(sizes) for _ in range(many)]
    whole = pa.table({"place": pa.array(places, pa.string()), "n": pa.array(range(len(places)), pa.int32())})
    found = list(whole_places(iter(whole.to_batches(max_chunksize=batch)), size))
    assert [row for one in found for row in one.column("n").to_pylist()] == list(range(len(places)))
    seen = [set(one.column("place").to_pylist()) for one in found]
    assert sum(map(len, seen)) == len(sizes)
    longest = max(sizes, default=0)
    assert all(len(one) < size + batch + longest for one in found)
