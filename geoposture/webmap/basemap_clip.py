"""Clip the base map's layers to a box, as the compact JSON-able object that one page needs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from .basemap_labels import place_cities, place_countries

Box = tuple[float, float, float, float]
Shapes = NDArray[np.object_]
Points = NDArray[np.float64]

FOLDER = Path(__file__).parent / "basemap"
CREDITS = ("Made with Natural Earth", "Towns: GeoNames, CC BY 4.0")
# Web Mercator, which the page draws in, ends here.
HIGHEST = 85.0
# A page that shows one point still needs land around it, in degrees.
SMALLEST_SIDE = 2.0
# Width of the screen for which detail is chosen, in CSS pixels, and the zooms that a reader goes in from the whole view.
SCREEN = 1100
ZOOMS_IN = 3.5
# Up to this side, in degrees, all of that; on wider maps readers go in less, and the page would get heavy.
REGION = 45.0


@dataclass(frozen=True)
class View:
    """The box to fill, in WGS 84 degrees, and how closely it will be looked at."""

    box: Box
    asked: Box
    decimals: int

    @property
    def side(self) -> float:
        """The longer side in degrees."""
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])

    @property
    def pixel(self) -> float:
        """Degrees of longitude in one CSS pixel when what was asked for, without the margin, fills the screen."""
        return max(self.asked[2] - self.asked[0], self.asked[3] - self.asked[1], SMALLEST_SIDE / 2) / SCREEN

    @property
    def zoom(self) -> float:
        """The web map zoom at which the whole box fills the screen."""
        return math.log2(360 / self.side * SCREEN / 256)

    @property
    def tolerance(self) -> float:
        """Degrees that a line may be moved: under a pixel until the reader has gone in by `ZOOMS_IN`, less on a world map."""
        zooms = ZOOMS_IN - max(math.log2(self.side / REGION), 0) / 2
        return float(max(self.side / SCREEN / 2**zooms, 0.5 * 10**-self.decimals))

    @property
    def smallest(self) -> float:
        """Square degrees under which an island or a lake is left out."""
        return float((3 * self.tolerance) ** 2)


def clip(bounds: Box, *, margin: float = 0.1, decimals: int = 3) -> dict[str, object]:
    """Cut the world base map down to `bounds` (west, south, east, north; WGS 84 degrees) and its surroundings.

    `margin` is the share of the box's width and height that is added on each side, so that the clip edge stays out of
    sight. A box smaller than two degrees, even a single point, is widened to two. Latitudes end at 85°, where Web
    Mercator does.

    Returns plain dicts, lists, strings and numbers; the same input gives the same bytes::

        bounds     [west, south, east, north] of what was clipped, in degrees
        decimals   number of decimals of the coordinates below
        land       [polygon…]   polygon = [ring…]: outline, then holes; fill only, with the even-odd rule
        coast      [line…]      the shores of `land` without the edges of the box; stroke only
        lakes      [polygon…]   fill only
        rivers     [{"rank": 1 (large) … 4 (small), "line": line}…]   not drawn through lakes
        provinces  [line…]      between first-level divisions of one country
        borders    [{"class": 0 ordinary | 1 disputed, indefinite or a line of control, "line": line}…]
        countries  [{"name", "name_ar", "iso" (ISO 3166-1 alpha-2 or ""), "lon", "lat"}…]   label points
        cities     [{"name", "lon", "lat", "rank"}…]   the most important first, 120 at most
        credits    [text…]      to print on the page

    A line or ring is ``[x0, y0, dx1, dy1, dx2, dy2, …]``: longitude then latitude in units of ``10**-decimals`` degrees,
    the first point absolute, each other one as the step from the point before. A ring's last point is not its first
    again: close it when drawing. `decode` gives the points back.

    A city of rank 1 or 2 has room for its label when what was asked for fills the screen, rank 3 one zoom further in, rank 4 two.

    Raises ValueError if the box is no box: not four finite numbers, out of range, south above north, or west of east
    (a box across the antimeridian has to be asked for in two parts).
    """
    view = View(_with_margin(_checked(bounds), margin), bounds, decimals)
    land = _land(view)
    columns, nations = _read("countries", view, "name_short", "name_ar", "iso_a2", "type", "label_lon", "label_lat")
    names, towns = _read("cities", view, "name", "population", "capital", "rank")
    return {
        "bounds": [round(side, decimals) for side in view.box],
        "decimals": decimals,
        "land": [_rings(polygon, decimals) for polygon in land],
        "coast": [_encode(line, decimals) for polygon in land for line in _shores(polygon, view)],
        "lakes": _lakes(view),
        "rivers": _rivers(view),
        "provinces": _provinces(view),
        "borders": _borders(view),
        "countries": place_countries(columns, nations, view.box, view.asked),
        "cities": place_cities(names, shapely.get_coordinates(towns), view.pixel),
        "credits": list(CREDITS),
    }


def decode(flat: list[int], decimals: int = 3) -> Points:
    """Give the points of one line or ring of `clip` back, as an (n, 2) array of degrees."""
    points: Points = np.cumsum(np.asarray(flat, dtype=np.int64).reshape(-1, 2), axis=0) / float(10**decimals)
    return points


def _checked(bounds: Box) -> Box:
    west, south, east, north = bounds
    if not all(math.isfinite(side) for side in bounds):
        raise ValueError(f"the box {bounds} has a side that is no finite number")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise ValueError(f"the box {bounds} is out of range: longitudes are -180 to 180, latitudes -90 to 90 degrees")
    if west > east:
        raise ValueError(f"the box {bounds} has west beyond east; ask for a box across the antimeridian in two parts")
    if south > north:
        raise ValueError(f"the box {bounds} has south above north")
    return bounds


def _with_margin(bounds: Box, margin: float) -> Box:
    """Widen to the margin and the smallest side; what would leave the world is given to the other side instead."""
    west, east = _widened(bounds[0], bounds[2], margin, 180.0)
    south, north = _widened(bounds[1], bounds[3], margin, HIGHEST)
    return west, south, east, north


def _widened(low: float, high: float, margin: float, limit: float) -> tuple[float, float]:
    low, high = max(low, -limit), min(high, limit)
    wider = max((high - low) * margin, (SMALLEST_SIDE - (high - low)) / 2)
    low = min(max(low - wider, -limit), limit - SMALLEST_SIDE)
    return low, max(min(high + wider, limit), low + SMALLEST_SIDE)


def _read(layer: str, view: View, *columns: str) -> tuple[dict[str, list[object]], Shapes]:
    """Read what touches the box: the columns asked for, as lists, and the shapes as they are stored, unclipped."""
    table, shapes = _whole(layer, *columns)
    west, south, east, north = shapely.bounds(shapes).T
    near = np.flatnonzero((west <= view.box[2]) & (east >= view.box[0]) & (south <= view.box[3]) & (north >= view.box[1]))
    kept = table.take(near)
    return {column: kept[column].to_pylist() for column in columns}, shapes[near]


def _whole(layer: str, *columns: str) -> tuple[pa.Table, Shapes]:
    """A layer of the world: the columns asked for, and the shapes. It is let go of again: a map needs little of it."""
    table = pq.read_table(FOLDER / f"{layer}.parquet", columns=[*columns, "geometry"])
    return table, shapely.from_wkb(table["geometry"].to_numpy())


def _land(view: View) -> list[shapely.Polygon]:
    """Join the countries within the box into land, simplified, largest first."""
    _, shapes = _read("countries", view)
    parts = np.array([part for shape in _clipped_polygons(shapes, view) for part in _polygons(shape)], dtype=object)
    # Simplified as a coverage, before they are joined: that is ten times faster for the world, and neighbours still meet.
    # Its tolerance is the side of a triangle's area, about twice a distance.
    slim = shapely.coverage_simplify(parts[shapely.area(parts) >= view.smallest / 4], 2 * view.tolerance)
    land = [part for part in _polygons(shapely.union_all(shapely.make_valid(slim))) if part.area >= view.smallest]
    # Neighbours that do not quite meet leave slivers between them, which a hole of the smallest size would not be.
    return [shapely.Polygon(part.exterior, [hole for hole in part.interiors if _area(hole) >= view.smallest]) for part in land]


def _lakes(view: View) -> list[list[list[int]]]:
    columns, shapes = _read("lakes", view, "rank")
    shapes = shapes[np.asarray(columns["rank"]) <= view.zoom + 3]
    simple = shapely.simplify(_clipped_polygons(shapes, view), view.tolerance)
    return [_rings(part, view.decimals) for shape in simple for part in _polygons(shape) if part.area >= view.smallest]


def _rivers(view: View) -> list[dict[str, object]]:
    columns, shapes = _read("rivers", view, "rank")
    # Natural Earth's ranks 0 to 10 in four widths.
    widths = np.digitize(np.asarray(columns["rank"]), [4, 6, 8]) + 1
    drawn = np.asarray(columns["rank"]) <= view.zoom + 3
    return [
        {"rank": int(width), "line": line}
        for width, shape in zip(widths[drawn], shapes[drawn], strict=True)
        for line in _lines(shape, view)
    ]


def _provinces(view: View) -> list[list[int]]:
    columns, shapes = _read("provinces", view, "min_zoom")
    return [line for shape in shapes[np.asarray(columns["min_zoom"]) <= view.zoom + 3] for line in _lines(shape, view)]


def _borders(view: View) -> list[dict[str, object]]:
    columns, shapes = _read("borders", view, "class")
    return [
        {"class": int(name != "International boundary"), "line": line}
        for name, shape in zip(columns["class"], shapes, strict=True)
        for line in _lines(shape, view)
    ]


def _clipped_polygons(shapes: Shapes, view: View) -> Shapes:
    """Clip fast where GEOS can; its quick way may leave a shape that touches itself, which is mended."""
    return np.asarray(shapely.make_valid(shapely.clip_by_rect(shapes, *view.box)), dtype=object)


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """List the polygons of any shape, the largest first; lines and points that clipping left are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return sorted((part for part in parts if isinstance(part, shapely.Polygon)), key=lambda part: (-part.area, part.bounds))


def _lines(shape: shapely.Geometry, view: View) -> Iterator[list[int]]:
    """Clip a line, simplify it and write it down; points that clipping left and crumbs are dropped."""
    for part in shapely.get_parts(shapely.line_merge(shapely.clip_by_rect(shape, *view.box))):
        if isinstance(part, shapely.LineString) and part.length >= view.tolerance:
            flat = _encode(shapely.get_coordinates(shapely.simplify(part, view.tolerance)), view.decimals)
            if len(flat) >= 4:
                yield flat


def _shores(polygon: shapely.Polygon, view: View) -> Iterator[Points]:
    """Give the parts of a polygon's rings that do not run along the box."""
    for ring in shapely.get_rings(polygon):
        points = shapely.get_coordinates(ring)
        edge = _along_box(points, view)
        if not edge.any():
            yield points
            continue
        # Start the ring where it runs along the box, so that no shore is cut at the ring's arbitrary first point.
        first = int(np.argmax(edge))
        points = np.vstack([np.roll(points[:-1], -first, axis=0), points[first : first + 1]])
        runs = np.flatnonzero(np.roll(edge, -first))
        for start, end in zip(runs + 1, [*runs[1:], len(edge)], strict=True):
            if end > start:
                yield points[start : end + 1]


def _along_box(points: Points, view: View) -> NDArray[np.bool_]:
    """Tell for each segment whether it runs along one side of the box."""
    west, south, east, north = view.box
    sides = np.abs(points[:, [0, 1, 0, 1]] - (west, south, east, north)) <= view.tolerance
    return np.asarray((sides[:-1] & sides[1:]).any(axis=1))


def _rings(polygon: shapely.Polygon, decimals: int) -> list[list[int]]:
    """Write down the outline and the holes; a hole that rounding closes is dropped."""
    flat = [_encode(shapely.get_coordinates(ring)[:-1], decimals) for ring in shapely.get_rings(polygon)]
    return [ring for ring in flat if len(ring) >= 6]


def _encode(points: Points, decimals: int) -> list[int]:
    """Write points as the first one and the steps between them, without steps of nothing."""
    whole = np.rint(points * 10**decimals).astype(np.int64)
    steps = np.diff(whole, axis=0)
    return [int(number) for number in np.vstack([whole[:1], steps[steps.any(axis=1)]]).ravel()]


def _area(ring: shapely.LinearRing) -> float:
    return float(shapely.Polygon(ring).area)
