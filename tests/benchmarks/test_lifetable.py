"""The synthetic claims: the same for the same seed, and a claims table to the letter."""

import itertools
import json

import lifetable
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from lifeworld import registry

from geoposture.dates import parse_period, parse_when
from geoposture.stretches import CERTAIN, POSSIBLE, UNBOUNDED, stretches

CLAIMS = 20_000
BOUNDS = ("unbounded_from", "possible_from", "certain_from", "certain_to", "possible_to", "unbounded_to")


@pytest.fixture(scope="module")
def table():
    return lifetable.table(CLAIMS)


@pytest.fixture(scope="module")
def rows(table):
    return table.to_pylist()


def test_the_same_for_the_same_seed_and_another_for_another(table):
    assert lifetable.table(CLAIMS).equals(table)
    assert not lifetable.table(CLAIMS, seed=2)["known_from"].equals(table["known_from"])


def test_columns_and_nulls_are_as_the_schema_says(table):
    assert len(table) == CLAIMS
    assert table.schema.equals(lifetable.COLUMNS)
    for field in table.schema:
        assert field.nullable or table[field.name].null_count == 0, field.name


def test_blocks_have_whole_places_in_order_and_repeat_alone(monkeypatch):
    monkeypatch.setattr(lifetable, "BLOCK", 2000)
    blocks = list(lifetable.batches(CLAIMS))
    assert len(blocks) > 5
    places = [pc.unique(block["place"].cast(pa.string())).to_pylist() for block in blocks]
    flat = list(itertools.chain(*places))
    assert flat == sorted(set(flat))
    third = next(itertools.islice(lifetable.batches(CLAIMS), 2, None))
    assert third.equals(blocks[2])


def test_claims_stand_in_order_inside_their_place_and_no_claim_is_there_twice(rows):
    keys = [(row["place"], row["claim"]) for row in rows]
    assert keys == sorted(set(keys))


def test_bounds_are_what_the_written_time_means(rows):
    for row in rows:
        time = None if row["when"] is None else parse_when(row["when"])
        published = parse_period(row["published"])
        assert row["known_from"] == published.last
        assert row["qualified"] == (time is not None and time.qualified)
        expected = stretches(time, published, reported=row["modality"] == "reported")
        assert _stretches(*(row[name] for name in BOUNDS)) == expected, row


def _stretches(ever, first, certain, certain_end, last, unbounded):
    assert (certain is None) == (certain_end is None)
    if certain is None:
        parts = [(ever, first, UNBOUNDED), (first, last, POSSIBLE), (last, unbounded, UNBOUNDED)]
    else:
        assert certain < certain_end
        parts = [(ever, first, UNBOUNDED), (first, certain, POSSIBLE), (certain, certain_end, CERTAIN)]
        parts += [(certain_end, last, POSSIBLE), (last, unbounded, UNBOUNDED)]
    assert all(start <= end for start, end, _ in parts)
    return tuple(part for part in parts if part[0] < part[1])


def test_a_claim_has_a_strength_or_a_change_or_neither(rows):
    for row in rows:
        own, change, shared = (row[f"{part}low"] or row[f"{part}high"] for part in ("", "change_", "shared_"))
        assert sum(figure is not None for figure in (own, change, shared)) <= 1
        assert (row["status"] is None) == (change is not None)
        assert row["status"] == "present" or (own is None and shared is None)
        assert bool(row["shared_with"]) == (shared is not None)
        assert not row["approx"] or (own or change or shared)


def test_a_shared_figure_is_one_claim_about_two_places(rows):
    by_claim = {}
    for row in rows:
        by_claim.setdefault(row["claim"], []).append(row)
    several = [found for found in by_claim.values() if len(found) > 1]
    shared = [found for found in several if found[0]["shared_with"]]
    assert shared
    for one, other in several:
        apart = {"place": 0, "shared_with": 0, "place_number": 0}
        assert one | apart == other | apart
        assert {one["place_number"], other["place_number"]} == {1, 2}
    for one, other in shared:
        assert (one["shared_with"], other["shared_with"]) == ([other["place"]], [one["place"]])
    assert sum(bool(row["shared_with"]) for row in rows) == 2 * len(shared)


def test_a_report_has_one_publisher_day_and_address(rows):
    facts = {(row["report"], row["publisher"], row["published"], row["url"]) for row in rows}
    assert len({report for report, *_ in facts}) == len(facts)
    assert all(row["claim"].startswith(row["report"] + "#") for row in rows)
    assert all(row["withdrawn_from"] > row["known_from"] for row in rows)


def test_shares_are_like_life(table):
    def share(found):
        return pc.mean(found.cast(pa.float64()).combine_chunks()).as_py()

    text = table["when"].cast(pa.string())
    assert share(pc.fill_null(pc.ends_with(text, "/.."), True)) == pytest.approx(0.6, abs=0.02)  # noqa: FBT003
    assert share(pc.equal(table["modality"], "reported")) == pytest.approx(0.8, abs=0.02)
    assert share(table["status"].is_null()) == pytest.approx(0.05, abs=0.02)
    assert share(pc.equal(pc.fill_null(table["status"].cast(pa.string()), ""), "absent")) == pytest.approx(0.2, abs=0.04)
    assert share(pc.less(table["withdrawn_from"], 2**31 - 1)) == pytest.approx(0.03, abs=0.01)
    assert share(table["certain_from"].is_null()) > 0.05
    hot = np.sort(pc.value_counts(table["place"].combine_chunks()).field("counts").to_numpy())
    assert hot[-1] > 10 * np.median(hot)


def test_the_registry_knows_every_id_and_its_chains_end():
    world = registry(lifetable.places_for(CLAIMS))
    table = lifetable.table(CLAIMS)
    named = {kind: {entry["id"]: entry for entry in entries} for kind, entries in world.items()}
    for column, kind in (("place", "places"), ("force", "forces"), ("publisher", "sources"), ("voice", "sources")):
        assert set(pc.unique(table[column].cast(pa.string())).to_pylist()) <= named[kind].keys()
    for kind, up in (("places", "within"), ("forces", "part_of")):
        for entry in world[kind]:
            steps, at = 0, entry
            while up in at:
                at, steps = named[kind][at[up]], steps + 1
                assert steps < 5
    assert json.loads(table.schema.metadata[b"geoposture"]) == {"format": 1, "kind": "claims", **world}


def test_the_file_holds_the_same_rows_and_each_row_group_only_its_words(tmp_path, rows, monkeypatch):
    monkeypatch.setattr(lifetable, "ROW_GROUP", 4096)
    path = tmp_path / "claims.parquet"
    lifetable.write(path, CLAIMS)
    assert pq.read_table(path).to_pylist() == rows
    assert pq.ParquetFile(path).metadata.num_row_groups == 5
    part = lifetable.compact(lifetable.table(CLAIMS).slice(4096, 500))
    words = part["report"].chunk(0).dictionary
    assert set(words.to_pylist()) == {row["report"] for row in rows[4096:4596]}
