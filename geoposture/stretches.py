"""The days of which a claim speaks, cut into certain, possible and unbounded stretches (docs/semantics.md, "Days")."""

from __future__ import annotations

from .dates import FIRST_DAY, LAST_DAY, NO_END, NO_START, Period, ValidTime

UNBOUNDED, POSSIBLE, CERTAIN = 0, 1, 2
CERTAINTIES = ("unbounded", "possible", "certain")

Stretch = tuple[int, int, int]
"""(from, to, certainty): days `[from, to)`, NO_START and NO_END where there is no bound."""


def stretches(time: ValidTime | None, published: Period, *, reported: bool) -> tuple[Stretch, ...]:
    """What a claim says of the days, in order: maximal stretches `[from, to)` of one certainty; () if it says nothing.

    `time` None is the default: from publication on. The claim became known on `published.last`.
    """
    if time is None:
        time = ValidTime(published, None)
    known = published.last
    certain_from, certain_to, to = _bounds(time, known, reported=reported)
    first = time.start.first
    found = [(NO_START, first, UNBOUNDED)] if time.since_ever else []
    if certain_from < certain_to:
        found += [(first, certain_from, POSSIBLE), (certain_from, certain_to, CERTAIN), (certain_to, to, POSSIBLE)]
    else:
        found += [(first, to, POSSIBLE)]
    if time.ended:
        found.append((time.start.last + 1, _after(known), UNBOUNDED))
    return tuple(stretch for stretch in found if _holds_a_day(stretch))


def certain_period(parts: tuple[Stretch, ...]) -> tuple[int, int] | None:
    """The one stretch in which a claim is certain, `[from, to)`; None if it never is."""
    return next(((start, end) for start, end, certainty in parts if certainty == CERTAIN), None)


def _holds_a_day(stretch: Stretch) -> bool:
    """Whether any day from 0001-01-01 through 9999-12-31 lies in it: there are none before and none after."""
    start, end, _ = stretch
    return start < end and end > FIRST_DAY and start <= LAST_DAY


def _bounds(time: ValidTime, known: int, *, reported: bool) -> tuple[int, int, int]:
    """Where the certain period begins and ends, and where the possible one ends."""
    certain_from = time.start.last
    if time.end is None:
        # A reported state has begun by the time it is reported.
        if reported and known >= time.start.first:
            certain_from = min(certain_from, known)
        return certain_from, NO_END, NO_END
    certain_to, to = _after(time.end.first), _after(time.end.last)
    if time.ended:
        # It had ended by the day it became known: of later days it says nothing, whatever its date can mean.
        limit = _after(known)
        return certain_from, min(certain_to, limit), min(to, limit)
    return certain_from, certain_to, to


def _after(day: int) -> int:
    """The end of a half-open period whose last day is `day`; after the last day of all there is no bound."""
    return NO_END if day >= LAST_DAY else day + 1
