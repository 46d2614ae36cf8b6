"""Take the pictures of the README: the shipped recipes in a real browser with no network, as small PNG files in docs/pictures."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import geoposture

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures"
LARGEST = 300_000
WIDE, PHONE = (1600, 900), (390, 844)
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def evidence(page: Page) -> None:
    """The evidence of the base that the reports contradict each other about."""
    page.locator(".mark[data-place=ain-al-asad]").click()
    page.mouse.move(0, 0)


def believed(page: Page) -> None:
    """What was known ten days earlier."""
    field = page.get_by_label("As known on", exact=True).and_(page.locator("input"))
    field.fill("2026-01-10")
    field.press("Enter")
    page.get_by_role("button", name="differs from").click()


def belief(page: Page) -> None:
    """The belief chart of the same base."""
    evidence(page)
    page.locator(".belief").first.scroll_into_view_if_needed()


def nothing(_: Page) -> None:
    """The page as it opens."""


PICTURES: tuple[tuple[str, str, tuple[int, int], str, Callable[[Page], None]], ...] = (
    ("iraq-evidence", "iraq-2025-2026", WIDE, "light", evidence),
    ("iraq-as-known-earlier", "iraq-2025-2026", WIDE, "light", believed),
    ("iraq-belief", "iraq-2025-2026", WIDE, "light", belief),
    ("iraq-compared", "iraq-before-after", WIDE, "light", nothing),
    ("levant", "levant-2020-2026", WIDE, "light", nothing),
    ("levant-dark", "levant-2020-2026", WIDE, "dark", nothing),
    ("phone", "iraq-2025-2026", PHONE, "light", nothing),
    ("phone-evidence", "iraq-2025-2026", PHONE, "light", evidence),
)


def main() -> None:
    """Build, open, take, compress."""
    TARGET.mkdir(parents=True, exist_ok=True)
    ledger = geoposture.read(ROOT / "data")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {recipe: Path(folder) / f"{recipe}.html" for recipe in {picture[1] for picture in PICTURES}}
        for recipe, path in pages.items():
            geoposture.draw(ledger, ROOT / "maps" / f"{recipe}.yaml").save(path)
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        for name, recipe, size, scheme, act in PICTURES:
            content = small(shot(browser, pages[recipe], size, scheme, act))
            (TARGET / f"{name}.png").write_bytes(content)
            print(f"docs/pictures/{name}.png  {len(content):,} bytes")
            if len(content) > LARGEST:
                sys.exit(f"{name}.png is larger than {LARGEST:,} bytes")
        browser.close()


def shot(browser: Browser, path: Path, size: tuple[int, int], scheme: str, act: Callable[[Page], None]) -> bytes:
    """One picture of a page after something was done on it."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, device_scale_factor=2 if size == PHONE else 1)
    context.set_offline(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.get_by_role("slider", name="Day shown").wait_for()
    act(page)
    # Two frames: one in which the page draws the change, one in which the browser shows it.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    content = page.screenshot()
    context.close()
    return content


def small(content: bytes) -> bytes:
    """The picture with a palette of its own colours, which is all that a map in few colours needs."""
    with Image.open(io.BytesIO(content)) as image:
        reduced = image.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    reduced.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _chromium() -> str | None:
    named = os.environ.get("GEOPOSTURE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


if __name__ == "__main__":
    main()
