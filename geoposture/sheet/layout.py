"""Where things go on the paper, in points: discs that lie on each other step aside, labels look for a free spot.

The rules are those of webmap/browser/map/layout.js. Boxes are (left, top, right, bottom), y downward.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
Point = tuple[float, float]

ROUNDS = 160
GAP = 2.0
GOLDEN = 2.399963
"""Turns by this angle never come back to the same direction."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A box for a label, and at which of its sides the text is anchored: left, right or center."""

    box: Box
    side: str


class Occupancy:
    """Boxes that are taken, within an outer box, with the question whether another one is free."""

    def __init__(self, within: Box) -> None:
        self._within = within
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Let nothing else stand here."""
        self._taken.append(box)

    def is_free(self, box: Box) -> bool:
        """Whether the box lies within the outer one and meets no taken one."""
        outer = self._within
        inside = box[0] >= outer[0] and box[1] >= outer[1] and box[2] <= outer[2] and box[3] <= outer[3]
        return inside and not any(overlap(box, other) for other in self._taken)

    def first(self, places: Iterable[Anchored]) -> Anchored | None:
        """The first of the places that is free, taken at once."""
        for place in places:
            if self.is_free(place.box):
                self.take(place.box)
                return place
        return None


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have an inner point in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def around(point: Point, width: float, height: float) -> Box:
    """The box of this size in whose middle the point lies."""
    return point[0] - width / 2, point[1] - height / 2, point[0] + width / 2, point[1] + height / 2


def spread(discs: Sequence[tuple[float, float, float]], within: Box) -> list[Point]:
    """Discs (x, y, radius) moved apart so that none hides another, and into the box; one that is alone stays where it is."""
    spots = [(x, y) for x, y, _ in discs]
    for _ in range(ROUNDS):
        moved = False
        for i in range(len(discs)):
            for j in range(i + 1, len(discs)):
                moved = _push(spots, discs, i, j) or moved
        for i, (x, y, r) in enumerate(discs):
            home = within[0] <= x <= within[2] and within[1] <= y <= within[3]
            spots[i] = _kept(spots[i], r, within) if home else spots[i]
        if not moved:
            break
    return spots


def _push(spots: list[Point], discs: Sequence[tuple[float, float, float]], i: int, j: int) -> bool:
    wanted = discs[i][2] + discs[j][2] + GAP
    dx, dy = spots[j][0] - spots[i][0], spots[j][1] - spots[i][1]
    distance = math.hypot(dx, dy)
    if distance >= wanted - 0.2:
        return False
    if distance < 0.4:
        # The same spot: leave it in a direction that depends on nothing but the order.
        dx, dy, distance = math.cos(GOLDEN * (i + j)), math.sin(GOLDEN * (i + j)), 1.0
    step = (wanted - min(distance, wanted)) / distance
    share = discs[j][2] / (discs[i][2] + discs[j][2])
    spots[i] = (spots[i][0] - dx * step * share, spots[i][1] - dy * step * share)
    spots[j] = (spots[j][0] + dx * step * (1 - share), spots[j][1] + dy * step * (1 - share))
    return True


def _kept(spot: Point, r: float, within: Box) -> Point:
    x = min(max(spot[0], within[0] + r), within[2] - r)
    return x, min(max(spot[1], within[1] + r), within[3] - r)


def beside_disc(x: float, y: float, r: float, width: float, height: float) -> Iterator[Anchored]:
    """Places around a disc where a label of this size may stand, best first."""
    gap, slant = r + 3.5, r * 0.72 + 2.5

    def at(side: str, left: float, top: float) -> Anchored:
        return Anchored((left, top, left + width, top + height), side)

    yield at("left", x + gap, y - height / 2)
    yield at("right", x - gap - width, y - height / 2)
    yield at("center", x - width / 2, y + gap - 2)
    yield at("center", x - width / 2, y - gap - height + 2)
    yield at("left", x + slant, y - slant - height + 3)
    yield at("left", x + slant, y + slant - 3)
    yield at("right", x - slant - width, y - slant - height + 3)
    yield at("right", x - slant - width, y + slant - 3)


def away_from_disc(x: float, y: float, r: float, width: float, height: float) -> Iterator[Anchored]:
    """Places further off, to which a thin line leads, nearest first."""
    for distance in (14, 24, 36, 50, 68):
        for turn in range(16):
            angle = turn * math.pi / 8
            far_x, far_y = x + math.cos(angle) * (r + distance), y + math.sin(angle) * (r + distance)
            left = far_x if math.cos(angle) > 0.3 else far_x - width if math.cos(angle) < -0.3 else far_x - width / 2
            side = "left" if math.cos(angle) > 0.3 else "right" if math.cos(angle) < -0.3 else "center"
            yield Anchored((left, far_y - height / 2, left + width, far_y + height / 2), side)
