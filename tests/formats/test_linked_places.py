"""Linked Places: times without false ends, certainty, sources."""

from __future__ import annotations

import json

import pytest

from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.errors import UsageError
from geoposture.formats import export, linked_places
from geoposture.layers import rows
from geoposture.ledger import Claim, Force, Ledger, Name, Place, Report, Source
from geoposture.resolution import resolve
from geoposture.timeslice import everything
from tests.formats.test_formats import TABLE
from tests.tables import OUTLINES

PLACES = {
    place.id: place
    for place in (
        Place("land", "Land", "country", 45.0, 5.0, iso="FR"),
        Place(
            "dun", "Camp Dun", "camp", 45.2, 4.6, within="land", names=(Name("دون", "ar"),), codes={"icao": "XXXX"}, note="old"
        ),
    )
}


def told(when, *, modality="reported"):
    """The relation of one claim about Camp Dun, published on 2025-03-01."""
    claim = Claim("a#1", ("dun",), "red", status="present", modality=modality, time=parse_when(when), when=when)
    report = Report(
        "a", "courier", "2025-03-01", parse_period("2025-03-01"), title="News", url="https://example.org/", claims=(claim,)
    )
    ledger = Ledger(PLACES, {"red": Force("red", "Red")}, {"courier": Source("courier", "Courier", "publisher")}, {"a": report})
    content = linked_places.encode(ledger, rows(everything(resolve(ledger))), {"land": OUTLINES[0]})
    dun, land = json.loads(content)["features"]
    return dun, land, [relation for relation in dun["relations"] if "properties" in relation]


def spans(when):
    return [(relation["when"]["timespans"], relation["when"]["certainty"]) for relation in told(when)[2]]


def test_periods_name_their_last_day_and_open_ones_say_so():
    assert spans("2025-01-01/2025-01-31") == [([{"start": {"in": "2025-01-01"}, "end": {"in": "2025-01-31"}}], "certain")]
    assert spans("2025-01-01/..") == [([{"start": {"in": "2025-01-01"}, "end": {"earliest": "2025-03-01"}}], "certain")]
    (before, certainty), _ = spans("../2025-01-31")
    assert (before, certainty) == ([{"start": {"latest": "2025-01-30"}, "end": {"in": "2025-01-30"}}], "uncertain")


def test_there_is_nothing_before_the_first_day():
    ((day, _),) = spans("../0001-01-01")
    assert day == [{"start": {"in": "0001-01-01"}, "end": {"in": "0001-01-01"}}]


def test_certainty_of_the_time_and_of_the_claim_are_two_things():
    assert [relation["certainty"] for relation in told("2025-01-01/..", modality="announced")[2]] == ["less-certain"]
    assert spans("2024")[0][1] == "less-certain"


def test_a_place_brings_names_types_country_and_parent():
    dun, land, _ = told("2025-01-01/..")
    assert dun["properties"] == {"title": "Camp Dun", "ccodes": ["FR"], "fclasses": ["S"]}
    assert [name["toponym"] for name in dun["names"]] == ["Camp Dun", "دون", "XXXX"]
    assert dun["names"][1]["lang"] == "ar"
    assert dun["relations"][0]["relationTo"] == land["@id"]
    assert dun["descriptions"] == [{"value": "old", "lang": "en"}]
    assert [part["type"] for part in land["geometry"]["geometries"]] == ["Point", "MultiPolygon"]


def test_every_claim_cites_its_report():
    (relation,) = told("2025-01-01/..")[2]
    assert relation["citations"] == [{"label": "News (courier, 2025-03-01)", "@id": "https://example.org/"}]
    assert relation["relationTo"] == "urn:x-geoposture:force:red"
    assert relation["properties"]["valid_from"] == "2025-01-01"
    assert parse_day(relation["properties"]["known_from"]) == parse_day("2025-03-01")


def test_a_table_is_no_gazetteer(tmp_path):
    with pytest.raises(UsageError, match="geoposture export"):
        export(TABLE, tmp_path / "rows.lpf.json")
