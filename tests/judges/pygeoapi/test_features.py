"""pygeoapi serves the exported episodes, and its rows of a day are those of `geoposture at`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "pygeoapi"
PYTHON = os.environ.get("GEOPOSTURE_PYGEOAPI", str(ROOT / "build" / "pygeoapi" / "bin" / "python"))
pytestmark = pytest.mark.judge


def geoposture(*words):
    command = [sys.executable, "-m", "geoposture", *map(str, words), "--data", str(ROOT / "data")]
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the collection, served as the example's README says, on a free port."""
    folder = tmp_path_factory.mktemp("pygeoapi")
    for name in ("config.yml", "episode_provider.py"):
        shutil.copy(EXAMPLE / name, folder / name)
    geoposture("export", "-o", folder / "episodes.geojson")
    environment = os.environ | {"PYTHONPATH": ".", "PYGEOAPI_CONFIG": "config.yml", "PYGEOAPI_OPENAPI": "openapi.yml"}
    generate = [str(Path(PYTHON).with_name("pygeoapi")), "openapi", "generate", "config.yml", "--output-file", "openapi.yml"]
    subprocess.run(generate, cwd=folder, env=environment, check=True, capture_output=True)
    serve = [PYTHON, str(Path(__file__).with_name("serving.py"))]
    with subprocess.Popen(serve, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/collections/episodes/items"
        finally:
            server.terminate()


def features(address, **asked):
    with urllib.request.urlopen(f"{address}?{urlencode({'f': 'json', 'limit': 10000, **asked})}") as answer:
        return json.load(answer)


def rows(found):
    keys = ("claim", "place", "source", "status", "valid_from", "valid_to")
    return sorted(tuple(str(one["properties"][key]) for key in keys) for one in found["features"])


def expected(day, *options):
    keys = ("claim", "place", "source", "status", "valid_from", "valid_to")
    return sorted(tuple(str(row[key]) for key in keys) for row in json.loads(geoposture("at", day, "--format", "json", *options)))


@pytest.mark.parametrize("day", ["2020-04-05", "2024-12-20", "2025-10-21", "2026-01-20"])
def test_a_day_is_what_at_answers(address, day):
    assert rows(features(address, datetime=day)) == expected(day)
    assert rows(features(address, datetime=f"{day}T12:00:00Z")) == expected(day)


@pytest.mark.parametrize("known", ["2025-10-01", "2025-10-31", "2026-01-19"])
def test_a_day_as_it_was_known(address, known):
    found = rows(features(address, datetime="2026-01-20", known=known))
    assert found == expected("2026-01-20", "--known", known)
    assert found != expected("2026-01-20")


def test_a_span_has_the_rows_of_each_of_its_days(address):
    span = set(rows(features(address, datetime="2025-10-20/2025-10-22")))
    days = [set(expected(f"2025-10-{day}")) for day in (20, 21, 22)]
    assert span == set.union(*days)
    assert set(rows(features(address, datetime="2025-10-22/.."))) > days[2]


def test_a_property_keeps_its_rows(address):
    found = rows(features(address, datetime="2025-10-21", place="ain-al-asad"))
    assert found
    assert found == [row for row in expected("2025-10-21") if row[1] == "ain-al-asad"]


def test_each_feature_has_an_address_of_its_own(address):
    found = features(address)
    ids = [one["id"] for one in found["features"]]
    assert len(set(ids)) == len(ids) > 100
    with urllib.request.urlopen(f"{address}/{ids[0]}?f=json") as answer:
        assert json.load(answer)["properties"] == found["features"][0]["properties"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/none?f=json")
