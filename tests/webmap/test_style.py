"""Colours that readers can tell apart, and words that they can read on them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geoposture.webmap.style import (
    DARK,
    LIGHT,
    OTHER_SOURCES,
    OTHER_SOURCES_DARK,
    SOURCE_COLOURS,
    SOURCE_COLOURS_DARK,
    source_colours,
)

# Machado, Oliveira and Fernandes 2009, severity 1, on linear light.
VISION = {
    "full": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
PALETTES = {"light": (SOURCE_COLOURS, OTHER_SOURCES, LIGHT), "dark": (SOURCE_COLOURS_DARK, OTHER_SOURCES_DARK, DARK)}
APART = 9.0
"""CIE 1976 distance; 2.3 is just noticeable."""


def linear(colour):
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(colour, vision):
    seen = np.clip(VISION[vision] @ linear(colour), 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, other):
    bright, dark = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("mode", PALETTES)
def test_sources_can_be_told_apart(mode, vision):
    colours, _, named = PALETTES[mode]
    close = {
        (one, other): round(float(np.linalg.norm(lab(one, vision) - lab(other, vision))), 1)
        for one, other in itertools.combinations((*colours, named["contested"]), 2)
    }
    assert {pair: distance for pair, distance in close.items() if distance < APART} == {}


@pytest.mark.parametrize("mode", PALETTES)
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("ink", "paper"), ("muted", "paper"), ("muted", "paper-2"), ("accent", "paper"), ("accent-ink", "accent"), ("known", "paper"),
        ("known", "known-paper"), ("contested", "paper"), ("place-label", "land"), ("city-label", "land"),
        ("city-label", "halo"), ("country-label", "land"), ("country-label", "halo"), ("muted", "land"), ("halo", "contested"),
    ],
)  # fmt: skip
def test_words_can_be_read(mode, ink, paper):
    named = PALETTES[mode][2]
    assert contrast(named[ink], named[paper]) >= 4.5


def test_the_most_heard_sources_get_the_colours():
    claims = {f"s{number}": 20 - number for number in range(10)}
    ranks = source_colours(claims)
    assert ranks["s0"] == 0
    assert ranks["s7"] == 7
    assert ranks["s8"] == ranks["s9"] == -1


def test_a_tie_is_broken_by_name():
    assert source_colours({"b": 1, "a": 1}) == {"a": 0, "b": 1}
