"""What a reader does: drag, type, play, switch, click; by pointer and by keyboard."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

SENTENCE = re.compile(r"^Situation on (.+), as known")


def sentence(page):
    return page.locator(".headline-sentence")


@pytest.fixture
def iraq(built, show):
    return show(built("iraq-2025-2026"))


def test_the_sentence_says_both_days(iraq):
    expect(sentence(iraq)).to_have_text("Situation on 20 Jan 2026, as known today")


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("ArrowRight", "21 Jan 2026"),
        ("ArrowLeft", "19 Jan 2026"),
        ("PageDown", "21 Dec 2025"),
        ("Shift+ArrowLeft", "13 Jan 2026"),
    ],
)
def test_the_slider_moves_by_keyboard(iraq, key, day):
    slider = iraq.get_by_role("slider", name="Day shown")
    slider.press(key)
    expect(sentence(iraq)).to_contain_text(f"Situation on {day}")
    expect(slider).to_have_attribute("aria-valuetext", day)


def test_home_and_end_go_to_the_ends(iraq):
    slider = iraq.get_by_role("slider", name="Day shown")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", slider.get_attribute("aria-valuemin"))
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuenow", slider.get_attribute("aria-valuemax"))


def test_the_slider_follows_the_pointer(iraq):
    handle = iraq.get_by_role("slider", name="Day shown")
    box = handle.bounding_box()
    before = int(handle.get_attribute("aria-valuenow"))
    iraq.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    iraq.mouse.down()
    iraq.mouse.move(box["x"] - 200, box["y"], steps=5)
    iraq.mouse.up()
    expect(handle).not_to_have_attribute("aria-valuenow", str(before))
    assert int(handle.get_attribute("aria-valuenow")) < before


@pytest.mark.parametrize("typed", ["2025-10-21", "21 Oct 2025", "21 October 2025"])
def test_a_day_can_be_typed(iraq, typed):
    field = iraq.get_by_label("Day", exact=True)
    field.fill(typed)
    field.press("Enter")
    expect(sentence(iraq)).to_contain_text("Situation on 21 Oct 2025")


def test_a_day_that_is_none_is_refused(iraq):
    field = iraq.get_by_label("Day", exact=True)
    field.fill("2025-02-30")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(sentence(iraq)).to_contain_text("Situation on 20 Jan 2026")


def test_what_was_known_can_be_moved_back_and_forth(iraq):
    known = iraq.get_by_role("slider", name="As known on")
    expect(known).to_have_attribute("aria-valuetext", "today's knowledge")
    known.press("PageDown")
    expect(sentence(iraq)).to_contain_text("as known on ")
    known.press("End")
    expect(sentence(iraq)).to_have_text("Situation on 20 Jan 2026, as known today")


def test_steps_go_to_the_next_and_back_to_the_previous_change(iraq):
    slider = iraq.get_by_role("slider", name="Day shown")
    start = int(slider.get_attribute("aria-valuenow"))
    iraq.get_by_role("button", name="Previous change").click()
    expect(slider).not_to_have_attribute("aria-valuenow", str(start))
    assert int(slider.get_attribute("aria-valuenow")) < start
    iraq.get_by_role("button", name="Next change").click()
    iraq.get_by_role("button", name="Next change").click()
    expect(slider).not_to_have_attribute("aria-valuenow", str(start))
    assert int(slider.get_attribute("aria-valuenow")) > start


def test_play_walks_on_until_it_is_paused(iraq):
    slider = iraq.get_by_role("slider", name="Day shown")
    start = slider.get_attribute("aria-valuenow")
    iraq.get_by_role("button", name="Play").click()
    expect(slider).not_to_have_attribute("aria-valuenow", start)
    iraq.get_by_role("button", name="Pause").click()
    expect(iraq.get_by_role("button", name="Play")).to_be_visible()


def test_a_source_can_be_switched_off_and_the_standing_changes(iraq):
    iraq.locator(".mark[data-place=camp-taji]").wait_for()
    iraq.get_by_role("button", name="None", exact=True).click()
    expect(iraq.locator(".mark")).to_have_count(0)
    iraq.get_by_role("checkbox", name=re.compile("^Shafaq News")).check()
    expect(iraq.locator(".mark").first).to_be_visible()


def test_a_click_shows_the_evidence(iraq):
    iraq.locator(".mark[data-place=ain-al-asad]").click()
    evidence = iraq.get_by_role("article")
    expect(evidence.get_by_role("heading", level=2)).to_have_text("Ain al-Asad Air Base")
    expect(evidence.locator("[lang=ar][dir=rtl]").first).to_be_visible()
    expect(evidence.locator(".claim").first).to_be_visible()
    iraq.get_by_role("button", name="Close the evidence").click()
    expect(iraq.get_by_role("tab", name="Sources")).to_have_attribute("aria-selected", "true")


def test_marks_can_be_walked_by_keyboard(iraq):
    start = iraq.locator("[role=button][data-place][tabindex='0']")
    expect(start).to_have_count(1)
    first = start.get_attribute("data-place")
    start.focus()
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        iraq.keyboard.press(key)
    assert iraq.evaluate("document.activeElement.hasAttribute('data-place')")
    assert first
    iraq.keyboard.press("Enter")
    expect(iraq.get_by_role("tab", name="Evidence")).to_have_attribute("aria-selected", "true")


def test_a_mark_keeps_the_focus_while_the_day_changes(iraq):
    mark = iraq.locator(".mark[data-place=harir]")
    mark.focus()
    iraq.get_by_label("Day", exact=True).evaluate(
        "(field) => { field.value = '2026-01-19'; field.dispatchEvent(new Event('change')); }"
    )
    expect(sentence(iraq)).to_contain_text("19 Jan 2026")
    assert iraq.evaluate("document.activeElement.getAttribute('data-place')") == "harir"


def test_tabs_are_walked_with_arrows(iraq):
    iraq.get_by_role("tab", name="Sources").focus()
    iraq.keyboard.press("ArrowRight")
    expect(iraq.get_by_role("tab", name="Sources")).to_have_attribute("aria-selected", "false")


def test_the_sheet_opens_and_closes_on_a_phone(built, show):
    page = show(built("iraq-2025-2026"), "phone")
    tab = page.get_by_role("tab", name="Sources")
    tall = page.locator("#map_geoposture").bounding_box()["height"]
    tab.click()
    expect(page.get_by_role("tabpanel")).to_be_visible()
    assert page.locator("#map_geoposture").bounding_box()["height"] < tall
    tab.click()
    expect(page.get_by_role("tabpanel")).to_have_count(0)


# The second clock


def test_moving_what_is_known_back_says_where_it_differs(iraq):
    field = iraq.get_by_label("As known on", exact=True).and_(iraq.locator("input"))
    field.fill("2026-01-10")
    field.press("Enter")
    expect(sentence(iraq)).to_have_text("Situation on 20 Jan 2026, as known on 10 Jan 2026")
    badge = iraq.get_by_role("button", name=re.compile("^differs from today's knowledge at [0-9]+ place"))
    count = int(re.search("[0-9]+", badge.inner_text())[0])
    badge.click()
    expect(iraq.get_by_role("tabpanel").locator(".differs-dot")).to_have_count(count)
    field.fill("today")
    field.press("Enter")
    expect(badge).to_be_hidden()


# The list of places


def test_the_list_has_every_mark(iraq):
    iraq.get_by_role("tab", name="Places").click()
    names = iraq.get_by_role("rowheader").all_inner_texts()
    for mark in iraq.locator(".mark").all():
        assert mark.get_attribute("aria-label").split(":")[0] in names


@pytest.mark.parametrize("typed", ["عين الأسد", "ayn al asad", "AIN AL-ASAD"])
def test_a_place_is_found_by_any_spelling(iraq, typed):
    iraq.get_by_role("tab", name="Places").click()
    iraq.get_by_label("Find a place").fill(typed)
    expect(iraq.get_by_role("rowheader").first).to_contain_text("Ain al-Asad Air Base")


def test_a_place_of_which_nobody_speaks_is_found_and_says_so(iraq, ledger):
    spoken = {place for _, claim in ledger.claims() for place in claim.places}
    silent = [place for place in ledger.places.values() if place.within == "federal-iraq" and place.id not in spoken]
    iraq.get_by_role("tab", name="Places").click()
    assert not {place.name for place in silent} & set(iraq.get_by_role("rowheader").all_inner_texts())
    for place in silent:
        iraq.get_by_label("Find a place").fill(place.name)
        row = iraq.get_by_role("row").filter(has=iraq.get_by_role("rowheader", name=place.name)).first
        expect(row).to_contain_text("no report")
        expect(row.get_by_role("button")).to_have_count(0)
    assert silent


def test_the_list_is_sorted_by_its_heads(iraq):
    iraq.get_by_role("tab", name="Places").click()
    head = iraq.get_by_role("columnheader", name="Place")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    names = iraq.get_by_role("rowheader").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert iraq.get_by_role("rowheader").all_inner_texts() == names[::-1]


def test_a_place_of_the_list_shows_its_evidence(iraq):
    iraq.get_by_role("tab", name="Places").click()
    iraq.get_by_role("rowheader", name="Harir Air Base").get_by_role("button").click()
    expect(iraq.get_by_role("article").get_by_role("heading", level=2)).to_have_text("Harir Air Base")


# Totals and belief


def test_an_area_shows_its_total_beside_its_sites(built, show):
    page = show(built("levant-2020-2026"))
    page.locator(".badge[data-place=iraq]").click()
    block = page.locator(".totals")
    expect(block).to_contain_text("stated for the area")
    expect(block).to_contain_text("sum of")


def test_the_belief_chart_sets_both_clocks(iraq):
    iraq.locator(".mark[data-place=ain-al-asad]").click()
    chart = iraq.get_by_role("img", name=re.compile("^Belief chart of Ain al-Asad")).first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] * 0.75, "y": 26})
    expect(sentence(iraq)).to_contain_text("as known on ")
    expect(sentence(iraq)).not_to_contain_text("20 Jan 2026, as")


# Comparison


def test_a_recipe_opens_in_comparison(built, show):
    page = show(built("iraq-before-after"))
    expect(sentence(page)).to_have_text("From 21 Oct 2025 to 20 Jan 2026, as known today")
    expect(page.get_by_role("tab", name="Changes")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel")).to_contain_text("Ain al-Asad Air Base now absent")
    expect(page.locator(".mark[data-place=ain-al-asad]")).to_have_attribute("aria-label", re.compile("now absent"))


def test_what_was_learned_is_kept_apart_from_what_happened(built, show):
    page = show(built("iraq-before-after"))
    learned = page.locator(".panel-group").filter(has=page.get_by_role("heading", name=re.compile("^Learned")))
    expect(learned.get_by_role("listitem")).to_have_count(0)
    page.get_by_role("checkbox", name="Show 21 Oct 2025 as it was known then").check()
    expect(learned.get_by_role("listitem").first).to_be_visible()
    expect(sentence(page)).to_have_text("From 21 Oct 2025, as known on 21 Oct 2025, to 20 Jan 2026, as known today")


def test_compare_holds_this_moment_and_lets_it_go(iraq):
    button = iraq.get_by_role("button", name="Compare")
    button.click()
    iraq.get_by_role("slider", name="Day shown").press("PageDown")
    expect(sentence(iraq)).to_have_text("From 20 Jan 2026 to 21 Dec 2025, as known today")
    button.click()
    expect(sentence(iraq)).to_have_text("Situation on 21 Dec 2025, as known today")
    expect(iraq.get_by_role("tab", name="Changes")).to_be_hidden()


# The link


def test_the_address_keeps_everything(built, show):
    page = show(built("iraq-2025-2026"))
    page.get_by_role("slider", name="Day shown").press("PageDown")
    page.get_by_role("slider", name="As known on").press("ArrowLeft")
    page.get_by_role("checkbox", name=re.compile("^Shafaq News")).uncheck()
    page.locator(".mark[data-place=harir]").click()
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile("place=harir.*view="))
    shown, address = sentence(page).inner_text(), page.evaluate("location.hash")
    again = show(built("iraq-2025-2026"), address=address)
    expect(sentence(again)).to_have_text(shown)
    expect(again.get_by_role("article").get_by_role("heading", level=2)).to_have_text("Harir Air Base")
    expect(again).to_have_url(re.compile(re.escape(address) + "$"))
    again.get_by_role("tab", name="Sources").click()
    expect(again.get_by_role("checkbox", name=re.compile("^Shafaq News"))).not_to_be_checked()


@pytest.mark.parametrize(
    "address",
    ["#day=2025-99-99&known=never&place=nowhere&without=x,,y&view=a,b", "#%F0%28%8C%28", "#day=2025-10-21&compare=&tab=none"],
)
def test_an_address_that_makes_no_sense_does_no_harm(built, show, address):
    page = show(built("iraq-2025-2026"), address=address)
    expect(page.locator(".mark").first).to_be_visible()


# Take away


def test_the_rows_can_be_taken_away(iraq):
    with iraq.expect_download() as saved:
        iraq.get_by_role("button", name="Save the current rows as CSV").click()
    assert saved.value.suggested_filename == "geoposture-2026-01-20.csv"
    with Path(saved.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["day"] for row in rows} == {"2026-01-20"}
    assert "deciding" in {row["part"] for row in rows}
    with iraq.expect_download() as saved:
        iraq.get_by_role("button", name="Save the current rows as GeoJSON").click()
    collection = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert [feature["properties"]["claim"] for feature in collection["features"]] == [row["claim"] for row in rows]
    assert collection["features"][0]["geometry"]["type"] == "Point"


def test_it_prints_on_one_page(built, show):
    page = show(built("iraq-2025-2026"))
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(pages) == 1


def test_print_keeps_the_sentence_and_the_key(iraq):
    iraq.get_by_role("tab", name="Notes").click()
    iraq.emulate_media(media="print")
    expect(sentence(iraq)).to_be_visible()
    expect(iraq.get_by_role("region", name="Numbered sources")).to_be_visible()
    expect(iraq.locator("#legend")).to_be_visible()
    expect(iraq.get_by_role("slider", name="Day shown")).to_be_hidden()
