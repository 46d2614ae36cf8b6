"""The column beside the map: how many places, whose colour is whose, how to read a mark, and the sizes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..style import GLYPHS, LIGHT, SEGMENTS_NOTE
from .glyph import Sources, colour_of, draw_glyph, radius
from .layout import Box
from .panel import draw_square
from .paper import LEADING, Paper, wrapped
from .scene import Segment, Spot
from .words import counted

HEAD, WORDS, SMALL = 7.6, 8.6, 7.4
"""Sizes of type in points: headings, words, remarks."""
SPACING = 0.35
"""Between two sources, in sizes of type."""
ROW = 17.5
SAMPLE = 7.0
"""Radius of a sample in units of UNIT points."""
UNIT = 0.78
SAMPLES: Mapping[str, Sequence[tuple[str, bool]]] = {
    "present": (("present", False), ("present", False)),
    "absent": (("absent", False), ("absent", False)),
    "carried": (("present", True), ("absent", True)),
    "faint": (("faint-present", False),),
    "outlook": (("outlook", False),),
    "contested": (("present", False), ("absent", False)),
    "unclear": (("present", False), ("absent", False)),
}
"""For each glyph of the style its segments: state, and whether it is carried; in the first colours."""
SAMPLE_SOURCES = Sources({"0": 0, "1": 1}, {})
NOTE = f"Colour is the source. {SEGMENTS_NOTE}"
LETTERS = " Letters tell apart the sources in grey."


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source of the legend: its name, its position in the palette, its letter if that is the shared grey.

    `claims` is how many of its claims are in force, None where the sheet shows several points.
    """

    id: str
    name: str
    rank: int
    letter: str
    claims: int | None


def draw_legend(
    paper: Paper,
    box: Box,
    speakers: Sequence[Speaker],
    *,
    most: float,
    unit: float,
    tally: Mapping[str, int] | None,
) -> None:
    """Fill the column from its top. `unit` is that of the marks, `most` the largest figure, 0 where no mark is drawn by one.

    `tally` counts the places by standing, None where there are several panels; `speakers` is empty where they name the sources.
    """
    left, top, right, bottom = box
    if tally is not None:
        top = _tally(paper, left, top, right, tally)
    note = NOTE + (LETTERS if any(speaker.letter for speaker in speakers) else "")
    below = _reading_height(right - left, most, unit, note)
    if speakers:
        top = _speakers(paper, (left, top, right, bottom - below - 10), speakers) + 10
    _reading(paper, (left, top, right, bottom), most, unit, note)


def _tally(paper: Paper, left: float, top: float, right: float, tally: Mapping[str, int]) -> float:
    step = (right - left) / 3
    for number, standing in enumerate(("present", "absent", "contested")):
        count = tally.get(standing, 0)
        colour = "muted" if not count else "contested" if standing == "contested" else "ink"
        paper.text(left + number * step, top + 17, f"{count:,}", 20, bold=bool(count), colour=colour)
        paper.text(left + number * step, top + 28, standing, WORDS, colour="muted")
    return top + 42


def _heading(paper: Paper, left: float, top: float, words: str) -> float:
    paper.text(left, top + HEAD * 0.8, words.upper(), HEAD, bold=True, colour="muted")
    return top + HEAD + 6


def _speakers(paper: Paper, box: Box, speakers: Sequence[Speaker]) -> float:
    """The sources with their colours, in smaller type if there are many; what there is no room for even then is counted."""
    left, top, right, bottom = box
    counts = speakers[0].claims is not None
    top = _heading(paper, left, top, "Sources, and their claims in force" if counts else "Sources")
    width = right - left - (34 if counts else 14)
    size, names = _names(speakers, width, bottom - top)
    step = size * LEADING
    for number, (speaker, name) in enumerate(zip(speakers, names, strict=True)):
        rest = len(speakers) - number
        if top + len(name) * step + (step if rest > 1 else 0) > bottom + 1:
            paper.text(left + 14, top + size, f"and {counted(rest, 'more source')}", size, colour="muted")
            return top + step
        _speaker(paper, left, top, speaker, name, size)
        if speaker.claims is not None:
            paper.text(right, top + size * 0.95, f"{speaker.claims:,}", size, colour="muted", side="right")
        top += len(name) * step + size * SPACING
    return top


def _names(speakers: Sequence[Speaker], width: float, height: float) -> tuple[float, list[list[str]]]:
    """The size of type in which all names fit, and their lines; long names take a second line where there is room."""
    for size, lines in ((WORDS, 2), (WORDS, 1), (7.8, 1), (7.0, 1), (6.4, 1)):
        names = [wrapped(speaker.name, size, width, most=lines) for speaker in speakers]
        if sum(len(name) * LEADING + SPACING for name in names) * size <= height:
            break
    return size, names


def _speaker(paper: Paper, left: float, top: float, speaker: Speaker, name: Sequence[str], size: float) -> None:
    chip = (left, top + size * 0.62 - 4, left + 8, top + size * 0.62 + 4)
    paper.box(chip, corner=1.5, facecolor=colour_of(speaker.rank))
    paper.text(left + 4, chip[3] - 1.9, speaker.letter, 6.2, bold=True, colour="halo", side="center")
    for row, words in enumerate(name):
        paper.text(left + 14, top + size * (0.95 + row * LEADING), words, size)


def _reading_height(width: float, most: float, unit: float, note: str) -> float:
    rows = math.ceil((len(GLYPHS) + 1) / 2)
    sizes = 2 * radius(most, most) * unit + 8 if most else 0
    return HEAD + 6 + rows * ROW + sizes + len(wrapped(note, SMALL, width)) * SMALL * LEADING + 4


def _reading(paper: Paper, box: Box, most: float, unit: float, note: str) -> None:
    left, top, right, _ = box
    top = _heading(paper, left, top, "How to read a mark")
    half = (right - left) / 2
    for number, glyph in enumerate(GLYPHS):
        x, y = left + half * (number % 2), top + ROW * (number // 2)
        sample = _sample(glyph.id)
        draw_glyph(paper, sample, (x + 9, y + 8), SAMPLE * UNIT, unit=UNIT * 0.8, sources=SAMPLE_SOURCES)
        paper.text(x + 22, y + 11, glyph.word, WORDS if len(glyph.word) < 14 else SMALL * 0.95)
    number = len(GLYPHS)
    x, y = left + half * (number % 2), top + ROW * (number // 2)
    draw_square(paper, "present", (x + 1.5, y + 5), 0.9)
    draw_square(paper, "absent", (x + 11, y + 5), 0.9)
    paper.text(x + 22, y + 11, "a whole area", WORDS)
    top += ROW * math.ceil((number + 1) / 2) + 2
    if most:
        top = _sizes(paper, left, top, most, unit)
    for words in wrapped(note, SMALL, right - left):
        top += SMALL * LEADING
        paper.text(left, top, words, SMALL, colour="muted")


def _sizes(paper: Paper, left: float, top: float, most: float, unit: float) -> float:
    """Discs of three round figures, one in the other, with a line from the top of each to its figure."""
    height = 2 * radius(most, most) * unit
    foot, middle = top + height + 2, left + height / 2 + 1
    words, beside = left + height + 16, -math.inf
    for people in sorted({_tidy(most * part) for part in (0.1, 0.4, 1.0)}, reverse=True):
        r = radius(people, most) * unit
        paper.disc(middle, foot - r, r, None, facecolor=LIGHT["paper-2"], edgecolor=LIGHT["line-strong"], linewidth=0.8)
        beside = max(foot - 2 * r, beside + WORDS * 1.1)
        paper.line(
            [(middle, foot - 2 * r), (words - 7, foot - 2 * r), (words - 2, beside)],
            edgecolor=LIGHT["line-strong"],
            linewidth=0.5,
        )
        paper.text(words, beside + 2.8, f"{people:,}", WORDS)
    for number, line in enumerate(("people; small where", "no figure is given")):
        paper.text(words + 40, top + height / 2 + number * SMALL * LEADING, line, SMALL, colour="muted")
    return top + height + 6


def _tidy(number: float) -> int:
    """A round number near this one."""
    step: int = 10 ** max(0, math.floor(math.log10(number)))
    return max(1, round(number / step) * step)


def _sample(glyph: str) -> Spot:
    segments = tuple(Segment(str(number), *state) for number, state in enumerate(SAMPLES[glyph]))
    ring = glyph if glyph in ("contested", "unclear") else ""
    return Spot("", "", 0, 0, area=False, iso=None, standing="", layer="", people=None, words="", segments=segments, ring=ring)
