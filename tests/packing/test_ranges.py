"""Ranges of whole places: all rows, in order, no larger than they must be, from any number of files and row groups."""

from __future__ import annotations

import tempfile
from itertools import groupby, pairwise
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.packing.parts import ABOUT, Parts
from geoposture.packing.ranges import Range, Rows, ranges

from .asking import refusal, table, written

PLACES = ("dun", "land", "ox", "quay", "west")


def folder_of(found, folder, cuts, group):
    """The rows in several files, cut at these rows."""
    folder.mkdir()
    edges = [0, *sorted(cuts), len(found)]
    for number, (start, stop) in enumerate(pairwise(edges)):
        written(found.slice(start, stop - start), folder / f"part-{number:05}.parquet", row_group_size=group)
    (folder / ABOUT).write_bytes(found.schema.metadata[b"geoposture"])
    return Rows.of(Parts.of(folder))


def of_places(names):
    """A row of the small table for each name."""
    whole = table()
    rows = whole.take(pa.array([0] * len(names), pa.int64()))
    place = rows.schema.get_field_index("place")
    return rows.set_column(
        place, rows.schema.field(place).with_nullable(nullable=True), pa.array(names, pa.string()).dictionary_encode()
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), max_size=5), st.integers(1, 8), st.integers(1, 4), st.data())
def test_ranges_hold_whole_places_and_as_many_as_fit(sizes, size, group, data):
    names = [place for place, many in zip(PLACES, sizes, strict=False) for _ in range(many)]
    cuts = data.draw(st.lists(st.integers(0, len(names)), max_size=3))
    with tempfile.TemporaryDirectory() as name:
        rows = folder_of(of_places(names), Path(name) / "claims", cuts, group)
        found = ranges(rows, size)
        assert len(rows) == len(names)
        assert [one.number for one in found] == list(range(len(found)))
        assert [row for one in found for row in range(one.start, one.stop)] == list(range(len(names)))
        runs = [names[one.start : one.stop] for one in found]
        assert sum(len(set(run)) for run in runs) == len(sizes)
        assert all(len(run) <= size or len(set(run)) == 1 for run in runs)
        first = [next(len(list(many)) for _, many in groupby(run)) for run in runs if run]
        assert all(len(run) + more > size for run, more in zip(runs, first[1:], strict=False))
        for one in found:
            read = [place for part in rows.groups(["place"], one.start, one.stop) for place in part.column(0).to_pylist()]
            assert read == names[one.start : one.stop]


def test_there_is_always_a_range(tmp_path):
    assert ranges(folder_of(of_places([]), tmp_path / "claims", [], 1), 5) == [Range(0, 0, 0)]


@pytest.mark.parametrize("group", [1, 2, 100])
def test_a_place_that_comes_back_is_named_with_its_row(tmp_path, group):
    rows = folder_of(of_places(["dun", "dun", "ox", "west", "ox", "dun"]), tmp_path / "claims", [3], group)
    problem = refusal(ranges, rows, 2)
    assert (problem.code, problem.line) == ("table-order", 5)
    assert '"ox"' in problem.what


def test_rows_without_a_place_are_a_place(tmp_path):
    """They are refused when they are read, with all else that is wrong in their range."""
    rows = folder_of(of_places([None, None, "dun"]), tmp_path / "claims", [], 2)
    assert ranges(rows, 1) == [Range(0, 0, 2), Range(1, 2, 3)]


def test_plain_words_and_a_single_file(tmp_path):
    found = table()
    plain = found.set_column(1, pa.field("place", pa.string()), found.column("place").cast(pa.string()))
    sizes = [2] * (len(found) // 2)
    for one in (found, plain):
        rows = Rows.of(Parts.of(written(one, tmp_path / "c.parquet", row_group_size=3)))
        assert [part.stop - part.start for part in ranges(rows, 2)] == sizes
