"""GeoPackage: its layers, what QGIS finds in it, and how open periods stand there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from xml.etree import ElementTree as ET

import pyogrio
import pytest

from geoposture.formats import geopackage
from geoposture.frames import TIMELINE, TOTALS, Table
from geoposture.layers import layers
from geoposture.ledger import Ledger, Place
from geoposture.reading import read
from geoposture.resolution import resolve
from tests.formats.test_formats import TABLE


@pytest.fixture
def base(worked):
    ledger = read(worked(9))
    iraq = Place("iraq", "Iraq", "country", 33.2, 43.7, iso="IQ")
    content = geopackage.encode(
        layers(resolve(Ledger({**ledger.places, "iraq": iraq}, ledger.forces, ledger.sources, ledger.reports)))
    )
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        yield base


def style_of(base, layer):
    (text,) = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = ?", (layer,)).fetchone()
    return ET.fromstring(text)


def test_says_that_it_is_a_geopackage_of_version_1_3(base):
    assert base.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"GPKG"),)
    assert base.execute("PRAGMA user_version").fetchone() == (10300,)


def test_holds_the_layers_with_their_kinds_of_geometry(base):
    found = dict(base.execute("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    points = dict.fromkeys(("episodes", "rows", "sites"), "POINT")
    assert found == points | dict.fromkeys(("areas", "area_rows"), "MULTIPOLYGON")


def test_an_open_end_is_null_and_a_day_a_date(base):
    days = base.execute("SELECT DISTINCT typeof(valid_from), valid_to IS NULL OR length(valid_to) = 10 FROM rows").fetchall()
    assert days == [("text", 1)]


def test_rows_open_ready_for_the_temporal_controller(base):
    for layer in ("rows", "episodes", "area_rows"):
        temporal = style_of(base, layer).find("temporal")
        # By expressions; begin included, end excluded: the periods are half-open. QGIS itself is asked in tests/judges/qgis.
        assert temporal.attrib | {"enabled": "1", "mode": "4", "limitMode": "0"} == temporal.attrib
        assert '"valid_from"' in temporal.get("startExpression")
        assert '"valid_to"' in temporal.get("endExpression")
    assert style_of(base, "sites").find("temporal") is None


def test_claims_are_coloured_by_source(base):
    renderer = style_of(base, "rows").find(".//renderer-v2[@type='categorizedSymbol']")
    assert renderer.get("attr") == "source"
    sources = {source for (source,) in base.execute("SELECT DISTINCT source FROM rows")}
    assert {category.get("value") for category in renderer.iter("category")} == {*sources, ""}


def test_a_timeline_is_temporal_by_its_own_columns():
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(geopackage.encode({"timeline": Table.of(TIMELINE, [])}))
        temporal = style_of(base, "timeline").find("temporal")
        assert '"from"' in temporal.get("startExpression")
        assert '"to"' in temporal.get("endExpression")


def test_a_table_without_geometry_is_an_attribute_layer(tmp_path):
    row = dict.fromkeys(TOTALS) | {"area": "land", "sites": ("dun",)}
    (tmp_path / "t.gpkg").write_bytes(geopackage.encode({"totals": Table.of(TOTALS, [row])}))
    assert ["totals", None] in pyogrio.list_layers(tmp_path / "t.gpkg").tolist()


def test_gdal_finds_boxes_types_and_reference_system(tmp_path):
    (tmp_path / "c.gpkg").write_bytes(geopackage.encode({"changes": TABLE}))
    info = pyogrio.read_info(tmp_path / "c.gpkg", layer="changes")
    assert info["crs"] == "EPSG:4326"
    assert info["total_bounds"] == (4.6, 45.2, 4.6, 45.2)
    types = dict(zip(info["fields"], zip(info["ogr_types"], info["ogr_subtypes"], strict=True), strict=True))
    assert types["revised"] == ("OFTInteger", "OFSTBoolean")
    assert types["evidence_before"] == ("OFTString", "OFSTJSON")
    assert types["delta_low"] == ("OFTInteger64", "OFSTNone")
