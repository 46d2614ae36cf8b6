"""Rows → when it was so, as EDTF: days, quarters and years as tables write them, and days that are not known exactly."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ..dates import EPOCH, FIRST_DAY, LAST_DAY, ValidTime, parse_when, show_day
from ..errors import ValueProblem
from ..reading.wording import shown
from .cells import Cells, Refusal, whole
from .model import PRECISIONS, WhenSpec

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_GROUPED = re.compile(r"[0-9]\.[0-9]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """When it was so: the text of `when`; its first day and its last (None: no end), and a name for it in ids.

    `whole` tells that it was so from the first day to the last; only then can it be carried on to the next row.
    """

    when: str
    first: int
    last: int | None
    name: str
    whole: bool = False

    def until(self, day: int) -> dict[str, str]:
        """The keys of a claim: it was so from the first day through the last, and possibly until `day`."""
        if self.last is None or day <= self.last:
            return {"when": self.when}
        return {"from": show_day(self.first), "to": f"{show_day(self.last)}/{show_day(day)}"}


def moment(spec: WhenSpec | None, cells: Cells) -> Moment | None:
    """When it was so; None if the mapping leaves it to the day of publication. Raises Refusal if the row does not say it."""
    if spec is None:
        return None
    if spec.year is not None:
        return _calendar(spec, cells)
    if spec.start is not None:
        first = _day(spec, cells, spec.start)
        last = _day(spec, cells, spec.end) if spec.end is not None and cells.text(spec.end) else None
        return _between(spec, cells, first, first if spec.end is None else last)
    text = cells.text(spec.column)
    if not text:
        raise Refusal(f"{spec.column} does not say when")
    if spec.format is None and not _ISO.fullmatch(text):
        return _written(text)
    day = _day(spec, cells, spec.column)
    return _between(spec, cells, day, day)


def _written(text: str) -> Moment:
    """A cell that holds EDTF."""
    try:
        time: ValidTime = parse_when(text)
    except ValueProblem as error:
        raise Refusal(f"{error.what} {error.fix}".strip()) from error
    last = None if time.end is None or time.ended else time.end.last
    exact = time.end is not None and not (time.since_ever or time.ended) and time.start.first == time.start.last
    return Moment(text, time.start.first, last, _slug(text), exact and time.end is not None and time.end.first == time.end.last)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "day"


def _day(spec: WhenSpec, cells: Cells, column: str) -> int:
    text = cells.text(column)
    if not text:
        raise Refusal(f"{column} does not say when")
    # What is written as ISO 8601 has it means one day, whatever the format of the others.
    iso = _ISO.fullmatch(text)
    text, form = (iso[1], "%Y-%m-%d") if iso else (text, spec.format or "%Y-%m-%d")
    try:
        found = dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - only the day is used
    except ValueError as error:
        how = "YYYY-MM-DD" if spec.format is None else spec.format
        raise Refusal(f"{column} {shown(text)} is no day written as {how}") from error
    return found.toordinal() - EPOCH


def _between(spec: WhenSpec, cells: Cells, first: int, last: int | None) -> Moment:
    if last is None:
        return Moment(f"{show_day(first)}/..", first, None, show_day(first))
    if first > last:
        raise Refusal(f"it ends on {show_day(last)}, before it begins on {show_day(first)}")
    precision = cells.value(spec.precision) or ("exact" if spec.covers == "whole" else "within")
    if precision not in PRECISIONS:
        raise Refusal(f"the precision of the day, {shown(precision)}, is none of {', '.join(PRECISIONS)}")
    if precision in ("month", "year"):
        one, other = (show_day(day)[: 7 if precision == "month" else 4] for day in (first, last))
        return Moment(one if one == other else f"[{one}..{other}]", first, last, show_day(first))
    if precision == "week":
        first, last = max(first - 6, FIRST_DAY), min(last + 6, LAST_DAY)
    return _span(first, last, show_day(first), whole_time=precision == "exact")


def _span(first: int, last: int, name: str, *, whole_time: bool) -> Moment:
    """All the time from the first day to the last, or some time between them."""
    one, other = show_day(first), show_day(last)
    if first == last:
        return Moment(one, first, last, name, whole=True)
    return Moment(f"{one}/{other}" if whole_time else f"[{one}..{other}]", first, last, name, whole_time)


def _calendar(spec: WhenSpec, cells: Cells) -> Moment:
    """A year, or a quarter or month of it."""
    if _GROUPED.fullmatch(cells.text(spec.year)):
        raise Refusal(f"{spec.year} {shown(cells.text(spec.year))} may have a point between thousands. Write the year without it")
    year = whole(cells, spec.year)
    if year is None or not 1 <= year <= 9999:
        raise Refusal(f"{spec.year} is no year from 1 to 9999" if year is not None else f"{spec.year} does not say when")
    first_month, months, name = 1, 12, f"{year:04}"
    if spec.quarter is not None:
        quarter = _quarter(cells, spec.quarter)
        first_month, months, name = 3 * quarter - 2, 3, f"{year:04}-q{quarter}"
    elif spec.month is not None:
        first_month = _month(cells, spec.month)
        months, name = 1, f"{year:04}-{first_month:02}"
    first = dt.date(year, first_month, 1).toordinal() - EPOCH
    last_month = first_month + months - 1
    following = dt.date.max if (year, last_month) == (9999, 12) else dt.date(year + last_month // 12, last_month % 12 + 1, 1)
    return _span(first, following.toordinal() - EPOCH - 1, name, whole_time=spec.covers == "whole")


def _quarter(cells: Cells, column: str) -> int:
    found = re.fullmatch(r"[Qq]?([1-4])(?:\.0*)?", cells.text(column))
    if found is None:
        raise Refusal(f"{column} {shown(cells.text(column))} is no quarter from 1 to 4")
    return int(found[1])


def _month(cells: Cells, column: str) -> int:
    text = cells.text(column)
    if text[:3].lower() in _MONTHS:
        return _MONTHS.index(text[:3].lower()) + 1
    month = whole(cells, column)
    if month is None or not 1 <= month <= 12:
        raise Refusal(f"{column} {shown(text)} is no month")
    return month
