"""The layers of an export: rows as known today, sites, and areas with their outlines."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given, settings

from geoposture.errors import UsageError
from geoposture.formats import qgis_project
from geoposture.layers import areas, export, export_with_project, land, layers, rows, sites
from geoposture.ledger import Ledger, Place
from geoposture.outlines import outlines
from geoposture.reading import read
from geoposture.resolution import resolve
from geoposture.timeslice import at, everything
from tests.ledgers import days, ledgers

IRAQ = {
    place.id: place
    for place in (
        Place("iraq", "Iraq", "country", 33.2, 43.7, iso="IQ"),
        Place("federal-iraq", "Federal Iraq", "region", 32.0, 44.6, within="iraq"),
        Place("krg", "Kurdistan Region", "region", 36.0, 44.9, within="iraq", iso="IQ-KR"),
        Place("kirkuk", "Kirkuk", "province", 35.4, 44.3, within="federal-iraq", iso="IQ-KI"),
        Place("erbil", "Erbil", "province", 36.2, 44.0, within="krg", iso="IQ-AR"),
        Place("green-zone", "Green Zone", "region", 33.3, 44.4, within="federal-iraq"),
        Place("nowhere", "Nowhere", "country", 0.5, 0.5, iso="ZZ"),
        Place("asad", "Ain al-Asad", "air-base", 33.786, 42.441, within="federal-iraq", codes={"icao": "ORAA"}),
    )
}


@pytest.fixture(scope="module")
def shapes():
    found = outlines(Ledger(IRAQ))
    return {place: (outline.what, shapely.from_wkb(outline.shape)) for place, outline in found.items()}


@settings(max_examples=60, deadline=None)
@given(ledgers(), days)
def test_rows_are_on_every_day_what_at_lists(ledger, day):
    episodes = resolve(ledger)
    today = rows(everything(episodes))
    held = today.where(
        (row["valid_from"] is None or row["valid_from"] <= day) and (row["valid_to"] is None or day < row["valid_to"])
        for row in today
    )
    listed = at(episodes, day)
    names = [name for name in today.columns if name in listed.columns]
    key = [(row["place"], row["force"], row["claim"]) for row in held]
    ordered = [row for _, row in sorted(zip(key, held, strict=True), key=lambda pair: pair[0])]
    assert [{name: row[name] for name in names} for row in ordered] == [{name: row[name] for name in names} for row in listed]


def test_areas_are_drawn_by_their_codes(shapes):
    assert {place: what for place, (what, _) in shapes.items()} == {
        "iraq": "IQ", "federal-iraq": "IQ without IQ-KR", "krg": "IQ-KR", "kirkuk": "IQ-KI", "erbil": "IQ-AR",
    }  # fmt: skip


def test_federal_iraq_and_the_kurdistan_region_make_up_iraq(shapes):
    whole, federal, region = (shapes[name][1] for name in ("iraq", "federal-iraq", "krg"))
    assert federal.intersection(region).area < 1e-9
    assert whole.symmetric_difference(federal.union(region)).area < 0.001 * whole.area
    assert federal.covers(shapes["kirkuk"][1].buffer(-0.01))
    assert region.covers(shapes["erbil"][1].buffer(-0.01))
    assert federal.covers(shapely.Point(42.441, 33.786))
    assert len(federal.geoms) == 1


def test_outlines_run_counterclockwise(shapes):
    assert all(part.exterior.is_ccw for _, shape in shapes.values() for part in shape.geoms)
    assert all(shape.is_valid for _, shape in shapes.values())


def test_areas_keep_their_label_points_and_those_without_outline_have_no_geometry():
    table = areas(Ledger(IRAQ), outlines(Ledger(IRAQ)))
    found = {row["place"]: row for row in table}
    assert "asad" not in found
    assert (found["iraq"]["label_lon"], found["iraq"]["label_lat"]) == (43.7, 33.2)
    assert found["green-zone"]["geometry"] is None
    assert found["green-zone"]["within"] == ("federal-iraq", "iraq")
    (site,) = sites(Ledger(IRAQ))
    assert (site["place"], site["codes"], site["geometry"]) == ("asad", ("icao=ORAA",), (42.441, 33.786))


def test_one_layer_can_be_asked_for(worked, tmp_path):
    episodes = resolve(read(worked(9)))
    for layer, table in layers(episodes).items():
        export(episodes, tmp_path / f"{layer}.geojson", layer=layer)
        features = json.loads((tmp_path / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
        assert len(features) == len(table)
    with pytest.raises(UsageError, match="episodes, rows, sites, areas"):
        export(episodes, tmp_path / "x.gpkg", layer="posture")
    with pytest.raises(UsageError, match="whole gazetteer"):
        export(episodes, tmp_path / "x.lpf.json", layer="rows")


def test_a_project_stands_beside_its_package(worked, tmp_path):
    episodes = resolve(read(worked(9)))
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        export_with_project(episodes, tmp_path / folder / "a.gpkg")
    for name in ("a.gpkg", "a.qgz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert qgis_project.count((tmp_path / "one" / "a.qgz").read_bytes()) == 5
    with pytest.raises(UsageError, match="GeoPackage"):
        export_with_project(episodes, tmp_path / "a.geojson")


def test_land_is_what_lies_around_the_places():
    assert {"Iraq", "Iran", "Saudi Arabia", "Syria"} <= set(land(Ledger({"asad": IRAQ["asad"]})).data["country"])
    assert len(land(Ledger())) == 0
