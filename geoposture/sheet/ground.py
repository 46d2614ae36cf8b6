"""The base map under the marks: land, water and borders as paths in points, names where there is room.

Takes what webmap/basemap_clip.py describes: lines and rings as whole-number steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from matplotlib.path import Path

from ..style import LIGHT
from .layout import Anchored, Occupancy, around
from .paper import ASCENT, Paper, width_of
from .view import HIGHEST, View

BaseMap = Mapping[str, Any]

TOLERANCE = 0.25
"""Points that a line may be moved: a third of a thin line."""
SMALLEST = 0.6
"""Square points under which an island or a lake is left out."""
WIDTHS = {"province": 0.5, "river": 0.65, "shore": 0.6, "border": 0.9}


def draw_ground(paper: Paper, view: View, basemap: BaseMap | None) -> None:
    """Fill the view's panel; without a base map it is land without a feature."""
    if basemap is None:
        paper.box(view.rect, facecolor=LIGHT["land"])
        return
    paper.box(view.rect, facecolor=LIGHT["water"])
    decimals = basemap["decimals"]

    def lines(found: Iterable[Sequence[int]], **look: Any) -> None:
        shapes = [shapely.LineString(_points(line, decimals, view)) for line in found]
        paper.shape(_path(shapes, view), joinstyle="round", **look)

    def areas(found: Iterable[Sequence[Sequence[int]]], **look: Any) -> None:
        shapes = [_polygon(rings, decimals, view) for rings in found]
        paper.shape(_path(shapes, view), **look)

    disputed = {True: [], False: []}  # type: dict[bool, list[Sequence[int]]]
    for border in basemap["borders"]:
        disputed[border["class"] == 1].append(border["line"])
    areas(basemap["land"], facecolor=LIGHT["land"])
    lines(basemap["provinces"], edgecolor=LIGHT["province"], linewidth=WIDTHS["province"])
    lines((river["line"] for river in basemap["rivers"]), edgecolor=LIGHT["river"], linewidth=WIDTHS["river"])
    areas(basemap["lakes"], facecolor=LIGHT["water"], edgecolor=LIGHT["shore"], linewidth=WIDTHS["shore"] * 0.7)
    lines(basemap["coast"], edgecolor=LIGHT["shore"], linewidth=WIDTHS["shore"])
    lines(disputed[False], edgecolor=LIGHT["border"], linewidth=WIDTHS["border"])
    lines(disputed[True], edgecolor=LIGHT["border"], linewidth=WIDTHS["border"], linestyle=(0, (4.5, 3.2)))


def draw_names(
    paper: Paper, view: View, basemap: BaseMap | None, taken: Occupancy, *, unit: float, hidden: Iterable[str], cities: bool
) -> None:
    """Countries and towns in what room the marks have left. `hidden`: ISO codes of countries that stand as badges."""
    if basemap is None:
        return
    badges = set(hidden)
    for country in basemap["countries"]:
        if country["iso"] not in badges:
            _country(paper, view, country, taken, unit)
    for city in basemap["cities"]:
        if cities and city["rank"] <= 2:
            _city(paper, view, city, taken, unit)


def _country(paper: Paper, view: View, country: Mapping[str, Any], taken: Occupancy, unit: float) -> None:
    # Hair spaces track the letters; matplotlib has no other way.
    words, size = "\u200a\u200a".join(country["name"].upper()), 11 * unit
    x, y = view.spot(country["lon"], country["lat"])
    width = width_of(words, size, bold=True)
    shifts = (0.0, -18.0, 18.0, -36.0, 36.0)
    found = taken.first(Anchored(around((x, y + shift * unit), width + 4, size * 1.3), "center") for shift in shifts)
    if found:
        paper.text(x, found.box[3] - size * 0.32, words, size, bold=True, colour="country-label", side="center", halo=True)


def _city(paper: Paper, view: View, city: Mapping[str, Any], taken: Occupancy, unit: float) -> None:
    major = city["rank"] == 1
    size = (9.2 if major else 8.6) * unit
    x, y = view.spot(city["lon"], city["lat"])
    dot = around((x, y), 5 * unit, 5 * unit)
    if not taken.is_free(dot):
        return
    width, height = width_of(city["name"], size) + 1, size * 1.25
    gap = 4.5 * unit
    found = taken.first(
        (
            Anchored((x + gap, y - height / 2, x + gap + width, y + height / 2), "left"),
            Anchored((x - gap - width, y - height / 2, x - gap, y + height / 2), "right"),
            Anchored((x - width / 2, y - gap - height, x + width / 2, y - gap), "center"),
            Anchored((x - width / 2, y + gap, x + width / 2, y + gap + height), "center"),
        )
    )
    if not found:
        return
    taken.take(dot)
    paper.disc(x, y, (2.0 if major else 1.6) * unit, facecolor=LIGHT["halo"], edgecolor=LIGHT["city-label"], linewidth=0.8 * unit)
    at = {"left": found.box[0], "right": found.box[2], "center": x}[found.side]
    baseline = (found.box[1] + found.box[3]) / 2 + size * ASCENT / 2
    paper.text(at, baseline, city["name"], size, colour="city-label", side=found.side, halo=True)


def _points(flat: Sequence[int], decimals: int, view: View) -> np.ndarray[Any, np.dtype[np.float64]]:
    """One line of the base map, in points of the paper: an (n, 2) array."""
    degrees = np.cumsum(np.asarray(flat, dtype=np.int64).reshape(-1, 2), axis=0) / 10**decimals
    lat = np.radians(np.clip(degrees[:, 1], -HIGHEST, HIGHEST))
    north = np.degrees(np.log(np.tan(np.pi / 4 + lat / 2)))
    left, top, right, bottom = view.rect
    x = (left + right) / 2 + (degrees[:, 0] - view.middle[0]) * view.scale
    y = (top + bottom) / 2 - (north - view.middle[1]) * view.scale
    return np.column_stack([x, y])


def _polygon(rings: Sequence[Sequence[int]], decimals: int, view: View) -> shapely.Geometry:
    outline, *holes = (_points(ring, decimals, view) for ring in rings)
    return shapely.make_valid(shapely.Polygon(outline, holes))


def _path(shapes: Sequence[shapely.Geometry], view: View) -> Path:
    """All shapes as one path, cut at the panel's edge and as smooth as the paper shows."""
    clipped = shapely.simplify(shapely.clip_by_rect(np.asarray(shapes, dtype=object), *view.rect), TOLERANCE)
    rings: list[Any] = []
    for part in shapely.get_parts(shapely.get_parts(clipped)):
        if isinstance(part, shapely.Polygon) and part.area >= SMALLEST:
            # Outline and holes run in opposite directions, so that either rule of filling leaves the holes empty.
            turned = shapely.orient_polygons(part)
            rings.extend(shapely.get_coordinates(ring) for ring in shapely.get_rings(turned))
        elif isinstance(part, shapely.LineString) and part.length >= TOLERANCE:
            rings.append(shapely.get_coordinates(part))
    if not rings:
        return Path(np.empty((0, 2)))
    codes = [code for ring in rings for code in (Path.MOVETO, *[Path.LINETO] * (len(ring) - 1))]
    return Path(np.round(np.vstack(rings), 2), codes)
