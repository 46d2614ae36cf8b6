"""A real Chromium with no network: pages are built once, opened from disk, and everything that goes wrong in them is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

import geoposture

ROOT = Path(__file__).parents[2]
SIZES = {"wide": (1600, 900), "laptop": (1280, 720), "phone": (390, 844)}
RECIPES = ("iraq-2025-2026", "iraq-before-after", "levant-2020-2026")


@pytest.fixture(scope="session")
def ledger():
    return geoposture.read(ROOT / "data")


@pytest.fixture(scope="session")
def built(ledger, tmp_path_factory):
    """A function that gives the path of a shipped recipe's page, built once."""
    folder = tmp_path_factory.mktemp("pages")

    def path(name):
        target = folder / f"{name}.html"
        if not target.exists():
            geoposture.draw(ledger, ROOT / "maps" / f"{name}.yaml").save(target)
        return target

    return path


@pytest.fixture
def show(browser):
    """A function that opens a page; at the end of the test nothing may have gone wrong in any page that it opened."""
    contexts, troubles = [], []

    def opened(path, size="wide", *, address="", **options):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, has_touch=size == "phone", **options)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda request: troubles.append(f"request: {request.url}") if not is_local(request.url) else None)
        page.goto(f"{path.as_uri()}{address}")
        page.get_by_role("slider", name="Day shown").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def is_local(address):
    return address.startswith(("file:", "data:", "blob:"))
