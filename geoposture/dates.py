"""EDTF (ISO 8601-2) strings and the days that they can mean.

A day is a whole number: days since 1970-01-01 in the proleptic Gregorian calendar (as Arrow's date32 and
datetime64[D] count), from 0001-01-01 through 9999-12-31. There are no times of day and no time zones.
The grammar of unusual dates is checked by the edtf package; the bounds are worked out here, because they must be strict,
calendar-true and never padded.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .errors import ValueProblem

EPOCH = dt.date(1970, 1, 1).toordinal()
FIRST_DAY = dt.date.min.toordinal() - EPOCH
LAST_DAY = dt.date.max.toordinal() - EPOCH
NO_START = -(2**31)
"""Stands for "no bound" where a period begins."""
NO_END = 2**31 - 1
"""Stands for "no bound" where a period ends."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MASKED = re.compile(r"[?~%]?([0-9X]{4})[?~%]?(?:-[?~%]?([0-9X]{2})[?~%]?(?:-[?~%]?([0-9X]{2})[?~%]?)?)?")
_SIGNIFICANT = re.compile(r"([0-9]{4})S([1-4])")
_SEASON = re.compile(r"[?~%]?[0-9X]{4}[?~%]?-[?~%]?(2[1-9]|3[0-9]|4[01])[?~%]?")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Period:
    """A date or a closed interval: it lies between day `first` and day `last`, both included."""

    first: int
    last: int
    qualified: bool = False


@dataclass(frozen=True, slots=True)
class ValidTime:
    """When a claim says that a state holds: it starts within `start` and ends within `end` (None: no end is claimed).

    `since_ever` means that the start is unknown (`../B`), `ended` that the end is unknown (`A/`); then start and end are
    the one date that is known.
    """

    start: Period
    end: Period | None
    since_ever: bool = False
    ended: bool = False

    @property
    def qualified(self) -> bool:
        """Whether any of its dates carries one of the marks ?, ~ and %."""
        return self.start.qualified or (self.end is not None and self.end.qualified)


def parse_day(text: str) -> int:
    """The day of an exact date YYYY-MM-DD. Raises ValueProblem if it is no such day."""
    if not _DAY.fullmatch(text):
        raise ValueProblem("day-syntax", f'"{text}" is not a day.', "Write it as YYYY-MM-DD.")
    return _bounds(text)[0]


def show_day(day: int) -> str:
    """The day as YYYY-MM-DD."""
    return dt.date.fromordinal(day + EPOCH).isoformat()


def parse_period(text: str) -> Period:
    """The bounds of an EDTF date, or of a closed interval: its first and its last possible day.

    Raises ValueProblem if the text is no such date, or an interval without one of its ends.
    """
    if "/" not in text:
        return _period(text)
    time = parse_when(text)
    if time.end is None or time.since_ever or time.ended:
        raise ValueProblem("date-open", f'"{text}" has no first or no last day.', "Write both ends, as in 2026-01-17/2026-01-20.")
    return Period(time.start.first, time.end.last, time.qualified)


def parse_when(text: str) -> ValidTime:
    """The time of a claim, from `when`. Raises ValueProblem if the text is not EDTF, impossible or reversed."""
    if len(text) > _LONGEST:
        raise ValueProblem("date-syntax", f'"{text[:40]}…" is not an EDTF date.', "Write for example 2025-10-20/..")
    parts = text.split("/")
    if len(parts) == 1:
        period = _period(text)
        return ValidTime(period, period)
    if len(parts) > 2:
        fix = _advice(text) if re.fullmatch(r"[0-9]+/[0-9]+/[0-9]+", text) else "Write one interval, as in 2025-10-20/2025-11-02."
        raise ValueProblem("date-syntax", f'"{text}" has more than one "/".', fix)
    return _interval(text, *parts)


def between(start: Period, end: Period | None, text: str) -> ValidTime:
    """The time of a claim from its `from` and `to`. Raises ValueProblem if it ends before it can start."""
    if end is not None and start.first > end.last:
        raise ValueProblem("date-reversed", f"{text} ends before it can have started.", "Exchange the two.")
    return ValidTime(start, end)


def _interval(text: str, left: str, right: str) -> ValidTime:
    if left in ("", "..") and right in ("", ".."):
        raise ValueProblem("date-open", f'"{text}" has neither start nor end.', "Write at least one of them, as in 2025-10-20/..")
    if left in ("", ".."):
        end = _period(right)
        return ValidTime(end, end, since_ever=True)
    start = _period(left)
    if right == "":
        return ValidTime(start, start, ended=True)
    if right == "..":
        return ValidTime(start, None)
    end = _period(right)
    if start.first > end.last:
        raise ValueProblem("date-reversed", f'"{text}" ends before it can have started.', f"Write {right}/{left}.")
    return ValidTime(start, end)


@lru_cache(maxsize=2**14)  # A table has few days and many rows.
def _period(text: str) -> Period:
    """The bounds of a single EDTF date or set."""
    _check_use(text)
    if not _MASKED.fullmatch(text):
        _check_grammar(text)
    first, last = _bounds(text)
    return Period(first, last, any(mark in text for mark in "?~%"))


def _check_use(text: str) -> None:
    """Refuse what EDTF knows but this program has no use for."""
    if re.fullmatch(r"-[0-9]{4}.*|Y.*|[?~%]?0000.*", text):
        raise ValueProblem("date-range", f'"{text}" lies outside the years 0001 to 9999.', "Write a year that it has.")
    if _SEASON.fullmatch(text):
        raise ValueProblem("date-season", f'"{text}" is a season.', "Write the months, as in 2025-06/2025-08.")
    if re.match(r"[0-9-]{10}[T ][0-9]", text):
        raise ValueProblem("date-time", f'"{text}" has a time of day.', f"Write {text[:10]}.")


def _check_grammar(text: str) -> None:
    """Refuse what EDTF does not know."""
    from edtf import parse_edtf

    try:
        # The package prints what it can parse but not build, as "~2025S2": that would stand in the middle of what we print.
        with contextlib.redirect_stdout(io.StringIO()):
            parse_edtf(text)
    except Exception as error:
        raise ValueProblem("date-syntax", f'"{text}" is not an EDTF date.', _advice(text)) from error


def _advice(text: str) -> str:
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text):
        return f"Write {found[1]}-{int(found[2]):02}-{int(found[3]):02}."
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}", text):
        return "Write the year first, as in 2025-10-20."
    return "Write for example 2025-10-20, 2026-01, 2025-10-20/.. or 2026-01-17/2026-01-20."


def _bounds(text: str) -> tuple[int, int]:
    """First and last day of one EDTF date or set, calendar-true."""
    if text[:1] in "[{" and text[-1:] in "]}":
        return _set_bounds(text)
    if found := _SIGNIFICANT.fullmatch(text):
        step = 10 ** (4 - int(found[2]))
        year = int(found[1]) // step * step
        return _span(text, f"{year:04}", f"{year + step - 1:04}")
    found = _MASKED.fullmatch(text)
    if found is None:
        raise ValueProblem("date-syntax", f'"{text}" is not a date that this program reads.', _advice(text))
    first = next(_days(found, ascending=True), None)
    last = next(_days(found, ascending=False), None)
    if first is None or last is None:
        raise ValueProblem(
            "date-impossible", f'"{text}" does not exist in the calendar.', "Check the day, the month and the year."
        )
    return first, last


def _span(text: str, first_year: str, last_year: str) -> tuple[int, int]:
    if first_year == "0000":
        raise ValueProblem("date-range", f'"{text}" lies outside the years 0001 to 9999.', "Write a year that it has.")
    return _bounds(first_year)[0], _bounds(last_year)[1]


def _set_bounds(text: str) -> tuple[int, int]:
    """Bounds of a set, '[1667,1668,1670..1672]': from its earliest member to its latest."""
    parts = [part.strip() for member in text[1:-1].split(",") for part in member.split("..")]
    if not all(parts):
        raise ValueProblem("date-open", f'"{text}" is a set without an end.', "Write an interval, as in 2025-10-20/..")
    bounds = [_bounds(part) for part in parts]
    return min(first for first, _ in bounds), max(last for _, last in bounds)


def _days(found: re.Match[str], *, ascending: bool) -> Iterator[int]:
    """Every end of a real day, month or year that fits a date with X for unknown digits, in order."""
    year_mask, month_mask, day_mask = found[1], found[2] or "XX", found[3] or "XX"
    # No year has a day that the leap year 2000 has not: else XXXX-02-3X would be looked for in 9,999 years.
    months = [(month, _month_length(2000, month)) for month in _numbers(month_mask, 1, 12, ascending)]
    if not any(True for _, length in months for _ in _numbers(day_mask, 1, length, ascending)):
        return
    for year in _numbers(year_mask, 1, 9999, ascending):
        for month in _numbers(month_mask, 1, 12, ascending):
            last = _month_length(year, month)
            for day in _numbers(day_mask, 1, last, ascending):
                yield dt.date(year, month, day).toordinal() - EPOCH


def _numbers(mask: str, low: int, high: int, ascending: bool) -> Iterator[int]:  # noqa: FBT001 - private
    """Numbers from low through high whose digits fit the mask, without trying each of 9,999 where digits are given."""
    free = mask.count("X")
    if free == 0:
        if low <= int(mask) <= high:
            yield int(mask)
        return
    fills = range(10**free) if ascending else range(10**free - 1, -1, -1)
    for fill in fills:
        digits = iter(f"{fill:0{free}}")
        number = int("".join(next(digits) if char == "X" else char for char in mask))
        if low <= number <= high:
            yield number


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
