"""Help: within 80 columns, one example each, and the example runs."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from geoposture.cli import app

from ..hostile import asking

ROOT = Path(__file__).parents[2]
COMMANDS = typer.main.get_command(app).commands
TROOPS = "countryname,iso3c,year,quarter,troops_ad,source\nIceland,ISL,2006,1,1200,DMDC\n"


def run(words, cwd):
    environment = os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, env=environment)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A folder with the shipped data and recipes, and a table of others."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "maps", folder / "maps", ignore=shutil.ignore_patterns("*.html"))
    (folder / "troops.csv").write_text(TROOPS)
    return folder


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_fits_a_terminal_of_80_columns(name, monkeypatch):
    for columns in ("80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        done = asking.run([*([name] if name else []), "--help"])
        assert (done.status, done.crash) == (0, ""), done
        lines = done.out.splitlines()
        assert lines[0].startswith("Usage: ")
        assert "Example:" in lines
        assert [line for line in lines if len(line) > 80] == []
        assert not any(line.endswith("...") for line in lines[1:])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_runs(name, shipped):
    command = COMMANDS[name]
    assert len(command.epilog.splitlines()) == 1
    words = shlex.split(command.epilog)
    assert words[:2] == ["geoposture", name]
    with contextlib.chdir(shipped):
        done = asking.run(words[1:])
    assert (done.status, done.err, done.crash) == (0, "", "")
    assert done.out or (shipped / words[words.index("-o") + 1]).stat().st_size


def test_the_example_of_the_program_runs(tmp_path):
    new, into, show = typer.main.get_command(app).epilog.splitlines()
    assert run(shlex.split(new), tmp_path).returncode == 0
    # No browser is opened by a test.
    words = [word for word in shlex.split(show) if word != "--open"]
    assert run(words, tmp_path / into.removeprefix("cd ")).returncode == 0


def test_every_option_says_what_it_does():
    for command in COMMANDS.values():
        assert command.help.partition("\n")[0].endswith(".")
        for one in command.params:
            assert one.help.endswith((".", ")")), (command.name, one.name)
            assert one.help[0].isupper() or one.help.startswith(("project", "gazetteer")), one.help
