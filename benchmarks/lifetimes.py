"""When synthetic claims hold: what is written, and the six bounds that it means (docs/semantics.md, "Days"), on whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geoposture.dates import NO_END, NO_START

Ints = NDArray[Any]
EPOCH_DAY = 10_957
"""2000-01-01, the first day that a claim can name, as days since 1970."""
NAMED_DAYS = 11_688
"""Days that a claim can name: through 2031-12-31."""
KNOWN_DAY, KNOWN_DAYS = 12_784, 7_305
"""2005-01-01, and the 240 months from it on in which reports are published."""
OPEN, DEFAULT, INTERVAL, SINGLE, VAGUE, VAGUE_INTERVAL, ENDED, SINCE = range(8)
KIND_SHARES = (0.52, 0.08, 0.15, 0.08, 0.07, 0.02, 0.06, 0.02)
"""A/.., nothing written, A/B, a day, a month or a year, years A/B, A/, ../B."""


@dataclass(frozen=True, slots=True)
class Times:
    """Kinds, codes of the calendar for the start and the end, and what is written: codes and texts."""

    kind: Ints
    anchor: Ints
    end: Ints
    written: Ints
    texts: pa.Array


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that a claim's time can be made of: days, days with a mark, months, years, '..' and ''; its text and its bounds."""

    text: pa.Array
    first: Ints
    last: Ints
    month_of: Ints
    year_of: Ints
    marked: int
    dots: int
    nothing: int


@cache
def the_calendar() -> Calendar:
    day = np.arange(EPOCH_DAY, EPOCH_DAY + NAMED_DAYS, dtype=np.int64)
    date = day.astype("datetime64[D]")
    months = np.unique(date.astype("datetime64[M]"))
    years = np.unique(date.astype("datetime64[Y]"))
    month_at = 2 * NAMED_DAYS
    year_at = month_at + len(months)
    days = np.datetime_as_string(date)
    texts = [*days, *(f"{text}?" for text in days), *map(str, months), *map(str, years), "..", ""]
    periods = [day, day, months.astype("datetime64[D]").astype(np.int64), years.astype("datetime64[D]").astype(np.int64), [0, 0]]
    ends = [
        day,
        day,
        (months + 1).astype("datetime64[D]").astype(np.int64) - 1,
        (years + 1).astype("datetime64[D]").astype(np.int64) - 1,
        [0, 0],
    ]
    return Calendar(
        pa.array(texts, pa.string()),
        np.concatenate(periods).astype(np.int32),
        np.concatenate(ends).astype(np.int32),
        (month_at + np.searchsorted(months, date.astype("datetime64[M]"))).astype(np.int32),
        (year_at + np.searchsorted(years, date.astype("datetime64[Y]"))).astype(np.int32),
        NAMED_DAYS,
        len(texts) - 2,
        len(texts) - 1,
    )


def unit(dice: np.random.Generator, count: int) -> NDArray[np.float32]:
    return dice.random(count, dtype=np.float32)


def times(dice: np.random.Generator, modality: Ints, day: Ints) -> Times:
    """A time for each event, published about `day` (days since KNOWN_DAY): plans lie ahead, reports look back."""
    calendar, count = the_calendar(), len(day)
    kind = np.searchsorted(np.cumsum(KIND_SHARES)[:-1].astype(np.float32), unit(dice, count), side="right").astype(np.int8)
    today = day + (KNOWN_DAY - EPOCH_DAY)
    lag = dice.standard_exponential(count, dtype=np.float32)
    lag = (lag * np.where(unit(dice, count) < 0.1, np.float32(300), np.float32(12))).astype(np.int32)
    planned = (modality < 3) & (kind != ENDED)
    start = np.clip(np.where(planned, today + lag + 5, today - lag), 0, NAMED_DAYS - 1)
    length = (dice.standard_exponential(count, dtype=np.float32) * np.where(kind == VAGUE_INTERVAL, np.float32(900), 90)) + 1
    stop = np.minimum(start + length.astype(np.int32), NAMED_DAYS - 1)

    u = unit(dice, count)
    vague = np.where(u < 0.5, calendar.month_of[start], calendar.year_of[start])
    anchor = np.where((kind == OPEN) & (u < 0.05), calendar.month_of[start], start)
    anchor = np.where((kind <= SINGLE) & (kind != DEFAULT) & (u > 0.97), start + calendar.marked, anchor)
    anchor = np.where(kind == VAGUE, vague, anchor)
    anchor = np.where(kind == VAGUE_INTERVAL, calendar.year_of[start], anchor)
    end = np.where(kind == INTERVAL, stop, np.where(kind == VAGUE_INTERVAL, calendar.year_of[stop], anchor))

    left = np.where(kind == SINCE, calendar.dots, anchor)
    right = np.select(
        [kind == OPEN, kind == ENDED, (kind == INTERVAL) | (kind == VAGUE_INTERVAL) | (kind == SINCE)],
        [calendar.dots, calendar.nothing, end],
        -1,
    )
    coded = pa.array(left.astype(np.int64) << 32 | (right + 1).astype(np.int64)).dictionary_encode()
    values = coded.dictionary.to_numpy()
    lefts = calendar.text.take(pa.array(values >> 32))
    rights = (values & 0xFFFFFFFF) - 1
    joined = pc.binary_join_element_wise(lefts, calendar.text.take(pa.array(np.maximum(rights, 0))), "/")
    texts = pc.if_else(pa.array(rights < 0), lefts, joined)
    return Times(kind, anchor.astype(np.int32), end.astype(np.int32), coded.indices.to_numpy(), texts)


def six_bounds(kind: Ints, reported: Ints, known: Ints, anchor: Ints, end: Ints) -> dict[str, pa.Array]:
    """The six bounds (docs/semantics.md, "Days"), on whole columns."""
    calendar = the_calendar()
    default, ended, open_end = kind == DEFAULT, kind == ENDED, kind <= DEFAULT
    first = np.where(default, known, calendar.first[anchor])
    last = np.where(default, known, calendar.last[anchor])
    certain_from = np.where(open_end & reported & (known >= first), np.minimum(last, known), last)
    limit = np.where(ended, known + 1, NO_END)
    certain_to = np.where(open_end, NO_END, np.minimum(calendar.first[end] + 1, limit))
    possible_to = np.where(open_end, NO_END, np.minimum(calendar.last[end] + 1, limit))
    never = certain_from >= certain_to
    columns = {
        "unbounded_from": np.where(kind == SINCE, NO_START, first),
        "possible_from": first,
        "certain_from": certain_from,
        "certain_to": certain_to,
        "possible_to": possible_to,
        "unbounded_to": np.where(ended, np.maximum(possible_to, known + 1), possible_to),
    }
    return {
        name: pa.array(bound.astype(np.int32), mask=never if name.startswith("certain") else None)
        for name, bound in columns.items()
    }
