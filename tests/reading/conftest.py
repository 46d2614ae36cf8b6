"""A good folder to spoil, and the whole way from a folder to its findings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geoposture.reading import check

TESTS = Path(__file__).parents[1]
BASE = TESTS / "good" / "base"
HEAD = "publisher: courier\npublished: 2025-06-01\nclaims:\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the good base folder, which is also the working directory: its data folder is `data`."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def found(folder):
    """A function that puts files into the good folder and returns what check finds, as `file:line:column code`."""

    def findings(files=None, **options):
        for name, content in (files or {}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [f"{one.file}:{one.line}:{one.column} {one.code}" for one in check("data", **options)]

    return findings


@pytest.fixture
def claims(found):
    """A function that puts a report of claims, each in one line, into the good folder: what check finds about it."""

    def findings(*lines, head=HEAD):
        texts = found({"data/reports/x.yaml": head + "".join(f"  - {{{line}}}\n" for line in lines)})
        return [text.removeprefix("data/reports/x.yaml:") for text in texts]

    return findings
