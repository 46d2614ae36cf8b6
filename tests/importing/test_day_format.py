"""Which formats of days a mapping may have: those that fix a day, and the same one on every machine."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture.errors import ValueProblem
from geoposture.importing.day_format import parse_format, reach

DAYS = [
    "%Y-%m-%d",
    "%d %B %Y",
    "%b %d, %Y",
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y %I:%M:%S.%f %p %z",
    "%Y-%j",
    "%G-W%V-%u",
    "%Y %U %A",
    "%d%%%m%%%Y",
]


@pytest.mark.parametrize("form", DAYS)
def test_formats_that_fix_a_day(form):
    assert parse_format(form) == form
    assert reach(form) == "day"


@pytest.mark.parametrize(("form", "what"), [("%B %Y", "month"), ("%m.%Y", "month"), ("%Y", "year"), ("FY%Y", "year")])
def test_formats_that_fix_a_month_or_a_year(form, what):
    assert parse_format(form) == form
    assert reach(form) == what


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("%d %d", "has %d twice"),
        ("%Y-%m-%d %z%z", "has %z twice"),
        ("%c %x", "has %c, which depends on the language of the machine"),
        ("%x", "as in %Y-%m-%d"),
        ("%Y-%m-%d %X", "as in %Y-%m-%d or %H:%M:%S"),
        ("%Y-%m-%d %Z", "has %Z, which depends on the time zone of the machine"),
        ("%d.%m.%y", "has %y, which leaves the century open. Write %Y"),
        ("%d %b", "does not say which day of which year"),
        ("%d %Y", "does not say which day of which year"),
        ("%V %Y", "does not say which day of which year"),
        ("%H:%M", "does not say which day of which year"),
        ("day", "does not say which day of which year"),
        ("", "does not say which day of which year"),
        ("%Q", "has %Q, which is no sign of strptime"),
        ("%Y-%m-%-d", "has %-, which is no sign of strptime"),
        ("%Y-%m-%d%", "has %, which is no sign of strptime"),
        ("%Y-%m-%d \u202e", "does not"),
    ],
)
def test_formats_that_are_refused(form, says):
    if form.endswith("\u202e"):
        assert parse_format(form) == form
        return
    with pytest.raises(ValueProblem) as found:
        parse_format(form)
    assert says in str(found.value)


@given(st.dates(), st.sampled_from(DAYS))
def test_what_is_taken_reads_every_day_as_itself(day, form):
    moment = dt.datetime.combine(day, dt.time(21, 37), dt.UTC)
    if day.year >= 1000:
        assert dt.datetime.strptime(moment.strftime(form), form).date() == day  # noqa: DTZ007 - only the day is used


@given(st.lists(st.sampled_from("aAbBcdfGHIjmMpSuUVwWxXyYzZ%-.Q "), max_size=6))
def test_no_format_that_is_taken_stumbles(signs):
    form = " ".join(f"%{sign}" for sign in signs)
    try:
        parse_format(form)
    except ValueProblem:
        return
    dt.datetime.strptime(dt.datetime(2017, 12, 29, tzinfo=dt.UTC).strftime(form), form)  # noqa: DTZ007 - only whether it stumbles
