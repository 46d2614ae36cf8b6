"""The look and the temporal settings of a layer as QGIS keeps them (QML): colour by source, hollow for absent, half-open days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from ..frames import Columns
from ..style import LIGHT
from .legend import Legend, legend, period
from .xml_text import carried

# QgsVectorLayerTemporalProperties::ModeFeatureDateTimeStartAndEndFromExpressions, begin included, end excluded.
_FROM_EXPRESSIONS, _HALF_OPEN = "4", "0"
# Not the fields themselves: QGIS 3.22 compares them as text with the midnight at which a slice ends, and so shows what begins
# on the day after; from GeoJSON it loses what has no end, since an empty day cannot be read as one.
BEGIN = 'coalesce(to_datetime("{}"), make_datetime(1, 1, 1, 0, 0, 0))'
END = 'coalesce(to_datetime("{}"), make_datetime(9999, 12, 31, 0, 0, 0))'
_BY_EXPRESSION = "3"

# Millimetres; the area of a disc grows with the figure, and a claim without one has a fixed small disc.
_SIZE = 'CASE WHEN coalesce("high", "low") IS NULL THEN 2.6 ELSE min(14, 2.6 + sqrt(coalesce("high", "low")) / 8) END'
_HOLLOW = "CASE WHEN \"status\" = 'absent' THEN color_rgba(255, 255, 255, 0) ELSE @symbol_color END"
_DASHED = "CASE WHEN \"modality\" <> 'reported' THEN 'dash' ELSE 'solid' END"


def qml(columns: Columns, sources: Iterable[str] = ()) -> str:
    """The style as the text that a GeoPackage keeps."""
    root = style(columns, sources)
    ET.indent(root)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode") + "\n"


def style(columns: Columns, sources: Iterable[str] = ()) -> ET.Element:
    """The style of a layer with these columns; `sources` are the values of its source column, repeated as they occur."""
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling|Temporal", hasScaleBasedVisibilityFlag="0")
    _add_temporal(root, columns)
    is_area = "outline" in columns.values()
    key = legend(columns, sources)
    if key.column:
        # Several claims of one place stand at one point.
        _add_categories(_displaced(root) if key.column == "source" and not is_area else root, key, is_area=is_area)
    else:
        _add_plain(root, key, is_area=is_area)
        if not is_area:
            _add_labels(root)
    return root


def _add_temporal(root: ET.Element, columns: Columns) -> None:
    fields = period(columns)
    if fields is None:
        return
    element = ET.SubElement(
        root,
        "temporal",
        {"enabled": "1", "mode": _FROM_EXPRESSIONS, "limitMode": _HALF_OPEN, "accumulate": "0"},
        startField=fields[0],
        endField=fields[1],
        startExpression=BEGIN.format(fields[0]),
        endExpression=END.format(fields[1]),
        durationUnit="min",
        durationField="",
        fixedDuration="0",
    )
    fixed = ET.SubElement(element, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")


def _displaced(root: ET.Element) -> ET.Element:
    """Several claims of one place stand at one point: QGIS draws them in a ring around it."""
    attributes = {"tolerance": "0.2", "toleranceUnit": "MM", "placement": "1", "circleWidth": "0.2", "labelAttributeName": ""}
    outer = ET.SubElement(root, "renderer-v2", attributes, type="pointDisplacement", circleColor=_rgba(LIGHT["line-strong"]))
    _add_symbol(outer, "centerSymbol", LIGHT["neutral"], is_area=False, options={"size": "1"})
    return outer


def _add_categories(parent: ET.Element, key: Legend, *, is_area: bool) -> None:
    renderer = ET.SubElement(parent, "renderer-v2", type="categorizedSymbol", attr=key.column, symbollevels="0")
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    rules = _claim_rules(is_area=is_area) if key.column == "source" else {}
    # An empty value stands for all others.
    for number, (value, colour) in enumerate([*key.colours.items(), ("", key.other)]):
        label = carried(value).replace("_", " ") or "other"
        ET.SubElement(categories, "category", render="true", symbol=str(number), value=carried(value), label=label)
        _add_symbol(symbols, str(number), colour, is_area=is_area, rules=rules)


def _claim_rules(*, is_area: bool) -> dict[str, str]:
    """What a claim's own values change about its mark: absent is hollow, an outlook dashed, and a figure makes it larger."""
    return {"fillColor": _HOLLOW, "outlineStyle": _DASHED} | ({} if is_area else {"size": _SIZE})


def _add_plain(root: ET.Element, key: Legend, *, is_area: bool) -> None:
    renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0")
    colour = LIGHT["land"] if is_area else key.other
    _add_symbol(ET.SubElement(renderer, "symbols"), "0", colour, is_area=is_area, options={} if is_area else {"size": "1.8"})


def _add_labels(root: ET.Element) -> None:
    """The names of places beside them, with a halo."""
    root.set("labelsEnabled", "1")
    settings = ET.SubElement(ET.SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    text = {"fieldName": "place_name", "fontSize": "8", "fontSizeUnit": "Point", "textColor": _rgba(LIGHT["place-label"])}
    style = ET.SubElement(settings, "text-style", text, isExpression="0", textOpacity="1")
    halo = {
        "bufferDraw": "1",
        "bufferSize": "0.8",
        "bufferSizeUnits": "MM",
        "bufferColor": _rgba(LIGHT["halo"]),
        "bufferOpacity": "1",
    }
    ET.SubElement(style, "text-buffer", halo)
    # Around the point (QgsPalLayerSettings::AroundPoint), clear of the marks.
    ET.SubElement(settings, "placement", placement="0", dist="3", distUnits="MM")


def _add_symbol(
    parent: ET.Element,
    name: str,
    colour: str,
    *,
    is_area: bool,
    options: Mapping[str, str] | None = None,
    rules: Mapping[str, str] | None = None,
) -> None:
    kind, layer_class = ("fill", "SimpleFill") if is_area else ("marker", "SimpleMarker")
    # Claims about one area lie over each other, and what is below must still show.
    symbol = ET.SubElement(parent, "symbol", {"name": name, "type": kind, "alpha": "0.06" if is_area and rules else "1"})
    layer = ET.SubElement(symbol, "layer", {"class": layer_class, "enabled": "1", "pass": "0", "locked": "0"})
    edge = colour if rules else LIGHT["neutral"]
    shape = {"style": "solid"} if is_area else {"name": "circle", "size": "3", "size_unit": "MM", "scale_method": "diameter"}
    values = {"color": _rgba(colour), "outline_color": _rgba(edge), "outline_width": "0.4", "outline_style": "solid", **shape}
    settings = ET.SubElement(layer, "Option", type="Map")
    for key, value in (values | dict(options or {})).items():
        ET.SubElement(settings, "Option", name=key, value=value, type="QString")
    if rules:
        _add_rules(layer, rules)


def _add_rules(layer: ET.Element, rules: Mapping[str, str]) -> None:
    outer = ET.SubElement(ET.SubElement(layer, "data_defined_properties"), "Option", type="Map")
    ET.SubElement(outer, "Option", name="name", value="", type="QString")
    properties = ET.SubElement(outer, "Option", name="properties", type="Map")
    for name, expression in rules.items():
        rule = ET.SubElement(properties, "Option", name=name, type="Map")
        ET.SubElement(rule, "Option", name="active", value="true", type="bool")
        ET.SubElement(rule, "Option", name="expression", value=expression, type="QString")
        ET.SubElement(rule, "Option", name="type", value=_BY_EXPRESSION, type="int")
    ET.SubElement(outer, "Option", name="type", value="collection", type="QString")


def _rgba(colour: str) -> str:
    """#rrggbb as QGIS writes it."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},255"
