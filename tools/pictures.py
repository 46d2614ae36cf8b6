"""Take pictures of every state of the shipped pages at three sizes into build/pictures; the best of them go into docs/pictures.

A real browser with no network. `python tools/pictures.py WORD` takes only those whose names hold the word.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import geoposture

ROOT = Path(__file__).parents[1]
ALL, BEST_OF_ALL = ROOT / "build" / "pictures", ROOT / "docs" / "pictures"
LARGEST = 300_000
"""Bytes of a picture that is committed."""
WIDE, LAPTOP, PHONE = (1600, 900), (1280, 720), (390, 844)
SHEET, MARGIN = (1122, 793), 30
"""The paper of A4 and the margin of the printed page, in pixels."""
UNLIKE = 150
"""How far two colours lie apart, as a square, that a palette must keep both."""
SIZES = {"wide": WIDE, "laptop": LAPTOP, "phone": PHONE}
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
IRAQ, COMPARED, LEVANT = "iraq-2025-2026", "iraq-before-after", "levant-2020-2026"


# What a reader does to get there


def nothing(_: Page) -> None:
    """The page as it opens."""


def evidence(page: Page) -> None:
    """The evidence of the base that the reports contradict each other about."""
    page.locator(".mark[data-place=ain-al-asad]").click()
    page.mouse.move(0, 0)


def area(page: Page) -> None:
    """The evidence of a country, with its total beside its sites."""
    page.locator(".badge[data-place=iraq], .badge[data-place=syria]").first.click()
    page.mouse.move(0, 0)


def believed(page: Page) -> None:
    """What was known ten days earlier, and where that differs."""
    field = page.get_by_label("As known on", exact=True).and_(page.locator("input"))
    field.fill("2026-01-10")
    field.press("Enter")
    page.get_by_role("button", name="differs from").click()


def belief(page: Page) -> None:
    """The belief chart of the base of `evidence`."""
    evidence(page)
    page.locator(".belief").first.scroll_into_view_if_needed()


def learned(page: Page) -> None:
    """The first day as it was known then, so that what was learned since is listed."""
    _open(page, "Changes")
    page.get_by_role("checkbox", name=re.compile("as it was known then$")).check()


def changes(page: Page) -> None:
    """The table of what changed."""
    _open(page, "Changes")


def without_a_source(page: Page) -> None:
    """One source switched off."""
    _open(page, "Sources")
    page.get_by_role("checkbox", name=re.compile("^Rudaw")).uncheck()


def places(page: Page) -> None:
    """The list of places."""
    _open(page, "Places")


def searched(page: Page) -> None:
    """A search in Arabic letters."""
    _open(page, "Places")
    page.get_by_label("Find a place").fill("بغداد")


def notes(page: Page) -> None:
    """The notes."""
    _open(page, "Notes")


def legend(page: Page) -> None:
    """The legend, which on a phone is a panel."""
    if page.get_by_role("tab", name="Legend").is_visible():
        _open(page, "Legend")


def close_up(page: Page) -> None:
    """Three steps nearer, around the capital."""
    page.evaluate("map_geoposture.setView([33.3, 44.2], map_geoposture.getZoom() + 2.5, { animate: false })")


def paper(page: Page) -> None:
    """The printed sheet, with the margin that paper gives it."""
    page.evaluate(f"document.body.style.setProperty('padding', '{MARGIN}px')")
    page.emulate_media(media="print")
    page.get_by_role("region", name="Numbered sources").wait_for()


def _open(page: Page, tab: str) -> None:
    wanted = page.get_by_role("tab", name=tab)
    if wanted.get_attribute("aria-selected") != "true":
        wanted.click()


@dataclass(frozen=True)
class State:
    """A page and what was done on it."""

    recipe: str
    act: Callable[[Page], None] = nothing
    scheme: str = "light"
    sizes: tuple[str, ...] = tuple(SIZES)


STATES = {
    "plain": State(IRAQ),
    "plain-dark": State(IRAQ, scheme="dark"),
    "levant": State(LEVANT),
    "levant-dark": State(LEVANT, scheme="dark"),
    "backdated": State(IRAQ, believed),
    "evidence": State(IRAQ, evidence),
    "evidence-dark": State(IRAQ, evidence, "dark"),
    "belief": State(IRAQ, belief),
    "area": State(LEVANT, area),
    "compared": State(COMPARED),
    "compared-dark": State(COMPARED, scheme="dark"),
    "changes": State(COMPARED, changes, sizes=("phone",)),
    "learned": State(COMPARED, learned),
    "sources": State(IRAQ, without_a_source),
    "places": State(IRAQ, places),
    "searched": State(IRAQ, searched),
    "notes": State(IRAQ, notes),
    "legend": State(IRAQ, legend, sizes=("phone",)),
    "close-up": State(IRAQ, close_up),
    "paper": State(IRAQ, paper, sizes=("sheet",)),
    "paper-compared": State(COMPARED, paper, sizes=("sheet",)),
    "paper-levant": State(LEVANT, paper, scheme="dark", sizes=("sheet",)),
}
BEST = {
    "iraq-evidence": "evidence-wide",
    "iraq-as-known-earlier": "backdated-wide",
    "iraq-belief": "belief-wide",
    "iraq-compared": "compared-wide",
    "iraq-printed": "paper-sheet",
    "levant": "levant-wide",
    "levant-dark": "levant-dark-wide",
    "phone": "plain-phone",
    "phone-evidence": "evidence-phone",
}
"""The pictures that README.md and maps/README.md show."""


def main(word: str = "") -> None:
    """Build, open, take, compress."""
    wanted = {f"{name}-{size}": (state, size) for name, state in STATES.items() for size in state.sizes}
    wanted = {name: one for name, one in wanted.items() if word in name}
    best = {taken: name for name, taken in BEST.items()}
    ALL.mkdir(parents=True, exist_ok=True)
    ledger = geoposture.read(ROOT / "data")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {recipe: Path(folder) / f"{recipe}.html" for recipe in (IRAQ, COMPARED, LEVANT)}
        for recipe, path in pages.items():
            geoposture.draw(ledger, ROOT / "maps" / f"{recipe}.yaml").save(path)
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        for name, (state, size) in wanted.items():
            content = small(shot(browser, pages[state.recipe], SIZES.get(size, SHEET), state.scheme, state.act))
            _keep(ALL / f"{name}.png", content)
            if name in best:
                _keep(BEST_OF_ALL / f"{best[name]}.png", content)
                if len(content) > LARGEST:
                    sys.exit(f"{best[name]}.png is larger than {LARGEST:,} bytes")
        browser.close()


def _keep(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    print(f"{path.relative_to(ROOT)}  {len(content):,} bytes")


def shot(browser: Browser, path: Path, size: tuple[int, int], scheme: str, act: Callable[[Page], None]) -> bytes:
    """One picture of a page after something was done on it; a phone and a sheet of paper have finer pixels."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(
        viewport=viewport, color_scheme=scheme, device_scale_factor=2 if size in (PHONE, SHEET) else 1, reduced_motion="reduce"
    )
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
    """The picture in 256 of its own colours: what is flat stays as it is, what lies between goes to the nearest."""
    with Image.open(io.BytesIO(content)) as image:
        pixels = np.asarray(image.convert("RGB"), dtype=np.int32)
    height, width, _ = pixels.shape
    colours, where, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = _palette(colours[np.argsort(-counts, kind="stable")])
    nearest = np.concatenate(
        [
            ((some[:, None] - palette) ** 2).sum(axis=2).argmin(axis=1)
            for some in np.array_split(colours, 1 + len(colours) // 4096)
        ]
    )
    reduced = Image.fromarray(nearest[where].reshape(height, width).astype(np.uint8), "P")
    reduced.putpalette(palette.astype(np.uint8).tobytes())
    packed = io.BytesIO()
    reduced.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _palette(colours: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The most frequent of these colours, then those that are like none before: a source's colour may stand on few pixels."""
    chosen = colours[:64]
    for colour in colours[64:]:
        if len(chosen) == 256:
            break
        if ((chosen - colour) ** 2).sum(axis=1).min() > UNLIKE:
            chosen = np.vstack([chosen, colour])
    return chosen


def _chromium() -> str | None:
    named = os.environ.get("GEOPOSTURE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


if __name__ == "__main__":
    main(*sys.argv[1:])
