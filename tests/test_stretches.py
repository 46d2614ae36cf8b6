"""Stretches at the edges: the first and the last day of all, an unknown end, and which stretch is the certain one."""

from __future__ import annotations

import pytest

from geoposture.dates import (
    FIRST_DAY,
    LAST_DAY,
    NO_END,
    NO_START,
    Period,
    ValidTime,
    between,
    parse_day,
    parse_period,
    parse_when,
)
from geoposture.stretches import CERTAIN, POSSIBLE, UNBOUNDED, certain_period, stretches

PUBLISHED = parse_period("2026-02-15")
KNOWN = PUBLISHED.last


def of(text, *, reported=False, published=PUBLISHED):
    return stretches(parse_when(text), published, reported=reported)


def test_after_an_unknown_end_the_day_it_became_known_is_the_last_that_is_spoken_of():
    day = parse_day("2014-03-01")
    assert of("2014-03-01/") == ((day, day + 1, CERTAIN), (day + 1, KNOWN + 1, UNBOUNDED))


def test_an_unknown_end_of_a_year_begins_after_its_last_day():
    first, last = parse_day("2014-01-01"), parse_day("2014-12-31")
    assert of("2014/") == ((first, last + 1, POSSIBLE), (last + 1, KNOWN + 1, UNBOUNDED))


def test_what_ends_on_the_day_it_became_known_says_nothing_of_later_days():
    assert of("2026-02-15/") == ((KNOWN, KNOWN + 1, CERTAIN),)
    assert of("2026-02/") == ((parse_day("2026-02-01"), KNOWN + 1, POSSIBLE),)


def test_an_unknown_start_reaches_to_the_day_before():
    last = parse_day("2011-12-18")
    assert of("../2011-12-18") == ((NO_START, last, UNBOUNDED), (last, last + 1, CERTAIN))


def test_there_are_no_days_before_the_first_and_none_after_the_last():
    first, last = Period(FIRST_DAY, FIRST_DAY), Period(LAST_DAY, LAST_DAY)
    known = Period(LAST_DAY, LAST_DAY)
    # Before the first day of all there is none to speak of.
    assert stretches(ValidTime(first, first, since_ever=True), known, reported=False) == ((FIRST_DAY, FIRST_DAY + 1, CERTAIN),)
    assert of("../0001-01-01") == ((FIRST_DAY, FIRST_DAY + 1, CERTAIN),)
    # Nor is there one after the last: the stretch has no bound.
    assert stretches(ValidTime(last, last), known, reported=False) == ((LAST_DAY, NO_END, CERTAIN),)
    assert stretches(ValidTime(last, last, ended=True), known, reported=False) == ((LAST_DAY, NO_END, CERTAIN),)
    assert of("2026-01-01/9999-12-31") == ((parse_day("2026-01-01"), NO_END, CERTAIN),)
    assert of("2026-01-01/9999-12-30") == ((parse_day("2026-01-01"), LAST_DAY, CERTAIN),)
    # One day later, or earlier, there is a day.
    second = Period(FIRST_DAY + 1, FIRST_DAY + 1)
    assert stretches(ValidTime(second, second, since_ever=True), known, reported=False)[0] == (NO_START, FIRST_DAY + 1, UNBOUNDED)
    before = Period(LAST_DAY - 1, LAST_DAY - 1)
    assert stretches(ValidTime(before, before, ended=True), known, reported=False)[-1] == (LAST_DAY, NO_END, UNBOUNDED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014/2017", ("2014-12-31", "2017-01-02")),
        ("2003-03-20/2011-12-18", ("2003-03-20", "2011-12-19")),
        ("../2011-12-18", ("2011-12-18", "2011-12-19")),
        ("2014", None),
        ("../2011", None),
    ],
)
def test_the_certain_period_is_the_certain_stretch(text, expected):
    assert certain_period(of(text)) == (expected and tuple(map(parse_day, expected)))


@pytest.mark.parametrize(
    ("published", "certain_from"), [("2026-01-01", "2026-01-01"), ("2026-01-20", "2026-01-20"), ("2026-02-15", "2026-01-31")]
)
def test_a_reported_state_has_begun_by_the_day_it_became_known(published, certain_from):
    found = of("2026-01/..", reported=True, published=parse_period(published))
    assert found[-1] == (parse_day(certain_from), NO_END, CERTAIN)
    assert of("2026-01/..", published=parse_period(published))[-1] == (parse_day("2026-01-31"), NO_END, CERTAIN)


@pytest.mark.parametrize("end", ["2026-01-09/2026-01-20", "2026-01-08/2026-01-20", "2026-01-05/2026-01-20"])
def test_where_it_may_end_before_it_surely_has_begun_all_is_one_possible_stretch(end):
    time = between(parse_period("2026-01-01/2026-01-10"), parse_period(end), "")
    assert stretches(time, PUBLISHED, reported=True) == ((parse_day("2026-01-01"), parse_day("2026-01-21"), POSSIBLE),)


def test_a_report_of_the_future_moves_nothing():
    found = of("2026-03/..", reported=True)
    assert found[-1] == (parse_day("2026-03-31"), NO_END, CERTAIN)
