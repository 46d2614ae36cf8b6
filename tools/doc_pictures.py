"""Make the pictures of the documentation, each from a real run of the package: docs/pictures/*.svg, and pages light and dark."""

from __future__ import annotations

import tempfile
from pathlib import Path

import belief_pictures
import rule_pictures
from pictures import ARGUMENTS, ROOT, WIDE, evidence, nothing, shot, small
from pictures import _chromium as chromium
from playwright.sync_api import sync_playwright
from run_docs import rewritten

import geoposture as gp

TARGET = ROOT / "docs" / "pictures"
SHOTS = (
    ("first-map", "first", "light", evidence),
    ("first-map-dark", "first", "dark", evidence),
    ("iraq-evidence-dark", "iraq-2025-2026", "dark", evidence),
    ("iraq-compared-dark", "iraq-before-after", "dark", nothing),
)
"""Pages as they are shown, by name, recipe and scheme; tools/pictures.py takes the light ones of the README."""


def drawings() -> dict[str, str]:
    """Every drawing by its name."""
    return dict([*rule_pictures.drawings(), *belief_pictures.drawings()])


def main() -> None:
    """Write them all."""
    for name, svg in drawings().items():
        (TARGET / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
        print(f"docs/pictures/{name}.svg")
    ledger = gp.read(ROOT / "data")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        rewritten("docs/first-map.md", folder=folder)
        for recipe in ("iraq-2025-2026", "iraq-before-after"):
            gp.draw(ledger, ROOT / "maps" / f"{recipe}.yaml").save(folder / "maps" / f"{recipe}.html")
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for name, recipe, scheme, act in SHOTS:
            (TARGET / f"{name}.png").write_bytes(small(shot(browser, folder / "maps" / f"{recipe}.html", WIDE, scheme, act)))
            print(f"docs/pictures/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
