"""GeoJSON and Linked Places before check-geojson, geojsonhint and geojson-pydantic."""

from __future__ import annotations

import json

import pytest


def files(folder):
    return [*sorted(folder.glob("*.geojson")), folder / "gazetteer.lpf.json"]


def test_javascript_validators_find_nothing(exported, geojson_findings):
    for file in files(exported):
        assert geojson_findings(file) == [], file.name


def test_geojson_pydantic_takes_every_feature(exported):
    from geojson_pydantic import FeatureCollection

    for file in files(exported):
        text = file.read_text(encoding="utf-8")
        assert len(FeatureCollection.model_validate_json(text).features) == len(json.loads(text)["features"])


def unclosed(content):
    """The first outline without its last point."""
    shape = next(feature["geometry"] for feature in content["features"] if feature["geometry"])
    del shape["coordinates"][0][0][-1]


def one_number(content):
    shape = next(feature["geometry"] for feature in content["features"] if feature["geometry"])
    shape["coordinates"][0][0][0] = [1.0]


def no_properties(content):
    del content["features"][0]["properties"]


@pytest.mark.parametrize("defect", [unclosed, one_number, no_properties])
def test_each_judge_sees_a_seeded_defect(defect, exported, geojson_findings, tmp_path):
    from geojson_pydantic import FeatureCollection
    from pydantic import ValidationError

    content = json.loads((exported / "areas.geojson").read_text(encoding="utf-8"))
    defect(content)
    (tmp_path / "broken.geojson").write_text(json.dumps(content), encoding="utf-8")
    found = geojson_findings(tmp_path / "broken.geojson")
    assert any(finding.startswith("check-geojson") for finding in found)
    assert any(finding.startswith("geojsonhint") for finding in found)
    with pytest.raises(ValidationError):
        FeatureCollection.model_validate(content)
