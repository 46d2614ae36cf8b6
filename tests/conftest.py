"""Fixtures that several rooms share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from .trying import tried

# What a test does not say itself; above all no deadline, which a crowded machine would miss.
settings.register_profile("geoposture", tried(100))
settings.load_profile("geoposture")

ROOT = Path(__file__).parents[1]
WORKED = ROOT / "tests" / "worked"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def worked(tmp_path):
    """A function that lays out the data folder of a worked example, by its number, and returns the path."""

    def laid_out(number):
        (folder,) = WORKED.glob(f"{number}-*")
        shutil.copytree(WORKED / "base", tmp_path / "data")
        shutil.copytree(folder / "reports", tmp_path / "data" / "reports")
        return tmp_path / "data"

    return laid_out


def chromium(playwright):
    """The program that is named, on the path, or Playwright's own; says plainly what to do if there is none."""
    named = os.environ.get("GEOPOSTURE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    path = found or playwright.chromium.executable_path
    if not Path(path).exists():
        pytest.fail(f"There is no browser at {path}. Install chromium, or name one in GEOPOSTURE_CHROMIUM.", pytrace=False)
    return path


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(playwright), args=ARGUMENTS)
        yield started
        started.close()


def pytest_collection_modifyitems(items):
    # So that `-m "not browser and not judge"` is what runs where there is no Chromium.
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
