"""Degrees → points: the part of the world that a panel shows, in Web Mercator as on the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .layout import Box, Point

HIGHEST = 85.0
"""Web Mercator ends here."""
NARROWEST = 1.6
"""Degrees that the shorter side of a panel shows at least, so that a single place still has land around it."""


@dataclass(frozen=True, slots=True)
class View:
    """`rect` is the panel in points; `scale` is points for one degree of longitude; `middle` lies in the panel's middle.

    `middle` is in Mercator units: degrees of longitude, and as long ones northward.
    """

    rect: Box
    scale: float
    middle: Point

    def spot(self, lon: float, lat: float) -> Point:
        """Where a point of the world (WGS 84 degrees) lies on the paper."""
        x, y = mercator(lon, lat)
        centre = (self.rect[0] + self.rect[2]) / 2, (self.rect[1] + self.rect[3]) / 2
        return centre[0] + (x - self.middle[0]) * self.scale, centre[1] - (y - self.middle[1]) * self.scale

    @property
    def box(self) -> Box:
        """What the panel shows: west, south, east and north in WGS 84 degrees."""
        half_width = (self.rect[2] - self.rect[0]) / 2 / self.scale
        half_height = (self.rect[3] - self.rect[1]) / 2 / self.scale
        west, east = self.middle[0] - half_width, self.middle[0] + half_width
        south, north = (latitude(self.middle[1] + side) for side in (-half_height, half_height))
        return max(west, -180.0), max(south, -HIGHEST), min(east, 180.0), min(north, HIGHEST)

    def moved(self, rect: Box) -> View:
        """The same view in another panel of the same size."""
        return View(rect, self.scale, self.middle)


def fit(bounds: Box, rect: Box, pad: float) -> View:
    """The view in which `bounds` (west, south, east, north; WGS 84 degrees) fills the panel, less `pad` points on each side."""
    west, south = mercator(bounds[0], bounds[1])
    east, north = mercator(bounds[2], bounds[3])
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    room = max(width - 2 * pad, width / 3), max(height - 2 * pad, height / 3)
    scale = min(room[0] / max(east - west, 1e-9), room[1] / max(north - south, 1e-9), min(width, height) / NARROWEST)
    # Never more of the world than there is.
    scale = max(scale, width / 360, height / (2 * mercator(0, HIGHEST)[1]))
    middle = _held((west + east) / 2, 180 - width / 2 / scale), _held((south + north) / 2, 180 - height / 2 / scale)
    return View(rect, scale, middle)


def mercator(lon: float, lat: float) -> Point:
    """Web Mercator, in degrees: one unit is one degree of longitude in both directions."""
    clamped = math.radians(min(max(lat, -HIGHEST), HIGHEST))
    return lon, math.degrees(math.log(math.tan(math.pi / 4 + clamped / 2)))


def latitude(y: float) -> float:
    """The latitude of a Mercator y, both in degrees."""
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


def _held(value: float, limit: float) -> float:
    return min(max(value, -max(limit, 0.0)), max(limit, 0.0))
