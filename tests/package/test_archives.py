"""The wheel and the source archive: what is in them and nothing else, and the same bytes each time."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from geoposture import __version__

from .conftest import ROOT, built

INFO = rf"geoposture-{re.escape(__version__)}\.dist-info"
ALLOWED = re.compile(
    "|".join(
        (
            r"geoposture/(?:[a-z_]+/)*[a-z_]+\.py",
            r"geoposture/py\.typed",
            r"geoposture/formats/[a-z]+\.sql",
            r"geoposture/importing/mappings/[a-z-]+\.yaml",
            r"geoposture/scaffolding/project/(?:README\.md|gitignore|vscode/[a-z]+\.json|(?:data|data/reports|maps)/[a-z0-9-]+\.yaml)",
            r"geoposture/(?:watching|webmap)/browser/(?:[a-z]+/)*(?:[a-z_]+\.(?:js|css|html)|ORDER|README\.md)",
            r"geoposture/webmap/basemap/(?:[a-z_]+\.parquet|LICENSES\.md)",
            rf"{INFO}/(?:METADATA|WHEEL|RECORD|entry_points\.txt)",
            rf"{INFO}/licenses/(?:LICENSE|geoposture/webmap/basemap/LICENSES\.md)",
        )
    )
)


def test_the_wheel_has_nothing_that_it_should_not(package):
    with zipfile.ZipFile(package[0]) as wheel:
        names = wheel.namelist()
        assert [name for name in names if not ALLOWED.fullmatch(name)] == []
        contents = Counter(hashlib.sha256(wheel.read(name)).digest() for name in names if wheel.getinfo(name).file_size)
        twice = [name for name in names if contents[hashlib.sha256(wheel.read(name)).digest()] > 1]
    assert [name.rpartition("/")[2] for name in twice] == ["LICENSES.md", "LICENSES.md"]


def test_the_wheel_has_all_that_it_should(package, tree):
    """Every file of the package, so that none is left out by a pattern."""
    with zipfile.ZipFile(package[0]) as wheel:
        names = set(wheel.namelist())
    files = {
        file.relative_to(tree).as_posix()
        for file in (tree / "geoposture").rglob("*")
        if file.is_file() and file.suffix not in (".pyc", ".tmp")
    }
    assert len(files) > 150
    assert files - names == set()


def test_nothing_of_a_machine_is_in_either(package):
    marks = [str(ROOT).encode(), str(Path.home()).encode() + b"/"]
    with zipfile.ZipFile(package[0]) as wheel:
        texts = {name: wheel.read(name) for name in wheel.namelist()}
    assert [name for name, text in texts.items() if any(mark in text for mark in marks)] == []
    with tarfile.open(package[1]) as source:
        names = source.getnames()
        assert {(one.uid, one.gid, one.uname, one.gname) for one in source.getmembers()} == {(0, 0, "", "")}
    assert [
        name for name in names if re.search(r"__pycache__|node_modules|\.venv|\.(?:pyc|html|tmp|whl|gpkg)$|/\.git/", name)
    ] == [name for name in names if re.search(r"/(?:browser|docs|tests)/.*\.html$", name)]


def test_built_twice_it_is_the_same_bytes(package, tree, tmp_path):
    again = built(tree, tmp_path)
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in package]


def test_the_source_builds_the_same_wheel(package, unpacked, tmp_path):
    wheel, source = built(unpacked, tmp_path)
    assert wheel.read_bytes() == package[0].read_bytes()
    assert source.read_bytes() == package[1].read_bytes()


def test_the_tests_of_the_source_can_be_collected(unpacked):
    command = [sys.executable, "-m", "pytest", "-q", "--co", "-p", "no:cacheprovider", "tests"]
    result = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:]


def metadata(package):
    with zipfile.ZipFile(package[0]) as wheel:
        return message_from_bytes(wheel.read(f"geoposture-{__version__}.dist-info/METADATA"))


def test_the_metadata_is_complete_and_true(package):
    found = metadata(package)
    assert found["Version"] == __version__
    assert found["License-Expression"] == "BSD-3-Clause"
    assert found.get_all("License-File") == ["LICENSE", "geoposture/webmap/basemap/LICENSES.md"]
    assert found["Requires-Python"] == ">=3.11"
    assert found["Description-Content-Type"] == "text/markdown"
    assert all(found[name] for name in ("Summary", "Author", "Keywords"))
    # No address is known to be true, so none is given.
    assert found.get_all("Project-URL") is None
    assert found["Home-page"] is None
    bare = [one for one in found.get_all("Requires-Dist") if not re.search(r"[><=~]", one.partition(";")[0])]
    assert bare == []


def test_the_description_has_no_link_that_leads_nowhere(package):
    text = metadata(package).get_payload()
    assert text.startswith("# geoposture\n")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    assert "![" not in text
    assert "$ geoposture posture" in text
    assert "## What it is not" in text


@pytest.mark.parametrize("key", ["cff-version", "message", "title", "authors", "version", "license", "type"])
def test_the_citation_is_of_this_version(key):
    import yaml

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation[key]
    assert citation["version"] == __version__
    assert citation["license"] == "BSD-3-Clause"
