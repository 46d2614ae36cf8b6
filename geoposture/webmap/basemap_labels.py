"""Choose which countries and towns of a box get a label, and where, so that labels do not crowd."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
Columns = dict[str, list[object]]

MOST_CITIES = 120
# Room that one label takes, in CSS pixels.
LABEL_WIDTH, LABEL_HEIGHT = 88.0, 24.0
# Share of the box that a country must cover to be named.
SMALLEST_SHARE = 0.0002
# Share of the box that must be seen of a country whose own label point lies outside.
SMALLEST_SIGHT = 0.012
# Zones and leased bases are drawn, not named.
UNNAMED = frozenset({"Indeterminate", "Lease"})


def place_countries(columns: Columns, shapes: NDArray[np.object_], box: Box, asked: Box) -> list[dict[str, object]]:
    """Give each country's label: at its own label point, or in the middle of what is seen of it.

    `asked` is the box without its margin: a label for a country seen in part goes there if the country reaches into it.
    """
    labels = []
    for number, shape in enumerate(shapes):
        point = (_number(columns["label_lon"][number]), _number(columns["label_lat"][number]))
        if columns["type"][number] in UNNAMED:
            continue
        spot = _spot(shape, point, box, asked)
        if spot:
            name, arabic, iso = (columns[column][number] for column in ("name_short", "name_ar", "iso_a2"))
            labels.append({"name": name, "name_ar": arabic, "iso": iso, "lon": round(spot[0], 3), "lat": round(spot[1], 3)})
    return labels


def _spot(shape: shapely.Geometry, point: tuple[float, float], box: Box, asked: Box) -> tuple[float, float] | None:
    space = (box[2] - box[0]) * (box[3] - box[1])
    large = float(shapely.area(shape)) >= SMALLEST_SHARE * space
    if _within(point, asked):
        return point if large else None
    for window in (asked, box):
        seen = _seen(shape, window)
        if float(shapely.area(seen)) >= SMALLEST_SIGHT * space:
            # The middle of the largest circle; a two-hundredth of the box is close enough for a label.
            line = shapely.get_coordinates(shapely.maximum_inscribed_circle(seen, math.sqrt(space) / 200))
            return float(line[0, 0]), float(line[0, 1])
        if _within(point, window) and large:
            return point
    return None


def _seen(shape: shapely.Geometry, window: Box) -> shapely.MultiPolygon:
    """Cut to the window; a window without area shows nothing."""
    if window[0] >= window[2] or window[1] >= window[3]:
        return shapely.MultiPolygon()
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shapely.clip_by_rect(shape, *window))))
    return shapely.MultiPolygon([part for part in parts if isinstance(part, shapely.Polygon)])


def _within(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def place_cities(columns: Columns, points: NDArray[np.float64], pixel: float) -> list[dict[str, object]]:
    """Choose at most 120 towns and rank them 1 to 4, so that labels of the ranks shown at a zoom do not overlap.

    `pixel` is the degrees of longitude in one CSS pixel at the first view. Ranks 1 and 2 are shown from
    that view on, rank 3 one zoom further in, rank 4 two: a town starts from its own importance and steps back until its
    label has room.
    """
    wanted = _importance(columns)
    people = np.asarray(columns["population"], dtype=np.int64)
    order = np.lexsort((np.asarray(columns["name"]), -people, np.asarray(columns["rank"]), wanted))
    places = np.column_stack([points[:, 0], _mercator(points[:, 1])]) if len(points) else points
    room = np.array([LABEL_WIDTH, LABEL_HEIGHT]) * pixel
    taken: list[int] = []
    ranks: list[int] = []
    for number in order:
        away = np.abs(places[taken] - places[number]) / room
        rank = next((rank for rank in range(int(wanted[number]), 5) if _has_room(away, np.asarray(ranks), rank)), None)
        if rank is not None:
            taken.append(int(number))
            ranks.append(rank)
        if len(taken) == MOST_CITIES:
            break
    return [
        {"name": columns["name"][number], "lon": round(float(lon), 3), "lat": round(float(lat), 3), "rank": rank}
        for number, rank, (lon, lat) in zip(taken, ranks, points[taken], strict=True)
    ]


def _importance(columns: Columns) -> NDArray[np.int64]:
    """Rank each town by itself: 1 a capital, 2 a great city, 3 a city, 4 a town."""
    people = np.asarray(columns["population"], dtype=np.int64)
    order = np.asarray(columns["rank"], dtype=np.int64)
    capital = np.asarray(columns["capital"], dtype=bool)
    # People alone do not make a great city: GeoNames counts quarters of a city as towns, Natural Earth knows better.
    great = (order <= 4) | ((order <= 7) & (people >= 700_000))
    city = (order <= 8) | ((order <= 10) & (people >= 200_000))
    return np.where(capital, 1, np.where(great, 2, np.where(city, 3, 4)))


def _has_room(away: NDArray[np.float64], ranks: NDArray[np.int64], rank: int) -> bool:
    """Tell whether a label of `rank` overlaps none of those placed, each pair at the zoom from which both are shown."""
    if not len(away):
        return True
    closer = 2.0 ** np.maximum(np.maximum(ranks, rank) - 2, 0)
    return not bool((away * closer[:, None] < 1).all(axis=1).any())


def _mercator(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Latitude as it is spaced on a web map, in degrees of longitude."""
    return np.degrees(np.arcsinh(np.tan(np.radians(latitude))))


def _number(value: object) -> float:
    if not isinstance(value, float):
        raise TypeError(f"{value!r} is no coordinate")
    return value
