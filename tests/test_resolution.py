"""resolve against the slow oracle, the worked example of the page, and its order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture import resolution
from geoposture.dates import NO_END, parse_day, parse_period, parse_when, show_day
from geoposture.errors import UsageError
from geoposture.ledger import Claim, Force, Ledger, Place, Report, Source
from geoposture.resolution import resolve
from geoposture.stretches import CERTAINTIES

from .ledgers import FORCES, PLACES, SOURCES, ledgers
from .oracle import episodes as slow_episodes
from .trying import tried


def table(resolved):
    order = resolved.in_order()
    return [
        (resolved.records[c].claim.id, resolved.places[p], int(vf), int(vt), int(kf), int(kt), CERTAINTIES[s])
        for c, p, vf, vt, kf, kt, s in zip(
            *(column[order] for column in (
                resolved.claim, resolved.place, resolved.valid_from, resolved.valid_to,
                resolved.known_from, resolved.known_to, resolved.certainty,
            )), strict=True,
        )
    ]  # fmt: skip


@tried(1500)
@given(ledgers(), st.sampled_from(["publisher", "report", "voice"]))
def test_equals_the_oracle(ledger, by):
    found = table(resolve(ledger, by=by))
    assert len(set(found)) == len(found)
    assert set(found) == slow_episodes(ledger, by)


@tried(500)
@given(ledgers(max_reports=12, max_claims=1), st.integers(0, 3))
def test_equals_the_oracle_in_long_groups(ledger, crowd):
    """However few pairs are enough to sweep a group instead."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resolution, "CROWD", crowd)
        assert set(table(resolve(ledger))) == slow_episodes(ledger)


@tried(200)
@given(ledgers(max_reports=9), st.integers(1, 6))
def test_batches_of_any_size_give_the_same_table(ledger, batch):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resolution, "BATCH", batch)
        small = resolve(ledger)
    whole = resolve(ledger)
    for name in ("row", "valid_from", "valid_to", "known_from", "known_to", "certainty"):
        assert getattr(small, name).tolist() == getattr(whole, name).tolist()


@tried(100)
@given(ledgers())
def test_order_is_claim_place_known_valid(ledger):
    keys = [(c, p, kf, vf) for c, p, vf, _, kf, _, _ in table(resolve(ledger))]
    assert keys == sorted(keys)


def small(*reports):
    return Ledger(PLACES, FORCES, SOURCES, {report.id: report for report in reports})


def report(ident, published, *claims, publisher="courier"):
    return Report(ident, publisher, published, parse_period(published), claims=claims)


def test_the_worked_example_of_the_page():
    ledger = small(
        report("p1", "2025-10-21", Claim("p1#1", ("dun",), "red", status="present", time=parse_when("2025-10-20/.."))),
        report("p2", "2026-01-18", Claim("p2#1", ("dun",), "red", status="absent", time=parse_when("2026-01-17/.."))),
    )
    day = parse_day
    assert table(resolve(ledger)) == [
        ("p1#1", "dun", day("2025-10-20"), NO_END, day("2025-10-21"), day("2026-01-18"), "certain"),
        ("p1#1", "dun", day("2025-10-20"), day("2026-01-17"), day("2026-01-18"), NO_END, "certain"),
        ("p2#1", "dun", day("2026-01-17"), NO_END, day("2026-01-18"), NO_END, "certain"),
    ]


@pytest.mark.parametrize("crowd", [0, resolution.CROWD])
def test_a_run_that_goes_on_beside_what_is_learned_is_one_episode(monkeypatch, crowd):
    monkeypatch.setattr(resolution, "CROWD", crowd)
    ledger = small(
        report("a", "2025-01-10", Claim("a#1", ("dun",), "red", status="present", time=parse_when("2025-01-10/.."))),
        report("b", "2025-02-01", Claim("b#1", ("dun",), "red", status="absent", time=parse_when("2025-01-20/2025-01-24"))),
        report("c", "2025-03-01", Claim("c#1", ("dun",), "red", status="absent", time=parse_when("2025-02-10/2025-02-14"))),
    )
    day = parse_day
    rectangles = [
        (start, end, since, until) for claim, _, start, end, since, until, _ in table(resolve(ledger)) if claim == "a#1"
    ]
    assert rectangles == [
        (day("2025-01-10"), NO_END, day("2025-01-10"), day("2025-02-01")),
        (day("2025-01-10"), day("2025-01-20"), day("2025-02-01"), NO_END),
        (day("2025-01-25"), NO_END, day("2025-02-01"), day("2025-03-01")),
        (day("2025-01-25"), day("2025-02-10"), day("2025-03-01"), NO_END),
        (day("2025-02-15"), NO_END, day("2025-03-01"), NO_END),
    ]


@pytest.mark.parametrize("year", [1944, 2024])
def test_claims_that_several_newer_ones_cut_are_cut_each_by_its_own(year):
    """Two lines with the same history, on either side of 1970, from which days are counted."""
    told = (
        (f"{year}-01-01", f"{year}-01-01/.."),
        (f"{year}-03-01", f"{year}-02-01/{year}-02-10"),
        (f"{year}-04-01", f"{year}-02-20/{year}-03-05"),
    )
    reports = [
        report(
            f"r{number}",
            published,
            *(
                Claim(f"r{number}#{force}", ("dun",), force, status="present", time=parse_when(when))
                for force in ("other", "red")
            ),
        )
        for number, (published, when) in enumerate(told)
    ]
    found = table(resolve(small(*reports)))
    assert set(found) == slow_episodes(small(*reports))
    first, second = ([row[2:] for row in found if row[0] == f"r0#{force}"] for force in ("other", "red"))
    assert first == second
    assert len(first) == 5


def test_an_empty_ledger_has_no_episodes():
    assert len(resolve(Ledger())) == 0


def test_a_claim_that_speaks_of_no_day_has_no_episode():
    late = Claim("a#1", ("dun",), "red", status="present", time=parse_when("2026-02-01/"))
    assert len(resolve(small(report("a", "2026-01-01", late)))) == 0


def test_an_unknown_grouping_is_refused():
    with pytest.raises(UsageError, match="publisher, report, voice"):
        resolve(Ledger(), by="author")


def test_thousands_of_claims_in_order_give_a_linear_number_of_episodes():
    generator = np.random.default_rng(1)
    reports = {}
    for number in range(10_000):
        start = 15_000 + number // 5
        place = f"p{generator.integers(400)}"
        claim = Claim(f"r{number:05}#1", (place,), "red", status="present", time=parse_when(show_day(start) + "/.."))
        reports[f"r{number:05}"] = report(f"r{number:05}", show_day(start + int(generator.integers(3))), claim)
    places = {f"p{n}": Place(f"p{n}", f"P{n}", "camp", 1, 1) for n in range(400)}
    ledger = Ledger(places, {"red": Force("red", "Red")}, {"courier": Source("courier", "C", "publisher")}, reports)
    assert 10_000 <= len(resolve(ledger)) < 25_000
