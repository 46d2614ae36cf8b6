"""Ledger → claims file: every claim and place has its row, and what people wrote is all there."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from geoposture.claims import records
from geoposture.errors import GeopostureError
from geoposture.packing import writing
from geoposture.packing.parts import Parts
from geoposture.packing.schema import CLAIMS, REST
from geoposture.packing.writing import pack, packed

from ..ledgers import ledgers
from .asking import small


@settings(max_examples=25, deadline=None)
@given(ledgers())
def test_a_row_for_each_claim_and_place(ledger):
    table = packed(ledger)
    table.validate(full=True)
    assert table.schema.remove_metadata().equals(pa.schema([*CLAIMS, *REST]))
    expected = [(place, record.claim.force, record.claim.id) for record in records(ledger) for place in record.claim.places]
    found = list(zip(*(table.column(name).to_pylist() for name in ("place", "force", "claim")), strict=True))
    assert found == sorted(expected)
    assert all(table.column(field.name).null_count == 0 for field in table.schema if not field.nullable)


@settings(max_examples=25, deadline=None)
@given(ledgers())
def test_nothing_that_people_wrote_is_lost(ledger):
    by_id = {record.claim.id: record for record in records(ledger)}
    for row in packed(ledger).to_pylist():
        record = by_id[row["claim"]]
        claim, report = record.claim, record.report
        assert (row["report"], row["publisher"], row["voice"], row["published"]) == (
            report.id,
            report.publisher,
            record.voice,
            report.published,
        )
        assert (row["status"], row["modality"], row["by"], row["replaces"]) == (
            claim.status,
            claim.modality,
            claim.by,
            claim.replaces,
        )
        assert row["report_repeats"] == (list(report.repeats) or None)
        written = claim.personnel or claim.change
        assert row["figure"] == (written.text if written else None)
        several = len(claim.places) > 1
        assert row["place_number"] == (claim.places.index(row["place"]) + 1 if several else None)
        if claim.personnel and several:
            assert (row["shared_low"], row["shared_high"], row["low"], row["high"]) == (written.low, written.high, None, None)
            assert row["shared_with"] == sorted(set(claim.places) - {row["place"]})
        else:
            assert row["shared_with"] == []


def test_the_file_holds_the_table(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "ROW_GROUP", 2)
    path = tmp_path / "claims.parquet"
    assert pack(small(), path) == 6
    assert pq.read_table(path).equals(packed(small()))
    assert pq.read_metadata(path).num_row_groups == 3
    assert (Parts.of(path).kind, Parts.of(path).rows()) == ("claims", 6)
    first = path.read_bytes()
    pack(small(), path)
    assert path.read_bytes() == first


def test_a_ledger_without_claims_makes_an_empty_table(tmp_path):
    ledger = small(claims=0)
    assert pack(ledger, tmp_path / "claims.parquet") == 0
    assert Parts.of(tmp_path / "claims.parquet").ledger.places == dict(sorted(ledger.places.items()))


def test_what_cannot_be_written_is_said_in_a_line(tmp_path):
    with pytest.raises(GeopostureError, match="cannot be written") as raised:
        pack(small(), tmp_path / "nowhere" / "claims.parquet")
    assert "\n" not in str(raised.value)
    with pytest.raises(GeopostureError, match="not a file"):
        pack(small(), tmp_path)


def test_a_table_that_cannot_be_read_back_does_not_take_the_place_of_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "claims.parquet"
    pack(small(), path)
    before = path.read_bytes()
    other = writing.encoded(packed(small(claims=3)))
    monkeypatch.setattr(writing, "encoded", lambda table: other)
    with pytest.raises(GeopostureError, match="9 of 6 rows"):
        pack(small(), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
