"""A resolved file that is asked without being loaded gives what the episodes in memory give."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture import questions
from geoposture.dates import FIRST_DAY, LAST_DAY, NO_END, NO_START, parse_day
from geoposture.errors import InputProblems
from geoposture.history import timeline
from geoposture.packing import resolving, slices, writing
from geoposture.packing.parts import Parts
from geoposture.packing.resolving import resolve_file
from geoposture.packing.slices import ResolvedFile
from geoposture.packing.writing import pack
from geoposture.posture import reconcile
from geoposture.reading import read
from geoposture.resolution import resolve
from geoposture.slicing import Slice

from ..conftest import ROOT
from ..ledgers import BASE, FORCES, PLACES, ledgers
from .asking import GROUPINGS, days, knowns, refusal, rows, small, table, written

layouts = st.tuples(st.sampled_from([1, 3, 2**20]), st.sampled_from([1, 2, 2**17]))
"""Rows of a part, rows of a row group."""


def resolved(folder, ledger, by="publisher", layout=(2**20, 2**17)):
    """The ledger, packed and resolved with small parts and row groups."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolving, "BATCH", layout[0])
        for module in (resolving, writing):
            patch.setattr(module, "ROW_GROUP", layout[1])
        pack(ledger, folder / "claims.parquet")
        resolve_file(folder / "claims.parquet", folder / "episodes.parquet", by=by)
    return ResolvedFile(Parts.of(folder / "episodes.parquet"))


@settings(max_examples=30, deadline=None)
@given(ledgers(), st.lists(st.tuples(days, knowns), min_size=1, max_size=4), st.sampled_from(GROUPINGS), layouts)
def test_a_point_is_what_at_and_reconcile_give(ledger, points, by, layout):
    with tempfile.TemporaryDirectory() as folder:
        file, episodes = resolved(Path(folder), ledger, by, layout), resolve(ledger, by=by)
        assert file.by == by
        for day, known in points:
            found = file.point(day, known)
            assert rows(found, day, known) == rows(episodes, day, known)
            lines = [list(reconcile(Slice(one, day, known))) for one in (found, episodes)]
            assert lines[0] == lines[1]


scopes = st.tuples(st.sets(st.sampled_from(sorted(PLACES)), max_size=2), st.sets(st.sampled_from(sorted(FORCES)), max_size=2))


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.tuples(days, knowns), days, scopes, layouts)
def test_what_is_asked_of_some_places_and_forces_is_what_is_left_of_all(ledger, point, later, scope, layout):
    (day, known), (places, forces) = point, scope
    asked = questions.Scope(known=known, places=places, forces=forces)
    with tempfile.TemporaryDirectory() as folder:
        file, episodes = resolved(Path(folder), ledger, layout=layout), resolve(ledger)
        for ask in (
            lambda one: questions.rows(one, day, asked),
            lambda one: questions.posture(one, day, asked),
            lambda one: questions.changes(one, day, later, asked, known_before=day),
            *((lambda one, area=area: questions.totals(one, area, day, asked)) for area in places if PLACES[area].is_area),
        ):
            assert list(ask(file)) == list(ask(episodes))
        found = file.point(day, known, places=places, forces=forces)
        assert set(found.claims.place.take(found.row)) <= (places or set(PLACES))
        assert set(found.claims.force.take(found.row)) <= (forces or set(FORCES))


def test_where_no_row_is_about_the_force_nothing_else_is_read(tmp_path, monkeypatch):
    file = resolved(tmp_path, small(tuple(PLACES), claims=4), layout=(1, 2))
    read = []
    original = slices.read_group
    monkeypatch.setattr(slices, "read_group", lambda *rest, **how: read.append(set(rest[3])) or original(*rest, **how))
    day = parse_day("2024-01-04")
    assert len(file.point(day, forces={"blue"})) == 0
    assert read
    assert set().union(*read) <= {"force", *slices.DAYS}
    read.clear()
    assert len(file.point(day, forces={"red"}, places={"dun"})) == 1
    assert sum(columns == set(slices.ALL) for columns in read) == 1


@settings(max_examples=20, deadline=None)
@given(ledgers(), st.sampled_from(sorted(PLACES)), knowns, layouts)
def test_the_history_of_a_place_is_what_timeline_gives(ledger, place, known, layout):
    with tempfile.TemporaryDirectory() as folder:
        file, episodes = resolved(Path(folder), ledger, layout=layout), resolve(ledger)
        found = file.about(PLACES)
        assert list(timeline(found, place, known=known)) == list(timeline(episodes, place, known=known))
        only = file.about({place})
        assert set(only.claims.place.take(only.row)) <= {place}
        expected = sum(episodes.claims.place.take(episodes.row) == place)
        assert len(only) == expected


def test_row_groups_that_cannot_hold_the_point_are_not_read(tmp_path, monkeypatch):
    file = resolved(tmp_path, small(tuple(PLACES), claims=9), layout=(2**20, 5))
    read = []
    original = slices.read_group

    def counted(path, opened, groups, columns, **how):
        read.extend(groups)
        return original(path, opened, groups, columns, **how)

    monkeypatch.setattr(slices, "read_group", counted)
    total = pq.ParquetFile(file.parts.files[0]).num_row_groups
    day = parse_day("2024-01-03")
    assert file.holding(parse_day("2024-01-01") - 9).num_rows == 0
    assert read == []
    # Of each place the last claim holds from its day on; the eight before it hold until the next one is known.
    assert file.holding(day, columns=["claim"]).num_rows == 5
    assert 0 < len(read) < total


def test_groups_of_other_places_are_not_read(tmp_path, monkeypatch):
    file = resolved(tmp_path, small(tuple(PLACES), claims=4), layout=(1, 2))
    read = []
    original = slices.read_group
    monkeypatch.setattr(slices, "read_group", lambda path, *rest, **how: read.append(path.name) or original(path, *rest, **how))
    found = file.about({"dun"})
    assert set(found.claims.place.take(found.row)) == {"dun"}
    assert set(read) == {"part-00000.parquet"}
    read.clear()
    assert len(file.about({"nowhere"})) == 0
    assert set(read) <= {"part-00001.parquet", "part-00002.parquet"}


def test_a_file_without_statistics_gives_the_same(tmp_path):
    ledger = small(tuple(PLACES), claims=4)
    file = resolved(tmp_path, ledger)
    path = file.parts.files[0]
    pq.write_table(pq.read_table(path), path, write_statistics=False, row_group_size=3)
    bare = ResolvedFile(Parts.of(path))
    day = parse_day("2024-01-02")
    assert rows(bare.point(day, day), day, day) == rows(resolve(ledger), day, day)
    assert len(bare.about({"dun"})) == len(file.about({"dun"}))


def test_only_the_columns_that_are_asked_for(tmp_path):
    file = resolved(tmp_path, small())
    found = file.holding(parse_day("2024-06-01"), columns=["claim", "low"])
    assert found.column_names == ["claim", "low"]
    assert found.column("low").to_pylist() == [100, 100, 100]


def test_claims_are_not_asked(tmp_path):
    path = written(table(), tmp_path / "claims.parquet")
    with pytest.raises(InputProblems) as raised:
        ResolvedFile(Parts.of(path)).point(0)
    assert {one.code for one in raised.value.problems} == {"table-column"}


def test_what_another_program_spoilt_is_said(tmp_path):
    file = resolved(tmp_path, small())
    path = file.parts.files[0]
    found = pq.read_table(path)
    at = found.schema.get_field_index("place")
    field = found.schema.field(at)
    spoilt = found.column(at).cast("string").to_pylist()
    spoilt[0] = "atlantis"
    pq.write_table(found.set_column(at, field, pa.array(spoilt).dictionary_encode()), path)
    assert refusal(ResolvedFile(Parts.of(path)).about, {"atlantis"}).code == "place-unknown"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("valid_from", None),
        ("valid_to", None),
        ("episode_known_to", None),
        ("certainty", None),
        ("certainty", "?"),
        ("valid_from", LAST_DAY + 1),
        ("valid_from", FIRST_DAY - 1),
        ("valid_to", LAST_DAY + 2),
        ("valid_to", FIRST_DAY),
        ("episode_known_from", NO_START),
        ("episode_known_from", LAST_DAY + 1),
        ("episode_known_to", NO_END - 1),
    ],
)
def test_a_rectangle_without_its_days_or_certainty_is_refused(tmp_path, column, value):
    """Found by spoiling resolved files value by value."""
    ledger = read(ROOT / "data")
    claims, path = tmp_path / "claims.parquet", tmp_path / "episodes.parquet"
    pack(ledger, claims)
    resolve_file(claims, path)
    table = pq.read_table(path)
    at = table.schema.get_field_index(column)
    field = table.schema.field(at)
    values = [value, *table.column(at).to_pylist()[1:]]
    pq.write_table(table.set_column(at, pa.field(column, field.type), pa.array(values, field.type)), path)
    with pytest.raises(InputProblems) as refused:
        ResolvedFile(Parts.of(path)).about(ledger.places)
    assert {problem.code for problem in refused.value.problems} == {"table-value"}


def test_codes_of_words_may_be_of_any_kind_of_whole_number(tmp_path):
    """Found by spoiling the schema that Arrow keeps in a file."""
    file = resolved(tmp_path, small())
    path = file.parts.files[0]
    expected = rows(file.point(BASE), BASE, None)
    found = pq.read_table(path)
    columns = [
        column.cast(pa.dictionary(pa.uint32(), pa.string())) if pa.types.is_dictionary(column.type) else column
        for column in found.columns
    ]
    pq.write_table(pa.table(columns, names=found.column_names).replace_schema_metadata(found.schema.metadata), path)
    again = ResolvedFile(Parts.of(path))
    # Older Arrows read all codes as int32.
    assert rows(again.point(BASE), BASE, None) == expected != []


def test_a_footer_that_contradicts_itself_is_refused(tmp_path):
    """Found by spoiling footers: Arrow would end the process, which no test in it could tell."""
    path = resolved(tmp_path, small()).parts.files[0]
    content = path.read_bytes()
    # The physical type of a column of a row group (field 1, INT32), before its encodings (field 2).
    assert content.count(b"\x15\x02\x19") > 4
    path.write_bytes(content.replace(b"\x15\x02\x19", b"\x15\x00\x19"))
    asked = [sys.executable, "-m", "geoposture", "at", "2024-06-01", "--data", str(path)]
    done = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{path}:1:1 table-file: ")
    assert done.stderr.count("\n") == 1


def test_slices_come_file_by_file(tmp_path, monkeypatch):
    monkeypatch.setattr(resolving, "BATCH", 1)
    pack(read(ROOT / "data"), tmp_path / "claims.parquet")
    resolve_file(tmp_path / "claims.parquet", tmp_path / "episodes.parquet")
    found = ResolvedFile(Parts.of(tmp_path / "episodes.parquet"))
    day = parse_day("2026-01-20")
    slices_ = list(found.slices(day, None, ("claim", "place")))
    assert len(slices_) == len(found.parts.files) > 20
    assert pa.concat_tables(slices_, promote_options="permissive").equals(found.holding(day, None, ("claim", "place")))
