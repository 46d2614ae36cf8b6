"""Fixtures that several rooms share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORKED = ROOT / "tests" / "worked"


@pytest.fixture
def worked(tmp_path):
    """A function that lays out the data folder of a worked example, by its number, and returns the path."""

    def laid_out(number):
        (folder,) = WORKED.glob(f"{number}-*")
        shutil.copytree(WORKED / "base", tmp_path / "data")
        shutil.copytree(folder / "reports", tmp_path / "data" / "reports")
        return tmp_path / "data"

    return laid_out
