"""Spells beside sets: who stands on a list at which step."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geoposture.rosters import Spells

from .trying import tried

STEPS = 8
pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, STEPS - 1)), max_size=20)


def spells(found):
    codes, steps = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return Spells.of(codes, steps)


def as_set(found):
    spans = zip(found.code.tolist(), found.first.tolist(), found.stop.tolist(), strict=True)
    return {(code, step) for code, first, stop in spans for step in range(first, stop)}


def are_longest(found):
    """No spell is empty, and those of one code are a step or more apart."""
    spans = sorted(zip(found.code.tolist(), found.first.tolist(), found.stop.tolist(), strict=True))
    return all(first < stop for _, first, stop in spans) and all(
        one[0] != two[0] or one[2] < two[1] for one, two in itertools.pairwise(spans)
    )


@tried(200)
@given(pairs)
def test_spells_are_those_of_the_steps_and_the_longest(found):
    made = spells(found)
    assert as_set(made) == set(found)
    assert are_longest(made)


@tried(200)
@given(st.lists(pairs, min_size=1, max_size=3))
def test_joined_spells_are_a_union(parts):
    joined = Spells.joined([spells(part) for part in parts])
    assert as_set(joined) == {pair for part in parts for pair in part}
    assert are_longest(joined)


@tried(200)
@given(pairs, pairs)
def test_without_others_the_rest_is_left(ones, others):
    left = spells(ones).without(spells(others))
    assert as_set(left) == set(ones) - set(others)
    assert are_longest(left)


@tried(200)
@given(pairs, st.lists(st.integers(0, STEPS), unique=True).map(sorted))
def test_lists_name_who_stands_there_in_order(found, asked):
    names = ["a", "b", "c", "d", "e"]
    listed = spells(found).listed(names, np.array(asked, dtype=np.int64))
    assert listed == [tuple(sorted({names[code] for code, step in found if step == when})) for when in asked]


def test_equal_lists_are_one_object():
    listed = spells([(0, 1), (0, 2), (0, 3), (1, 3)]).listed(["a", "b"], np.array([1, 2, 3]))
    assert listed[0] is listed[1]
    assert listed[2] == ("a", "b")
