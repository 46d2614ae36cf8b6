"""KML: time spans, styles, and balloons that nobody can smuggle anything into."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from geoposture.dates import FIRST_DAY, parse_day
from geoposture.formats import encode
from geoposture.formats.kml import NAMESPACE
from geoposture.frames import EPISODES, Table
from geoposture.layers import layers
from geoposture.reading import read
from geoposture.resolution import resolve

K = f"{{{NAMESPACE}}}"
EPISODE = dict.fromkeys(EPISODES) | {
    "claim": "a#1", "source": "courier", "place": "dun", "place_name": "Camp Dun", "force": "red", "status": "present",
    "modality": "reported", "low": 250, "high": 350, "approx": True, "qualified": False, "within": (), "part_of": (),
    "shared_with": (), "valid_from": parse_day("2025-01-01"), "valid_to": parse_day("2025-02-01"), "geometry": (4.6, 45.2),
}  # fmt: skip


def marks(*rows):
    root = ET.fromstring(encode(Table.of(EPISODES, rows), "kml"))
    return root, list(root.iter(f"{K}Placemark"))


def span(row):
    _, (mark,) = marks(EPISODE | row)
    found = mark.find(f"{K}TimeSpan")
    return None if found is None else {part.tag.removeprefix(K): part.text for part in found}


def test_a_time_span_names_its_last_day():
    assert span({}) == {"begin": "2025-01-01", "end": "2025-01-31"}
    assert span({"valid_to": None}) == {"begin": "2025-01-01"}
    assert span({"valid_from": None}) == {"end": "2025-01-31"}
    assert span({"valid_from": None, "valid_to": None}) is None
    assert span({"valid_from": None, "valid_to": FIRST_DAY}) == {"end": "0001-01-01"}


def test_the_balloon_carries_the_evidence():
    _, (mark,) = marks(EPISODE | {"quote": "some stay", "says": "a few advisers", "url": "https://example.org/?a=1&b=2"})
    text = mark.findtext(f"{K}description")
    assert "“some stay”" in text
    assert "a few advisers" in text
    assert '<a href="https://example.org/?a=1&amp;b=2">' in text
    assert mark.findtext(f"{K}name") == "Camp Dun: red present ≈ 250–350 (courier)"


@pytest.mark.parametrize(
    "text",
    [
        "</name><script>alert(1)</script>",
        "]]><script>",
        "<img src=x onerror=alert(1)>",
        "$[name]$[geDirections]",
        '"><a href="x">',
    ],
)
def test_nothing_that_people_wrote_becomes_markup(text):
    root, (mark,) = marks(
        EPISODE | {"place_name": text, "quote": text, "says": text, "url": f"javascript:{text}", "source": text}
    )
    assert not list(root.iter("script"))
    balloon = ET.fromstring(f"<div>{mark.findtext(f'{K}description')}</div>")
    assert {part.tag for part in balloon.iter()} <= {"div", "h3", "blockquote", "p", "table", "tr", "th", "td"}
    assert "$[" not in mark.findtext(f"{K}description")
    assert text in "".join(balloon.itertext())


def test_control_characters_are_dropped():
    _, (mark,) = marks(EPISODE | {"place_name": "Camp\x00\x08 Dun\ufffe"})
    assert mark.findtext(f"{K}name").startswith("Camp Dun:")


def test_superseded_episodes_wait_unseen():
    root, found = marks(EPISODE | {"episode_known_to": parse_day("2025-03-01"), "claim": "old#1"}, EPISODE)
    folders = {folder.findtext(f"{K}name"): folder for folder in root.iter(f"{K}Folder")}
    assert [len(list(folder.iter(f"{K}Placemark"))) for folder in folders.values()] == [1, 1]
    assert [mark.findtext(f"{K}visibility") for mark in found] == [None, "0"]


def test_nothing_is_fetched_and_every_style_exists(worked):
    content = encode(layers(resolve(read(worked(9))))["episodes"], "kml")
    root = ET.fromstring(content)
    assert not list(root.iter(f"{K}href"))
    styles = {f"#{style.get('id')}" for style in root.iter(f"{K}Style")}
    assert {element.text for element in root.iter(f"{K}styleUrl")} <= styles
