"""A table as KML 2.2 (OGC 07-147r2): a placemark for each row with its time span, and the evidence in its balloon.

Every column travels as extended data, from which the rows can be read back; nothing is fetched from anywhere. A time span names
its last day, since KML has no half-open periods.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from ..dates import FIRST_DAY, show_day
from ..frames import Columns, Kind, Table
from .balloon import balloon, headline
from .legend import Legend, legend, period
from .xml_text import escaped

NAMESPACE = "http://www.opengis.net/kml/2.2"

_TYPES: Mapping[Kind, str] = {"int": "int", "bool": "bool", "number": "double"}
_OTHER = "other"


def encode(table: Table) -> bytes:
    """UTF-8 KML. Of episodes, those that hold as everything is known are shown, and the superseded ones wait in a folder."""
    key = legend(table.columns, table.data.get("source", ()))
    body = [*_styles(key), _schema(table.columns), *_folders(table, key)]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}">\n<Document>\n<name>geoposture</name>\n'
    return (head + "\n".join(body) + "\n</Document>\n</kml>\n").encode()


def count(content: bytes) -> int:
    """The number of placemarks. Raises ElementTree.ParseError if the file is damaged."""
    # What was just written here, without any document type that an attack could use.
    return sum(element.tag == f"{{{NAMESPACE}}}Placemark" for _, element in ET.iterparse(io.BytesIO(content)))  # noqa: S314


def _folders(table: Table, key: Legend) -> Iterator[str]:
    if "episode_known_to" not in table.columns:
        yield from (_placemark(table.columns, row, key) for row in table)
        return
    today = [day is None for day in table.data["episode_known_to"]]
    yield from _folder("As known today", table.where(today), key, shown=True)
    yield from _folder("Superseded by later reports", table.where(not now for now in today), key, shown=False)


def _folder(name: str, table: Table, key: Legend, *, shown: bool) -> Iterator[str]:
    yield f"<Folder>\n<name>{name}</name>\n<visibility>{int(shown)}</visibility>"
    yield from (_placemark(table.columns, row, key, shown=shown) for row in table)
    yield "</Folder>"


def _styles(key: Legend) -> Iterator[str]:
    for number, colour in enumerate(key.colours.values()):
        yield from _style(str(number), colour)
    yield from _style(_OTHER, key.other)


def _style(name: str, colour: str) -> Iterator[str]:
    """Two styles: the second, smaller and faint, for what is said to be absent."""
    balloon_style = "<BalloonStyle><text>$[description]</text></BalloonStyle>"
    for state, alpha, scale in (("", "ff", "1"), ("-absent", "73", "0.6")):
        edge, fill = _abgr(colour, "ff"), _abgr(colour, "40")
        icon = f"<IconStyle><color>{_abgr(colour, alpha)}</color><scale>{scale}</scale></IconStyle>"
        label = f"<LabelStyle><scale>{scale}</scale></LabelStyle>"
        area = f"<LineStyle><color>{edge}</color></LineStyle><PolyStyle><color>{fill}</color></PolyStyle>"
        yield f'<Style id="style-{name}{state}">{icon}{label}{area}{balloon_style}</Style>'


def _abgr(colour: str, alpha: str) -> str:
    """#rrggbb as KML writes it."""
    return alpha + colour[5:7] + colour[3:5] + colour[1:3]


def _schema(columns: Columns) -> str:
    fields = "".join(f'<SimpleField type="{_TYPES.get(kind, "string")}" name="{name}"/>' for name, kind in _data(columns))
    return f'<Schema name="row" id="row">{fields}</Schema>'


def _data(columns: Columns) -> Iterator[tuple[str, Kind]]:
    return ((name, kind) for name, kind in columns.items() if kind not in ("point", "outline"))


def _placemark(columns: Columns, row: Mapping[str, Any], key: Legend, *, shown: bool = True) -> str:
    values = ((name, _text(kind, row[name])) for name, kind in _data(columns) if row[name] is not None)
    data = "".join(f'<SimpleData name="{name}">{escaped(text)}</SimpleData>' for name, text in values)
    return "".join(
        (
            f"<Placemark>\n<name>{escaped(headline(row))}</name>",
            "" if shown else "<visibility>0</visibility>",
            '<Snippet maxLines="0"></Snippet>',
            f"\n<description>{escaped(balloon(columns, row))}</description>",
            _time_span(columns, row),
            f"\n<styleUrl>#style-{_style_of(row, key)}</styleUrl>",
            f'\n<ExtendedData><SchemaData schemaUrl="#row">{data}</SchemaData></ExtendedData>',
            *(_geometry(kind, row[name]) for name, kind in columns.items()),
            "\n</Placemark>",
        )
    )


def _style_of(row: Mapping[str, Any], key: Legend) -> str:
    value = str(row[key.column]) if key.column else ""
    number = str(list(key.colours).index(value)) if value in key.colours else _OTHER
    return f"{number}-absent" if "absent" in (row.get("status"), row.get("standing")) else number


def _time_span(columns: Columns, row: Mapping[str, Any]) -> str:
    pair = period(columns)
    if pair is None or (row[pair[0]] is None and row[pair[1]] is None):
        return ""
    start, end = row[pair[0]], row[pair[1]]
    begin = "" if start is None else f"<begin>{show_day(start)}</begin>"
    last = "" if end is None else f"<end>{show_day(max(end - 1, FIRST_DAY))}</end>"
    return f"\n<TimeSpan>{begin}{last}</TimeSpan>"


def _text(kind: Kind, value: Any) -> str:
    if kind == "day":
        return show_day(value)
    if kind == "list":
        return json.dumps(list(value), ensure_ascii=False)
    if kind == "bool":
        return "1" if value else "0"
    return str(value)


def _geometry(kind: Kind, value: Any) -> str:
    if value is None or kind not in ("point", "outline"):
        return ""
    if kind == "point":
        return f"\n<Point><coordinates>{value[0]!r},{value[1]!r}</coordinates></Point>"
    import shapely

    polygons = "".join(_polygon(part) for part in shapely.get_parts(shapely.from_wkb(value)))
    return f"\n<MultiGeometry>{polygons}</MultiGeometry>"


def _polygon(polygon: Any) -> str:
    sides = ["outerBoundaryIs", *("innerBoundaryIs" for _ in polygon.interiors)]
    rings = zip(sides, (polygon.exterior, *polygon.interiors), strict=True)
    return "<Polygon>" + "".join(f"<{side}>{_ring(ring)}</{side}>" for side, ring in rings) + "</Polygon>"


def _ring(ring: Any) -> str:
    return "<LinearRing><coordinates>" + " ".join(f"{lon!r},{lat!r}" for lon, lat in ring.coords) + "</coordinates></LinearRing>"
