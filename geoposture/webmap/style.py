"""The shared style as the page takes it: CSS variables and JSON. Its colours, glyphs and words are those of geoposture.style."""

from __future__ import annotations

from collections.abc import Mapping

from geoposture.style import (
    DARK,
    GLYPHS,
    LIGHT,
    OTHER_SOURCES,
    OTHER_SOURCES_DARK,
    SEGMENTS_NOTE,
    SOURCE_COLOURS,
    SOURCE_COLOURS_DARK,
    source_colours,
)

__all__ = ["css_variables", "page_style", "source_colours"]


def css_variables() -> str:
    """The colours as custom properties, for a light and a dark page; print is always light."""
    dark = "\n".join((":root {", *_declarations(DARK, SOURCE_COLOURS_DARK, OTHER_SOURCES_DARK), "}"))
    light = "\n".join((":root {", *_declarations(LIGHT, SOURCE_COLOURS, OTHER_SOURCES), "}"))
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def page_style() -> dict[str, object]:
    """What the page's script needs to know: the number of source colours and the legend's words."""
    return {
        "sourceColours": len(SOURCE_COLOURS),
        "glyphs": [{"id": glyph.id, "word": glyph.word, "meaning": glyph.meaning} for glyph in GLYPHS],
        "segmentsNote": SEGMENTS_NOTE,
    }


def _declarations(colours: Mapping[str, str], sources: tuple[str, ...], other: str) -> list[str]:
    named = [f"  --{name}: {colour};" for name, colour in colours.items()]
    numbered = [f"  --source-{rank}: {colour};" for rank, colour in enumerate(sources)]
    return [*named, *numbered, f"  --source-other: {other};"]
