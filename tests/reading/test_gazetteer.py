"""Places and forces: swapped coordinates, areas, and what may share a name."""

from __future__ import annotations

import pytest

COUNTRIES = {"iraq": (33.2, 43.7), "syria": (35.0, 38.5), "turkey": (39.0, 35.2), "egypt": (26.5, 29.8), "jordan": (31.2, 36.8)}
SITES = {
    "iraq": [(33.786, 42.441), (36.533, 44.34), (30.55, 47.66), (37.1, 42.7), (33.0, 40.9)],
    "syria": [(33.49, 38.66), (36.5, 40.7), (32.6, 36.1), (37.05, 41.2), (34.9, 35.9)],
    "turkey": [(37.0, 35.42), (37.5, 43.7), (41.0, 29.0), (36.2, 36.2), (40.6, 43.1)],
    "egypt": [(22.2, 36.6), (31.1, 33.8), (30.0, 31.2), (24.0, 32.9), (31.3, 25.2)],
    "jordan": [(32.36, 36.26), (31.83, 36.79), (29.5, 35.0), (33.31, 38.7)],
}


def gazetteer(country, lat, lon):
    label = COUNTRIES[country]
    return (
        f"places:\n  - {{id: land, name: Land, kind: country, lat: {label[0]}, lon: {label[1]}}}\n"
        f"  - {{id: part, name: Part, kind: province, within: land, lat: {label[0]}, lon: {label[1]}}}\n"
        f"  - {{id: site, name: Site, kind: site, within: part, lat: {lat}, lon: {lon}}}\n"
    )


@pytest.fixture
def places(found, folder):
    """A function that checks a gazetteer alone."""
    for name in ("data/reports", "maps"):
        for path in (folder / name).iterdir():
            path.unlink()
    return lambda text: [one for one in found({"data/gazetteer.yaml": text}) if "reports-missing" not in one]


@pytest.mark.parametrize("country", COUNTRIES)
def test_true_points_are_never_taken_for_swapped(places, country):
    for lat, lon in SITES[country]:
        assert places(gazetteer(country, lat, lon)) == [], (lat, lon)


def test_swapped_points_are_seen(places):
    swapped = [(lat, lon) for lat, lon in SITES["iraq"] + SITES["jordan"] if abs(lat - lon) > 4]
    for country in ("iraq", "jordan"):
        for lat, lon in SITES[country]:
            if (lat, lon) in swapped:
                assert places(gazetteer(country, lon, lat)) == ["data/gazetteer.yaml:4:59 coordinate-swapped"], (lat, lon)


def test_places_may_share_a_name(places):
    line = "  - {{id: {}, name: Al-Harir, kind: site, lat: 36.5, lon: 44.3}}\n"
    assert places("places:\n" + line.format("one") + line.format("two")) == []


def test_a_longitude_that_is_no_latitude_is_not_swapped(places):
    text = "places:\n  - {id: land, name: Land, kind: country, lat: 60, lon: 100}\n"
    assert places(text + "  - {id: site, name: Site, kind: port, within: land, lat: 43.1, lon: 131.9}\n") == []


def test_areas_in_a_circle(places):
    text = "places:\n  - {id: a, name: A, kind: region, within: b, lat: 50, lon: 1}\n"
    text += "  - {id: b, name: B, kind: region, within: a, lat: 50, lon: 1}\n"
    assert places(text) == ["data/gazetteer.yaml:2:44 cycle"]


def test_an_area_may_lie_in_any_area(places):
    text = "places:\n  - {id: a, name: A, kind: province, lat: 1, lon: 1}\n"
    assert places(text + "  - {id: b, name: B, kind: country, within: a, lat: 1, lon: 1}\n") == []
