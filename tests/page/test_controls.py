"""What a reader does: drag, type, play, switch, click; by pointer and by keyboard."""

from __future__ import annotations

import re

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
    iraq.locator("[data-place=camp-taji]").wait_for()
    iraq.get_by_role("button", name="None", exact=True).click()
    expect(iraq.locator(".mark")).to_have_count(0)
    iraq.get_by_role("checkbox", name=re.compile("^Shafaq News")).check()
    expect(iraq.locator(".mark").first).to_be_visible()


def test_a_click_shows_the_evidence(iraq):
    iraq.locator("[data-place=ain-al-asad]").click()
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
    mark = iraq.locator("[data-place=harir]")
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
