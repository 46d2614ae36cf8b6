"""Turn Natural Earth's 1:10m files into the slim layers of the base map.

Every function takes source frames in EPSG:4326 and gives a GeoDataFrame in EPSG:4326 whose coordinates lie on a binary
grid of 2**-12 degrees (27 m): the low bytes of such numbers are zero, so that they compress to half.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

GRID = 4096
WGS84 = "EPSG:4326"
# Smallest island or hole that is kept, in square degrees: about one square kilometre.
SMALLEST = 1e-4


def countries(path: Path) -> gpd.GeoDataFrame:
    """Country polygons of Natural Earth's default viewpoint, with names, ISO code and label point."""
    source = gpd.read_file(path)
    shapes = _polygons(shapely.coverage_simplify(source.geometry.to_numpy(), 0.004), smallest=SMALLEST / 5)
    frame = gpd.GeoDataFrame(
        {
            "name": source["NAME_LONG"],
            "name_short": source["NAME"],
            "name_ar": source["NAME_AR"],
            # Natural Earth writes -99 where ISO has given no code.
            "iso_a2": source["ISO_A2_EH"].where(source["ISO_A2_EH"] != "-99", ""),
            "adm0_a3": source["ADM0_A3"],
            "type": source["TYPE"],
            "rank": source["LABELRANK"].astype("int8"),
            "label_lon": source["LABEL_X"].round(4),
            "label_lat": source["LABEL_Y"].round(4),
        },
        geometry=shapes,
        crs=WGS84,
    )
    return frame.sort_values("adm0_a3", ignore_index=True)


def borders(path: Path) -> gpd.GeoDataFrame:
    """Land border lines with Natural Earth's class, as it calls it, but without "(please verify)"."""
    source = gpd.read_file(path)
    names = source["FEATURECLA"].str.replace(r" \((please )?verify\)", "", regex=True)
    frame = gpd.GeoDataFrame(
        {"class": names, "left": source["ADM0_A3_L"].fillna(""), "right": source["ADM0_A3_R"].fillna("")},
        geometry=_lines(source.geometry.to_numpy(), 0.001),
        crs=WGS84,
    )
    # Overlay and lease limits outline buffer zones and bases laid over a country: they are no borders between two.
    frame = frame[~frame["class"].isin(["Overlay limit", "Lease limit"])]
    return frame.sort_values(["class", "left", "right"], kind="stable", ignore_index=True)


def lakes(path: Path) -> gpd.GeoDataFrame:
    """Lakes and reservoirs, with Natural Earth's rank: 0 the largest of the world, 9 small."""
    source = gpd.read_file(path)
    shapes = _polygons(shapely.simplify(shapely.make_valid(source.geometry.to_numpy()), 0.002), smallest=SMALLEST / 10)
    frame = gpd.GeoDataFrame(
        {"name": source["name"].fillna(""), "rank": source["scalerank"].astype("int8")}, geometry=shapes, crs=WGS84
    )
    return frame[~frame.geometry.is_empty].sort_values(["rank", "name"], kind="stable", ignore_index=True)


def rivers(path: Path, water: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """River lines with their rank; what runs through a lake of `water` is cut out, so that no line crosses a lake."""
    source = gpd.read_file(path)
    shapes = _lines(source.geometry.to_numpy(), 0.002)
    tree = shapely.STRtree(water.geometry.to_numpy())
    through, lake = tree.query(shapes, predicate="intersects")
    for number in np.unique(through):
        pond = shapely.union_all(water.geometry.to_numpy()[lake[through == number]])
        shapes[number] = shapely.difference(shapes[number], pond)
    frame = gpd.GeoDataFrame(
        {"name": source["name"].fillna(""), "rank": source["scalerank"].fillna(9).astype("int8")}, geometry=shapes, crs=WGS84
    )
    frame = frame[~frame.geometry.is_empty]
    return frame.sort_values(["rank", "name"], kind="stable", ignore_index=True)


def provinces(path: Path) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """First-level divisions: the lines between them for drawing, and their polygons with codes for areas.

    The lines come from the polygons because Natural Earth's own file of lines lacks those around the Kurdistan Region.
    """
    source = gpd.read_file(path)
    shapes = shapely.make_valid(source.geometry.to_numpy())
    # The zone of the observer force on the Golan is listed among Syria's provinces, which it is not.
    province = (source["name"] != "UNDOF").to_numpy()
    lines = _shared_lines(shapely.coverage_simplify(shapes, 0.004)[province], source[province])
    areas = gpd.GeoDataFrame(
        {
            # A tilde marks the codes that Natural Earth made up itself.
            "code": source["iso_3166_2"].fillna("").where(~source["iso_3166_2"].fillna("").str.contains("~"), ""),
            "name": source["name_en"].fillna(source["name"]).fillna(""),
            "name_ar": source["name_ar"].fillna(""),
            "region": source["region"].fillna(""),
            "adm0_a3": source["adm0_a3"],
            "label_lon": source["longitude"].round(4),
            "label_lat": source["latitude"].round(4),
        },
        geometry=_polygons(shapely.coverage_simplify(shapes, 0.015), smallest=SMALLEST),
        crs=WGS84,
    )
    areas = areas[~areas.geometry.is_empty]
    return lines, areas.sort_values(["adm0_a3", "code", "name"], kind="stable", ignore_index=True)


def _shared_lines(shapes: np.ndarray, source: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the edges that two divisions of one country share into lines, each with the zoom from which to show it."""
    edges = _edges(shapes)
    edges["country"] = source["adm0_a3"].to_numpy()[edges.pop("shape")]
    edges["zoom"] = source["min_zoom"].to_numpy()[edges.pop("again")]
    pairs = edges.groupby(["x0", "y0", "x1", "y1"], as_index=False).agg(
        sides=("country", "size"), countries=("country", "nunique"), country=("country", "first"), zoom=("zoom", "min")
    )
    pairs = pairs[(pairs["sides"] == 2) & (pairs["countries"] == 1)]
    rows = []
    for (country, zoom), part in pairs.groupby(["country", "zoom"]):
        ends = part[["x0", "y0", "x1", "y1"]].to_numpy().reshape(-1, 2, 2)
        joined = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)))
        rows.append((country, zoom, shapely.multilinestrings(shapely.get_parts(joined))))
    frame = pd.DataFrame(rows, columns=["adm0_a3", "min_zoom", "geometry"])
    shapes = _on_grid(frame.pop("geometry").to_numpy())
    return gpd.GeoDataFrame(frame.astype({"min_zoom": "float32"}), geometry=shapes, crs=WGS84)


def _edges(shapes: np.ndarray) -> pd.DataFrame:
    """List every edge of every ring, its two ends in one order whichever way the ring runs."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, ring_owner = shapely.get_rings(parts[polygon], return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = points[:-1][same], points[1:][same]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start[swap], end[swap] = end[swap].copy(), start[swap].copy()
    number = owner[polygon][ring_owner[ring[1:][same]]]
    return pd.DataFrame(
        {"x0": start[:, 0], "y0": start[:, 1], "x1": end[:, 0], "y1": end[:, 1], "shape": number, "again": number}
    )


def _lines(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    return _on_grid(shapely.simplify(shapely.line_merge(shapes), tolerance))


def _on_grid(shapes: np.ndarray) -> np.ndarray:
    snapped = shapely.transform(shapes, lambda points: np.round(points * GRID) / GRID)
    return shapely.remove_repeated_points(snapped)


def _polygons(shapes: np.ndarray, *, smallest: float) -> np.ndarray:
    """Snap to the grid, mend, and drop islands and holes under `smallest`, but never a shape's largest part."""
    mended = shapely.make_valid(_on_grid(shapes))
    return np.array([_without_crumbs(shape, smallest) for shape in mended], dtype=object)


def _without_crumbs(shape: shapely.Geometry, smallest: float) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    if not parts:
        return shapely.MultiPolygon()
    parts.sort(key=lambda part: -part.area)
    kept = [part for number, part in enumerate(parts) if number == 0 or part.area >= smallest]
    whole = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= smallest])
        for part in kept
    ]
    return shapely.MultiPolygon(whole)
