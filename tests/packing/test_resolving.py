"""Claims file → resolved file: the episodes of resolve, in batches of any size, and on again after a kill."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.errors import UsageError
from geoposture.files import WriteError
from geoposture.packing import placing, resolving, writing
from geoposture.packing.parts import ABOUT, Parts
from geoposture.packing.registry import Registry
from geoposture.packing.resolved import resolved_groups, resolved_table
from geoposture.packing.resolving import resolve_file
from geoposture.packing.schema import RECTANGLES, RESOLVED
from geoposture.packing.writing import pack, packed
from geoposture.resolution import resolve
from geoposture.timeslice import everything

from ..ledgers import ledgers
from .asking import GROUPINGS, refusal, saying, small, table, written

PLACES = ("dun", "land", "ox", "quay", "west")
NEVER = 2**31 - 1


@pytest.fixture
def tiny(monkeypatch):
    """Parts of one place each, row groups of two rows."""
    for module in (resolving, writing):
        monkeypatch.setattr(module, "ROW_GROUP", 2)
    monkeypatch.setattr(resolving, "BATCH", 1)


def episodes_of(path):
    """Every rectangle of a resolved file, in one order."""
    table_ = pa.concat_tables([pq.read_table(file) for file in Parts.of(path).files], promote_options="permissive")
    names = ("claim", "place", "source", "certainty", *RECTANGLES.names[2:])
    return sorted(zip(*(table_.column(name).to_pylist() for name in names), strict=True))


def expected(ledger, by):
    episodes = resolve(ledger, by=by)
    certainty = [("unbounded", "possible", "certain")[code] for code in episodes.certainty]
    source = episodes.source.take(episodes.row)
    claim, place = (column.take(episodes.row) for column in (episodes.claims.claim, episodes.claims.place))
    days = (episodes.valid_from, episodes.valid_to, episodes.known_from, episodes.known_to)
    return sorted(zip(claim, place, source, certainty, *(column.tolist() for column in days), strict=True))


def tree(path):
    """Every byte of a file, or of a folder."""
    if path.is_file():
        return path.read_bytes()
    return {file.name: file.read_bytes() for file in path.iterdir()}


@settings(max_examples=30, deadline=None)
@given(ledgers(), st.sampled_from(GROUPINGS), st.sampled_from([1, 3, 2**20]), st.sampled_from([1, 2, 2**17]))
def test_the_episodes_are_those_of_resolve(ledger, by, batch, group):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolving, "BATCH", batch)
        for module in (resolving, writing):
            patch.setattr(module, "ROW_GROUP", group)
        source, target = Path(name) / "claims.parquet", Path(name) / "episodes.parquet"
        pack(ledger, source)
        count = resolve_file(source, target, by=by)
        found = episodes_of(target)
        assert found == expected(ledger, by)
        assert count == len(found) == len(everything(resolve(ledger, by=by)))
        assert (Parts.of(target).kind, Parts.of(target).about["by"]) == ("episodes", by)
        assert sorted(one.name for one in Path(name).iterdir()) == ["claims.parquet", "episodes.parquet"]
        places = pq.read_table(source, columns=["place"]).column(0).to_pylist()
        assert target.is_dir() == (batch == 1 and len(set(places)) > 1) or batch == 3


def test_a_resolved_table_has_the_columns_of_both():
    found = resolved_table(table(), Registry.of(small()), "report", "f")
    assert found.schema.remove_metadata() == RESOLVED
    found.validate(full=True)
    assert pc.all(pc.equal(found.column("source").cast(pa.string()), found.column("report").cast(pa.string()))).as_py()


@settings(max_examples=40, deadline=None)
@given(ledgers(), st.integers(1, 5))
def test_what_holds_without_end_stands_in_the_first_row_groups(ledger, rows):
    """From row group to row group the days ascend; within each the rows stand by place, force and claim."""
    groups = list(resolved_groups(packed(ledger), Registry.of(ledger), "publisher", "f", rows))
    assert all(len(group) == rows for group in groups[:-1])
    keys = [sorted(map(_standing, group.to_pylist())) for group in groups if len(group)]
    assert all(one[-1] <= two[0] for one, two in pairwise(keys))
    for group in groups:
        current = [row for row in group.to_pylist() if row["episode_known_to"] == NEVER]
        lines = [(row["place"], row["force"], row["claim"]) for row in current]
        assert lines == sorted(lines)


def _standing(row):
    """By what the row groups of a part ascend."""
    known, start, end = (row[name] for name in ("episode_known_to", "valid_from", "valid_to"))
    long = end != NEVER and end - start > 365
    return (known != NEVER, end != NEVER, end != NEVER and not long, end if long else start)


def test_columns_are_packed_as_the_page_says(tmp_path):
    """docs/scale.md, "The resolved table"."""
    pack(small(PLACES), tmp_path / "c.parquet")
    resolve_file(tmp_path / "c.parquet", tmp_path / "e.parquet")
    group = pq.read_metadata(tmp_path / "e.parquet").row_group(0)
    columns = {group.column(number).path_in_schema: group.column(number) for number in range(group.num_columns)}
    steps = {name for name, one in columns.items() if "DELTA_BINARY_PACKED" in one.encodings}
    assert steps == {"known_from", "possible_from", "certain_from", *RECTANGLES.names[2:]}
    assert {columns[name].compression for name in steps} == {"UNCOMPRESSED"}
    assert {name for name, one in columns.items() if one.compression == "ZSTD"} == {"report", "url"}
    assert {one.compression for name, one in columns.items() if name not in (*steps, "report", "url")} == {"LZ4"}
    place = columns["place"].statistics
    assert (place.min, place.max) == (PLACES[0], PLACES[-1])


def test_progress_counts_claims_up_to_all(tmp_path, tiny):
    pack(small(PLACES), tmp_path / "c.parquet")
    told = []
    resolve_file(tmp_path / "c.parquet", tmp_path / "e.parquet", progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 10), (4, 10), (6, 10), (8, 10), (10, 10)]


@pytest.mark.parametrize("there", [True, False])
def test_memory_is_taken_as_before_afterwards(tmp_path, monkeypatch, there):
    if not there:
        monkeypatch.setattr(pa, "jemalloc_memory_pool", _missing)
    before, pools = pa.default_memory_pool().backend_name, []
    pack(small(PLACES), tmp_path / "c.parquet")
    resolve_file(
        tmp_path / "c.parquet", tmp_path / "e.parquet", progress=lambda *_: pools.append(pa.default_memory_pool().backend_name)
    )
    assert there or pools == [before]
    assert pa.default_memory_pool().backend_name == before


def _missing():
    raise NotImplementedError


def _run(source, target, kill_at, torn):
    """Resolve in this process and end it, without any farewell, in the middle of writing the part of this number."""
    resolving.BATCH, resolving.ROW_GROUP = 1, 2
    whole = resolving._write_part

    def write(schema, groups, path):
        if path.name.startswith(f".part-{kill_at:05}.parquet."):
            if torn:
                path.write_bytes(b"PAR1 torn")
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(schema, groups, path)

    resolving._write_part = write
    resolve_file(source, target)


@pytest.mark.parametrize(("kill_at", "torn"), [(0, True), (1, False), (2, True), (4, True)])
def test_a_run_that_was_killed_goes_on_to_the_same_table(tmp_path, tiny, kill_at, torn):
    source, clean, target = (tmp_path / name for name in ("claims.parquet", "clean.parquet", "episodes.parquet"))
    pack(small(PLACES, claims=5), source)
    resolve_file(source, clean)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(source, target, kill_at, torn))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert not target.exists()
    before = {path.name: path.stat().st_ino for path in tmp_path.glob(".episodes.parquet.parts/part-*")}
    resolve_file(source, target)
    assert tree(target) == tree(clean)
    kept = {path.name for path in target.iterdir() if path.stat().st_ino == before.get(path.name)}
    # Parts are written two at a time: of those before at most one is not there, and the others are not made again.
    assert len({f"part-{number:05}.parquet" for number in range(kill_at)} - kept) <= 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.parquet", "clean.parquet", "episodes.parquet"]


@settings(max_examples=15, deadline=None)
@given(ledgers(max_reports=8), st.integers(0, 6), st.sampled_from([1, 2, 4]), st.data())
def test_whatever_parts_are_there_the_table_is_the_same(ledger, group, batch, data):
    """Parts of an earlier run of the same claims that are missing, torn or cut change nothing, to the byte."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolving, "BATCH", batch)
        for module in (resolving, writing):
            patch.setattr(module, "ROW_GROUP", group + 1)
        folder = Path(name)
        source, clean, target = folder / "claims.parquet", folder / "clean.parquet", folder / "episodes.parquet"
        pack(ledger, source)
        resolve_file(source, clean)
        with pytest.MonkeyPatch.context() as stopping:
            stopping.setattr(resolving.Work, "finish", _stop)
            with pytest.raises(KeyboardInterrupt):
                resolve_file(source, target)
        for part in sorted((folder / ".episodes.parquet.parts").glob("part-*")):
            fate = data.draw(st.sampled_from(["kept", "kept", "kept", "gone", "torn"]))
            if fate == "gone":
                part.unlink()
            elif fate == "torn":
                part.write_bytes(part.read_bytes()[:-9])
        resolve_file(source, target)
        assert tree(target) == tree(clean)


def _stop(*_):
    raise KeyboardInterrupt


def test_claims_that_changed_start_anew(tmp_path, tiny, monkeypatch):
    source, target = tmp_path / "claims.parquet", tmp_path / "episodes.parquet"
    pack(small(PLACES, claims=1), source)
    with monkeypatch.context() as patch:
        patch.setattr(resolving.Work, "finish", _stop)
        with pytest.raises(KeyboardInterrupt):
            resolve_file(source, target)
    assert len(list((tmp_path / ".episodes.parquet.parts").glob("part-*"))) > 2
    ledger = small(PLACES[:3], claims=4)
    pack(ledger, source)
    resolve_file(source, target)
    assert episodes_of(target) == expected(ledger, "publisher")
    resolve_file(source, target, by="report")
    assert episodes_of(target) == expected(ledger, "report")


@pytest.mark.parametrize("old", ["file", "folder"])
@pytest.mark.parametrize("new", ["file", "folder"])
def test_a_table_takes_the_place_of_another(tmp_path, monkeypatch, old, new):
    source, target = tmp_path / "claims.parquet", tmp_path / "episodes.parquet"
    sizes = {"file": 2**20, "folder": 1}
    for kind, claims in ((old, 1), (new, 3)):
        monkeypatch.setattr(resolving, "BATCH", sizes[kind])
        pack(small(PLACES, claims=claims), source)
        resolve_file(source, target)
        assert target.is_file() == (kind == "file")
        assert episodes_of(target) == expected(small(PLACES, claims=claims), "publisher")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.parquet", "episodes.parquet"]


@pytest.mark.parametrize("moment", ["before", "between", "after"])
@pytest.mark.parametrize("old", ["file", "folder"])
def test_a_kill_while_it_takes_its_place_loses_neither(tmp_path, tiny, monkeypatch, moment, old):
    source, target = tmp_path / "claims.parquet", tmp_path / "episodes.parquet"
    pack(small(PLACES, claims=1), source)
    with monkeypatch.context() as patch:
        patch.setattr(resolving, "BATCH", 2**20 if old == "file" else 1)
        resolve_file(source, target)
    before, ledger = tree(target), small(PLACES, claims=3)
    pack(ledger, source)
    steps = {"before": ("rename", 0), "between": ("replace", 0), "after": ("replace", 1)}
    with monkeypatch.context() as patch:
        _interrupt(patch, target, *steps[moment])
        with pytest.raises(KeyboardInterrupt):
            resolve_file(source, target)
    placing.recover(target)
    now = tree(target)
    assert now == before if moment != "after" else episodes_of(target) == expected(ledger, "publisher")
    resolve_file(source, target)
    assert episodes_of(target) == expected(ledger, "publisher")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.parquet", "episodes.parquet"]


def _interrupt(patch, target, method, after):
    """Stop where the target is moved aside, or the new table is moved to its place."""
    original = getattr(Path, method)

    def moved(self, other):
        ours = target in (self, Path(other))
        if ours and not after:
            raise KeyboardInterrupt
        found = original(self, other)
        if ours:
            raise KeyboardInterrupt
        return found

    patch.setattr(Path, method, moved)


def test_places_that_come_back_are_refused_before_anything_is_written(tmp_path, tiny):
    source, target = tmp_path / "claims.parquet", tmp_path / "episodes.parquet"
    whole = table()
    written(pa.concat_tables([whole.slice(0, 1), whole.slice(2), whole.slice(1, 1)]), source, row_group_size=2)
    problem = refusal(resolve_file, source, target)
    assert (problem.code, problem.file, problem.line) == ("table-order", str(source), 6)
    assert '"dun"' in problem.what
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.parquet"]


def test_the_row_that_is_wrong_is_that_of_the_file(tmp_path, tiny):
    source = written(
        table(known_from=lambda values: [*values[:4], 3_000_000, *values[5:]]), tmp_path / "claims.parquet", row_group_size=2
    )
    problem = refusal(resolve_file, source, tmp_path / "e.parquet")
    assert (problem.code, problem.file, problem.line) == ("table-value", str(source), 5)
    assert [one.name for one in tmp_path.iterdir()] == ["claims.parquet"]


def test_what_cannot_be_resolved(tmp_path):
    source, target = written(table(), tmp_path / "claims.parquet"), tmp_path / "episodes.parquet"
    with pytest.raises(UsageError, match='by "moon" is unknown'):
        resolve_file(source, target, by="moon")
    resolve_file(source, target)
    assert refusal(resolve_file, target, tmp_path / "again.parquet").code == "table-footer"
    assert (
        refusal(resolve_file, written(saying(table(), places=[]), tmp_path / "lost.parquet"), tmp_path / "x.parquet").code
        == "place-unknown"
    )
    with pytest.raises(WriteError, match="would overwrite what it is made from"):
        resolve_file(source, source)
    (tmp_path / "data").mkdir()
    (tmp_path / "link.parquet").symlink_to(target)
    for name, says in (("data", "folder of something else"), ("link.parquet", "symbolic link"), ("no/e.parquet", "no folder")):
        with pytest.raises(WriteError, match=says) as raised:
            resolve_file(source, tmp_path / name)
        assert "\n" not in str(raised.value)
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == ["claims.parquet", "data", "episodes.parquet", "link.parquet", "lost.parquet"]


def test_a_folder_of_claims_is_resolved_like_a_file(tmp_path, tiny):
    whole = packed(small(PLACES))
    (tmp_path / "claims").mkdir()
    for number, start in enumerate(range(0, len(whole), 3)):
        written(whole.slice(start, 3), tmp_path / "claims" / f"part-{number:05}.parquet")
    (tmp_path / "claims" / ABOUT).write_bytes(whole.schema.metadata[b"geoposture"])
    assert resolve_file(tmp_path / "claims", tmp_path / "e.parquet") == len(expected(small(PLACES), "publisher"))
    assert episodes_of(tmp_path / "e.parquet") == expected(small(PLACES), "publisher")
