"""Quotes against archived texts."""

from __future__ import annotations

import pytest

from geoposture.reading.quotes import folded, holds

TEXT = folded("He said: “We’ll stay — about 250\u00a0to\n350 of us”, in co\u00adopera\u00adtion.  It's “final”…")


@pytest.mark.parametrize(
    "quote",
    ["We'll stay - about 250 to 350", '"We’ll stay', "in cooperation", "It’s “final”", "about\n250   to 350 of us", "He said:"],
)
def test_words_that_stand_there(quote):
    assert holds(TEXT, quote)


@pytest.mark.parametrize("quote", ["we'll stay", "about 25", "tay - about", "250 to 35", "in co-operation", "of them"])
def test_words_that_do_not(quote):
    assert not holds(TEXT, quote)


def test_accents_are_equal_however_they_are_composed():
    assert holds(folded("cafe\u0301 society"), "caf\u00e9 society")


def report(text):
    return f"text: {text}\npublisher: courier\npublished: 2025-06-01\nclaims:\n  - {{place: dun, force: red, status: present, quote: so}}\n"


def checked(found, text):
    return [
        one for one in found({"data/reports/x.yaml": report(text), "texts/sub/x.txt": "so\n"}, texts="texts") if "x.yaml" in one
    ]


def test_a_text_in_a_folder_below_is_read(found):
    assert checked(found, "sub/x.txt") == []


def test_a_linked_text_out_of_the_folder_is_refused(found, folder):
    (folder / "texts").mkdir()
    (folder / "secret.txt").write_text("so\n")
    (folder / "texts" / "x.txt").symlink_to("../secret.txt")
    assert checked(found, "x.txt") == ["data/reports/x.yaml:1:7 file-link"]


@pytest.mark.parametrize(("text", "code"), [("sub", "file-kind"), ("a" * 300, "text-missing"), ("none.txt", "text-missing")])
def test_a_text_that_cannot_be_read(found, text, code):
    assert [one.split()[1] for one in checked(found, text)] in ([code], ["file-unreadable"])


def test_a_folder_of_texts_that_is_not_there(found):
    assert found(texts="nowhere") == ["nowhere:1:1 folder-missing"]


def test_without_texts_nothing_is_compared(found):
    assert found({"data/reports/x.yaml": report("none.txt")}) == []
