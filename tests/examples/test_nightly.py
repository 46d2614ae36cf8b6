"""The nightly job: it builds the maps, reports what changed since the last run, and fails without touching what is there."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from geoposture.scaffolding import start_project

ROOT = Path(__file__).parents[2]
NIGHTLY = ROOT / "examples" / "nightly"
LATER = """\
title: The last of them have left
publisher: example-courier
published: 2006-10-02
claims:
  - {id: left, place: keflavik, force: us, status: absent, when: 2006-09-30/..}
"""


@pytest.fixture
def project(tmp_path):
    start_project(tmp_path / "posture")
    return tmp_path / "posture"


def run(project, day):
    environment = os.environ | {"GEOPOSTURE": f"{sys.executable} -m geoposture"}
    command = [str(NIGHTLY / "rebuild.sh"), str(project), str(project / "public"), day]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_two_nights(project):
    first = run(project, "2006-09-29")
    assert first.returncode == 0, first.stderr
    assert (project / "public" / "first.html").stat().st_size > 100_000
    assert (project / "public" / ".last").read_text() == "2006-09-29\n"
    (project / "data" / "reports" / "later.yaml").write_text(LATER)
    second = run(project, "2006-10-03")
    assert second.returncode == 0, second.stderr
    report = (project / "public" / "changes-2006-10-03.txt").read_text()
    assert "From 2006-09-29 (as known on 2006-09-29) to 2006-10-03 (as known on 2006-10-03)" in report
    with (project / "public" / "changes-2006-10-03.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["place"], row["force"], row["before"], row["after"]) for row in rows] == [
        ("keflavik", "us", "present", "absent")
    ]
    assert not [*(project / "public").glob("*.tmp")]


def test_a_night_with_problems_changes_nothing(project):
    assert run(project, "2006-09-29").returncode == 0
    before = {file: file.read_bytes() for file in (project / "public").iterdir()}
    (project / "data" / "reports" / "later.yaml").write_text(LATER.replace("keflavik", "atlantis"))
    failed = run(project, "2006-10-03")
    assert failed.returncode == 1
    assert "place-unknown" in failed.stdout + failed.stderr
    assert {file: file.read_bytes() for file in (project / "public").iterdir()} == before


def test_the_schedules_start_the_script():
    for name in ("crontab", "geoposture.service", "github-actions.yml"):
        assert "rebuild.sh" in (NIGHTLY / name).read_text(encoding="utf-8")
    steps = yaml.safe_load((NIGHTLY / "github-actions.yml").read_text(encoding="utf-8"))["jobs"]["rebuild"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["pip install geoposture", './rebuild.sh "$PWD" "$PWD/public"']
