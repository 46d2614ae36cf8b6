"""The package, built once from this tree, and from the source archive of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def built(tree, folder):
    """Build both archives of a tree with one fixed date; (wheel, source)."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True)
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    """This tree as it is at one moment, in another folder."""
    copy = tmp_path_factory.mktemp("tree") / "geoposture"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "build", "dist", "__pycache__", "node_modules", ".*_cache", ".hypothesis", "*.tmp"
    )
    return Path(shutil.copytree(ROOT, copy, ignore=ignored))


@pytest.fixture(scope="session")
def package(tree, tmp_path_factory):
    return built(tree, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def unpacked(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(package[1]) as archive:
        archive.extractall(folder, filter="data")
    (tree,) = folder.iterdir()
    return tree
