"""What is packed comes back as it was written, and a table that does not follow from itself is told of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geoposture.errors import InputProblems
from geoposture.packing.parts import Parts
from geoposture.packing.unpacking import drifted, read_claims, unpacked
from geoposture.packing.writing import pack
from geoposture.reading import read

from ..conftest import ROOT


@pytest.fixture(scope="module")
def shipped():
    return read(ROOT / "data")


@pytest.fixture
def packed(shipped, tmp_path):
    path = tmp_path / "claims.parquet"
    pack(shipped, path)
    return path


def changed(path, name, value, row=0):
    """The same file with another value in one row of a column."""
    table = pq.read_table(path)
    at = table.schema.get_field_index(name)
    values = table.column(name).to_pylist()
    values[row] = value
    field = table.schema.field(name)
    pq.write_table(table.set_column(at, field, pa.array(values, field.type)), path)
    return Parts.of(path)


def test_the_ledger_comes_back_as_it_was(shipped, packed):
    found = unpacked(Parts.of(packed))
    assert (found.places, found.forces, found.sources) == (shipped.places, shipped.forces, shipped.sources)
    assert found.reports.keys() == shipped.reports.keys()
    for name, report in shipped.reports.items():
        claims = tuple(sorted(report.claims, key=lambda claim: claim.id))
        assert found.reports[name] == replace(report, claims=claims)


def test_a_packed_ledger_has_not_drifted(packed):
    assert drifted(Parts.of(packed)) == []


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("known_from", 11_000, "known from of "),
        ("withdrawn_from", 30_000, "withdrawn from of "),
        ("voice", "somebody", "voice does not follow"),
        ("qualified", True, "qualified of "),
    ],
)
def test_what_does_not_follow_is_told(packed, column, value, told):
    problems = drifted(changed(packed, column, value))
    assert {problem.code for problem in problems} == {"table-value"}
    assert any(told in problem.what for problem in problems)


def test_what_cannot_be_read_is_refused_with_its_row_and_code(packed):
    with pytest.raises(InputProblems) as refused:
        unpacked(changed(packed, "figure", "hordes", row=3))
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("figure-syntax", 4)


@pytest.mark.parametrize(("column", "value"), [("by", "nobody"), ("repeats", ["nobody", "antiwar-com"])])
def test_whoever_speaks_or_is_repeated_must_be_a_source(packed, column, value):
    """Found by spoiling footers: a recipe that named the voice failed where the check had passed. Of a report: tests/bad."""
    with pytest.raises(InputProblems) as refused:
        unpacked(changed(packed, column, value))
    assert {(one.code, one.what) for one in refused.value.problems} == {("source-unknown", '"nobody" is unknown.')}


def test_whoever_has_no_name_need_not_be_a_source(packed):
    found = unpacked(changed(packed, "by", "unnamed-neighbours"))
    assert any(claim.by == "unnamed-neighbours" for _, claim in found.claims())


@pytest.mark.parametrize("column", ["title", "report_repeats", "by"])
def test_a_column_of_the_rest_that_holds_bytes_is_refused(packed, column):
    table = pq.read_table(packed)
    at = table.schema.get_field_index(column)
    nothing = pa.nulls(len(table), pa.list_(pa.binary()) if column == "report_repeats" else pa.binary())
    pq.write_table(table.set_column(at, column, nothing), packed)
    with pytest.raises(InputProblems) as refused:
        unpacked(Parts.of(packed))
    assert {problem.code for problem in refused.value.problems} == {"table-column"}


def test_a_table_without_the_rest_still_gives_claims(packed):
    table = pq.read_table(packed)
    pq.write_table(table.drop_columns(["figure", "title", "by", "repeats", "report_repeats", "note"]), packed)
    parts = Parts.of(packed)
    found = unpacked(parts)
    claims = read_claims(parts)
    assert sum(len(claim.places) for _, claim in found.claims()) == len(claims)
    figures = {claim.id: claim.personnel for _, claim in found.claims() if claim.personnel is not None}
    low = {name: int(value) for name, value in zip(claims.claim.take(np.arange(len(claims))), claims.low, strict=True)}
    assert figures
    assert all(figure.low is None or figure.low == low[name] for name, figure in figures.items())
