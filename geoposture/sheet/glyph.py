"""How one place is drawn: a disc cut into one segment for each source that speaks, and a ring where they disagree.

The rules are those of webmap/browser/map/glyph.js and map.css; sizes are CSS pixels of the page times `unit` points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from ..style import LIGHT, OTHER_SOURCES, SOURCE_COLOURS
from .layout import Point
from .paper import Paper
from .scene import Segment, Spot

SMALL = 9.0
LARGEST = 27.0
CARRIED = 0.5
FAINT_BODY, FAINT_EDGE = 0.2, 0.45


@dataclass(frozen=True, slots=True)
class Sources:
    """How each source is told apart: its position in the palette, and a letter for those that share the grey."""

    ranks: Mapping[str, int]
    letters: Mapping[str, str]

    def rank(self, source: str) -> int:
        """The source's position in the palette; -1 is the shared grey."""
        return self.ranks.get(source, -1)


def radius(people: float | None, most: float) -> float:
    """Radius in units for a number of people; the area grows with the number. Without one, a fixed small size."""
    if people is None:
        return SMALL
    return max(SMALL - 1.5, min(LARGEST, LARGEST * math.sqrt(people / max(most, 1.0))))


def colour_of(rank: int) -> str:
    """The colour of the source with this position in the palette; -1 is the shared grey."""
    return OTHER_SOURCES if rank < 0 else SOURCE_COLOURS[rank]


def pale(colour: str, share: float) -> str:
    """The colour laid thinly over the mark's ground: no transparency, which printers and slide programs get wrong."""
    over, under = (np.array([int(code[at : at + 2], 16) for at in (1, 3, 5)]) for code in (colour, LIGHT["halo"]))
    return "#" + "".join(f"{int(part):02x}" for part in np.rint(share * over + (1 - share) * under))


def draw_glyph(paper: Paper, spot: Spot, at: Point, r: float, *, unit: float, sources: Sources, gid: str | None = None) -> None:
    """The mark of a place around `at`, with radius `r` in points."""
    paper.disc(*at, r + 1.5 * unit, gid, facecolor=LIGHT["halo"])
    count = len(spot.segments)
    for number, segment in enumerate(spot.segments):
        span = number / count, (number + 1) / count
        for path, look in _drawn(segment, colour_of(sources.rank(segment.source)), r, unit, span):
            paper.shape(path.transformed(Affine2D().translate(*at)), **look)
    if count > 1:
        ends = [_point(at, r + 0.5 * unit, number / count) for number in range(count)]
        cuts = Path([point for end in ends for point in (at, end)], [Path.MOVETO, Path.LINETO] * count)
        paper.shape(cuts, edgecolor=LIGHT["halo"], linewidth=1.5 * unit)
    for number, segment in enumerate(spot.segments):
        if letter := sources.letters.get(segment.source):
            _letter(paper, letter, segment, _point(at, r * (0.56 if count > 1 else 0), (number + 0.5) / count), r)
    if spot.ring:
        draw_ring(paper, spot.ring, at, r, unit)


def draw_ring(paper: Paper, ring: str, at: Point, r: float, unit: float) -> None:
    """The ring of disagreement, with its sign: "≠" for contested, "?" for unclear."""
    dashes = (0, (4 / 2.4, 3 / 2.4)) if ring == "unclear" else "solid"
    paper.disc(*at, r + 4 * unit, edgecolor=LIGHT["contested"], linewidth=2.4 * unit, linestyle=dashes)
    x, y = at[0] + (r + 4.5 * unit) * math.sqrt(0.5), at[1] - (r + 4.5 * unit) * math.sqrt(0.5)
    paper.disc(x, y, 6.5 * unit, facecolor=LIGHT["contested"], edgecolor=LIGHT["halo"], linewidth=1.2 * unit)
    sign = "≠" if ring == "contested" else "?"
    paper.text(x, y + 3.7 * unit, sign, 10.5 * unit, bold=True, colour="halo", side="center")


def _letter(paper: Paper, letter: str, segment: Segment, at: Point, r: float) -> None:
    size = min(6.4, r * 0.72)
    solid = segment.state == "present" and not segment.carried
    paper.text(at[0], at[1] + size * 0.28, letter, size, bold=True, colour="halo" if solid else "muted", side="center")


def _drawn(
    segment: Segment, colour: str, r: float, unit: float, span: tuple[float, float]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    edge = _arc(r - 1.5 * unit, span)
    line: dict[str, Any] = {"edgecolor": colour, "capstyle": "butt"}
    if segment.state == "present":
        yield _wedge(r, span), {"facecolor": pale(colour, CARRIED) if segment.carried else colour}
        if segment.carried:
            yield edge, line | {"linewidth": 1.4 * unit}
    elif segment.state == "absent":
        yield edge, line | {"linewidth": (1.5 if segment.carried else 3) * unit}
    elif segment.state == "outlook":
        yield edge, line | {"linewidth": 2 * unit, "linestyle": (0, (1.5, 1.2))}
    elif segment.state == "faint-absent":
        yield edge, line | {"edgecolor": pale(colour, FAINT_EDGE), "linewidth": 1.4 * unit}
    else:
        yield _wedge(r, span), {"facecolor": pale(colour, FAINT_BODY)}


def _wedge(r: float, span: tuple[float, float]) -> Path:
    if span[1] - span[0] >= 1:
        return Path.circle((0, 0), r)
    return _turned(Path.wedge(-360 * span[1], -360 * span[0]), r)


def _arc(r: float, span: tuple[float, float]) -> Path:
    """Clockwise from twelve o'clock; the spans are parts of a full turn."""
    if span[1] - span[0] >= 1:
        return Path.circle((0, 0), r)
    return _turned(Path.arc(-360 * span[1], -360 * span[0]), r)


def _turned(path: Path, r: float) -> Path:
    """From mathematicians' angles to the paper's, whose y runs downward."""
    return path.transformed(Affine2D().rotate_deg(90).scale(r, -r))


def _point(at: Point, r: float, turn: float) -> Point:
    angle = (turn - 0.25) * 2 * math.pi
    return at[0] + r * math.cos(angle), at[1] + r * math.sin(angle)
