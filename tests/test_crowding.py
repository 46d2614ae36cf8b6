"""A crowded group, swept, against a walk over every day and every day of knowledge."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture.crowding import Member, rectangles, swept

from .trying import tried

DAYS = range(20_000, 20_009)
"""Days of our time: numbers so large that two of one value are two objects."""
day = st.integers(DAYS[0], DAYS[-1])
span = st.tuples(day, day).map(lambda pair: (min(pair), max(pair)))


@st.composite
def members(draw):
    """Claims of few days: some take days from older ones, some are asked for."""
    found = []
    for row in range(draw(st.integers(1, 6))):
        known, withdrawn = draw(span)
        cover = draw(st.one_of(st.none(), span, span))
        edges = sorted(draw(st.lists(day, min_size=3, max_size=3)))
        parts = tuple((start, end, number) for number, (start, end) in enumerate(pairwise(edges)) if start < end)
        found.append(Member(row, known, withdrawn, draw(st.integers(0, 2)), cover, draw(st.sampled_from([parts, parts, ()]))))
    return found


@st.composite
def crowds(draw):
    """A claim that is asked for, and only newer ones that take something of it."""
    asked = Member(0, DAYS[0], DAYS[-1], 0, None, ((DAYS[0], DAYS[-1], 0),))
    takers = draw(st.lists(st.tuples(day, day, span), min_size=3, max_size=7))
    return [asked, *(Member(row, min(time), max(time), 0, cover) for row, (*time, cover) in enumerate(takers, 1))]


@st.composite
def adjoining(draw):
    """Pieces, each with spans of knowledge in order and apart, which begin after the first day."""
    edges = sorted(draw(st.sets(day, min_size=4, max_size=7)))
    spans = st.sets(st.integers(DAYS[1], DAYS[-1]), max_size=4).map(
        lambda days: tuple(zip(*[iter(sorted(days))] * 2, strict=False))
    )
    return [(start, end, draw(spans)) for start, end in pairwise(edges)]


def holds(member, others, spoken, known):
    """Whether the member's claim holds for this day, as known then: no newer one, at least as firm, takes the day."""
    return member.known_from <= known < member.withdrawn_from and not any(
        other.cover is not None
        and other.cover[0] <= spoken < other.cover[1]
        and member.known_from < other.known_from <= known < other.withdrawn_from
        and other.firmness >= member.firmness
        for other in others
    )


def walked(start, end, is_free):
    """The rectangles by the words of the page: at each day of knowledge the longest runs of days; equal ones joined."""
    going, found = {}, set()
    for known in range(DAYS[0], DAYS[-1] + 2):
        runs, first = set(), None
        for spoken in range(start, end + 1):
            if spoken < end and is_free(spoken, known):
                first = spoken if first is None else first
            elif first is not None:
                runs.add((first, spoken))
                first = None
        for run in set(going) - runs:
            found.add((*run, going.pop(run), known))
        going |= {run: known for run in runs if run not in going}
    return found


def expected(group):
    """What must stay of every part that is asked for."""
    return {
        (member.row, certainty, rectangle)
        for member in group
        for start, end, certainty in member.parts
        for rectangle in walked(start, end, partial(holds, member, group))
    }


@tried(600)
@given(st.one_of(members(), crowds()))
def test_what_stays_is_what_no_newer_claim_takes(group):
    found = list(swept(group))
    assert len(set(found)) == len(found)
    assert set(found) == expected(group)


@tried(600)
@given(adjoining(), day)
def test_rectangles_are_the_longest_runs_of_free_pieces(pieces, known_to):
    def is_free(spoken, known):
        (spans,) = (spans for start, end, spans in pieces if start <= spoken < end)
        return known < known_to and not any(first <= known < last for first, last in spans)

    found = list(rectangles(pieces, DAYS[0], known_to))
    assert len(set(found)) == len(found)
    assert set(found) == walked(pieces[0][0], pieces[-1][1], is_free)


def test_spans_of_knowledge_that_are_apart_stay_apart():
    """Taken from 1 to 4, free again, taken from 6 to 8: of three newer claims two make one span."""
    takers = [Member(row, *known, 0, (0, 9)) for row, known in enumerate([(1, 3), (2, 4), (6, 8)], 1)]
    asked = Member(0, 0, 9, 0, None, ((0, 9, 1),))
    assert sorted(swept([asked, *takers])) == [(0, 1, (0, 9, known, until)) for known, until in ((0, 1), (4, 6), (8, 9))]


@pytest.mark.parametrize("order", [iter, reversed])
def test_hundreds_of_pieces(order):
    """Every other day is taken, until all that takes them is withdrawn on one day."""
    days = range(20_000, 20_600, 2)
    takers = [Member(row, row, 900, 0, (day, day + 1)) for row, day in enumerate(order(days), 1)]
    found = list(swept([Member(0, 0, 999, 0, None, ((days[0], days[-1] + 2, 1),)), *takers]))
    until = {known_to: {one[:2] for _, _, one in found if one[3] == known_to} for known_to in (900, 999)}
    assert until == {900: {(day + 1, day + 2) for day in days}, 999: {(days[0], days[-1] + 2)}}


def test_what_takes_more_days_than_a_newer_one_leaves_those_behind_it_alone():
    """The day after the last that is taken has what the day before it had, not what an earlier one had."""
    group = [
        Member(0, 1, 9, 0, None, ((0, 8, 1),)),
        Member(1, 3, 9, 0, (2, 6), ()),
        Member(2, 4, 9, 0, (3, 5), ()),
    ]
    assert sorted(swept(group)) == [(0, 1, (0, 2, 3, 9)), (0, 1, (0, 8, 1, 3)), (0, 1, (6, 8, 3, 9))]


def test_the_order_of_members_does_not_matter():
    group = [Member(row, row % 3, 9, row % 2, (row, row + 2), ((0, 9, 1),)) for row in range(6)]
    assert sorted(swept(group)) == sorted(swept(group[::-1]))


def test_what_was_withdrawn_on_the_day_it_became_known_takes_nothing():
    found, gone = map(int, ("20003", "20003"))
    asked = Member(0, 20_000, 20_009, 0, None, ((0, 9, 1),))
    assert list(swept([asked, Member(1, found, gone, 0, (2, 5))])) == [(0, 1, (0, 9, 20_000, 20_009))]


def test_members_are_values():
    with pytest.raises(FrozenInstanceError):
        Member(0, 1, 9, 0, None).row = 1


def test_no_pieces_and_no_time_give_nothing():
    assert list(rectangles([], 0, 5)) == []
    assert list(rectangles([(0, 3, ())], 5, 5)) == []
    assert list(rectangles([(0, 3, ())], 2, 5)) == [(0, 3, 2, 5)]
