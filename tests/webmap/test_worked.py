"""The nine worked examples, as the page answers them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from geoposture.dates import parse_day, show_day
from geoposture.ledger import Recipe
from geoposture.reading import read
from geoposture.resolution import resolve
from geoposture.webmap.payload import payload

HERE = Path(__file__).parents[1] / "worked"
CASES = [
    pytest.param(folder, case["command"], case["rows"], id=f"{folder.name}: {' '.join(case['command'])}")
    for folder in sorted(HERE.iterdir())
    if (folder / "expected.json").exists()
    for case in json.loads((folder / "expected.json").read_text())
    if case["command"][0] in ("posture", "totals", "compare")
]


def options(words):
    """The named options of a command, and the words before them."""
    first = next((n for n, word in enumerate(words) if word.startswith("--")), len(words))
    return words[:first], dict(zip(words[first::2], words[first + 1 :: 2], strict=True))


def question(command):
    (ask, *given), named = options(command)
    days = {name: parse_day(named[f"--{name}"]) for name in ("known", "known-before") if f"--{name}" in named}
    known = days.get("known")
    asked = {"ask": ask, "known": known}
    if named.get("--stale-after") == "never":
        asked["stale_after"] = None
    if ask == "compare":
        before, after = map(parse_day, given)
        return {**asked, "before": [before, days.get("known-before", known)], "after": [after, known]}
    if ask == "totals":
        asked["area"] = given[0]
    return {**asked, "day": parse_day(given[-1])}


@pytest.mark.parametrize(("folder", "command", "rows"), CASES)
def test_worked_example(folder, command, rows, engine, tmp_path):
    shutil.copytree(HERE / "base", tmp_path / "data")
    shutil.copytree(folder / "reports", tmp_path / "data" / "reports")
    ledger = read(tmp_path / "data")
    place = options(command)[1].get("--place")
    recipe = Recipe("Worked", "data", places=(place,) if place else ())
    (found,) = engine.ask(payload(ledger, resolve(ledger), recipe), question(command))
    for line in found:
        line.update({name: show_day(line[name]) for name in ("fresh",) if line.get(name) is not None})
    assert [{name: line[name] for name in wanted} for line, wanted in zip(found, rows, strict=True)] == rows


def test_every_example_is_there():
    assert len(CASES) >= 18
