"""The base map's clip: what is on it, what must never be, and what it weighs."""

import json
import math

import numpy as np
import pytest
import shapely

from geoposture.webmap.basemap_clip import FOLDER, clip, decode

IRAQ = (38.5, 29.0, 49.0, 37.7)
LEVANT_AND_IRAQ = (34.0, 28.5, 49.0, 38.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
BOXES = {
    "iraq": IRAQ,
    "levant": LEVANT_AND_IRAQ,
    "point": (44.37, 33.31, 44.37, 33.31),
    "open sea": (-30.0, 40.0, -28.0, 41.0),
    "fiji": (177.0, -20.0, 180.0, -15.0),
    "pole": (-10.0, 80.0, 30.0, 90.0),
    "hormuz": (54.0, 25.0, 58.0, 28.0),
    "world": WORLD,
}


@pytest.fixture(scope="module", params=list(BOXES))
def base(request):
    return clip(BOXES[request.param])


@pytest.fixture(scope="module")
def iraq():
    return clip(IRAQ)


def lines(base):
    yield from base["coast"]
    yield from base["provinces"]
    for layer in ("rivers", "borders"):
        yield from (item["line"] for item in base[layer])


def rings(base):
    for layer in ("land", "lakes"):
        for polygon in base[layer]:
            yield from polygon


def near(base_lines, lon, lat):
    """Distance in degrees from a place to the nearest of some lines."""
    return min(shapely.LineString(decode(line)).distance(shapely.Point(lon, lat)) for line in base_lines)


def size(base):
    return len(json.dumps(base, separators=(",", ":")))


def test_has_every_layer_in_a_fixed_order(base):
    assert list(base) == [
        "bounds", "decimals", "land", "coast", "lakes", "rivers", "provinces", "borders", "countries", "cities", "credits",
    ]  # fmt: skip


def test_can_go_into_json_without_nan(base):
    assert json.loads(json.dumps(base, allow_nan=False)) == base


def test_no_coordinate_lies_outside_the_box(base):
    west, south, east, north = base["bounds"]
    slack = 10 ** -base["decimals"]
    for flat in (*lines(base), *rings(base)):
        points = decode(flat)
        assert points[:, 0].min() >= west - slack
        assert points[:, 0].max() <= east + slack
        assert points[:, 1].min() >= south - slack
        assert points[:, 1].max() <= north + slack
    for label in (*base["countries"], *base["cities"]):
        assert west <= label["lon"] <= east
        assert south <= label["lat"] <= north


def test_leaves_no_stray_points_and_no_steps_of_nothing(base):
    for flat in lines(base):
        assert len(flat) >= 4
        assert np.asarray(flat).reshape(-1, 2)[1:].any(axis=1).all()
    for flat in rings(base):
        assert len(flat) >= 6
        assert shapely.Polygon(decode(flat)).area > 0


def test_no_stroke_runs_along_the_box(base):
    west, south, east, north = base["bounds"]
    for flat in lines(base):
        points = decode(flat)
        for column, side in ((0, west), (0, east), (1, south), (1, north)):
            on_side = np.abs(points[:, column] - side) <= 1e-9
            along = on_side[1:] & on_side[:-1]
            assert not along.any(), (side, points[:-1][along][:3])


def test_at_most_120_cities_of_four_ranks(base):
    assert len(base["cities"]) <= 120
    assert {city["rank"] for city in base["cities"]} <= {1, 2, 3, 4}


def test_labels_shown_together_do_not_overlap(iraq):
    pixel = (IRAQ[2] - IRAQ[0]) / 1100
    shown = [city for city in iraq["cities"] if city["rank"] <= 2]
    for number, one in enumerate(shown):
        for other in shown[:number]:
            apart_x = abs(one["lon"] - other["lon"]) / pixel
            apart_y = abs(one["lat"] - other["lat"]) / pixel / math.cos(math.radians(33))
            assert apart_x >= 80 or apart_y >= 20, (one, other)


def test_iraq_names_its_cities_as_newspapers_do(iraq):
    ranks = {city["name"]: city["rank"] for city in iraq["cities"]}
    assert ranks["Baghdad"] == 1
    assert ranks["Mosul"] == ranks["Basra"] == ranks["Erbil"] == ranks["Kirkuk"] == 2
    assert {"Ramadi", "Fallujah", "Rutba", "Tikrit", "Dohuk", "Raqqa", "Hasakah", "Nasiriyah"} <= set(ranks)


def test_iraq_names_countries_in_two_scripts(iraq):
    labels = {country["iso"]: country for country in iraq["countries"]}
    assert labels["IQ"]["name"] == "Iraq"
    assert labels["IQ"]["name_ar"] == "العراق"
    assert {"IQ", "SY", "IR", "SA", "KW"} <= set(labels)


def test_tigris_and_euphrates_are_drawn(iraq):
    great = [river["line"] for river in iraq["rivers"] if river["rank"] <= 2]
    assert near(great, 43.13, 36.34) < 0.05  # the Tigris at Mosul
    assert near(great, 43.28, 33.43) < 0.05  # the Euphrates at Ramadi


def test_border_of_jordan_and_iraq_is_drawn(iraq):
    assert near([border["line"] for border in iraq["borders"]], 39.0, 32.8) < 0.05


def test_provinces_of_the_kurdistan_region_are_drawn(iraq):
    assert near(iraq["provinces"], 43.7, 36.35) < 0.15  # between Erbil and Nineveh
    assert near(iraq["provinces"], 44.7, 35.5) < 0.15  # between Kirkuk and Sulaymaniyah


def test_disputed_borders_keep_their_class():
    levant = clip(LEVANT_AND_IRAQ)
    dashed = [border["line"] for border in levant["borders"] if border["class"] == 1]
    assert near(dashed, 35.87, 33.0) < 0.1  # the ceasefire line on the Golan
    assert near(dashed, 41.0, 34.4) > 1  # Syria and Iraq


def test_baghdad_is_on_land_and_the_sea_is_not(iraq):
    land = [shapely.Polygon(decode(polygon[0]), [decode(hole) for hole in polygon[1:]]) for polygon in iraq["land"]]
    assert any(polygon.contains(shapely.Point(44.37, 33.31)) for polygon in land)
    assert not any(polygon.contains(shapely.Point(49.3, 29.2)) for polygon in land)


def test_decode_gives_the_points_back():
    assert decode([44370, 33310, 5, -10, -1000, 0]).tolist() == [[44.37, 33.31], [44.375, 33.3], [43.375, 33.3]]
    assert decode([4437, 3331, 1, 0], 2).tolist() == [[44.37, 33.31], [44.38, 33.31]]


def test_decimals_change_the_rounding_only():
    fine, coarse = clip(IRAQ), clip(IRAQ, decimals=2)
    assert size(coarse) < size(fine)
    assert coarse["decimals"] == 2
    assert shapely.LineString(decode(coarse["coast"][0], 2)).distance(shapely.LineString(decode(fine["coast"][0]))) < 0.02


def test_margin_is_a_share_of_the_box():
    assert clip((40.0, 30.0, 50.0, 35.0), margin=0.2)["bounds"] == [38.0, 29.0, 52.0, 36.0]
    assert clip((40.0, 30.0, 50.0, 35.0), margin=0.0)["bounds"] == [40.0, 30.0, 50.0, 35.0]


def test_a_point_gets_two_degrees_of_surroundings():
    base = clip((44.37, 33.31, 44.37, 33.31))
    assert base["bounds"] == [43.37, 32.31, 45.37, 34.31]
    assert "Baghdad" in {city["name"] for city in base["cities"]}


def test_the_world_ends_where_web_mercator_does():
    assert clip(WORLD)["bounds"] == [-180.0, -85.0, 180.0, 85.0]


def test_same_box_same_bytes():
    assert json.dumps(clip(IRAQ)) == json.dumps(clip(IRAQ))


def test_is_light():
    assert 30_000 < size(clip(IRAQ)) < size(clip(LEVANT_AND_IRAQ)) < 330_000
    assert size(clip(WORLD)) < 1_000_000
    assert sum(path.stat().st_size for path in FOLDER.glob("*.parquet")) <= 8_000_000


@pytest.mark.parametrize(
    ("box", "says"),
    [
        ((170.0, -20.0, -170.0, -10.0), "antimeridian"),
        ((40.0, 35.0, 50.0, 30.0), "south above north"),
        ((40.0, 30.0, 190.0, 35.0), "out of range"),
        ((math.nan, 30.0, 50.0, 35.0), "finite"),
    ],
)
def test_what_is_no_box_is_refused(box, says):
    with pytest.raises(ValueError, match=says):
        clip(box)
