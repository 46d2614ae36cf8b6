"""The page asks nobody for anything, and hostile words in the data stay words, in the builder and in the browser."""

from __future__ import annotations

import folium
import pytest

import geoposture
from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.ledger import Claim, Force, Ledger, Name, Place, Recipe, Report, Source

from .conftest import RECIPES, SIZES

HOSTILE = (
    "{{ cycler.__init__.__globals__.os.getcwd() }} {% for x in range(9) %}{% endfor %} ${alert(1)} `tick` "
    "</script><script>globalThis.ran=1</script> <!-- <script> --> <img src=x onerror='globalThis.ran=1'> \\u003c &amp; <!--put:title-->"
)


def hostile_ledger():
    when = parse_when("2025-10-20/..")
    claim = Claim(
        "r#c",
        ("base",),
        "us",
        "present",
        time=when,
        when="2025-10-20/..",
        quote=HOSTILE,
        says=HOSTILE,
        note=HOSTILE,
        where=HOSTILE,
    )
    total = Claim("r#t", ("land",), "us", "present", time=when, when="2025-10-20/..")
    report = Report(
        "r",
        "s",
        "2025-10-21",
        parse_period("2025-10-21"),
        title=HOSTILE,
        url="https://example.org/",
        note=HOSTILE,
        claims=(claim, total),
    )
    return Ledger(
        places={
            "base": Place(
                "base", HOSTILE, "air-base", 33.8, 42.4, within="land", names=(Name(HOSTILE), Name(HOSTILE, "ar")), note=HOSTILE
            ),
            "land": Place("land", HOSTILE, "country", 33.2, 43.7),
        },
        forces={"us": Force("us", HOSTILE)},
        sources={"s": Source("s", HOSTILE, "publisher", role=HOSTILE, note=HOSTILE)},
        reports={"r": report},
    )


@pytest.fixture
def hostile(tmp_path):
    recipe = Recipe(HOSTILE, "data", subtitle=HOSTILE, notes=HOSTILE, day=parse_day("2025-10-22"))
    target = tmp_path / "hostile.html"
    geoposture.draw(hostile_ledger(), recipe).save(target)
    return target


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_requested_and_nothing_is_complained_of(built, show, name, size):
    page = show(built(name), size)
    for tab in page.get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
    assert page.title() == page.get_by_role("heading", level=1).inner_text()


def test_the_policy_forbids_what_is_not_in_the_file(built, browser):
    page = browser.new_page()
    page.goto(built(RECIPES[0]).as_uri())
    broken = page.evaluate("""() => new Promise((done) => {
        document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
        const script = document.createElement("script");
        script.textContent = "globalThis.ran = 1";
        document.body.append(script);
    })""")
    assert broken == "script-src-elem"
    assert page.evaluate("globalThis.ran") is None
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_hostile_words_are_shown_as_they_are(hostile, show, size):
    page = show(hostile, size)
    assert page.get_by_role("heading", level=1).text_content() == HOSTILE
    page.locator(".mark").click()
    evidence = page.get_by_role("article")
    assert evidence.get_by_role("heading", level=2).text_content() == HOSTILE
    assert evidence.locator("q").first.text_content() == HOSTILE
    assert evidence.locator("[lang=ar]").text_content() == HOSTILE
    assert page.evaluate("globalThis.ran") is None
    assert page.locator("img[src=x]").count() == 0
    assert page.title().startswith("{{ cycler")


def test_links_leave_safely(hostile, show):
    page = show(hostile)
    page.locator(".mark").click()
    link = page.get_by_role("article").get_by_role("link").first
    assert link.get_attribute("href") == "https://example.org/"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


def test_layers_that_people_add_with_folium_work(ledger, show, tmp_path):
    page_map = geoposture.draw(ledger, Recipe("Mine", "data", day=parse_day("2025-10-22"), places=("iraq",)))
    folium.Marker([32.0, 41.6], tooltip="tip", popup="<b>Hello</b>").add_to(page_map)
    group = folium.FeatureGroup("Circles").add_to(page_map)
    folium.CircleMarker([32.0, 45.6], popup=folium.Popup("A circle")).add_to(group)
    folium.LayerControl(collapsed=False).add_to(page_map)
    page_map.keep_in_front(group)
    page_map.save(tmp_path / "mine.html")
    page = show(tmp_path / "mine.html")
    page.get_by_alt_text("Marker").click()
    assert page.locator(".leaflet-popup b").inner_text() == "Hello"
    assert page.get_by_label("Circles").is_checked()


def test_it_shows_in_a_notebook(ledger, browser, tmp_path):
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!DOCTYPE html>{geoposture.draw(ledger, Recipe('In a cell', 'data'))._repr_html_()}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.goto(cell.as_uri())
    inside = page.frame_locator("iframe")
    inside.get_by_role("slider", name="Day shown").wait_for()
    assert inside.get_by_role("heading", level=1).inner_text() == "In a cell"
    page.close()
