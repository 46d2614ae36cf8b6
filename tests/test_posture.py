"""reconcile against the slow oracle, and its algebra."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture.claims import ABSENT, NOTHING, PRESENT
from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.entries import Entries
from geoposture.figures import parse_personnel, widen
from geoposture.frames import Table
from geoposture.ledger import Claim, Ledger, Report
from geoposture.lines import Lines
from geoposture.posture import implying, overtaking, reconcile
from geoposture.posture.sayings import Sayings
from geoposture.posture.strength import OPEN, widened
from geoposture.resolution import resolve
from geoposture.slicing import Slice
from geoposture.timeslice import at

from .ledgers import BASE, FORCES, PLACES, SOURCES, ledgers
from .oracle import in_force
from .posture_oracle import posture
from .trying import tried

points = st.tuples(
    st.integers(BASE - 3, BASE + 70),
    st.one_of(st.none(), st.integers(BASE - 1, BASE + 45)),
    st.sampled_from(["publisher", "report", "voice"]),
    st.sampled_from([365, 5, 0, None]),
)


@tried(1000)
@given(ledgers(), points)
def test_equals_the_oracle(ledger, point):
    equals_the_oracle(ledger, point)


@tried(600)
@given(
    ledgers(meeting=True),
    st.tuples(st.integers(BASE + 10, BASE + 60), st.none(), st.sampled_from(["publisher", "voice"]), st.sampled_from([365, 20])),
)
def test_equals_the_oracle_where_claims_meet(ledger, point):
    equals_the_oracle(ledger, point)


@tried(100)
@given(ledgers(), points)
def test_lines_are_counted_together_only_if_they_are_told_the_same(ledger, point):
    kept = implying._scattered
    try:
        # Sums that are equal by chance, all of them.
        implying._scattered = np.zeros_like
        equals_the_oracle(ledger, point)
    finally:
        implying._scattered = kept


@tried(150)
@given(
    ledgers(meeting=True),
    st.tuples(st.integers(BASE + 10, BASE + 60), st.none(), st.just("publisher"), st.just(365)),
    st.integers(1, 3),
)
def test_figures_are_compared_in_however_small_chunks(ledger, point, pairs):
    kept = overtaking._PAIRS
    try:
        overtaking._PAIRS = pairs
        equals_the_oracle(ledger, point)
    finally:
        overtaking._PAIRS = kept


@tried(300)
@given(st.data())
def test_lines_are_alike_if_the_same_absences_and_nothing_else_are_implied_on_them(data):
    count = data.draw(st.integers(1, 8))
    line = st.integers(0, count - 1)
    gone, there = (data.draw(st.sets(st.tuples(line, line), max_size=size)) for size in (24, 3))
    asked = data.draw(st.sets(line))
    found = implied(count, gone, there).alike(np.isin(np.arange(count), sorted(asked))).tolist()
    told = {target: frozenset(source for source, other in gone if other == target) for target in range(count)}
    plain = {target for target in asked if told[target] and not any(other == target for _, other in there)}
    expected = [
        min((other for other in plain if told[other] == told[at]), default=at) if at in plain else at for at in range(count)
    ]
    assert found == expected
    kept = implying._scattered
    try:
        # Sums that are equal by chance make nothing alike.
        implying._scattered = np.zeros_like
        found = implied(count, gone, there).alike(np.isin(np.arange(count), sorted(asked))).tolist()
    finally:
        implying._scattered = kept
    assert [told[twin] for twin in found] == [told[at] for at in range(count)]


def implied(count, gone, there):
    """Lines without rows, and the (source, target) of either status."""
    none = np.zeros(0, dtype=np.int64)
    columns = {"several": np.bool_, "reported": np.bool_, "status": np.int8, "claim": np.int32}
    lines = Lines(None, np.arange(count, dtype=np.int32), np.arange(count, dtype=np.int32))
    rows = Entries(lines, 0, none, none.astype(np.int8), none, none, lambda name, rows: rows.astype(columns[name]), None)
    edges = {
        status: tuple(np.array([edge[part] for edge in sorted(pairs)], dtype=np.int64) for part in (0, 1))
        for status, pairs in ((PRESENT, there), (ABSENT, gone))
    }
    return implying.Implied(rows, np.ones(count, dtype=np.bool_), edges)


def equals_the_oracle(ledger, point):
    day, known, by, stale_after = point
    expected = posture(ledger, day, 10**6 if known is None else known, by, stale_after)
    episodes = resolve(ledger, by=by)
    found = reconcile(at(episodes, day, known), stale_after=stale_after)
    assert list(reconcile(Slice(episodes, day, known), stale_after=stale_after)) == list(found)
    assert [(line["place"], line["force"]) for line in found] == sorted(expected)
    for line in found:
        wanted = expected[line["place"], line["force"]]
        assert {name: line[name] for name in wanted} == wanted


@tried(300)
@given(ledgers(), points)
def test_rows_equal_the_oracle(ledger, point):
    day, known, by, _ = point
    rows = at(resolve(ledger, by=by), day, known)
    found = {(row["claim"], row["place"]): row["certainty"] for row in rows}
    assert len(found) == len(rows)
    assert found == in_force(ledger, day, 10**6 if known is None else known, by)


@tried(100)
@given(ledgers(), points, st.randoms())
def test_the_order_of_rows_does_not_matter(ledger, point, random):
    rows = at(resolve(ledger, by=point[2]), point[0], point[1])
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert list(reconcile(Table.of(rows.columns, shuffled))) == list(reconcile(rows))


def lines(day, *said):
    """The lines of a day by place, of claims about red: (report, publisher, published, place, status, figure, when)."""
    reports = {}
    for ident, publisher, published, place, status, figure, when in said:
        personnel = figure and parse_personnel(figure)
        claim = Claim(f"{ident}#1", (place,), "red", status=status, personnel=personnel, time=parse_when(when))
        reports[ident] = Report(ident, publisher, published, parse_period(published), claims=(claim,))
    found = reconcile(at(resolve(Ledger(PLACES, FORCES, SOURCES, reports)), parse_day(day)))
    return {line["place"]: line for line in found}


@pytest.mark.parametrize(("older", "newer"), [("courier", "herald"), ("herald", "courier")])
@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
@pytest.mark.parametrize(("before", "after"), [("100", "300"), ("300", "100")])
def test_figures_without_a_common_number_overtake_whatever_the_sources_are_called(older, newer, first, second, before, after):
    found = lines(
        "2025-02-01",
        (first, older, "2025-01-01", "dun", "present", before, "2025-01-01/.."),
        (second, newer, "2025-01-20", "dun", "present", after, "2025-01-10/.."),
    )["dun"]
    assert (found["claims"], found["overtaken"], found["low"]) == ((f"{second}#1",), (f"{first}#1",), int(after))


def test_what_is_unbounded_counts_nowhere_else_either():
    found = lines(
        "2025-01-10",
        ("a", "courier", "2025-01-01", "west", "absent", None, "2025-01-01/.."),
        ("b", "herald", "2025-03-01", "dun", "present", None, "../2025-02-20"),
    )["west"]
    assert (found["standing"], found["claims"]) == ("absent", ("a#1",))


def test_what_is_certainly_not_there_has_no_strength_however_many_may_be():
    (found,) = lines(
        "2025-01-12",
        ("a", "courier", "2025-01-05", "dun", "absent", None, "2025-01-01/.."),
        ("b", "herald", "2025-02-10", "dun", "present", "~500", "2024-12-01/2025-01"),
    ).values()
    assert (found["standing"], found["claims"]) == ("absent", ("a#1", "b#1"))
    assert (found["low"], found["high"], found["figures"], found["approx"]) == (0, 0, "none", False)


bounds = st.one_of(st.none(), st.integers(0, 10**7))


@tried(200)
@given(st.lists(st.tuples(bounds, bounds, st.booleans()), min_size=1))
def test_columns_of_figures_are_widened_like_one_figure(figures):
    columns = {
        "low": np.array([NOTHING if low is None else low for low, _, _ in figures], dtype=np.int32),
        "high": np.array([NOTHING if high is None else high for _, high, _ in figures], dtype=np.int32),
        "approx": np.array([approx for _, _, approx in figures]),
    }
    row = np.arange(len(figures))
    lines = Lines(None, row[:1], row[:1])
    given_rows = Entries(lines, 0, row, row.astype(np.int8), row, row, lambda name, rows: columns[name][rows], None)
    low, high = widened(Sayings(given_rows, np.zeros_like(row), row), row)
    expected = [widen(low, high, approx=approx) for low, high, approx in figures]
    assert list(zip(low.tolist(), (None if one == OPEN else one for one in high.tolist()), strict=True)) == expected
