"""How a table writes its days, in the signs of strptime: only formats that fix a day, and the same one on every machine."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from ..errors import ValueProblem
from ..reading.wording import shown

_STABLE = frozenset("aAbBdfGHIjmMpSuUVwWYz%")
"""Signs that mean the same everywhere; names of months and weekdays are English, for nothing here sets a locale."""
_UNSTABLE = {
    "y": ("leaves the century open", "Write %Y, and years of four digits into the table."),
    "Z": ("depends on the time zone of the machine", "Write %z, and the zone as +0300 into the table, or leave both out."),
    **dict.fromkeys("cxX", ("depends on the language of the machine", "Write it out, as in %Y-%m-%d or %H:%M:%S.")),
}
_REACHES = ("day", "month", "year")
_PROBE = dt.datetime(2017, 12, 29, 21, 37, 48, 123456, tzinfo=dt.UTC)
"""All of its numbers have their full width, and none stands for another."""


def parse_format(form: str) -> str:
    """The format, if it fixes a day, or a month or year at least. Raises ValueProblem with what to write."""
    signs = _signs(form)
    for sign, times in Counter(signs).items():
        if sign in _UNSTABLE:
            raise _unfit(form, f"has %{sign}, which {_UNSTABLE[sign][0]}", _UNSTABLE[sign][1])
        if sign not in _STABLE:
            raise _unfit(form, f"has %{sign}, which is no sign of strptime", "Write %Y, %m, %d and so on.")
        if times > 1 and sign != "%":
            raise _unfit(form, f"has %{sign} twice", "Write it once; a percent sign itself is %%.")
    if reach(form) is None:
        raise _unfit(form, "does not say which day of which year", "Write year, month and day, as in %d %B %Y.")
    return form


def _unfit(form: str, what: str, fix: str) -> ValueProblem:
    return ValueProblem("value-unknown", f'"format" {shown(form)} {what}.', fix)


def reach(form: str) -> str | None:
    """What such a format fixes: the day, only the month or year, or nothing.

    A day is written in it and read back: what strptime fills in comes back as a first day, or as 1900.
    """
    probe = " ".join(f"%{sign}" for sign in _signs(form) if sign != "%")
    day = _PROBE.date()
    try:
        found = dt.datetime.strptime(_PROBE.strftime(probe), probe).date()  # noqa: DTZ007 - only the day is used
    except ValueError:
        # Of two signs that strptime does not read together, such as %Y and %V.
        return None
    firsts = (day, day.replace(day=1), day.replace(month=1, day=1))
    return next((name for name, first in zip(_REACHES, firsts, strict=True) if found == first), None)


def _signs(form: str) -> list[str]:
    return re.findall("%(.?)", form)
