"""Sums, bounds and counts by group, against the same in plain Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture import grouping

from .trying import tried

entries = st.lists(st.tuples(st.integers(0, 6), st.integers(-(2**31), 2**31 - 1), st.booleans(), st.integers(0, 3)), max_size=12)
COUNT = 8


@tried(200)
@given(entries)
def test_each_group_has_what_its_entries_have(rows):
    rows = sorted(rows, key=lambda row: row[0])
    group, values, flags, codes = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.zeros(0, int),) * 4
    flags = flags.astype(np.bool_)
    held = [[row for row in rows if row[0] == number] for number in range(COUNT)]
    assert grouping.greatest(group, values, COUNT, default=-7).tolist() == [max((r[1] for r in own), default=-7) for own in held]
    assert grouping.least(group, values, COUNT, default=7).tolist() == [min((r[1] for r in own), default=7) for own in held]
    assert grouping.any_of(group, flags, COUNT).tolist() == [any(row[2] for row in own) for own in held]
    assert grouping.number(group, COUNT).tolist() == [len(own) for own in held]
    assert grouping.different(group, codes, grouping.number(group, COUNT)).tolist() == [
        len({row[3] for row in own}) for own in held
    ]
    assert grouping.heads(group).tolist() == [
        number for number, row in enumerate(rows) if number == 0 or rows[number - 1][0] != row[0]
    ]


@tried(100)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([-5, 0, 3, 2**30, 2**30 + 7, 2**31 - 1]))))
def test_different_codes_are_counted_however_far_apart_they_are(rows):
    group, codes = (np.array([row[part] for row in rows], dtype=np.int32) for part in (0, 1))
    expected = [len({code for own, code in rows if own == number}) for number in range(COUNT)]
    assert grouping.different(group, codes, grouping.number(group, COUNT)).tolist() == expected


@tried(200)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 6)), max_size=8))
def test_ranges_are_counted_out_one_after_the_other(pairs):
    begin, length = (
        (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True)) if pairs else (np.zeros(0, np.int64),) * 2
    )
    owner, number = grouping.ranges(begin, length)
    expected = [(at, start + step) for at, (start, steps) in enumerate(pairs) for step in range(steps)]
    assert list(zip(owner.tolist(), number.tolist(), strict=True)) == expected


@pytest.mark.parametrize(
    "codes",
    [
        [-1, 2, -1, 2, 2, -1],
        # Keys of two groups that were equal if they were cut to 32 bits.
        [0, 2**31 - 1, 5, 6, 5, 6],
        [-(2**31), 2**31 - 1, 5, 6, 5, 6],
        [2**31 - 1, 2**31 - 2, 2**31 - 1, 2**31 - 1, 2**31 - 2, 2**31 - 2],
    ],
)
def test_codes_are_told_apart_however_small_or_large(codes):
    group, found = np.array([0, 0, 0, 2, 2, 2]), np.array(codes, dtype=np.int32)
    expected = [len(set(codes[:3])), 0, len(set(codes[3:]))]
    assert grouping.different(group, found, grouping.number(group, 3)).tolist() == expected
