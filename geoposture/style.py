"""Colours, glyphs and their words: one home for the page, which gets them as CSS variables and JSON, and for the printed figure.

The source colours keep apart for readers with protanopia, deuteranopia and tritanopia, and none of them comes near the red-orange
that is kept for disagreement. Past eight sources the rest share one grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SOURCE_COLOURS = ("#0072b2", "#e39b00", "#009e73", "#c4679b", "#3d2b8f", "#5ab4e5", "#7a7a12", "#8a1f54")
SOURCE_COLOURS_DARK = ("#3b9ddb", "#f0b030", "#2fbf95", "#e08fbd", "#7d6cf0", "#a5daf7", "#dede7a", "#d2609a")
OTHER_SOURCES = "#80868f"
OTHER_SOURCES_DARK = "#98a0aa"

LIGHT: Mapping[str, str] = {
    "land": "#f5f3ed",
    "water": "#cddce7",
    "shore": "#a9bccb",
    "border": "#8d95a1",
    "province": "#d3d3d0",
    "river": "#b3cbdc",
    "country-label": "#656e7c",
    "city-label": "#59626f",
    "place-label": "#141b26",
    "halo": "#f8f7f3",
    "paper": "#ffffff",
    "paper-2": "#f4f5f6",
    "ink": "#161d29",
    "muted": "#566070",
    "line": "#d8dce2",
    "line-strong": "#a7afba",
    "accent": "#14507f",
    "accent-ink": "#ffffff",
    "known": "#8a5a00",
    "known-paper": "#fff5df",
    "contested": "#cf3d12",
    "neutral": "#4a5462",
}
DARK: Mapping[str, str] = {
    "land": "#23282f",
    "water": "#141a21",
    "shore": "#3a4653",
    "border": "#6c7683",
    "province": "#363d46",
    "river": "#33475a",
    "country-label": "#8792a0",
    "city-label": "#a3adba",
    "place-label": "#f2f4f7",
    "halo": "#1d2228",
    "paper": "#1a1f26",
    "paper-2": "#232931",
    "ink": "#e9ecf0",
    "muted": "#a6b0bd",
    "line": "#363e48",
    "line-strong": "#5a6470",
    "accent": "#8cc0ea",
    "accent-ink": "#10161d",
    "known": "#f0bd5c",
    "known-paper": "#3a3020",
    "contested": "#ff8458",
    "neutral": "#b4bdc9",
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One way of drawing a mark, with the word of the legend and what it means."""

    id: str
    word: str
    meaning: str


GLYPHS = (
    Glyph("present", "present", "the source stands behind it on this day"),
    Glyph("absent", "absent", "hollow: said to have left, or never to have been there"),
    Glyph("carried", "carried", "paler: the source has not spoken since; its word is carried forward"),
    Glyph("faint", "stale or overtaken", "faint: too old to decide, or overtaken by later news"),
    Glyph("outlook", "outlook only", "dashed: announced, expected or possible; not yet reported"),
    Glyph("contested", "contested", "sources that count contradict each other"),
    Glyph("unclear", "unclear", "it may hold on this day, and the reports do not agree"),
)
SEGMENTS_NOTE = "Equal segments: these sources speak of the place; they are not shares."


def source_colours(claims: Mapping[str, int]) -> dict[str, int]:
    """For each source its position in the palette, most claims first; past eight sources -1, the shared grey."""
    ranked = sorted(claims, key=lambda source: (-claims[source], source))
    return {source: rank if rank < len(SOURCE_COLOURS) else -1 for rank, source in enumerate(ranked)}
