"""The first and the last day of the calendar, with which people write "since ever" and "no end": the page never leads beyond them."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
from playwright.sync_api import expect

import geoposture
from geoposture.dates import FIRST_DAY, LAST_DAY, parse_day
from tests.conftest import WORKED

from .conftest import SIZES
from .test_layout import BOXES, overlaps

FIRST, LAST = "0001-01-01", "9999-12-31"
ORDINARY = (("2024-03-01", "2024-02-20/2024-06-01", "reported"), ("2024-05-01", "2024-04-25/..", "reported"))
CASES = {
    "until the last day": ("2024-04-01", f"2024-03-01/{LAST}", "reported", ""),
    "from the first to the last": ("2024-04-01", f"{FIRST}/{LAST}", "reported", ""),
    "expected on the last": ("2024-04-01", LAST, "expected", ""),
    "published on the last": (LAST, LAST, "reported", ""),
    "published on the first": (FIRST, FIRST, "reported", ""),
    "opens on the last": ("2024-04-01", "2024-04-01", "reported", f"day: {LAST}\n"),
    "opens on the first": ("2024-04-01", "2024-04-01", "reported", f"day: {FIRST}\n"),
    "compares both": ("2024-04-01", "2024-04-01", "reported", f"day: {LAST}\ncompare: {FIRST}\n"),
    "compares them the other way": ("2024-04-01", "2024-04-01", "reported", f"day: {FIRST}\ncompare: {LAST}\n"),
}


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """A function that gives the page of a few ordinary claims and one that reaches an end of the calendar, built once."""
    made = {}

    def path(case):
        if case not in made:
            made[case] = laid_out(tmp_path_factory.mktemp("ends"), *CASES[case])
        return made[case]

    return path


def laid_out(folder, published, when, modality, chosen):
    data, recipe, page = folder / "data", folder / "one.yaml", folder / "one.html"
    shutil.copytree(WORKED / "base", data)
    (data / "reports").mkdir()
    for number, (day, time, how) in enumerate([*ORDINARY, (published, when, modality)]):
        claim = f"{{place: dun, force: red, status: present, modality: {how}, when: {time}, personnel: {100 + number}}}"
        report = f"publisher: gazette\npublished: {day}\nclaims:\n  - {claim}\n"
        (data / "reports" / f"r{number}.yaml").write_text(report, encoding="utf-8")
    recipe.write_text(f"title: Ends\ndata: data\n{chosen}", encoding="utf-8")
    geoposture.draw(geoposture.read(data), recipe).save(page)
    return page


def clock(page):
    return page.get_by_role("slider", name="Day shown")


def day_of(page):
    return int(clock(page).get_attribute("aria-valuenow"))


@pytest.mark.parametrize("case", CASES)
def test_the_line_of_time_is_whole_and_its_days_are_told_apart(page_of, show, case):
    for size in SIZES:
        page = show(page_of(case), size)
        marks = page.locator(".track text:not(.band-word)")
        expect(marks.first).to_be_visible()
        # What was published in the spring of 2024 stands apart on the line, and is dated there, however far the line reaches.
        ticks = page.locator(".track .tick").evaluate_all("(all) => all.map((one) => Number(one.getAttribute('x1')))")
        assert len(ticks) == 3
        ticks.sort()
        assert min(after - before for before, after in pairwise(ticks)) > 4
        assert any("2024" in text for text in marks.all_text_contents())
        assert list(overlaps(page.evaluate(BOXES))) == []


def test_a_long_break_is_dated_in_round_years(page_of, show):
    page = show(page_of("from the first to the last"))
    marks = page.locator(".track text:not(.band-word)").all_text_contents()
    assert [int(text) for text in marks if text.isdigit() and int(text) > 2024] == [*range(3000, 10000, 1000)]
    assert [int(text) for text in marks if text.isdigit() and int(text) < 2024] == [500, 1000, 1500]


@pytest.mark.parametrize("case", CASES)
def test_every_step_is_a_day_of_the_calendar(page_of, show, case):
    page = show(page_of(case))
    slider = clock(page)
    assert FIRST_DAY <= int(slider.get_attribute("aria-valuemin")) < int(slider.get_attribute("aria-valuemax")) <= LAST_DAY
    for key, end in (("End", "aria-valuemax"), ("Home", "aria-valuemin")):
        slider.press(key)
        for more in ("ArrowRight", "PageUp") if key == "End" else ("ArrowLeft", "PageDown"):
            slider.press(more)
            expect(slider).to_have_attribute("aria-valuenow", slider.get_attribute(end))
    for name in ("Next change", "Previous change"):
        button = page.get_by_role("button", name=name)
        while button.is_enabled():
            before = str(day_of(page))
            button.press("Enter")
            expect(slider).not_to_have_attribute("aria-valuenow", before)
            assert FIRST_DAY <= day_of(page) <= LAST_DAY
            assert slider.get_attribute("aria-valuetext")


@pytest.mark.parametrize(("day", "compared"), [(FIRST, LAST), (LAST, FIRST)])
def test_an_address_leads_to_both_ends(page_of, show, day, compared):
    page = show(page_of("from the first to the last"), address=f"#place=dun&day={day}&compare={compared}&tab=evidence")
    expect(page.locator(".belief-scale").first).to_be_visible()
    assert day_of(page) == parse_day(day)
    page.get_by_role("tab", name="Changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ends")


def test_play_goes_from_the_end_to_the_beginning(page_of, show):
    page = show(page_of("from the first to the last"))
    clock(page).press("End")
    page.get_by_role("button", name="Play").press("Enter")
    expect(clock(page)).not_to_have_attribute("aria-valuenow", str(LAST_DAY))
    page.get_by_role("button", name="Pause").press("Enter")
    assert FIRST_DAY <= day_of(page) <= LAST_DAY
