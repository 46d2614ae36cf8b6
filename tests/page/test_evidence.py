"""The evidence of a place: every claim with who, what, when and why it does not decide; bars on one scale; the belief chart."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geoposture.dates import show_day
from geoposture.figures import show as show_figure

from .asking import lines, standings

DAY = "2026-01-20"
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The page answers a choice in the next frame; in the one after that it is drawn."""
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
DOES_NOT = {
    "overtaken": "Does not decide: overtaken by",
    "stale": "Does not decide: nobody has renewed it",
    "changes": "Does not decide: a change",
    "outlook": "Does not decide: a plan",
}


@pytest.fixture
def iraq(built, show):
    return show(built("iraq-2025-2026"))


def opened(page, name):
    page.get_by_role("tab", name="Places").click()
    page.get_by_role("rowheader", name=name, exact=True).get_by_role("button").click()
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=2)).to_have_text(name)
    return article


@pytest.mark.parametrize("place", ["ain-al-asad", "harir", "erbil-airport"])
def test_each_claim_says_who_what_when_and_why_not(iraq, ledger, place):
    article = opened(iraq, ledger.places[place].name)
    claims = {claim.id: (report, claim) for report, claim in ledger.claims()}
    sections = article.locator("section.line")
    found = {line["force"]: line for line in lines(ledger, DAY) if line["place"] == place}
    assert sections.count() == len(found)
    for line in found.values():
        section = sections.filter(has=iraq.get_by_role("heading", level=3, name=ledger.forces[line["force"]].name, exact=True))
        for part in ("claims", *DOES_NOT):
            for id_ in line[part]:
                report, claim = claims[id_]
                card = section.locator(f"[data-claim='{id_}']")
                expect(card).to_have_count(1)
                text = card.inner_text()
                assert ledger.sources[report.publisher].name in text
                assert "published" in text
                assert not claim.quote or claim.quote in text
                if report.url:
                    expect(card.get_by_role("link")).to_have_attribute("href", report.url)
                assert ("Does not decide" in text) == (part != "claims")
                assert DOES_NOT.get(part, "") in text


def test_the_bars_show_every_figure_on_one_scale(built, show, ledger):
    page = show(built("iraq-2025-2026"))
    article = opened(page, "Iraq")
    claims = {claim.id: claim for _, claim in ledger.claims()}
    [line] = [line for line in lines(ledger, DAY) if (line["place"], line["force"]) == ("iraq", "us")]
    own = [
        claims[id_] for part in ("claims", "outlook", "overtaken", "stale") for id_ in line[part] if id_ not in line["implied"]
    ]
    expected = [
        show_figure(one.personnel.low, one.personnel.high, approx=one.personnel.approx)
        for one in own
        if one.personnel and len(one.places) == 1
    ]
    section = article.locator("section.line").filter(
        has=page.get_by_role("heading", level=3, name=ledger.forces["us"].name, exact=True)
    )
    bars = section.get_by_role("group", name="Figures by source, on one scale")
    assert sorted(bars.locator(".bar-figure").all_inner_texts()) == sorted(expected)
    widths = {chart.bounding_box()["width"] for chart in bars.get_by_role("listitem").locator("svg").all()}
    assert len(widths) == 1


def test_names_stand_in_their_own_script_and_direction(iraq, ledger):
    place = ledger.places["ain-al-asad"]
    head = opened(iraq, place.name).locator("header")
    for name in place.names:
        shown = head.locator("bdi").filter(has_text=re.compile(f"^{re.escape(name.text)}$")).first
        expect(shown).to_be_visible()
        if name.lang == "ar":
            assert (shown.get_attribute("lang"), shown.get_attribute("dir")) == ("ar", "rtl")


def test_a_click_on_the_belief_chart_goes_to_what_was_believed(iraq, ledger):
    opened(iraq, "Ain al-Asad Air Base")
    chart = iraq.get_by_role("img", name=re.compile("^Belief chart of Ain al-Asad Air Base"))
    cells = chart.first.locator(".cell")
    assert cells.count() > 3
    kinds = set()
    for index in range(min(cells.count(), 12)):
        cell = chart.first.locator(".cell").nth(index)
        kind, wide = cell.get_attribute("class").split()[-1], float(cell.get_attribute("width"))
        if kind in kinds or wide < 8:
            continue
        kinds.add(kind)
        cell.scroll_into_view_if_needed()
        cell.click()
        iraq.evaluate(DRAWN)
        day = show_day(int(iraq.get_by_role("slider", name="Day shown").get_attribute("aria-valuenow")))
        known = iraq.get_by_role("textbox", name="As known on").input_value()
        force = chart.first.get_attribute("aria-label").split(", ")[1].split(":")[0]
        point = [
            line
            for line in lines(ledger, day, None if known == "today" else iso(known))
            if line["place"] == "ain-al-asad" and ledger.forces[line["force"]].name == force
        ]
        standing = point[0]["standing"] if point else "unreported"
        assert kind == (standing if standing != "unreported" else "outlook" if point and point[0]["outlook"] else "none")
    assert len(kinds) > 1


def iso(text):
    """2026-01-20 of "20 Jan 2026"."""
    day, month, year = text.split()
    return f"{year}-{MONTHS.index(month) // 3 + 1:02}-{int(day):02}"


# Switches: the standing is worked out anew, as Python does from the rows that are left


def switched(page, name):
    page.get_by_role("tab", name="Sources").click()
    page.get_by_role("checkbox", name=name).uncheck()
    page.get_by_role("tab", name="Places").click()
    rows = page.locator("tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('bdi').textContent, row.querySelector('td').firstChild.textContent])"
    )
    words = {"Present": "present", "Absent": "absent", "Contested": "contested", "Unclear": "unclear"}
    return {place: words[standing] for place, standing in rows if standing in words}


@pytest.mark.parametrize(
    ("name", "keep"),
    [
        (re.compile("^Shafaq News"), lambda ledger, row: ledger.sources[row["publisher"]].name != "Shafaq News"),
        (re.compile("^reported"), lambda ledger, row: row["modality"] != "reported"),
        (re.compile("^announced"), lambda ledger, row: row["modality"] != "announced"),
        (re.compile("^E: unreliable"), lambda ledger, row: ledger.sources[row["publisher"]].reliability != "E"),
        (re.compile("^not graded"), lambda ledger, row: ledger.sources[row["publisher"]].reliability is not None),
    ],
)
def test_what_is_switched_off_takes_no_part(iraq, ledger, name, keep):
    expected = standings(lines(ledger, DAY, keep=lambda row: keep(ledger, row)))
    assert switched(iraq, name) == {place: standing for place, standing in expected.items() if standing != "unreported"}


def test_a_force_that_is_switched_off_is_not_shown(iraq, ledger):
    expected = standings([line for line in lines(ledger, DAY) if line["force"] != "us"])
    assert switched(iraq, ledger.forces["us"].name) == {
        place: standing for place, standing in expected.items() if standing != "unreported"
    }
