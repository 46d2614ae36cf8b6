"""Tables for people: words instead of codes, nothing from the data that could move the cursor or turn the line around."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from geoposture import questions
from geoposture.dates import parse_day
from geoposture.ledger import Claim, Ledger, Place, Report, Source
from geoposture.questions import Scope
from geoposture.reading import read
from geoposture.resolution import resolve
from geoposture.terminal import render

DAY = parse_day("2025-05-10")


def printed(table, ledger, width=100):
    console = Console(file=io.StringIO(), width=width, force_terminal=False, color_system=None)
    console.print(render(table, ledger))
    return console.file.getvalue()


@pytest.fixture
def episodes(worked):
    def resolved(number):
        return resolve(read(worked(number)))

    return resolved


def test_rows_name_place_force_state_figure_and_source(episodes):
    found = episodes(5)
    text = printed(questions.rows(found, DAY), found.ledger)
    assert (
        "Old Quay  quay  Marland\n  Red forces\n    present ≈ 350  The Courier  since 2025-05-01; known 2025-05-01, carried 9 days"
        in text
    )
    assert "present 600 together with fort-ox" in text
    assert "a#c2" in text


def test_lines_list_sources_by_what_became_of_their_claims(episodes):
    found = episodes(1)
    text = printed(questions.posture(found, parse_day("2025-06-15")), found.ledger)
    assert "absent  1 report, 1 source, 1 origin; last said 2025-06-10, carried 5 days" in text
    assert "say so     The Gazette  b#c1 (implied)" in text
    assert "overtaken  The Courier  a#c1" in text


def test_changes_say_what_happened_and_show_both_sides(episodes):
    found = episodes(8)
    scope = Scope()
    text = printed(
        questions.changes(found, parse_day("2025-05-20"), parse_day("2025-06-25"), scope, known_before=parse_day("2025-05-20")),
        found.ledger,
    )
    assert "now absent, revised (-100)  present 100 → absent" in text


def test_totals_are_a_sentence(episodes):
    found = episodes(5)
    text = printed(questions.totals(found, "marland", DAY), found.ledger)
    assert "Marland  Red forces: present 1,000\n  sites 950 explain it: Camp Dun, Fort Ox Air Base, Old Quay" in text


def test_a_timeline_has_its_days_in_front(episodes):
    found = episodes(8)
    text = printed(questions.timeline(found, "dun"), found.ledger)
    assert "2025-05-01  present 100" in text
    assert "2025-06-21 to 2026-05-01  absent" in text
    assert "since 2026-06-21  unreported\n      stale      The Courier  a#c1\n" in text


def test_nothing_reported_is_said(episodes):
    found = episodes(1)
    assert printed(questions.rows(found, parse_day("1999-01-01")), found.ledger) == "Nothing is reported.\n"


def test_hostile_text_is_shown_and_does_nothing():
    """Terminal escapes, bidi controls and rich's own markup in every text that a table prints."""
    evil = "[red]x[/red]\x1b[31m\u202eend\x07 {{ 7 }}"
    place = Place("dun", evil, "camp", 45, 5)
    source = Source("courier", evil, "publisher")
    claim = Claim("r#1", ("dun",), "red", status="present", quote=evil, by="unnamed-" + evil)
    from geoposture.dates import parse_period
    from geoposture.ledger import Force

    report = Report("r", "courier", "2025-05-01", parse_period("2025-05-01"), title=evil, claims=(claim,))
    ledger = Ledger({"dun": place}, {"red": Force("red", evil)}, {"courier": source}, {"r": report})
    for by in ("publisher", "report", "voice"):
        found = resolve(ledger, by=by)
        for table in (questions.rows(found, DAY), questions.posture(found, DAY), questions.timeline(found, "dun")):
            text = printed(table, ledger, width=300)
            assert "[red]x[/red]" in text
            assert not set(text) & {"\x1b", "\x07", "\u202e"}
