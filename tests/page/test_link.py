"""The address after #: random ones do no harm, and what is written is read back in another page."""

from __future__ import annotations

import random
import string
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

KEYS = [
    "day",
    "known",
    "compare",
    "without",
    "without-force",
    "without-grade",
    "without-modality",
    "place",
    "tab",
    "view",
    "",
    "x",
]
VALUES = ["2025-10-21", "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "today", "none", "same", "NaN,NaN,NaN", "1e9,91,181", "7,33,44", "-5,0,0", "harir", "iraq", "nowhere", "shafaq,,shafaq", "us", "E", "evidence", "changes", "<img src=x>", "__proto__", "constructor", "toString", "null", "undefined", "%", "%F0%28", ",", "2025-10-21,2025-10-21", "2025-10-21,never"]  # fmt: skip
COUNT = 200


def addresses():
    """Half of them made of words that the page knows, half of anything."""
    dice = random.Random(3)
    for number in range(COUNT):
        if number % 2:
            yield "&".join(f"{dice.choice(KEYS)}={dice.choice(VALUES)}" for _ in range(dice.randint(1, 6)))
        else:
            text = "".join(dice.choice(string.printable + "ﷺé😀\u202e") for _ in range(dice.randint(0, 60)))
            yield dice.choice((text, quote(text), f"day={text}", f"place={quote(text)}&view={text}"))


def test_no_address_does_harm(built, show):
    page = show(built("iraq-2025-2026"))
    sentence = page.locator(".headline-sentence")
    for address in addresses():
        page.evaluate("(address) => { location.hash = address; }", address)
    page.evaluate("() => { location.hash = 'day=2025-10-21'; }")
    expect(sentence).to_have_text("Situation on 21 Oct 2025, as known today")
    expect(page.locator(".mark").first).to_be_visible()


@pytest.mark.parametrize("address", random.Random(4).sample(list(addresses()), 6))
def test_nor_does_one_that_a_page_opens_with(built, show, address):
    page = show(built("iraq-before-after"), address=f"#{quote(address, safe='=&,%')}")
    expect(page.locator(".mark").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "day=2025-12-01&known=2026-01-10",
        "compare=2025-10-21%2C2025-10-21&tab=changes",
        "without=shafaq&without-force=us&without-grade=E&without-modality=announced",
        "place=harir&view=7.50,36.000,44.000",
    ],
)
def test_the_same_address_shows_the_same_in_two_windows(built, show, address):
    shown = []
    for _ in range(2):
        page = show(built("iraq-2025-2026"), address=f"#{address}")
        expect(page.locator(".mark").first).to_be_visible()
        shown.append(
            [
                page.locator("#headline").inner_text(),
                page.locator("#side").inner_text(),
                page.locator("#map_geoposture .mark").evaluate_all(
                    "(all) => all.map((one) => one.getAttribute('aria-label') + one.getAttribute('transform'))"
                ),
            ]
        )
    assert shown[0] == shown[1]
    plain = show(built("iraq-2025-2026"))
    assert [plain.locator("#headline").inner_text(), plain.locator("#side").inner_text()] != shown[0][:2]
