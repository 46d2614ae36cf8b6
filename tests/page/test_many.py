"""More places than SVG nodes are good for: one canvas draws them, and a click still finds the right one."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

import geoposture
from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Place, Recipe, Report, Source

COUNT = 900


@pytest.fixture
def many(tmp_path):
    side = math.isqrt(COUNT)
    places = {
        f"p{i:04}": Place(f"p{i:04}", f"Place {i}", "camp", 30 + 6 * (i // side) / side, 40 + 9 * (i % side) / side)
        for i in range(COUNT)
    }
    when = parse_when("2025-10-20/..")
    claims = tuple(
        Claim(f"r#{place}", (place,), "us", "present" if i % 2 else "absent", time=when, when="2025-10-20/..")
        for i, place in enumerate(places)
    )
    report = Report("r", "s", "2025-10-21", parse_period("2025-10-21"), claims=claims)
    book = Ledger(places, {"us": Force("us", "US")}, {"s": Source("s", "S", "publisher")}, {"r": report})
    target = tmp_path / "many.html"
    geoposture.draw(book, Recipe("Many", "data", day=parse_day("2025-10-22"))).save(target)
    return target


def test_a_click_on_the_canvas_finds_the_place(many, show):
    page = show(many)
    expect(page.get_by_role("img", name=re.compile("^900 places in sight"))).to_be_visible()
    assert page.locator(".mark").count() == 0
    x, y = page.evaluate(
        "() => { const { x, y } = map_geoposture.latLngToContainerPoint([30 + 6 * 15 / 30, 40 + 9 * 15 / 30]); return [x, y]; }"
    )
    page.locator("#map_geoposture").click(position={"x": x, "y": y})
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_text("Place 465")


def test_the_canvas_is_painted_anew_with_the_day(many, show):
    page = show(many)
    painted = "() => document.querySelector('canvas').toDataURL().length"
    before = page.evaluate(painted)
    page.get_by_role("slider", name="Day shown").press("Home")
    expect(page.get_by_role("img", name=re.compile("^0 places in sight"))).to_be_visible()
    assert page.evaluate(painted) < before


@pytest.fixture
def changing(tmp_path):
    """Places that lie on each other, of which a second paper speaks anew every day: it denies one, puts a figure on another."""
    places = {
        f"p{i:04}": Place(f"p{i:04}", f"Place {i}", "camp", 33 + (i // 30) * 0.05, 43 + (i % 30) * 0.05) for i in range(COUNT)
    }
    book = Ledger(places, {"us": Force("us", "US")}, {name: Source(name, name, "publisher") for name in "st"}, {})
    reports = {"r": [Claim(f"r#{place}", (place,), "us", "present") for place in places]}
    for day in range(22, 27):
        reports[f"on-{day}"] = [
            Claim(f"on-{day}#{i}", (f"p{i:04}",), "us", *said)
            for i in range(day, COUNT, 90)
            for said in [("present", "reported", None, None, parse_personnel("500")) if i % 4 else ("absent",)]
        ]
    for name, claims in reports.items():
        published = "2025-10-21" if name == "r" else f"2025-10-{name[3:]}"
        book.reports[name] = Report(name, "s" if name == "r" else "t", published, parse_period(published), claims=tuple(claims))
    target = tmp_path / "changing.html"
    geoposture.draw(book, Recipe("Changing", "data", day=parse_day("2025-10-21"))).save(target)
    return target


PICTURE = "() => document.querySelector('canvas').toDataURL()"
KEEP_WIDTHS = """() => {
  window.widths = [];
  const { prototype } = CanvasRenderingContext2D;
  const put = prototype.putImageData;
  prototype.putImageData = function (...given) { widths.push(given[5]); return put.apply(this, given); };
}"""


def test_what_is_painted_around_changes_is_what_is_painted_at_once(changing, show):
    stepped = show(changing)
    stepped.evaluate(KEEP_WIDTHS)
    slider = stepped.get_by_role("slider", name="Day shown")
    pictures = [stepped.evaluate(PICTURE)]
    for day in range(22, 29):
        slider.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuetext", f"{day} Oct 2025")
        pictures.append(stepped.evaluate(PICTURE))
        at_once = show(changing, address=f"#day=2025-10-{day}")
        expect(at_once.get_by_role("slider", name="Day shown")).to_have_attribute("aria-valuetext", f"{day} Oct 2025")
        assert pictures[-1] == at_once.evaluate(PICTURE)
        at_once.close()
    assert len(set(pictures)) > 4
    # On the first day all turn paler, which is painted at once; then only small parts are.
    whole, *parts = stepped.evaluate("widths")
    assert 0 < max(parts) < 80 < whole


def test_the_ring_of_a_choice_goes_with_it(changing, show):
    page = show(changing)
    before = page.evaluate(PICTURE)
    x, y = page.evaluate("() => { const { x, y } = map_geoposture.latLngToContainerPoint([33.5, 43.5]); return [x, y]; }")
    page.locator("#map_geoposture").click(position={"x": x, "y": y})
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_text("Place 310")
    assert page.evaluate(PICTURE) != before
    page.get_by_role("article").get_by_role("button", name=re.compile("^Close")).click()
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_count(0)
    assert page.evaluate(PICTURE) == before


def test_the_list_names_them_all(many, show):
    page = show(many)
    page.get_by_role("tab", name="Places").click()
    expect(page.get_by_role("status").filter(has_text="900 places")).to_be_visible()
    page.get_by_label("Find a place").fill("place 899")
    expect(page.get_by_role("rowheader")).to_have_count(1)


def test_every_row_of_the_list_can_be_reached_by_keyboard(many, show):
    page = show(many)
    page.get_by_role("tab", name="Places").click()
    rows = page.get_by_role("rowheader")
    expect(rows).to_have_count(500)
    expect(page.get_by_role("status").filter(has_text="900 places; the first 500 are listed")).to_be_visible()
    page.get_by_role("button", name="Show 400 more").press("Enter")
    expect(rows).to_have_count(COUNT)
    assert page.evaluate("document.activeElement.textContent") == rows.nth(500).inner_text()
    expect(page.get_by_role("button", name=re.compile("^Show .* more"))).to_have_count(0)
    assert len(set(rows.all_inner_texts())) == COUNT


def test_a_search_looks_at_all_places_and_starts_from_the_top(many, show):
    page = show(many)
    page.get_by_role("tab", name="Places").click()
    page.get_by_role("button", name="Show 400 more").click()
    for number in (0, 499, 500, COUNT - 1):
        page.get_by_label("Find a place").fill(f"p{number:04}")
        expect(page.get_by_role("rowheader")).to_have_text([f"Place {number}"])
    page.get_by_label("Find a place").fill("place")
    expect(page.get_by_role("rowheader")).to_have_count(500)
