"""A crowded group, swept, against a walk over every day and every day of knowledge."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from geoposture.crowding import Member, rectangles, swept

from .trying import tried

DAYS = 8
day = st.integers(0, DAYS)
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


def holds(member, others, spoken, known):
    """Whether the member's claim holds for this day, as known then: no newer one, at least as firm, takes the day."""
    return member.known_from <= known < member.withdrawn_from and not any(
        other.cover is not None
        and other.cover[0] <= spoken < other.cover[1]
        and member.known_from < other.known_from <= known < other.withdrawn_from
        and other.firmness >= member.firmness
        for other in others
    )


def walked(member, others, part):
    """The rectangles by the words of the page: at each day of knowledge the longest runs of days; equal ones joined."""
    start, end, certainty = part
    going, found = {}, set()
    for known in range(DAYS + 2):
        runs, first = set(), None
        for spoken in range(start, end + 1):
            if spoken < end and holds(member, others, spoken, known):
                first = spoken if first is None else first
            elif first is not None:
                runs.add((first, spoken))
                first = None
        for run in set(going) - runs:
            found.add((member.row, certainty, (*run, going.pop(run), known)))
        going |= {run: known for run in runs if run not in going}
    return found


@tried(600)
@given(members())
def test_what_stays_is_what_no_newer_claim_takes(group):
    found = list(swept(group))
    assert len(set(found)) == len(found)
    assert set(found) == {one for member in group for part in member.parts for one in walked(member, group, part)}


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


def test_no_pieces_and_no_time_give_nothing():
    assert list(rectangles([], 0, 5)) == []
    assert list(rectangles([(0, 3, ())], 5, 5)) == []
    assert list(rectangles([(0, 3, ())], 2, 5)) == [(0, 3, 2, 5)]
