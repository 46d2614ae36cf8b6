"""Words that mix scripts, and signs that turn text around."""

from __future__ import annotations

import pytest

from geoposture.reading.scripts import check_text
from geoposture.reading.yaml_lines import Scalar


def codes(text):
    return [found.code for found in check_text(Scalar("f", 1, 1, text))]


@pytest.mark.parametrize(
    "text",
    [
        "Ain al-Asad قاعدة عين الأسد",
        "NATO-قاعدة",
        "Bœuf, Ærø, Łódź, naïve, ﬁne",
        "Москва and London",
        "東京タワー カナ 한국",
        "5µm α β",
        "l'Élysée, Kurdish: ھەریر",
        "x² + y₂, №5, ½",
        "नमस्ते",
    ],
)
def test_honest_text(text):
    assert codes(text) == []


@pytest.mark.parametrize("word", ["bаse", "Αdmiral", "paypаl", "asadأسد", "Rеd's", "ｂase"])
def test_mixed_words(word):
    assert codes(f"the {word} here") == ["text-scripts"]


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_direction_marks(mark):
    assert codes(f"left {mark} right") == ["text-bidi"]
