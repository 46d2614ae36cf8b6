"""The page as a folium.Map: it saves, shows in a notebook, takes Folium's own layers, and stays the same byte for byte."""

from __future__ import annotations

import io
from pathlib import Path

import folium
import pytest

import geoposture
from geoposture.errors import GeopostureError, UsageError
from geoposture.ledger import Recipe
from geoposture.webmap.folium_map import screen_box, tiles_of

from .test_assets import Read

ROOT = Path(__file__).parents[2]
LARGEST = 900_000


@pytest.fixture(scope="module")
def ledger():
    return geoposture.read(ROOT / "data")


@pytest.fixture
def drawn(ledger):
    # One country: the shapes of half the world are the business of the shipped pages below.
    return geoposture.draw(ledger, Recipe("A map", "data", places=("iraq",)))


def test_it_is_a_folium_map(drawn):
    assert isinstance(drawn, folium.Map)
    assert drawn.get_name() == "map_geoposture"


@pytest.mark.parametrize("recipe", sorted((ROOT / "maps").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_page_is_small_and_the_same_twice(ledger, recipe):
    first = geoposture.draw(ledger, recipe).get_root().render()
    assert first == geoposture.draw(ledger, recipe).get_root().render()
    assert len(first.encode()) < LARGEST


def test_it_loads_nothing(drawn):
    page = drawn.get_root().render()
    assert "<script src" not in page
    assert "<link" not in page
    assert Read(page).rule("img-src") == ["data:"]


def test_it_saves_to_a_path_and_to_a_file(drawn, tmp_path):
    drawn.save(tmp_path / "page.html")
    drawn.save(str(tmp_path / "again.html"))
    stream = io.BytesIO()
    drawn.save(stream, close_file=False)
    expected = drawn.get_root().render().encode()
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "again.html").read_bytes() == stream.getvalue() == expected


def test_a_page_that_cannot_be_written_is_one_error(drawn, tmp_path):
    with pytest.raises(GeopostureError, match="cannot be written"):
        drawn.save(tmp_path / "nowhere" / "page.html")


def test_a_notebook_gets_a_frame(drawn):
    cell = drawn._repr_html_()
    assert "<iframe" in cell
    assert "Content-Security-Policy" in cell


def test_layers_are_kept_and_their_scripts_allowed(drawn):
    folium.Marker([33, 44], popup="Hello").add_to(drawn)
    read = Read(drawn.get_root().render())
    assert any("L.marker(" in script and "map_geoposture" in script for script in read.scripts)
    assert len(read.scripts) == len(read.rule("script-src"))


def test_tiles_that_people_add_are_let_in(drawn):
    folium.TileLayer("https://{s}.tile.example.org/{z}/{x}/{y}.png", attr="me").add_to(drawn)
    assert Read(drawn.get_root().render()).rule("img-src") == ["data:", "https://*.tile.example.org"]


def test_tiles_of_a_recipe_are_let_in(ledger):
    page = geoposture.draw(ledger, Recipe("Tiles", "data", places=("iraq",), tiles="OpenStreetMap.Mapnik")).get_root().render()
    assert Read(page).rule("img-src") == ["data:", "https://tile.openstreetmap.org"]


@pytest.mark.parametrize("name", ["No.Such.Provider", "Thunderforest.OpenCycleMap"])
def test_tiles_that_cannot_be_had_are_refused(name):
    with pytest.raises(UsageError, match="tiles"):
        tiles_of(name)


def test_no_tiles():
    assert tiles_of(None) is tiles_of("none") is None


def test_the_box_takes_the_shape_of_a_screen():
    west, south, east, north = screen_box((40.0, -1.0, 42.0, 1.0))
    assert (south, north) == (-1.0, 1.0)
    assert east - west == pytest.approx(3.2)
    assert screen_box((-180.0, -60.0, 180.0, 80.0))[0] == -180.0
