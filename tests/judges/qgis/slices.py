"""Ask QGIS what its temporal controller shows: run by Debian's Python, which has PyQGIS and not this package.

    slices.py FOLDER PICTURE

FOLDER holds posture.gpkg, its project posture.qgz, rows.geojson and questions.json: {"days": [YYYY-MM-DD…]}. Standard output gets, as JSON, the claims
and places that each layer shows on each day; PICTURE is what QGIS draws of the project on the last of them.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

# As docs/gis.md says for GeoJSON, and as the GeoPackage holds it.
BEGIN = 'coalesce(to_datetime("valid_from"), make_datetime(1, 1, 1, 0, 0, 0))'
END = 'coalesce(to_datetime("valid_to"), make_datetime(9999, 12, 31, 0, 0, 0))'


def opened(source):
    """A layer as QGIS's browser opens it: with the style that the file holds."""
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(source, "layer", "ogr", options)
    assert layer.isValid(), source
    layer.loadDefaultStyle()
    return layer


def by_expression(layer):
    """The layer with the temporal settings that the documentation gives for GeoJSON."""
    temporal = layer.temporalProperties()
    temporal.setIsActive(True)
    temporal.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromExpressions)
    temporal.setStartExpression(BEGIN)
    temporal.setEndExpression(END)
    return layer


def by_field(layer):
    """The layer with the settings that look right, and are not."""
    temporal = layer.temporalProperties()
    temporal.setIsActive(True)
    temporal.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromFields)
    temporal.setStartField("valid_from")
    temporal.setEndField("valid_to")
    return layer


def one_day(day):
    start = QDateTime.fromString(f"{day}T00:00:00", Qt.ISODate)
    return QgsDateTimeRange(start, start.addDays(1), True, False)  # noqa: FBT003 - Qt takes no names


def shown(layer, day):
    """Claims and places that the temporal controller leaves in the layer on a day."""
    assert layer.temporalProperties().isActive()
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    request = QgsFeatureRequest()
    wanted = layer.temporalProperties().createFilterString(context, one_day(day))
    if wanted:
        request.setFilterExpression(wanted)
    return sorted([feature["claim"], feature["place"]] for feature in layer.getFeatures(request))


def draw(project, day, picture):
    """What the map canvas shows of the project, around Iraq."""
    settings = QgsMapSettings()
    settings.setLayers(project.layerTreeRoot().layerOrder())
    settings.setDestinationCrs(project.crs())
    settings.setExtent(QgsRectangle(37.0, 28.6, 49.0, 37.6))
    settings.setOutputSize(QSize(1280, 960))
    settings.setBackgroundColor(project.backgroundColor())
    settings.setIsTemporal(True)
    settings.setTemporalRange(one_day(day))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert job.renderedImage().save(str(picture))


def told(project):
    """What the project says of its layers, its days and its reference system."""
    days = project.timeSettings().temporalRange()
    return {
        "layers": [layer.name() for layer in project.layerTreeRoot().layerOrder() if layer.isValid()],
        "temporal": [layer.name() for layer in project.mapLayers().values() if layer.temporalProperties().isActive()],
        "days": [days.begin().toString("yyyy-MM-dd"), days.end().toString("yyyy-MM-dd")],
        "crs": project.crs().authid(),
    }


def main(folder, picture):
    application = QgsApplication([], False)  # noqa: FBT003 - Qt takes no names
    application.initQgis()
    days = json.loads((folder / "questions.json").read_text())["days"]
    project = QgsProject.instance()
    assert project.read(str(folder / "posture.qgz"))
    package = {name: opened(f"{folder / 'posture.gpkg'}|layername={name}") for name in ("rows", "area_rows")}
    layers = {
        "GeoPackage rows": package["rows"],
        "GeoPackage area_rows": package["area_rows"],
        "GeoJSON as documented": by_expression(opened(str(folder / "rows.geojson"))),
        "GeoJSON by field": by_field(opened(str(folder / "rows.geojson"))),
        "GeoPackage by field": by_field(opened(f"{folder / 'posture.gpkg'}|layername=rows")),
    }
    answer = {name: {day: shown(layer, day) for day in days} for name, layer in layers.items()}
    draw(project, days[-1], picture)
    look = package["rows"].renderer().type()
    print(json.dumps({"version": Qgis.QGIS_VERSION, "renderer": look, "project": told(project), "shown": answer}))
    # Without exitQgis, which falls over layers that Python still holds.


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
