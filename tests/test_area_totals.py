"""totals: shared figures, areas, and what explains a stated total."""

from __future__ import annotations

from geoposture.area_totals import totals
from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Ledger, Report
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at

from .ledgers import FORCES, PLACES, SOURCES


def claim(ident, places, figure=None, **other):
    personnel = None if figure is None else parse_personnel(figure)
    status = other.pop("status", "present")
    return Claim(
        ident, tuple(places.split()), "red", status=status, personnel=personnel, time=parse_when("2025-05-01/.."), **other
    )


def total(*claims, area="land"):
    reports = {
        f"r{number}": Report(
            f"r{number}", ("courier", "gazette", "herald")[number % 3], "2025-05-01", parse_period("2025-05-01"), claims=(one,)
        )
        for number, one in enumerate(claims)
    }
    rows = at(resolve(Ledger(PLACES, FORCES, SOURCES, reports)), parse_day("2025-05-02"))
    (line,) = totals(rows, reconcile(rows), area)
    return {name: line[name] for name in ("stated_low", "stated_high", "sites_low", "sites_high", "sites", "explained")}


def test_a_shared_figure_is_used_once():
    line = total(claim("a", "dun ox", "600"), claim("b", "quay", "~350"), claim("c", "land", "~1000"))
    assert line == {
        "stated_low": 1000, "stated_high": 1000, "sites_low": 950, "sites_high": 950,
        "sites": ("dun", "ox", "quay"), "explained": "within",
    }  # fmt: skip


def test_a_shared_figure_is_not_used_beside_another_set_or_an_own_figure():
    assert total(claim("a", "dun ox", "600"), claim("b", "ox quay", "300"))["sites_low"] == 3
    line = total(claim("a", "dun ox", "600"), claim("b", "dun", "100"))
    assert (line["sites_low"], line["sites_high"]) == (101, None)


def test_claims_for_one_set_give_the_widest_bounds():
    line = total(claim("a", "dun ox", "<=600"), claim("b", "ox dun", "300..900"))
    assert (line["sites_low"], line["sites_high"]) == (1, 900)


def test_a_shared_figure_with_an_area_is_not_used():
    line = total(claim("a", "dun west", "600"))
    assert (line["sites_low"], line["sites_high"]) == (1, None)


def test_short_over_and_absent():
    assert total(claim("a", "land", "500"), claim("b", "dun", "100"))["explained"] == "short"
    assert total(claim("a", "land", "50"), claim("b", "dun", "100"))["explained"] == "over"
    assert total(claim("a", "land", "50"), claim("b", "dun"))["explained"] == "within"
    assert total(claim("a", "land", status="absent"))["explained"] == "within"
    assert total(claim("a", "land"))["explained"] is None
    assert total(claim("a", "dun", "<=40"))["sites_low"] == 1
