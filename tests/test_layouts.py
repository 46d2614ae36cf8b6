"""What holds at a point, found by scanning, beside asking each rectangle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture import layouts, processors
from geoposture.dates import FIRST_DAY, LAST_DAY, NO_END, NO_START
from geoposture.layouts import Calendar, Layout

from .trying import tried

near, anywhere = st.integers(20_000, 20_040), st.integers(FIRST_DAY, LAST_DAY)


@pytest.fixture(params=[(1, 4), (10**9, 2**18)], ids=["in threads and small blocks", "at once"])
def size(request, monkeypatch):
    monkeypatch.setattr(processors, "_LONG", request.param[0])
    monkeypatch.setattr(layouts, "_BLOCK", request.param[1])


@tried(200)
@given(st.lists(st.one_of(near, anywhere, st.sampled_from([NO_START, NO_END]))), st.one_of(near, anywhere))
def test_numbers_stand_as_their_days(days, asked):
    column = np.array(days, dtype=np.int32)
    calendar = Calendar.of([column])
    numbers, number = calendar.numbers(column), calendar.number(asked)
    assert ((numbers <= number) == (column <= asked)).all()
    assert ((numbers > number) == (column > asked)).all()


@pytest.mark.parametrize(("span", "short"), [(2**16 - 3, True), (2**16 - 2, False)])
def test_a_calendar_has_179_years(span, short):
    column = np.array([NO_START, 100, 100 + span, NO_END], dtype=np.int32)
    calendar = Calendar.of([column])
    assert (calendar.numbers(column).dtype == np.uint16) == short
    for asked in (99, 100, 101, 99 + span, 100 + span, 101 + span):
        assert ((calendar.numbers(column) <= calendar.number(asked)) == (column <= asked)).all()


bound = st.one_of(near, anywhere)
rectangles = st.tuples(st.one_of(near, st.just(NO_START)), bound, st.one_of(near, st.just(NO_END)), near, st.booleans())


@pytest.mark.usefixtures("size")
@tried(150)
@given(
    st.lists(st.tuples(st.integers(0, 6), rectangles), max_size=40).map(lambda rows: sorted(rows, key=lambda row: row[0])),
    bound,
    st.one_of(st.none(), near),
    st.one_of(st.none(), bound),
)
def test_what_holds_is_found(rows, day, known, since):
    line, rectangle = [row[0] for row in rows], [row[1] for row in rows]
    valid_from, claimed, valid_to, known_from, bounded = ([one[part] for one in rectangle] if rows else [] for part in range(5))
    known_to = [one + 7 for one in known_from]
    columns = [np.array(column, dtype=np.int32) for column in (valid_from, valid_to, known_from, known_to, claimed)]
    calendar = Calendar.of(columns)
    starts, ends, knows, forgets, claims = map(calendar.numbers, columns)
    position = np.arange(len(rows), dtype=np.int32)[::-1] + 100
    layout = Layout(
        calendar,
        None if known is None else position,
        starts,
        ends,
        None if known is None else (knows, forgets),
        np.array(line, dtype=np.int32),
        claims,
        np.array(bounded, dtype=np.bool_),
    )
    held = [
        number
        for number in range(len(rows))
        if valid_from[number] <= day < valid_to[number] and (known is None or known_from[number] <= known < known_to[number])
    ]
    named = (lambda numbers: numbers) if known is None else (lambda numbers: [int(position[number]) for number in numbers])
    assert layout.holding(day, known).tolist() == named(held)
    seen, found = layout.sifted(day, known, since, 7)
    assert np.flatnonzero(seen).tolist() == sorted({line[number] for number in held if bounded[number]})
    assert found.tolist() == named([number for number in held if since is None or claimed[number] >= since])
