"""Points and outlines as binary: well-known binary (WKB, OGC 06-103r4), and the header that GeoPackage puts before it."""

from __future__ import annotations

import struct

from ..frames import Kind

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees."""

_POINT = struct.Struct("<BIdd")
# Magic, version 0, flags (little-endian; whether there is an envelope), the reference system.
_HEADER = struct.Struct("<2sBBi")
_ENVELOPE = struct.Struct("<4d")
_LITTLE_ENDIAN, _XY_ENVELOPE = 1, 1 << 1


def wkb(kind: Kind, value: tuple[float, float] | bytes) -> bytes:
    """The well-known binary of a value of a point or outline column."""
    if kind == "outline":
        assert isinstance(value, bytes)
        return value
    lon, lat = value
    return _POINT.pack(1, 1, lon, lat)


def box(kind: Kind, value: tuple[float, float] | bytes) -> Box:
    """The box around a value of a point or outline column."""
    if kind == "outline":
        import shapely

        assert isinstance(value, bytes)
        west, south, east, north = shapely.bounds(shapely.from_wkb(value)).tolist()
        return west, south, east, north
    lon, lat = value
    return lon, lat, lon, lat


def geopackage_blob(kind: Kind, value: tuple[float, float] | bytes) -> bytes:
    """The geometry as GeoPackage keeps it: a header with the reference system, for outlines with their box, then WKB."""
    if kind == "point":
        return _HEADER.pack(b"GP", 0, _LITTLE_ENDIAN, 4326) + wkb(kind, value)
    west, south, east, north = box(kind, value)
    head = _HEADER.pack(b"GP", 0, _LITTLE_ENDIAN | _XY_ENVELOPE, 4326)
    return head + _ENVELOPE.pack(west, east, south, north) + wkb(kind, value)


def join(boxes: list[Box]) -> Box | None:
    """The box around all boxes; None if there is none."""
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
