"""Every format: what it holds, what it escapes, what it refuses."""

from __future__ import annotations

import csv
import io
import json

import pytest

from geoposture.errors import UsageError
from geoposture.formats import FORMATS, encode, export
from geoposture.frames import CHANGES, TOTALS, Table

CHANGE = {
    "place": "dun", "place_name": "=cmd|' /C calc'!A0", "force": "red", "before": "present", "after": "absent",
    "low_before": 100, "high_before": None, "low_after": 0, "high_after": 0, "delta_low": None, "delta_high": -100,
    "change": "now_absent", "revised": True, "evidence_before": ("a#1", "b#1"), "evidence_after": (), "geometry": (4.6, 45.2),
}  # fmt: skip
TABLE = Table.of(CHANGES, [CHANGE])


def test_json_is_an_array_of_objects_with_the_columns_as_keys():
    (row,) = json.loads(encode(TABLE, "json"))
    assert list(row) == list(CHANGES)
    assert row["delta_high"] == -100
    assert row["high_before"] is None
    assert row["evidence_before"] == ["a#1", "b#1"]
    assert row["geometry"] == {"type": "Point", "coordinates": [4.6, 45.2]}


def test_an_empty_table_is_an_empty_answer():
    empty = Table.of(CHANGES, [])
    assert json.loads(encode(empty, "json")) == []
    assert json.loads(encode(empty, "geojson")) == {"type": "FeatureCollection", "features": []}
    assert list(csv.reader(io.StringIO(encode(empty, "csv").decode()))) == [list(CHANGES)]


def test_geojson_has_one_feature_for_each_row():
    (feature,) = json.loads(encode(TABLE, "geojson"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.6, 45.2]}
    assert list(feature["properties"]) == [name for name in CHANGES if name != "geometry"]


def test_geojson_of_a_table_without_geometry():
    row = dict.fromkeys(TOTALS) | {"area": "land", "sites": ("dun",)}
    (feature,) = json.loads(encode(Table.of(TOTALS, [row]), "geojson"))["features"]
    assert feature["geometry"] is None


def test_csv_disarms_formulas_in_text_but_leaves_numbers():
    (row,) = csv.DictReader(io.StringIO(encode(TABLE, "csv").decode()))
    assert row["place_name"] == "'=cmd|' /C calc'!A0"
    assert row["delta_high"] == "-100"
    assert row["evidence_before"] == "a#1; b#1"
    assert row["revised"] == "true"
    assert row["geometry"] == "POINT (4.6 45.2)"
    (raw,) = csv.DictReader(io.StringIO(encode(TABLE, "csv", raw=True).decode()))
    assert raw["place_name"] == CHANGE["place_name"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_start_of_a_formula_is_disarmed(start):
    table = Table.of(CHANGES, [CHANGE | {"place_name": start + "1"}])
    (row,) = csv.DictReader(io.StringIO(encode(table, "csv").decode(), newline=""))
    assert row["place_name"] == f"'{start}1"


@pytest.mark.parametrize("form", FORMATS)
def test_the_suffix_names_the_format(form, tmp_path):
    export(TABLE, tmp_path / f"rows.{form.upper()}")
    assert (tmp_path / f"rows.{form.upper()}").read_bytes() == encode(TABLE, form)


def test_another_suffix_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UsageError, match="geojson"):
        export(TABLE, tmp_path / "rows.shp")
    assert not list(tmp_path.iterdir())
