"""compare: every kind of change, and the mirror."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture.comparison import compare
from geoposture.frames import POSTURE, Table
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at

from .ledgers import BASE, ledgers
from .trying import tried

EMPTY = dict.fromkeys(POSTURE) | {
    "place": "dun", "place_name": "Dun", "place_kind": "camp", "force": "red", "approx": False, "figures": "none", "claims": ()
}  # fmt: skip


def posture(standing, low=None, high=None, approx=False):
    figures = "agree" if standing != "absent" and (low or high) else "none"
    if standing == "absent":
        low = high = 0
    line = EMPTY | {"standing": standing, "low": low, "high": high, "approx": approx, "figures": figures}
    return Table.of(POSTURE, [line])


def change(before, after):
    (line,) = compare(before, before, after)
    return line["change"], line["delta_low"], line["delta_high"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("unreported", "unreported", "same"),
        ("unreported", "present", "newly_present"),
        ("unreported", "absent", "newly_absent"),
        ("unreported", "contested", "disputed"),
        ("present", "unreported", "lapsed"),
        ("contested", "unreported", "lapsed"),
        ("present", "unclear", "disputed"),
        ("absent", "contested", "disputed"),
        ("contested", "unclear", "same"),
        ("unclear", "present", "settled"),
        ("contested", "absent", "settled"),
        ("absent", "present", "now_present"),
        ("present", "absent", "now_absent"),
        ("present", "present", "same"),
        ("absent", "absent", "same"),
    ],
)
def test_the_kind_of_change(before, after, kind):
    assert change(posture(before), posture(after))[0] == kind


def test_figures_that_grow_shrink_and_shift():
    assert change(posture("present", 100, 100), posture("present", 200, 250)) == ("up", 100, 150)
    assert change(posture("present", 100, 100), posture("present", 50, 90)) == ("down", -50, -10)
    assert change(posture("present", 100, 100), posture("present", 50, 100)) == ("shifted", -50, 0)
    assert change(posture("present", 100, 100), posture("present", 105, 105, approx=True)) == ("shifted", 5, 5)
    assert change(posture("present", 100, 100), posture("present", 100, 100)) == ("same", 0, 0)
    assert change(posture("present", 100, None), posture("present", None, 90)) == ("down", None, -10)
    assert change(posture("present", 100, 100), posture("absent")) == ("now_absent", -100, -100)
    assert change(posture("present", 100, 100), posture("present")) == ("same", None, None)


@pytest.mark.parametrize("standing", ["contested", "unclear", "absent"])
def test_figures_say_more_or_fewer_only_where_both_days_say_present(standing):
    assert change(posture(standing, 100, 100), posture(standing, 300, 300))[0] == "same"


def test_a_line_that_is_missing_is_unreported():
    (line,) = compare(Table.of(POSTURE, []), posture("present"), posture("present"))
    assert (line["before"], line["change"], line["revised"]) == ("unreported", "newly_present", True)
    assert (line["place"], line["place_name"], line["force"]) == ("dun", "Dun", "red")


@pytest.mark.parametrize(
    ("learned", "revised"),
    [
        ({}, False),
        ({"claims": ("b#1",)}, False),
        ({"standing": "contested"}, True),
        ({"low": 999}, True),
        ({"high": 2001}, True),
        ({"high": None}, True),
        ({"figures": "disagree"}, True),
    ],
)
def test_a_day_is_revised_if_its_standing_or_strength_is_another_than_was_believed(learned, revised):
    believed, known = (
        EMPTY | {"standing": "present", "low": int("1000"), "high": int("2000"), "figures": "agree"} | more
        for more in ({}, learned)
    )
    (line,) = compare(Table.of(POSTURE, [believed]), Table.of(POSTURE, [known]), posture("present"))
    assert line["revised"] is revised


MIRROR = {
    "newly_present": {"lapsed"}, "newly_absent": {"lapsed"}, "now_present": {"now_absent"}, "now_absent": {"now_present"},
    "up": {"down"}, "down": {"up"}, "shifted": {"shifted"}, "same": {"same"}, "settled": {"disputed"},
    "disputed": {"settled", "lapsed"}, "lapsed": {"newly_present", "newly_absent", "disputed"},
}  # fmt: skip


@tried(150)
@given(ledgers(), st.integers(BASE, BASE + 50), st.integers(BASE, BASE + 50))
def test_compare_mirrors(ledger, one, other):
    episodes = resolve(ledger)
    first, second = (reconcile(at(episodes, day)) for day in (one, other))
    there, back = list(compare(first, first, second)), list(compare(second, second, first))
    for go, come in zip(there, back, strict=True):
        assert (go["before"], go["after"]) == (come["after"], come["before"])
        assert come["change"] in MIRROR[go["change"]]
        assert go["delta_low"] == (None if come["delta_high"] is None else -come["delta_high"])
        assert not go["revised"]
