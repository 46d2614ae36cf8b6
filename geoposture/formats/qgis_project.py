"""A QGIS project (.qgz) for a GeoPackage beside it: its layers in drawing order, styled, and the days to step through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from ..dates import show_day
from ..frames import Columns, Table
from ..style import LIGHT
from .binary_geometry import Box, box, join
from .geopackage import AREA_ROWS
from .legend import period
from .qgis_style import style
from .xml_text import carried

_ORDER = ("sites", "rows", AREA_ROWS, "areas", "land")
"""The layers that are drawn, from the top; `episodes` are there to be asked, not to be drawn over `rows`."""
_MARGIN = 0.5
"""Degrees of land around the sites."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""When each part of the archive says that it was made: the earliest that a zip archive can say."""


def encode(package: str, layers: Mapping[str, Table]) -> bytes:
    """The project for the layers of a GeoPackage of this file name, in the same folder."""
    root = ET.Element("qgis", version="3.22.0", projectname="geoposture")
    ET.SubElement(root, "title").text = "geoposture"
    _add_reference_system(ET.SubElement(root, "projectCrs"))
    _add_properties(ET.SubElement(root, "properties"))
    tree = ET.SubElement(root, "layer-tree-group")
    maps = ET.SubElement(root, "projectlayers")
    shapes = _columns(layers)
    for name in _ORDER:
        if name in shapes:
            _add_layer(tree, maps, carried(package), name, shapes[name], layers["rows"])
    _add_days(root, layers["rows"])
    _add_view(root, layers["sites"])
    ET.indent(root)
    text = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode") + "\n"
    return _zipped("posture.qgs", text.encode())


def count(content: bytes) -> int:
    """The number of layers. Raises zipfile.BadZipFile or ElementTree.ParseError if the file is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # What was just written here; its document type names nothing that is fetched.
        return len(ET.fromstring(archive.read("posture.qgs")).findall("projectlayers/maplayer"))  # noqa: S314


def drawn(layers: Mapping[str, Table]) -> int:
    """How many layers the project has for these."""
    return len(set(_ORDER) & set(_columns(layers)))


def _columns(layers: Mapping[str, Table]) -> dict[str, Columns]:
    columns = {name: table.columns for name, table in layers.items()}
    if {"rows", "areas"} <= set(layers):
        columns[AREA_ROWS] = {**columns["rows"], "geometry": "outline"}
    return columns


def _add_properties(properties: ET.Element) -> None:
    """That the reference system counts, without which QGIS takes it for none, and the colour of the water around the land."""
    ET.SubElement(ET.SubElement(properties, "SpatialRefSys"), "ProjectionsEnabled", type="int").text = "1"
    canvas = ET.SubElement(properties, "Gui")
    for part, start in (("Red", 1), ("Green", 3), ("Blue", 5)):
        ET.SubElement(canvas, f"CanvasColor{part}Part", type="int").text = str(int(LIGHT["water"][start : start + 2], 16))


def _add_layer(tree: ET.Element, maps: ET.Element, package: str, name: str, columns: Columns, rows: Table) -> None:
    # QGIS makes up another id where one has no more than ten letters.
    source, ident = f"./{package}|layername={name}", f"geoposture_{name}"
    leaf = {"id": ident, "name": name, "source": source, "providerKey": "ogr", "checked": "Qt::Checked", "expanded": "0"}
    ET.SubElement(tree, "layer-tree-layer", leaf)
    look = style(columns, rows.data["source"])
    kind = "Polygon" if columns["geometry"] == "outline" else "Point"
    layer = ET.SubElement(maps, "maplayer", type="vector", geometry=kind, labelsEnabled=look.get("labelsEnabled", "0"))
    for tag, text in (("id", ident), ("datasource", source), ("layername", name)):
        ET.SubElement(layer, tag).text = text
    _add_reference_system(ET.SubElement(layer, "srs"))
    ET.SubElement(layer, "provider", encoding="UTF-8").text = "ogr"
    layer.extend(look)


def _add_days(root: ET.Element, rows: Table) -> None:
    """The range of the temporal controller: from the first to the last day that any claim names, in steps of a day."""
    columns = (*(period(rows.columns) or ()), "known_from")
    days = [day for name in columns for day in rows.data[name] if day is not None]
    if not days:
        return
    settings = {"timeStep": "1", "timeStepUnit": "d", "frameRate": "4", "cumulativeTemporalRange": "0"}
    span = ET.SubElement(ET.SubElement(root, "ProjectTimeSettings", settings), "TemporalRange")
    ET.SubElement(span, "start").text = f"{show_day(min(days))}T00:00:00"
    ET.SubElement(span, "end").text = f"{show_day(max(days))}T00:00:00"


def _add_view(root: ET.Element, sites: Table) -> None:
    """What the map shows when the project opens: the sites."""
    whole = join([box("point", point) for point in sites.data["geometry"]])
    if whole is not None:
        view = ET.SubElement(root, "ProjectViewSettings", UseProjectScales="0")
        extent = ET.SubElement(view, "DefaultViewExtent", _sides(whole))
        _add_reference_system(extent)


def _sides(whole: Box) -> dict[str, str]:
    west, south, east, north = whole
    sides = {"xmin": west - _MARGIN, "ymin": south - _MARGIN, "xmax": east + _MARGIN, "ymax": north + _MARGIN}
    return {name: repr(side) for name, side in sides.items()}


def _add_reference_system(parent: ET.Element) -> None:
    system = ET.SubElement(parent, "spatialrefsys")
    for tag, text in (("proj4", "+proj=longlat +datum=WGS84 +no_defs"), ("srid", "4326"), ("authid", "EPSG:4326")):
        ET.SubElement(system, tag).text = text


def _zipped(name: str, content: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        part = zipfile.ZipInfo(name, _MADE)
        part.compress_type = zipfile.ZIP_DEFLATED
        # The same on every system: a plain file of Unix, readable by all.
        part.create_system, part.external_attr = 3, 0o644 << 16
        archive.writestr(part, content)
    return sink.getvalue()
