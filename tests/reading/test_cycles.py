"""Circles in things that contain one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geoposture.reading.cycles import circles, drawn


def test_each_circle_once_and_in_order():
    above = {"x": "a", "a": "b", "b": "c", "c": "a", "self": "self", "y": "z"}
    assert list(circles(above)) == [["a", "b", "c"], ["self"]]


def test_drawn():
    assert drawn(["a", "b"]) == "a → b → a"
    assert drawn(["a"]) == "a → a"


def test_a_long_chain_takes_no_time():
    assert list(circles({str(n): str(n + 1) for n in range(100_000)})) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg")))
def test_members_are_those_that_lead_back_to_themselves(above):
    def leads_back(start):
        at = above.get(start)
        for _ in above:
            if at == start:
                return True
            at = above.get(at)
        return False

    found = [name for members in circles(above) for name in members]
    assert sorted(found) == sorted(name for name in above if leads_back(name))
