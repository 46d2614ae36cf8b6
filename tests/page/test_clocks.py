"""The two clocks: what is drawn on the line of time, the badge, the keyboard, and what is spoken when the day changes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geoposture.dates import parse_day, show_day
from geoposture.resolution import resolve

from .asking import lines

DAY = "2026-01-20"


@pytest.fixture
def iraq(built, show):
    return show(built("iraq-2025-2026"))


def typed(page, field, text):
    box = page.get_by_role("textbox", name=field, exact=True)
    box.fill(text)
    box.press("Enter")


def slider(page):
    return page.get_by_role("slider", name="Day shown")


def differing(ledger, known):
    """The names of the places of which something else was known."""
    signs = []
    for upto in (known, None):
        found = lines(ledger, DAY, upto)
        signs.append(
            {
                (line["place_name"], line["force"]): tuple(line[part] for part in ("standing", "low", "high", "figures"))
                for line in found
            }
        )
    then, now = signs
    return {place for place, force in then.keys() | now.keys() if then.get((place, force)) != now.get((place, force))}


@pytest.mark.parametrize("known", ["2025-10-21", "2026-01-03", "2026-01-17"])
def test_the_badge_counts_the_places_and_jumps_to_them(iraq, ledger, known):
    expected = differing(ledger, known)
    typed(iraq, "As known on", known)
    badge = iraq.get_by_role("button", name=re.compile("^differs from today's knowledge at"))
    expect(badge).to_have_text(f"differs from today's knowledge at {len(expected)} place{'' if len(expected) == 1 else 's'}")
    badge.focus()
    badge.press("Enter")
    expect(iraq.get_by_role("tab", name="Places")).to_have_attribute("aria-selected", "true")
    rows = iraq.get_by_role("row").filter(has_text="differs from today's knowledge")
    expect(rows).to_have_count(len(expected))
    assert set(rows.get_by_role("rowheader").all_inner_texts()) == expected


def test_the_line_of_time_shows_the_reports_and_fades_what_was_not_known(iraq):
    track = iraq.locator(".track")
    bars, ticks = track.locator(".bar:not([height='0'])"), track.locator(".tick")
    days = iraq.evaluate(
        "() => new Set(map_geoposture && JSON.parse(document.getElementById('geoposture-data').textContent).reports.map((one) => one.known)).size"
    )
    assert ticks.count() == days
    assert bars.count() > 2
    expect(track.locator(".tick.unknown")).to_have_count(0)
    typed(iraq, "As known on", "2025-12-31")
    expect(track.locator(".tick.unknown").first).to_be_attached()
    assert 0 < track.locator(".tick.unknown").count() < days


def test_next_change_stops_on_days_on_which_something_can_change(iraq, ledger):
    typed(iraq, "Day", "2025-10-15")
    before = parse_day("2025-10-15")
    iraq.get_by_role("button", name="Next change").press("Enter")
    expect(slider(iraq)).not_to_have_attribute("aria-valuenow", str(before))
    after = int(slider(iraq).get_attribute("aria-valuenow"))
    # Nothing changed on the days that were passed over; ages do, and they are not drawn.
    drawn = [
        [
            (line["place"], line["force"], line["standing"], line["low"], line["high"], line["claims"], line["outlook"])
            for line in lines(ledger, show_day(day))
        ]
        for day in range(before, after)
    ]
    assert drawn[1:] == drawn[:-1]


@pytest.mark.parametrize(
    ("handle", "text"), [("Day shown", r"^[0-9]+ [A-Z][a-z]{2} [0-9]{4}$"), ("As known on", "today's knowledge|[0-9]{4}")]
)
def test_each_clock_goes_to_its_ends_and_no_further(iraq, handle, text):
    clock = iraq.get_by_role("slider", name=handle)
    for key, end in (
        ("Home", "aria-valuemin"),
        ("ArrowLeft", "aria-valuemin"),
        ("End", "aria-valuemax"),
        ("ArrowRight", "aria-valuemax"),
    ):
        clock.press(key)
        expect(clock).to_have_attribute("aria-valuenow", clock.get_attribute(end))
        expect(clock).to_have_attribute("aria-valuetext", re.compile(text))


def test_what_is_known_by_the_end_is_today(iraq, ledger):
    known = iraq.get_by_role("slider", name="As known on")
    assert int(known.get_attribute("aria-valuemax")) == max(
        record.known_from for record in resolve(ledger).records if record.claim.force in {"us", "coalition"}
    )


def test_a_new_day_is_spoken_with_its_counts_and_the_chosen_place(iraq):
    spoken = iraq.get_by_role("status").filter(has_text=re.compile("^[0-9]+ sites? present, [0-9]+ absent, [0-9]+ contested"))
    expect(spoken).to_have_attribute("aria-live", "polite")
    before = spoken.inner_text()
    typed(iraq, "Day", "2025-10-21")
    expect(spoken).not_to_have_text(before)
    iraq.get_by_role("button", name=re.compile("^Harir Air Base")).click()
    expect(spoken).to_have_text(re.compile("Harir Air Base: Present"))
    assert iraq.locator(".headline-sentence").get_attribute("aria-live") == "polite"
