"""What stands on an area's badge: whose figure or change it is, and what the sites come to beside the total. Figures first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import geoposture
from geoposture.area_totals import totals
from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Place, Recipe, Report, Source
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at

WHEN = "2025-10-20/.."
DAY = "2025-10-22"
FORCES = {
    "all": Force("all", "Everybody (EV)"),
    "red": Force("red", "Red", part_of="all"),
    "blue": Force("blue", "Blue", part_of="all"),
}
PLACES = {
    place.id: place
    for place in (
        Place("land", "Land", "country", 33.0, 44.0),
        Place("north", "North", "province", 35.0, 44.0, within="land"),
        Place("one", "Camp One", "camp", 34.0, 42.0, within="land"),
        Place("two", "Camp Two", "camp", 32.0, 46.0, within="land"),
    )
}


def said(place, force, status="present", people=None, when=WHEN):
    return place, force, status, people, when


@pytest.fixture
def drawn(tmp_path):
    """A function that draws claims about the places above, all from one report."""

    def draw(*claims, compare=None, places=PLACES):
        made = tuple(
            Claim(
                f"r#{number}",
                (place,),
                force,
                status,
                personnel=people and parse_personnel(people),
                time=parse_when(when),
                when=when,
            )
            for number, (place, force, status, people, when) in enumerate(claims)
        )
        report = Report("r", "s", "2025-10-21", parse_period("2025-10-21"), claims=made)
        book = Ledger(places, FORCES, {"s": Source("s", "S", "publisher")}, {"r": report})
        target = tmp_path / "badges.html"
        recipe = Recipe("Badges", "data", day=parse_day(DAY), compare=compare and parse_day(compare))
        geoposture.draw(book, recipe).save(target)
        return book, target

    return draw


def badge(page, name):
    return page.get_by_role("group", name="Places on the map").get_by_role("button", name=re.compile(f"^{name}\\b"))


# Whose it is


def test_a_total_that_is_not_everybodys_says_whose_it_is(drawn, show):
    page = show(drawn(said("land", "red", people="2500"), said("land", "blue", people="40"))[1])
    expect(badge(page, "Land").locator("text")).to_contain_text(["Land", "2,500", "Red"])
    expect(badge(page, "Land")).to_have_attribute("aria-label", re.compile("Blue present, 40"))
    page.get_by_role("tab", name="Places").click()
    expect(page.get_by_role("row", name=re.compile("^Land"))).to_contain_text("Present, Red")
    badge(page, "Land").click()
    expect(page.get_by_role("status").filter(has_text="Land: Present, 2,500, Red")).to_have_count(1)


def test_a_total_of_the_only_force_needs_no_name(drawn, show):
    page = show(drawn(said("land", "all", people="2500"))[1])
    expect(badge(page, "Land").locator("text")).to_have_text(["Land", " 2,500"])


def test_areas_in_which_forces_differ_say_so_without_a_figure(drawn, show):
    page = show(drawn(said("land", "red"), said("land", "blue", "absent"))[1])
    expect(badge(page, "Land").locator("text")).to_have_text(["Land", " Present", " Red"])


def test_a_change_of_one_force_names_it(drawn, show):
    early = "2025-10-01/.."
    claims = (said("land", "red", when=early), said("land", "blue", when="2025-10-20/.."))
    page = show(drawn(*claims, compare="2025-10-10")[1])
    expect(badge(page, "Land").locator("text")).to_have_text(["Land", " first reported present", " Blue"])


def test_several_changes_are_counted(drawn, show):
    claims = (
        said("land", "red", when="2025-10-01/2025-10-15"),
        said("land", "red", "absent", when="2025-10-16/.."),
        said("land", "blue"),
    )
    page = show(drawn(*claims, compare="2025-10-10")[1])
    expect(badge(page, "Land").locator("text")).to_have_text(["Land", " now absent", " Red; 1 other change"])
    expect(badge(page, "Land")).to_have_attribute("aria-label", re.compile("now absent, Red, Blue first reported present$"))


def test_iraq_says_that_it_is_the_coalition_that_was_first_reported(built, show):
    page = show(built("iraq-before-after"))
    expect(badge(page, "Iraq").locator("text")).to_have_text(["Iraq", " first reported present", " Global Coalition"])
    expect(page.locator(".mark-label").filter(has_text="Erbil International Airport")).to_contain_text("Global Coalition")


# Beside the total


@pytest.mark.parametrize(
    ("total", "one", "two", "words", "verdict"),
    [
        ("~2500", "900..1400", None, "sites explain more than 900", "within"),
        ("~2500", "900..1400", "100", "sites explain only 1,000–1,500", "short"),
        ("2500", "2000", "700", "sites add up to 2,700", "over"),
        ("2500", None, None, "2 sites present, no figures", "within"),
    ],
)
def test_a_badge_says_what_the_sites_come_to(drawn, show, total, one, two, words, verdict):
    book, path = drawn(said("land", "red", people=total), said("one", "red", people=one), said("two", "red", people=two))
    rows = at(resolve(book), parse_day(DAY))
    assert [found["explained"] for found in totals(rows, reconcile(rows), "land") if found["force"] == "red"] == [verdict]
    page = show(path)
    line = badge(page, "Land").locator(".badge-more").last
    expect(line).to_have_text(f" {words}")
    expect(badge(page, "Land")).to_have_attribute("aria-label", re.compile(re.escape(words)))
    assert bool(re.search(r"\bclash\b", line.get_attribute("class"))) is (verdict != "within")
    page.get_by_role("tab", name="Places").click()
    expect(page.get_by_role("row", name=re.compile("^Land"))).to_contain_text(words)


def test_a_total_without_sites_says_nothing_of_them(drawn, show):
    page = show(drawn(said("land", "red", people="2500"), said("north", "red"))[1])
    expect(badge(page, "Land").locator(".badge-words")).to_have_text(" 2,500")
    expect(badge(page, "Land").locator(".badge-more")).to_have_count(0)


# Who gives way


def test_the_figure_wins_the_room(drawn, show):
    here = {"land": PLACES["land"], "alpha": Place("alpha", "Alpha", "province", 33.0, 44.0, within="land")}
    path = drawn(said("alpha", "red", people="20"), said("land", "red", people="2500"), places=here)[1]
    page = show(path)
    centre = page.evaluate("() => { const { x, y } = map_geoposture.latLngToContainerPoint([33, 44]); return [x, y]; }")
    stage = page.locator("#stage").bounding_box()
    boxes = {name: badge(page, name).locator(".badge-box").bounding_box() for name in ("Land", "Alpha")}

    def holds(box):
        x, y = centre[0] + stage["x"], centre[1] + stage["y"]
        return box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]

    assert (holds(boxes["Land"]), holds(boxes["Alpha"])) == (True, False)


def test_squares_without_a_figure_do_not_cover_the_marks_of_a_large_map(drawn, show):
    places = {"land": Place("land", "Land", "country", 33.0, 44.0)}
    places |= {f"a{i}": Place(f"a{i}", f"Area {i}", "province", 30.5 + i, 41.5 + i, within="land") for i in range(6)}
    places |= {
        f"p{i:03}": Place(f"p{i:03}", f"Place {i}", "camp", 30 + 6 * (i // 25) / 25, 40 + 9 * (i % 25) / 25, within="land")
        for i in range(600)
    }
    claims = [said(place, "red", people="900" if place == "land" else None) for place in places]
    page = show(drawn(*claims, places=places)[1])
    expect(page.get_by_role("img", name=re.compile("places in sight"))).to_be_visible()
    expect(badge(page, "Land")).to_have_count(1)
    badges = [node.bounding_box() for node in page.locator(".badge").filter(has_not_text="900").locator(".badge-box").all()]
    stage = page.locator("#stage").bounding_box()
    marks = page.evaluate(
        "(spots) => spots.map((spot) => { const { x, y } = map_geoposture.latLngToContainerPoint(spot); return [x, y]; })",
        [[place.lat, place.lon] for place in places.values() if place.kind == "camp"],
    )
    for box in badges:
        for x, y in ((x + stage["x"], y + stage["y"]) for x, y in marks):
            assert not (box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"])


# The counts in the headline


def counted(page):
    return dict(zip(*([node.inner_text() for node in page.locator(f".tally {tag}").all()] for tag in ("dt", "dd")), strict=True))


def test_where_only_areas_are_spoken_of_areas_are_counted(drawn, show):
    page = show(drawn(said("land", "red"), said("north", "red", "absent"))[1])
    assert counted(page) == {"area present": "1", "absent": "1", "contested": "0"}


def test_where_sites_are_spoken_of_only_they_are_counted(drawn, show):
    page = show(drawn(said("land", "red"), said("one", "red"), said("two", "red"))[1])
    assert counted(page) == {"sites present": "2", "absent": "0", "contested": "0"}
