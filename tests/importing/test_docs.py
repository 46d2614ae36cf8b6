"""The page about importing shows what the program prints, and its mapping is the one of the example."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geoposture.importing import mapping_schema, shipped

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "import.md"
EXAMPLE = ROOT / "docs" / "examples" / "import"
BLOCK = re.compile(r"```console\n\$ (geoposture [^\n]*)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The example's files, and the shipped data, as the page's commands expect them."""
    found = tmp_path_factory.mktemp("import")
    for path in EXAMPLE.iterdir():
        shutil.copy(path, found)
    shutil.copytree(ROOT / "data", found / "data")
    return found


def test_the_commands_print_what_the_page_shows(folder):
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 4
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    for command, shown in blocks:
        words = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(words, capture_output=True, check=True, cwd=folder, env=environment)
        printed = "\n".join(line.rstrip() for line in done.stdout.decode().splitlines()).strip()
        assert printed == shown.strip(), command


def test_the_page_shows_the_mapping_of_the_example():
    (shown,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.strip().startswith(("#", "about:"))] == shown.splitlines()


def test_the_page_names_every_shipped_mapping():
    assert re.findall(r"^\| `([a-z-]+)` \| (?:R|its|UCDP|ACLED|any) ", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == [
        "troopdata",
        "troopdata-bases",
        "ucdp-ged",
        "acled",
        "airportsdata",
    ]
    assert len(shipped()) == 5


def test_the_schema_in_the_docs_is_the_one_of_the_code():
    written = json.loads((ROOT / "docs" / "schema" / "mapping.schema.json").read_text(encoding="utf-8"))
    assert written == mapping_schema()
