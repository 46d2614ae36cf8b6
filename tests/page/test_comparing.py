"""Compare on the page gives what `geoposture compare` gives for the same points: places, forces, kinds; happened and learned."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from .asking import ROOT

FIRST, SECOND = "2025-10-21", "2026-01-20"
ORDER = [
    "disputed",
    "now_absent",
    "now_present",
    "newly_present",
    "newly_absent",
    "settled",
    "down",
    "up",
    "lapsed",
    "shifted",
    "same",
]


def asked(*points, known_before=None):
    """What the command answers: {(place, force): change} of what is not the same, and of what was revised."""
    command = [
        sys.executable,
        "-m",
        "geoposture",
        "compare",
        *points,
        "--place",
        "iraq",
        "--force",
        "coalition",
        "--format",
        "json",
    ]
    answer = subprocess.run(
        [*command, *(["--known-before", known_before] if known_before else [])], cwd=ROOT, check=True, capture_output=True
    )
    return json.loads(answer.stdout)


def listed(page, title):
    """{(place, force name): words of the change} as the table shows it, and its kinds in order."""
    words = page.evaluate("() => geoposture.page.changeWords")
    group = page.get_by_role("region", name=title).or_(
        page.locator(".panel-group").filter(has=page.get_by_role("heading", name=re.compile(f"^{title}")))
    )
    found, kinds = {}, []
    for button in group.get_by_role("listitem").get_by_role("button").all():
        place = button.locator("bdi").inner_text()
        head = button.locator("b").locator("xpath=following-sibling::text()[1]/..").inner_text().split("\n")[0]
        said = head.removeprefix(place).strip()
        kind = next(kind for kind, word in words.items() if word == said)
        kinds.append(kind)
        for force in button.locator(".change-from").last.inner_text().split(", "):
            found[place, force] = kind
    return found, kinds


@pytest.fixture
def names(ledger):
    return {force.id: force.name for force in ledger.forces.values()}


def test_what_happened_is_what_the_command_says(built, show, names):
    page = show(built("iraq-before-after"))
    found, kinds = listed(page, "Happened")
    rows = asked(FIRST, SECOND)
    assert found == {(row["place_name"], names[row["force"]]): row["change"] for row in rows if row["change"] != "same"}
    assert kinds == sorted(kinds, key=ORDER.index)
    assert listed(page, "Learned") == ({}, [])


def test_what_was_learned_is_what_the_command_says_of_the_first_day_then_and_now(built, show, names):
    page = show(built("iraq-before-after"))
    page.get_by_role("checkbox", name="Show 21 Oct 2025 as it was known then").check()
    expect(page.locator(".headline-sentence")).to_contain_text("as known on 21 Oct 2025")
    learned = {
        (row["place_name"], names[row["force"]]): row["change"]
        for row in asked(FIRST, FIRST, known_before=FIRST)
        if row["change"] != "same" or row["revised"]
    }
    found, kinds = listed(page, "Learned")
    assert found == learned
    assert kinds == sorted(kinds, key=ORDER.index)
    happened = {
        (row["place_name"], names[row["force"]]): row["change"] for row in asked(FIRST, SECOND) if row["change"] != "same"
    }
    assert listed(page, "Happened")[0] == happened


def test_marks_become_change_glyphs_with_their_words(built, show):
    page = show(built("iraq-before-after"))
    words = page.evaluate("() => geoposture.page.changeWords")
    heaviest: dict[str, str] = {}
    for row in asked(FIRST, SECOND):
        heaviest[row["place_name"]] = min(heaviest.get(row["place_name"], "same"), row["change"], key=ORDER.index)
    marks = page.locator(".mark").all()
    assert marks
    for mark in marks:
        place, said = mark.get_attribute("aria-label").split(": ")
        assert said.split(",")[0] == words[heaviest[place]]


def test_a_change_leads_to_its_evidence(built, show):
    page = show(built("iraq-before-after"))
    page.get_by_role("listitem").get_by_role("button", name=re.compile("^Ain al-Asad Air Base now absent")).first.press("Enter")
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_text("Ain al-Asad Air Base")
