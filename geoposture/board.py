"""The board on which claims stand: places and forces by code, and what contains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .columns import Objects
from .ledger import Ledger

Chains = NDArray[np.int32]
"""One row for each depth, one column for each code: the code itself, what contains it, what contains that …; -1 above the top."""


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """`places` and `forces` are the ids behind the codes, in their order; `areas` and `alliances` are their chains.

    `names`, `kinds` and `points` (longitude and latitude, WGS 84) are by place code.
    """

    places: Sequence[str]
    forces: Sequence[str]
    areas: Chains
    alliances: Chains
    names: Objects
    kinds: Objects
    points: Objects

    @classmethod
    def of(cls, ledger: Ledger) -> Board:
        """All places and forces of a ledger, by id."""
        places, forces = sorted(ledger.places), sorted(ledger.forces)
        found = [ledger.places[place] for place in places]
        return cls(
            places,
            forces,
            _chains(places, {place.id: place.within for place in found}),
            _chains(forces, {force.id: force.part_of for force in ledger.forces.values()}),
            objects([place.name for place in found]),
            objects([place.kind for place in found]),
            objects([(place.lon, place.lat) for place in found]),
        )


def objects(values: Sequence[object]) -> Objects:
    """The values as they are, one in each cell."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _chains(ids: Sequence[str], above: Mapping[str, str | None]) -> Chains:
    codes = {name: code for code, name in enumerate(ids)}
    # The last entry stands for "nothing", which nothing contains: -1 finds it.
    parents = np.array([-1 if above[name] is None else codes[str(above[name])] for name in ids] + [-1], dtype=np.int32)
    rows = [np.arange(len(ids), dtype=np.int32)]
    while True:
        higher = parents[rows[-1]]
        if (higher < 0).all():
            return np.array(rows, dtype=np.int32).reshape(len(rows), len(ids))
        rows.append(higher)
