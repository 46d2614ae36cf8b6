"""The words on a sheet: days, standings and figures for people, as on the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from ..dates import EPOCH
from ..figures import show

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not strftime's, which change with the machine's locale."""
STANDINGS = {
    "present": "Present",
    "absent": "Absent",
    "contested": "Contested",
    "unclear": "Unclear",
    "unreported": "Not reported",
}
OUTLOOK = {"announced": "Announced", "expected": "Expected", "possible": "Possible"}

Line = Mapping[str, Any]


def long_day(day: int) -> str:
    """The day as people say it: 20 Jan 2026."""
    date = dt.date.fromordinal(day + EPOCH)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def situation(days: Sequence[int], known: int, *, latest: bool) -> str:
    """The sentence of the sheet. `latest`: `known` is the day of the latest report, so everything is known."""
    if len(days) > 2:
        spoken = f"Situation on {len(days)} days from {long_day(min(days))} to {long_day(max(days))}"
    else:
        spoken = f"Situation on {' and on '.join(long_day(day) for day in days)}"
    return f"{spoken}, as known on {long_day(known)}{' (latest report)' if latest else ''}"


def figure_of(line: Line) -> str:
    """The figure of a line, "" where there is none or nobody is there."""
    return "" if line["standing"] == "absent" else show(line["low"], line["high"], approx=line["approx"])


def standing_of(line: Line, outlook: str, *, modality: str | None, leaves: bool) -> str:
    """One phrase for a line: "Present, 250–350", "Announced to leave", "Overtaken".

    `outlook` is the figure that is announced or expected, `modality` the firmest of the outlook, `leaves` whether all of it
    says that they go.
    """
    if line["standing"] != "unreported":
        return ", ".join(filter(None, (STANDINGS[line["standing"]], figure_of(line))))
    if modality is not None:
        return ", ".join(filter(None, (OUTLOOK[modality] + (" to leave" if leaves else ""), outlook)))
    if line["overtaken"]:
        return "Overtaken"
    return "Old reports only" if line["stale"] else "Changes only"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 place, 3 places."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
