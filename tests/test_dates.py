"""Dates: every row of the table "Days", the examples of the EDTF specification, and bounds against a calendar walk."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture.dates import (
    EPOCH,
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
    show_day,
)
from geoposture.errors import ValueProblem
from geoposture.stretches import CERTAIN, POSSIBLE, UNBOUNDED, stretches

KNOWN = parse_period("2026-02-15")


def day(text):
    return parse_day(text)


def said(text, *, reported=False, known=KNOWN):
    """The stretches in words: [('certain', from, last)], None for no bound."""
    names = {CERTAIN: "certain", POSSIBLE: "possible", UNBOUNDED: "unbounded"}
    return [
        (names[kind], None if start == NO_START else show_day(start), None if end == NO_END else show_day(end - 1))
        for start, end, kind in stretches(parse_when(text), known, reported=reported)
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025-10-20", [("certain", "2025-10-20", "2025-10-20")]),
        ("2014", [("possible", "2014-01-01", "2014-12-31")]),
        ("2003-03-20/2011-12-18", [("certain", "2003-03-20", "2011-12-18")]),
        (
            "2014/2017",
            [
                ("possible", "2014-01-01", "2014-12-30"),
                ("certain", "2014-12-31", "2017-01-01"),
                ("possible", "2017-01-02", "2017-12-31"),
            ],
        ),
        ("2025-10-20/..", [("certain", "2025-10-20", None)]),
        ("2026-01/..", [("possible", "2026-01-01", "2026-01-30"), ("certain", "2026-01-31", None)]),
        ("../2011-12-18", [("unbounded", None, "2011-12-17"), ("certain", "2011-12-18", "2011-12-18")]),
        ("/2011-12-18", [("unbounded", None, "2011-12-17"), ("certain", "2011-12-18", "2011-12-18")]),
        ("../2011", [("unbounded", None, "2010-12-31"), ("possible", "2011-01-01", "2011-12-31")]),
        ("2014-03-01/", [("certain", "2014-03-01", "2014-03-01"), ("unbounded", "2014-03-02", "2026-02-15")]),
        ("2014/", [("possible", "2014-01-01", "2014-12-31"), ("unbounded", "2015-01-01", "2026-02-15")]),
        ("2014/2014", [("possible", "2014-01-01", "2014-12-31")]),
        ("9999-12-31", [("certain", "9999-12-31", None)]),
        ("../0001-01-01", [("certain", "0001-01-01", "0001-01-01")]),
    ],
)
def test_the_table_of_the_page(text, parts):
    assert said(text) == parts


def test_from_alone_is_a_start_within_a_range():
    time = between(parse_period("2026-01-04/2026-01-10"), None, "")
    assert stretches(time, KNOWN, reported=False) == (
        (day("2026-01-04"), day("2026-01-10"), POSSIBLE),
        (day("2026-01-10"), NO_END, CERTAIN),
    )


def test_a_reported_state_has_begun_by_the_time_it_is_reported():
    early = parse_period("2026-01-12")
    assert said("2026-01/..", reported=True, known=early)[1] == ("certain", "2026-01-12", None)
    assert said("2026-01/..", reported=False, known=early)[1] == ("certain", "2026-01-31", None)
    before = parse_period("2025-12-31")
    assert said("2026-01/..", reported=True, known=before)[1] == ("certain", "2026-01-31", None)


def test_what_had_ended_says_nothing_beyond_the_day_it_became_known():
    assert said("2014/", known=parse_period("2014-06-01")) == [("possible", "2014-01-01", "2014-06-01")]
    assert said("2014-03-01/", known=parse_period("2014-02-01")) == []
    assert said("2014-03-01/", known=parse_period("2014-03-01")) == [("certain", "2014-03-01", "2014-03-01")]
    assert said("9999-12-31/", known=parse_period("9999-12-31")) == [("certain", "9999-12-31", None)]


def test_the_default_runs_from_publication():
    published = parse_period("2026-01-17/2026-01-20")
    assert stretches(None, published, reported=False) == (
        (day("2026-01-17"), day("2026-01-20"), POSSIBLE),
        (day("2026-01-20"), NO_END, CERTAIN),
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # Library of Congress, EDTF specification, levels 0 to 2
        ("1985-04-12", "1985-04-12", "1985-04-12"),
        ("1985-04", "1985-04-01", "1985-04-30"),
        ("1985", "1985-01-01", "1985-12-31"),
        ("1984?", "1984-01-01", "1984-12-31"),
        ("2004-06~", "2004-06-01", "2004-06-30"),
        ("2004-06-11%", "2004-06-11", "2004-06-11"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("1985-04-XX", "1985-04-01", "1985-04-30"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("15XX-12-25", "1500-12-25", "1599-12-25"),
        ("XXXX-12-XX", "0001-12-01", "9999-12-31"),
        ("1XXX-XX", "1000-01-01", "1999-12-31"),
        ("1XXX-12", "1000-12-01", "1999-12-31"),
        ("1984-1X", "1984-10-01", "1984-12-31"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("?2004-06-~11", "2004-06-11", "2004-06-11"),
        ("2004?-06-04~", "2004-06-04", "2004-06-04"),
        ("2011-~06-XX", "2011-06-01", "2011-06-30"),
        ("2004-?06-11", "2004-06-11", "2004-06-11"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("1964/2008", "1964-01-01", "2008-12-31"),
        ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
        ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
        ("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20"),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03"),
        ("2024-02-XX", "2024-02-01", "2024-02-29"),
        ("202X-02-29", "2020-02-29", "2028-02-29"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1984-12-3X", "1984-12-30", "1984-12-31"),
        ("1984-11-3X", "1984-11-30", "1984-11-30"),
    ],
)
def test_bounds_of_edtf_strings(text, first, last):
    period = parse_period(text)
    assert (show_day(period.first), show_day(period.last)) == (first, last)
    assert period.qualified == any(mark in text for mark in "?~%")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-02-29", "date-impossible"),
        ("1900-02-29", "date-impossible"),
        ("2100-02-29", "date-impossible"),
        ("2014-13", "date-impossible"),
        ("2024-06-31", "date-impossible"),
        ("XXXX-02-30", "date-impossible"),
        ("0000", "date-range"),
        ("-0001", "date-range"),
        ("Y170000002", "date-range"),
        ("2001-21", "date-season"),
        ("2001-34~", "date-season"),
        ("1985-04-12T23:20:30Z", "date-time"),
        ("1985-04-12 23:20", "date-time"),
        ("2008/2004", "date-reversed"),
        ("2014-06-02/2014-06-01", "date-reversed"),
        ("..", "date-syntax"),
        ("/", "date-open"),
        ("../..", "date-open"),
        ("/..", "date-open"),
        ("[..1760-12-03]", "date-open"),
        ("2014/2015/2016", "date-syntax"),
        ("2014/.", "date-syntax"),
        ("2014/-0001", "date-range"),
        ("2005-5-1", "date-syntax"),
        ("20.10.2025", "date-syntax"),
        ("20251020", "date-syntax"),
        ("2025-10-20 ", "date-syntax"),
        ("", "date-syntax"),
        ("yesterday", "date-syntax"),
        ("２０２５", "date-syntax"),
        ("2014" * 100, "date-syntax"),
        ("(2014", "date-syntax"),
        ("~2025S2", "date-syntax"),
        ("0012S1", "date-range"),
    ],
)
def test_what_is_refused(text, code, capsys):
    with pytest.raises(ValueProblem) as caught:
        parse_when(text)
    assert caught.value.code == code
    assert caught.value.fix
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["1985-04-12T23:20:30Z", "1985-04-12 23:20"])
def test_the_day_of_a_time_is_what_to_write(text):
    with pytest.raises(ValueProblem) as caught:
        parse_when(text)
    assert caught.value.fix == "Write 1985-04-12."


@pytest.mark.parametrize("text", ["2026-01-17/..", "../2026-01-17", "2026-01-17/", "2014/.."])
def test_published_needs_both_ends(text):
    with pytest.raises(ValueProblem, match="first"):
        parse_period(text)


def test_from_after_to_is_refused():
    with pytest.raises(ValueProblem, match="before it can"):
        between(parse_period("2026-02"), parse_period("2026-01"), "from 2026-02 to 2026-01")


def test_from_through_to_is_what_lies_between():
    start, end = parse_period("2026-01"), parse_period("2026-02-03")
    assert between(start, end, "") == ValidTime(start, end)
    assert between(end, end, "") == ValidTime(end, end)


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_as_long_as_in_the_calendar(year, month):
    period = parse_period(f"{year}-{month:02}")
    assert period.last - period.first + 1 == calendar.monthrange(year, month)[1]


@given(st.dates())
def test_days_round_trip(date):
    number = date.toordinal() - EPOCH
    assert parse_day(date.isoformat()) == number
    assert show_day(number) == date.isoformat()
    assert FIRST_DAY <= number <= LAST_DAY


@pytest.mark.parametrize("text", ["2025-02-30", "2025-2-3", "2025", "today", "0000-01-01", "2025-10-20T00"])
def test_an_exact_day_is_nothing_else(text):
    with pytest.raises(ValueProblem):
        parse_day(text)


@given(st.from_regex(r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?", fullmatch=True))
def test_masks_equal_a_walk_over_the_calendar(text):
    """Bounds of unknown digits against a walk over the days of the years that fit; years are sampled where all are free."""
    years = [
        year
        for year in (*range(1, 10), *range(1000, 1010), *range(1990, 2031), *range(9990, 10000))
        if fits(text[:4], f"{year:04}")
    ]
    walked = [
        date.toordinal() - EPOCH
        for year in years
        for number in range(366)
        if (date := dt.date(year, 1, 1) + dt.timedelta(min(number, 364))).year == year
        and fits(text, date.isoformat()[: len(text)])
    ]
    try:
        period = parse_period(text)
    except ValueProblem:
        assert not walked
        return
    assert all(period.first <= number <= period.last for number in walked)
    for bound in (period.first, period.last):
        assert fits(text, show_day(bound)[: len(text)])


def fits(mask, text):
    return all(wanted in ("X", found) for wanted, found in zip(mask, text, strict=True))


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("20.10.2025", "Write the year first, as in 2025-10-20."),
        ("1/2/2025", "Write the year first, as in 2025-10-20."),
        ("2025/1/2", "Write 2025-01-02."),
        ("2025.11.02", "Write 2025-11-02."),
        ("yesterday", "Write for example 2025-10-20, 2026-01, 2025-10-20/.. or 2026-01-17/2026-01-20."),
    ],
)
def test_what_to_write_instead(text, fix):
    with pytest.raises(ValueProblem) as caught:
        parse_when(text)
    assert caught.value.fix == fix


def test_no_bound_is_the_last_that_four_bytes_hold():
    """Files that others read have it (docs/scale.md)."""
    assert (NO_START, NO_END) == (-(2**31), 2**31 - 1)
    assert all(isinstance(bound, int) for bound in (NO_START, NO_END))


def test_an_interval_may_be_one_day():
    time = parse_when("2026-01-17/2026-01-17")
    assert time.start == time.end == Period(day("2026-01-17"), day("2026-01-17"))


@pytest.mark.parametrize(
    ("text", "qualified"),
    [
        ("2025", False),
        ("2025~", True),
        ("2025/..", False),
        ("2025?/..", True),
        ("2025/2026", False),
        ("2025/2026%", True),
        ("2025~/2026", True),
        ("../2026~", True),
        ("2025~/", True),
    ],
)
def test_a_mark_on_either_end_qualifies_the_time(text, qualified):
    assert parse_when(text).qualified is qualified


def test_dates_are_values_that_no_reader_can_change():
    time = parse_when("2025/2026")
    for value, name in ((time, "ended"), (time.start, "first")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 1)
    assert Period(1, 2) == Period(1, 2, qualified=False)


def test_days_are_counted_as_everywhere_from_1970():
    """Columns of dates in Parquet, Arrow and NumPy count so: a number of ours is a day of theirs."""
    assert (EPOCH, day("1970-01-01"), day("1969-12-31")) == (719_163, 0, -1)


@pytest.mark.parametrize(("length", "shown"), [(200, "x" * 200), (201, "x" * 40 + "…")])
def test_a_text_that_is_far_too_long_for_a_date_is_shown_by_its_beginning(length, shown):
    with pytest.raises(ValueProblem) as raised:
        parse_when("x" * length)
    assert raised.value.what.startswith(f'"{shown}"')


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025S1", "2000-01-01", "2999-12-31"),
        ("2025S2", "2000-01-01", "2099-12-31"),
        ("2025S3", "2020-01-01", "2029-12-31"),
        ("2025S4", "2025-01-01", "2025-12-31"),
        # The first leap year is 4, and the first that ends in two zeros 400.
        ("XXXX-02-29", "0004-02-29", "9996-02-29"),
        ("XX0X-02-29", "0004-02-29", "9908-02-29"),
        ("XX00-02-29", "0400-02-29", "9600-02-29"),
    ],
)
def test_years_of_which_some_digits_are_known(text, first, last):
    period = parse_period(text)
    assert (show_day(period.first), show_day(period.last)) == (first, last)
