"""Where answers go: a full disk, a closed stream, any locale, and names of files that act on a terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import ROOT
from ..hostile import asking

BASE = ROOT / "tests" / "good" / "base"
LONG = "x" * 300


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def through_a_shell(command, **environment):
    """As people run it: the shell opens and closes the streams."""
    program = f"{shlex.quote(sys.executable)} -m geoposture"
    return subprocess.run(
        ["sh", "-c", command.replace("geoposture", program, 1)], capture_output=True, check=False, env=os.environ | environment
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", ["at 2025-05-20", "at 2025-05-20 --format csv", "check", "--help"])
def test_a_full_disk_behind_the_output_is_said_in_a_line(folder, command):
    done = through_a_shell(f"geoposture {command} > /dev/full")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"geoposture: standard output: cannot be written: No space left on device.\n"


@pytest.mark.parametrize("command", ["at 2025-05-20", "at 2025-05-20 --format json", "check"])
def test_an_answer_that_goes_nowhere_is_an_error(folder, command):
    done = through_a_shell(f"geoposture {command} >&-")
    assert (done.returncode, done.stderr) == (1, b"geoposture: standard output: cannot be written: it is closed.\n")


def test_the_status_is_the_same_where_nobody_hears_the_complaint(folder):
    assert through_a_shell("geoposture at 2025-13-01 2>&-").returncode == 2


def test_no_file_takes_the_place_of_a_closed_stream(folder):
    """The first file that is opened would be number 1, and what libraries print would be written into it."""
    done = through_a_shell("geoposture map maps/base.yaml -o page.html >&- 2>&-")
    assert done.returncode == 1
    assert (folder / "page.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_reader_of_a_pipe_may_have_seen_enough(folder):
    done = through_a_shell("geoposture schema | head -n 1")
    assert (done.stdout, done.stderr) == (b"{\n", b"")


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["ascii", "C"],
)
def test_every_letter_is_printed_whatever_the_locale(folder, environment):
    plain = through_a_shell("geoposture at 2025-05-20")
    assert "–" in plain.stdout.decode("utf-8")
    done = through_a_shell("geoposture at 2025-05-20", **environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, plain.stdout, b"")


def test_names_of_files_are_printed_as_signs_that_do_nothing(folder):
    Path("maps/base.yaml").rename("maps/z\x1b]0;owned\x07\x1b[31m\n.yaml")
    done = asking.run(["map"])
    (line,) = [line for line in done.out.splitlines() if "owned" in line]
    assert line.startswith(r"maps/z\x1b]0;owned\x07\x1b[31m\n.html  ")
    assert asking.run(["check", "--data", "no\x1b[31m\u202ewhere"]).out.splitlines()[-1].startswith(r"no\x1b[31m\u202ewhere: ")


@pytest.mark.parametrize(
    "command",
    [
        f"at 2025-05-20 -o {LONG}.json",
        f"at 2025-05-20 --data {LONG}.parquet",
        f"at 2025-05-20 --data {LONG}",
        f"posture 2025-05-20 --data claims.parquet --gazetteer {LONG}.yaml",
        f"check --texts {LONG}",
        f"export -o {LONG}.gpkg --project",
        f"export -o {LONG}.lpf.json",
        f"figure maps/base.yaml -o {LONG}.svg",
        f"figure {LONG}.yaml -o x.svg",
        f"import {LONG}.csv --map troopdata -o made --published 2025-01-01",
        f"import claims.parquet --map {LONG}.yaml -o made --published 2025-01-01",
        f"import claims.parquet --map troopdata -o {LONG} --published 2025-01-01",
        f"import claims.parquet --map troopdata -o {LONG}.parquet --published 2025-01-01",
        f"map maps/base.yaml -o {LONG}.html",
        f"map {LONG}.yaml",
        f"new project {LONG}",
        f"new report {LONG}.yaml",
        f"pack -o {LONG}.parquet",
        f"resolve claims.parquet -o {LONG}.parquet",
        f"resolve {LONG}.parquet -o made.parquet",
    ],
)
def test_a_name_that_no_file_can_have_is_a_line(folder, command):
    asking.run(["pack", "-o", "claims.parquet"])
    before = sorted(folder.rglob("*"))
    done = asking.run(command.split())
    assert (done.status, done.crash) == (1, "")
    said = done.err or done.out
    assert LONG in said
    assert said.splitlines()[0].startswith((f"geoposture: {LONG}", f"geoposture: .{LONG}", LONG))
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "command",
    [
        "map maps/base.yaml -o maps/base.yaml",
        "map maps/base.yaml -o data/gazetteer.yaml",
        "map maps/page.html",
        "figure maps/page.svg -o maps/page.svg",
        "export --data claims.parquet -o claims.parquet",
        "at 2025-05-20 --data claims.parquet -o ./claims.parquet",
        "timeline dun --data parts.parquet -o parts.parquet/part-00000.parquet",
        "pack --data claims.parquet -o claims.parquet",
        "resolve claims.parquet -o claims.parquet",
    ],
)
def test_no_command_writes_over_what_it_reads(folder, command):
    for name in ("page.html", "page.svg"):
        shutil.copy("maps/base.yaml", f"maps/{name}")
    asking.run(["pack", "-o", "claims.parquet"])
    Path("parts.parquet").mkdir()
    shutil.copy("claims.parquet", "parts.parquet/part-00000.parquet")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = asking.run(command.split())
    assert (done.status, done.crash) in ((1, ""), (2, ""))
    assert "would overwrite what it is made from" in done.err or "a page is an HTML file" in done.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


INTERRUPTING = """
import sys


class Keyboard:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt


sys.meta_path.insert(0, Keyboard())
sys.argv = ["geoposture", "check"]
from geoposture.__main__ import main

main()
"""


def test_an_interrupt_while_the_commands_are_loading_ends_without_a_traceback():
    done = subprocess.run([sys.executable, "-c", INTERRUPTING], capture_output=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_is_none_is_wrong_usage_in_a_line(folder, port):
    done = asking.run(["map", "maps/base.yaml", "--watch", "--port", port])
    assert (done.status, done.err) == (
        2,
        f"geoposture: --port {port}: is no port. Write one up to 65535, or leave --port out.\n",
    )
