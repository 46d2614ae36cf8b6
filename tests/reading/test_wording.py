"""Words for messages."""

from __future__ import annotations

from geoposture.reading.wording import listed, nearest, plain_line, shown, slug


def test_long_values_are_cut():
    assert shown("a" * 61) == '"' + "a" * 60 + '…"'
    assert shown("a") == '"a"'


def test_letters_of_every_script_are_left_alone():
    text = "قاعدة عين الأسد – Ærø 漢字"
    assert plain_line(text) == text


def test_nearest():
    known = ["personnel", "published", "status", "stars-and-stripes"]
    assert nearest("persnel", known) == "personnel"
    assert nearest("Status", known) == "status"
    assert nearest("stripes", known) == "stars-and-stripes"
    assert nearest("zanzibar", known) is None
    assert nearest("x", []) is None
    assert nearest("a" * 100_000, known) is None


def test_listed():
    assert listed(["a", "b", "c"]) == "a, b or c"
    assert listed(["a"]) == "a"


def test_slug():
    assert slug("Ain al-Asad Air Base") == "ain-al-asad-air-base"
    assert slug("Ærø / Bœuf é!") == "r-buf-e"
    assert slug("قاعدة") == ""
