"""Work in parts, side by side, gives what one part gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture import processors
from geoposture.processors import in_parts, side_by_side, taken

from .trying import tried


@pytest.fixture(params=[1, 10**9], ids=["in threads", "at once"])
def long(request, monkeypatch):
    monkeypatch.setattr(processors, "_LONG", request.param)


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("size", [0, 1, 2, 3, 1000])
def test_parts_cover_everything_once_and_in_order(size):
    assert [number for part in in_parts(size, range(size).__getitem__) for number in part] == list(range(size))


@pytest.mark.usefixtures("long")
def test_a_fault_in_a_part_is_heard():
    with pytest.raises(ZeroDivisionError):
        in_parts(2, lambda part: 1 // (part.stop - part.stop))
    with pytest.raises(ZeroDivisionError):
        side_by_side(2, lambda: 1, lambda: 1 // 0)


@pytest.mark.usefixtures("long")
def test_what_is_done_side_by_side_stays_in_order():
    assert side_by_side(5, *(lambda number=number: number for number in range(20))) == tuple(range(20))


@pytest.mark.usefixtures("long")
def test_work_in_parts_may_work_in_parts():
    found = side_by_side(9, *(lambda: in_parts(9, lambda part: in_parts(9, range(9)[part].__getitem__)) for _ in range(9)))
    assert [[number for inner in parts for some in inner for number in some] for parts in found] == [list(range(9))] * 9


@tried(50)
@given(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1), st.data())
def test_taking_is_indexing(values, data):
    column = np.array(values, dtype=np.int32)
    rows = np.array(data.draw(st.lists(st.integers(0, len(values) - 1))), dtype=np.int64)
    before = processors._LONG
    try:
        for processors._LONG in (1, 10**9):
            found = taken(column, rows)
            assert found.dtype == column.dtype
            assert found.tolist() == column[rows].tolist()
            every_second = np.repeat(column, 2)[::2]
            assert taken(every_second, rows).tolist() == column[rows].tolist()
    finally:
        processors._LONG = before
