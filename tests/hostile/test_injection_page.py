"""Hostile words in every field, in a real browser: nothing runs, nothing is asked for, the layout holds, the words stay as they are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

import geoposture
from tests.test_watching import Watched

from .asking import run
from .payloads import COUNT, PAYLOADS, ident, url, world

SIZES = {"wide": (1600, 900), "phone": (390, 844)}
LISTEN = """
globalThis.heard = [];
globalThis.ran = (number) => globalThis.heard.push(`ran ${number}`);
document.addEventListener("securitypolicyviolation", (event) => globalThis.heard.push(`policy: ${event.blockedURI}`));
"""
WIDER = """(unbreakable) => {
    const found = [], inside = unbreakable.trim();
    for (const node of document.querySelectorAll("#page, #page *")) {
        const box = node.getBoundingClientRect();
        if (!box.width || !node.checkVisibility({ checkVisibilityCSS: true }) || node.closest("svg, #stage, .spoken")) continue;
        if (document.body.scrollWidth > innerWidth) found.push(`the page scrolls: ${document.body.scrollWidth}`);
        if (node.textContent.includes(inside)) continue;
        if (box.right > innerWidth + 1 || box.left < -1) found.push(`${node.tagName}.${node.className}: ${box.left} to ${box.right}`);
        if (node.clientWidth && node.scrollWidth > node.clientWidth + 8) found.push(`${node.tagName}.${node.className}: ${node.scrollWidth} in ${node.clientWidth}`);
    }
    const edge = document.elementFromPoint(innerWidth - 2, innerHeight / 2);
    if (!edge || !edge.closest("#page")) found.push("the page does not fill the window");
    return found;
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The page of the hostile world, and the same that opens in comparison."""
    folder = tmp_path_factory.mktemp("hostile")
    recipe = world().write(folder)
    geoposture.draw(geoposture.read(folder / "data"), recipe).save(folder / "page.html")
    return folder


@pytest.fixture
def open_page(browser):
    """A function that opens a page in which whatever runs, asks, complains or opens a window is heard."""
    contexts, heard = [], []

    def opened(address, size):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, has_touch=size == "phone")
        contexts.append(context)
        context.set_offline(address.startswith("file:"))
        context.add_init_script(LISTEN)
        page = context.new_page()
        context.on("page", lambda other: heard.append(f"window: {other.url}") if other != page else None)
        context.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("console", lambda message: heard.append(f"console: {message.text}"))
        context.on("weberror", lambda error: heard.append(f"error: {error.error}"))
        context.on("request", lambda request: heard.append(f"request: {request.url}"))
        page.goto(address)
        page.heard = lambda: heard + page.evaluate("globalThis.heard")
        return page

    yield opened
    for context in contexts:
        context.close()


def requested_once(page):
    """Whether all that was ever heard is that the page itself was loaded."""
    assert [line.partition("#")[0] for line in page.heard()] == [f"request: {page.url.partition('#')[0]}"]
    return True


def sentence(text):
    return text[:1].upper() + text[1:]


def texts(locator):
    return [" ".join(text.split()) for text in locator.all_text_contents()]


SHOWN = [" ".join(text.split()) for text in PAYLOADS]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_the_layout_holds_and_words_stay_as_they_are(files, open_page, size):
    page = open_page((files / "page.html").as_uri(), size)
    page.get_by_role("slider", name="Day shown").wait_for()
    everything = " ".join(PAYLOADS)
    assert page.get_by_role("heading", level=1).text_content() == everything
    assert page.locator(".headline-subtitle").text_content() == everything
    assert page.title() == " ".join(everything.split())
    wide = []
    for tab in [tab for tab in page.get_by_role("tab").all() if tab.is_visible()]:
        tab.click()
        wide += page.evaluate(WIDER, PAYLOADS[UNBREAKABLE])
    assert set(SHOWN) <= set(texts(page.locator(".choice .name")))
    assert page.locator(".about p").first.text_content() == everything
    page.get_by_role("tab", name="Places").click()
    assert set(SHOWN) <= set(texts(page.locator(".place-button")))
    for number in range(COUNT):
        look_at(page, number)
        wide += page.evaluate(WIDER, PAYLOADS[UNBREAKABLE])
    assert wide == []
    assert requested_once(page)


UNBREAKABLE = next(number for number, text in enumerate(PAYLOADS) if "\u20dd" in text)
"""One letter under many marks is one letter to a browser: where it is wider than its column, it is cut off there."""


def look_at(page, number):
    """The evidence of a place and its claims: every field as it was written."""
    text, shown = PAYLOADS[number], SHOWN[number]
    page.evaluate("(address) => { location.hash = address; }", f"place={ident(number)}&tab=evidence")
    article = page.get_by_role("article")
    article.locator(f"[data-claim='{ident(number)}#own']").wait_for()
    assert article.get_by_role("heading", level=2).text_content() == text
    assert article.locator("[lang=ar]").text_content() == text
    assert texts(article.locator(".evidence-names bdi")) == [f"Base {shown}"] or shown in texts(
        article.locator(".evidence-names bdi")
    )
    assert texts(article.get_by_role("heading", level=3)) == [shown]
    for claim in (ident(number), "own"):
        card = article.locator(f"[data-claim='{ident(number)}#{claim}']")
        assert card.locator(".claim-source").text_content() == text
        assert card.locator("q").text_content() == text
        assert card.locator("p[dir=auto]").text_content() == sentence(text)
        assert card.locator(".claim-title bdi").all_text_contents() == [text, text]
        assert card.get_by_role("link").get_attribute("href") == url(number)
        assert card.locator(".claim-meta bdi").last.text_content() == text
    voice = article.locator(f"[data-claim='{ident(number)}#{ident(number)}'] .claim-voice bdi")
    assert texts(voice) == [shown, shown]


def test_what_a_reader_saves_holds_the_words_too(files, open_page):
    page = open_page((files / "page.html").as_uri(), "wide")
    for form in ("CSV", "GeoJSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save the current rows as {form}").click()
        with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
            if form == "GeoJSON":
                found = {row["properties"]["quote"] for row in json.load(file)["features"]}
                assert set(PAYLOADS) <= found
            else:
                rows = list(csv.DictReader(file))
                assert {f"'{text}" if text[0] in "=+-@\t\r" else text for text in PAYLOADS} <= {row["quote"] for row in rows}
                assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_the_printed_sheet_runs_nothing(files, open_page):
    page = open_page((files / "page.html").as_uri(), "wide")
    page.get_by_role("slider", name="Day shown").wait_for()
    assert page.pdf().startswith(b"%PDF")
    assert requested_once(page)


def test_the_watch_page_tells_problems_in_words(open_page, tmp_path):
    """The page in its frame, then the problems of files in which every value is hostile, line for line as `check` prints them."""
    made = world()
    made.write(tmp_path)
    watched = Watched(tmp_path, recipe="maps/hostile.yaml")
    try:
        watched.first()
        page = open_page(f"{watched.url}/", "phone")
        page.frame_locator("#page").get_by_role("heading", level=1).wait_for()
        text = json.dumps(dict.fromkeys(("id", "publisher", "published", "url", *PAYLOADS), PAYLOADS[14]), ensure_ascii=False)
        (tmp_path / "data" / "reports" / "broken.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "data" / "forces.yaml").write_text(json.dumps({text: [PAYLOADS[4]]}), encoding="utf-8")
        page.locator("#list li").first.wait_for()
        with pytest.MonkeyPatch.context() as patched:
            patched.chdir(tmp_path)
            expected = [line for line in run(["check"]).out.splitlines() if line.startswith("data/")]
        expect(page.locator("#list li")).to_have_count(len(expected), timeout=30_000)
        assert page.locator("#list li").all_text_contents() == expected
        assert len(expected) > COUNT
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        told = [line for line in page.heard() if not line.startswith(f"request: {watched.url}/")]
        assert told == []
    finally:
        watched.process.kill()
        watched.process.communicate()


def test_a_figure_that_is_opened_runs_nothing(files, open_page):
    assert run(["figure", str(files / "maps" / "hostile.yaml"), "-o", str(files / "figure.svg")]).status == 0
    page = open_page((files / "figure.svg").as_uri(), "wide")
    assert page.locator("text").count() > 20
    assert requested_once(page)


def test_they_would_run_in_a_page_that_is_careless(open_page, tmp_path):
    """What the tests above listen for is heard where there is something to hear."""
    careless = tmp_path / "careless.html"
    bodies = "".join(f"<div>{PAYLOADS[number]}</div>" for number in (4, 6, 8, 13, 10))
    careless.write_text(f"<!DOCTYPE html><meta charset=utf-8><body><input type='{PAYLOADS[7]}'>{bodies}", encoding="utf-8")
    page = open_page(careless.as_uri(), "wide")
    page.wait_for_function("new Set(globalThis.heard).size >= 5")
    assert {"ran 4", "ran 6", "ran 7", "ran 8", "ran 13"} <= set(page.heard())
    assert any(line.startswith("request: https://attacker.invalid/") for line in page.heard())
