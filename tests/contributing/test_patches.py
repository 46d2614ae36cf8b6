"""The worked examples of CONTRIBUTING.md: each patch applies to this tree, its tests pass with it, and fail without what it adds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATCHES = sorted((ROOT / "docs" / "contributing").glob("*.patch"))
ROOMS = ("geoposture", "tests/reading", "tests/formats", "tests/good")


def run(*words, cwd):
    # The package of the copy, not the one that is installed.
    environment = os.environ | {"PYTHONPATH": str(cwd)}
    return subprocess.run([*map(str, words)], cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def own_tests(patch):
    return re.findall(r"^\+\+\+ b/(tests/\S+)", patch.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def copy(tmp_path):
    """The part of this tree that the patches touch, and what their tests need."""
    ignored = shutil.ignore_patterns("__pycache__", "basemap")
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=ignored)
    (tmp_path / "geoposture" / "webmap" / "basemap").symlink_to(ROOT / "geoposture" / "webmap" / "basemap")
    for file in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py", "tests/trying.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_patch_applies_and_what_it_adds_works(patch, copy):
    pytest_ = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *own_tests(patch))
    assert own_tests(patch)
    applied = run("git", "apply", "--unidiff-zero", "--recount", patch, cwd=copy)
    assert applied.returncode == 0, f"{patch.name} no longer fits the code: {applied.stderr}"
    passed = run(*pytest_, cwd=copy)
    assert passed.returncode == 0, passed.stdout[-3000:]
    # Without the code, with the tests: they must fail, or they test nothing.
    assert (
        run("git", "apply", "--unidiff-zero", "--recount", "--reverse", "--include=geoposture/*", patch, cwd=copy).returncode == 0
    )
    failed = run(*pytest_, cwd=copy)
    assert failed.returncode in (1, 2), failed.stdout[-3000:]


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_patch_is_of_the_size_of_a_commit_and_is_explained(patch):
    text = patch.read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line.startswith(("+", "-"))]) < 80
    assert f"docs/contributing/{patch.name}" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_there_is_one_for_an_export_a_check_and_a_glyph():
    assert [patch.stem for patch in PATCHES] == ["add-a-check", "add-a-glyph", "add-an-export"]
