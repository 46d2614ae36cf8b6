"""reconcile against the slow oracle, and its algebra."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geoposture.frames import Table
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at, entries

from .ledgers import BASE, ledgers
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


def equals_the_oracle(ledger, point):
    day, known, by, stale_after = point
    expected = posture(ledger, day, 10**6 if known is None else known, by, stale_after)
    episodes = resolve(ledger, by=by)
    found = reconcile(at(episodes, day, known), stale_after=stale_after)
    assert list(reconcile(entries(episodes, day, known), stale_after=stale_after)) == list(found)
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
