"""In the real browser the engine gives what the package gives: rows, standings and changes, whatever sources are switched off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoposture.comparison import compare
from geoposture.ledger import Recipe
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at
from geoposture.webmap.payload import encode, payload
from tests.ledgers import BASE, SOURCES, ledgers
from tests.webmap.test_engine import plain

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "geoposture" / "webmap" / "browser" / "engine"
DAY = st.integers(BASE - 3, BASE + 70)
KNOWN = st.one_of(st.none(), st.integers(BASE - 1, BASE + 45))
OFF = st.sets(st.sampled_from(sorted(SOURCES)), max_size=2)


@pytest.fixture(scope="module")
def ask(browser):
    """A function that puts questions about a payload to the engine's scripts in a page of the browser."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    for name in (ENGINE / "ORDER").read_text().split():
        page.add_script_tag(path=ENGINE / name)
    page.add_script_tag(path=ROOT / "tests" / "browser" / "engine" / "answers.js")

    def answers(data, *questions):
        # Through the text of the page's data, as in a page: escaped by encode, read by JSON.parse.
        asked = "text => JSON.stringify(globalThis.answer(JSON.parse(text)))"
        return json.loads(page.evaluate(asked, encode({"payload": data, "questions": questions})))

    yield answers
    context.close()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers(), DAY, KNOWN, DAY, KNOWN, st.sampled_from(["publisher", "report", "voice"]), OFF)
def test_equals_the_package(ask, ledger, day, known, later, known_later, by, off):
    episodes = resolve(ledger, by=by)

    def posture(*point):
        rows = at(episodes, *point)
        return reconcile(rows.where(row["publisher"] not in off for row in rows))

    dropped = [claim.id for report, claim in ledger.claims() if report.publisher in off]
    common = {"stale_after": 365, "dropped": dropped}
    lines, changes = ask(
        payload(ledger, episodes, Recipe("Test", "data", by=by)),
        {"ask": "posture", "day": day, "known": known} | common,
        {"ask": "compare", "before": [day, known], "after": [later, known_later]} | common,
    )
    assert lines == plain(posture(day, known))
    assert changes == plain(compare(posture(day, known), posture(day, known_later), posture(later, known_later)))
