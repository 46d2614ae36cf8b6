"""Finding places: any spelling, how sure it is, and no choice between two that fit."""

from __future__ import annotations

import pytest

from geoposture.folding import fold, sound
from geoposture.ledger import Name, Place
from geoposture.placefinder import SURE, PlaceFinder

PLACES = {
    place.id: place
    for place in (
        Place("marland", "Marland", "country", 45, 5, iso="XM"),
        Place("qasrin", "Qasrin Governorate", "province", 45, 5, within="marland", names=(Name("Qasrin"),)),
        Place("qasrin-airport", "Qasrin International Airport", "airport", 45, 5, within="qasrin", codes={"icao": "XMQA"}),
        Place("hadid", "Hadid Air Base", "air-base", 45, 5, within="qasrin", names=(Name("قاعدة الحديد الجوية", "ar"),)),
        Place("ayn-al-nahr", "Ain al-Nahr Air Base", "air-base", 45, 5, within="marland", names=(Name("عين النهر", "ar"),)),
        Place("taqaddum", "Al-Taqaddum", "air-base", 45, 5, within="marland"),
        Place("camp-dun", "Camp Dun", "camp", 45, 5, within="marland"),
        Place("camp-dan", "Camp Dan", "camp", 45, 5, within="marland"),
        Place("east-quay", "East Quay", "port", 45, 5),
        Place("west-quay", "West Quay", "port", 45, 5),
        Place("niger", "Niger", "country", 17, 8, iso="NE"),
        Place("nigeria", "Nigeria", "country", 9, 8, iso="NG"),
        Place("twin-a", "Twin", "camp", 1, 1),
        Place("twin-b", "Twin", "camp", 2, 2),
    )
}
FINDER = PlaceFinder(PLACES)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ain al-Nahr Air Base", "ayn-al-nahr"),
        ("AYN AL NAHR", "ayn-al-nahr"),
        ("Ayn an-Nahr", "ayn-al-nahr"),
        ("ʿAin al-Náhr airbase", "ayn-al-nahr"),
        ("ain nahr", "ayn-al-nahr"),
        ("قاعدة عين النهر", "ayn-al-nahr"),
        ("عَيْن النهر", "ayn-al-nahr"),
        ("حديد", "hadid"),
        ("Hadeed", "hadid"),
        ("al-Hadid airfield", "hadid"),
        ("Taqadum", "taqaddum"),
        ("al-Taqqadum", "taqaddum"),
        ("xmqa", "qasrin-airport"),
        ("NIger", "niger"),
        ("nigeria", "nigeria"),
        ("camp-dun", "camp-dun"),
    ],
)
def test_any_spelling(text, place):
    found = FINDER.find(text)
    assert found.place == place, found
    assert found.matches[0].score >= SURE
    assert not found.ambiguous


def test_an_air_base_in_a_province_is_one_of_two():
    found = FINDER.find("an air base in Qasrin")
    assert found.place is None
    assert found.ambiguous
    assert {match.place for match in found.matches} == {"hadid", "qasrin-airport"}


def test_the_province_itself_has_its_name():
    assert FINDER.find("Qasrin").place == "qasrin"


@pytest.mark.parametrize("text", ["Quay", "Twin", "Camp D"])
def test_between_two_it_does_not_choose(text):
    assert FINDER.find(text).place is None


def test_one_letter_makes_another_name():
    assert FINDER.find("Dun").place == "camp-dun"
    assert FINDER.find("Camp Den").place is None
    assert FINDER.find("Nigera").place is None


@pytest.mark.parametrize("text", ["", "  - ", "Atlantis", "air base"])
def test_nothing_fits(text):
    found = FINDER.find(text)
    assert found.place is None


def test_answers_are_ranked_and_few():
    matches = FINDER.find("Qasrin", most=1).matches
    assert [match.place for match in matches] == ["qasrin"]
    scores = [match.score for match in FINDER.find("Camp Dun").matches]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ayn", "Ain"), ("Harir", "Hareer"), ("Qayyarah", "Kayara"), ("Erbil", "Irbil"), ("Besmaya", "Bismaya"), ("Duhok", "Dohuk")],
)
def test_spellings_that_sound_the_same(one, other):
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("Iran", "Iraq"), ("Mali", "Malawi"), ("Oman", "Yemen")])
def test_names_that_do_not_sound_the_same(one, other):
    assert sound(fold(one)) != sound(fold(other))
