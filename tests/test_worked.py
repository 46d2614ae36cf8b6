"""The nine worked examples: small ledgers, with what the commands print for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geoposture.cli import app

HERE = Path(__file__).parent / "worked"
CASES = [
    pytest.param(folder.name.split("-")[0], case["command"], case["rows"], id=f"{folder.name}: {' '.join(case['command'])}")
    for folder in sorted(HERE.iterdir())
    if (folder / "expected.json").exists()
    for case in json.loads((folder / "expected.json").read_text())
]


def answer(command, data):
    result = CliRunner().invoke(app, [*command, "--data", str(data), "--format", "json"], catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


@pytest.mark.parametrize(("number", "command", "rows"), CASES)
def test_worked_example(number, command, rows, worked):
    found = answer(command, worked(number))
    shown = [{name: line[name] for name in wanted} for line, wanted in zip(found, rows, strict=True)]
    assert shown == rows


def test_every_example_is_there():
    assert len(CASES) >= 25
