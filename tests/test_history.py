"""timeline: at every day it says what reconcile says, and its runs are the longest."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geoposture.lifeline
from geoposture.dates import parse_period, parse_when, show_day
from geoposture.frames import TIMELINE
from geoposture.history import timeline
from geoposture.ledger import Claim, Ledger, Report
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at

from .ledgers import BASE, FORCES, PLACES, SOURCES, ledgers
from .trying import tried

TOLD = [name for name in TIMELINE if name not in ("from", "to")]


@tried(60)
@given(
    ledgers(),
    st.sampled_from(sorted(PLACES)),
    st.one_of(st.none(), st.integers(BASE, BASE + 40)),
    st.sampled_from([365, 10, 0, None]),
)
def test_equals_reconcile_on_every_day(ledger, place, known, stale_after):
    episodes = resolve(ledger)
    runs = list(timeline(episodes, place, known=known, stale_after=stale_after))
    for day in range(BASE - 60, BASE + 120, 3):
        lines = {
            line["force"]: line for line in reconcile(at(episodes, day, known), stale_after=stale_after) if line["place"] == place
        }
        covering = {
            run["force"]: run
            for run in runs
            if (run["from"] is None or run["from"] <= day) and (run["to"] is None or day < run["to"])
        }
        assert set(covering) == set(lines)
        for force, run in covering.items():
            assert {name: run[name] for name in TOLD} == {name: lines[force][name] for name in TOLD}


@tried(60)
@given(ledgers(), st.sampled_from(sorted(PLACES)))
def test_runs_are_the_longest(ledger, place):
    runs = list(timeline(resolve(ledger), place))
    for one, two in pairwise(runs):
        if one["force"] == two["force"] and one["to"] == two["from"]:
            assert {k: v for k, v in one.items() if k not in ("from", "to")} != {
                k: v for k, v in two.items() if k not in ("from", "to")
            }


@pytest.mark.parametrize(("bound", "value"), [("_ENTRIES", 5), ("_STEPS", 1), ("_COPIES", 1)])
@tried(20)
@given(ledger=ledgers(), place=st.sampled_from(sorted(PLACES)))
def test_days_are_taken_together_in_any_portions(bound, value, ledger, place):
    episodes = resolve(ledger)
    whole = timeline(episodes, place, stale_after=10)
    with patch.object(geoposture.lifeline, bound, value):
        assert timeline(episodes, place, stale_after=10).data == whole.data


def test_a_line_whose_claims_are_all_stale_stays_a_line():
    """Nothing decides any longer, but it is said what was, until the claims end; the one that ends last stands in for all."""
    claims = [
        Claim(f"r#{number}", ("dun",), "red", status="present", time=parse_when(f"{show_day(BASE)}/{show_day(BASE + last)}"))
        for number, last in enumerate((60, 90, 30))
    ]
    day = show_day(BASE)
    report = Report("r", "courier", day, parse_period(day), claims=tuple(claims))
    runs = list(timeline(resolve(Ledger(PLACES, FORCES, SOURCES, {"r": report})), "dun", stale_after=20))
    told = [(run["from"] - BASE, run["to"] - BASE, run["standing"], run["claims"], run["stale"]) for run in runs]
    everyone = ("r#0", "r#1", "r#2")
    assert told == [
        (0, 1, "present", everyone, ()),
        (1, 21, "present", everyone, ()),
        (21, 31, "unreported", (), everyone),
        (31, 61, "unreported", (), everyone[:2]),
        (61, 91, "unreported", (), everyone[1:2]),
    ]


def test_what_is_unbounded_is_in_no_list_however_old():
    day, later = show_day(BASE), show_day(BASE + 100)
    reports = {
        name: Report(
            name, publisher, day, parse_period(day), claims=(Claim(f"{name}#1", ("dun",), "red", status="present", time=time),)
        )
        for name, publisher, time in (("a", "courier", parse_when(f"../{later}")), ("b", "herald", parse_when(f"{day}/..")))
    }
    runs = list(timeline(resolve(Ledger(PLACES, FORCES, SOURCES, reports)), "dun", stale_after=10))
    (run,) = [run for run in runs if run["from"] == BASE + 11]
    assert (run["to"], run["stale"]) == (BASE + 100, ("b#1",))
    assert runs[-1]["to"] is None
