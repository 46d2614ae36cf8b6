"""timeline: at every day it says what reconcile says, and its runs are the longest."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.history import timeline
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at

from .ledgers import BASE, PLACES, ledgers


@settings(max_examples=60, deadline=None)
@given(
    ledgers(),
    st.sampled_from(sorted(PLACES)),
    st.one_of(st.none(), st.integers(BASE, BASE + 40)),
    st.sampled_from([365, 10, None]),
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
            for name in ("standing", "low", "high", "claims", "overtaken", "stale", "outlook", "basis", "origins"):
                assert run[name] == lines[force][name]


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.sampled_from(sorted(PLACES)))
def test_runs_are_the_longest(ledger, place):
    runs = list(timeline(resolve(ledger), place))
    for one, two in pairwise(runs):
        if one["force"] == two["force"] and one["to"] == two["from"]:
            assert {k: v for k, v in one.items() if k not in ("from", "to")} != {
                k: v for k, v in two.items() if k not in ("from", "to")
            }
