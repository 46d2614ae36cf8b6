"""Which lines stand above which, beside reading it off the chains one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture import lines as lines_module
from geoposture.board import Board
from geoposture.ledger import Ledger
from geoposture.lines import Lines

from .ledgers import FORCES, PLACES, SOURCES
from .trying import tried

BOARD = Board.of(Ledger(PLACES, FORCES, SOURCES, {}))
EVERY = [(place, force) for place in range(len(PLACES)) for force in range(len(FORCES))]


@pytest.fixture(params=[-1, 2**24], ids=["by search", "by a table of all pairs"])
def way(request, monkeypatch):
    monkeypatch.setattr(lines_module, "_DENSE", request.param)


@pytest.mark.usefixtures("way")
@tried(100)
@given(st.sets(st.sampled_from(EVERY)), st.data())
def test_lines_above_and_below_are_those_of_the_chains(there, data):
    lines, expected = lines_of(there), pairs(sorted(there))
    some = sorted(data.draw(st.sets(st.sampled_from(range(len(there))))) if there else ())
    chosen = np.array(some, dtype=np.int64)
    assert as_pairs(lines.above(chosen)) == sorted((lower, upper) for lower, upper in expected if lower in some)
    assert as_pairs(lines.below(chosen)) == sorted((upper, lower) for lower, upper in expected if upper in some)


def test_a_camp_of_a_part_has_what_contains_both_above_it():
    lines = lines_of(EVERY)
    dun, red = BOARD.places.index("dun"), BOARD.forces.index("red")
    found = lines.above(np.array([EVERY.index((dun, red))]))[1].tolist()
    assert {(BOARD.places[EVERY[upper][0]], BOARD.forces[EVERY[upper][1]]) for upper in found} == {
        ("dun", "all"), ("west", "red"), ("west", "all"), ("land", "red"), ("land", "all")
    }  # fmt: skip


def lines_of(there):
    places, forces = (np.array([pair[part] for pair in sorted(there)], dtype=np.int32) for part in (0, 1))
    return Lines(BOARD, places, forces)


def as_pairs(found):
    return sorted(zip(*(column.tolist() for column in found), strict=True))


def pairs(there):
    """(lower, upper): every line with the lines above it."""
    found = set()
    for number, (place, force) in enumerate(there):
        for areas in BOARD.areas[:, place].tolist():
            for alliance in BOARD.alliances[:, force].tolist():
                if (areas, alliance) in there and (areas, alliance) != (place, force):
                    found.add((number, there.index((areas, alliance))))
    return found
