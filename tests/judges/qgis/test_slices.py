"""QGIS's temporal controller shows on a day what `geoposture at` lists, open-ended claims included.

`make judges-qgis` runs it, where Debian's python3-qgis is installed. GEOPOSTURE_QGIS_PYTHON names the Python that has PyQGIS,
GEOPOSTURE_QGIS_PICTURE where to keep what QGIS draws.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from geoposture.dates import parse_day
from geoposture.layers import export, export_with_project, layers
from geoposture.reading import read
from geoposture.resolution import resolve
from geoposture.timeslice import at

DAYS = ("2020-04-01", "2024-12-31", "2025-10-20", "2026-01-17", "2026-01-20")
HERE = Path(__file__).parent
DATA = HERE.parents[2] / "data"


@pytest.fixture(scope="module")
def episodes():
    return resolve(read(DATA))


@pytest.fixture(scope="module")
def answer(episodes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("qgis")
    export_with_project(episodes, folder / "posture.gpkg")
    export(episodes, folder / "rows.geojson", layer="rows")
    (folder / "questions.json").write_text(json.dumps({"days": DAYS}))
    python = os.environ.get("GEOPOSTURE_QGIS_PYTHON", "/usr/bin/python3")
    picture = Path(os.environ.get("GEOPOSTURE_QGIS_PICTURE", folder / "qgis.png")).resolve()
    done = subprocess.run([python, HERE / "slices.py", folder, picture], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")
    return json.loads(done.stdout.splitlines()[-1])


def listed(episodes, day):
    """Claims and places that `geoposture at DAY` lists, and those of them that have no end."""
    rows = list(at(episodes, parse_day(day)))
    return sorted([row["claim"], row["place"]] for row in rows), [row for row in rows if row["valid_to"] is None]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("layer", ["GeoPackage rows", "GeoJSON as documented"])
def test_a_slice_shows_what_at_lists(layer, day, answer, episodes):
    rows, open_ended = listed(episodes, day)
    assert open_ended
    assert answer["shown"][layer][day] == rows


@pytest.mark.parametrize("day", DAYS)
def test_rows_about_areas_are_drawn_over_the_whole_area(day, answer, episodes):
    areas = layers(episodes)["areas"]
    outlined = {row["place"] for row in areas if row["geometry"] is not None}
    assert answer["shown"]["GeoPackage area_rows"][day] == [row for row in listed(episodes, day)[0] if row[1] in outlined]


@pytest.mark.parametrize("layer", ["GeoJSON by field", "GeoPackage by field"])
def test_the_judge_sees_what_is_wrong_with_the_fields_alone(layer, answer, episodes):
    """Open ends are lost from GeoJSON; what begins a day later is shown from both."""
    assert any(answer["shown"][layer][day] != listed(episodes, day)[0] for day in DAYS)


def test_the_package_opens_styled(answer):
    assert answer["renderer"] == "pointDisplacement"


def test_the_project_draws_its_layers_over_the_land_and_knows_its_days(answer):
    project = answer["project"]
    assert project["layers"] == ["sites", "rows", "area_rows", "areas", "land"]
    assert sorted(project["temporal"]) == ["area_rows", "rows"]
    assert project["crs"] == "EPSG:4326"
    assert project["days"][0] < DAYS[0] < DAYS[-1] <= project["days"][1]
