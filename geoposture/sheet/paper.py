"""A blank sheet in points, y downward, and what can be put on it: shapes, lines and plain text that is measured first."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from ..style import LIGHT
from .layout import Box, Point

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that measures and bytes are the same on every machine."""
ASCENT = 0.76
"""Height of the letters above the line, and the distance from line to line, in sizes of type."""
LEADING = 1.28
HALO = 2.4
BARE: dict[str, Any] = {"facecolor": "none", "edgecolor": "none", "linewidth": 0}


@contextmanager
def settings() -> Iterator[None]:
    """The defaults of matplotlib whatever the user has set, and silence about letters that the font lacks."""
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        warnings.filterwarnings("ignore", message=r"Matplotlib currently does not support")
        yield


class Paper:
    """One sheet of `width` by `height` points. What is put on it later lies above."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor=LIGHT["paper"])
        self._axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._above = 0

    def shape(self, path: Path, gid: str | None = None, **look: Any) -> None:
        """A path in points; `look` as of a matplotlib patch, without outline and fill unless it says so."""
        self._put(PathPatch(path, **(BARE | look)), gid)

    def box(self, box: Box, gid: str | None = None, *, corner: float = 0, **look: Any) -> None:
        """A rectangle, with round corners of that radius."""
        at, size = (box[0], box[1]), (box[2] - box[0], box[3] - box[1])
        look = BARE | look
        if corner:
            self._put(FancyBboxPatch(at, *size, boxstyle=f"round,pad=0,rounding_size={corner}", **look), gid)
        else:
            self._put(Rectangle(at, *size, **look), gid)

    def disc(self, x: float, y: float, r: float, gid: str | None = None, **look: Any) -> None:
        """A circle, or a ring if only its edge is given."""
        self.shape(Path.circle((x, y), r), gid, **look)

    def line(self, points: Sequence[Point], **look: Any) -> None:
        """A line through the points."""
        self.shape(Path(np.asarray(points, dtype=float)), **look)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = "ink",
        side: str = "left",
        halo: bool = False,
        gid: str | None = None,
    ) -> None:
        """Plain text on the baseline y, anchored at its left, right or center. Nothing in it is read as mathematics."""
        if not words.strip():
            return
        font = font_of(size, bold=bold)
        if halo:
            self._halo(x, y, words, font, side)
        self._above += 1
        self._axes.text(
            x,
            y,
            words,
            fontproperties=font,
            color=LIGHT.get(colour, colour),
            horizontalalignment=side,
            verticalalignment="baseline",
            parse_math=False,
            zorder=self._above,
            gid=gid,
        )

    def _halo(self, x: float, y: float, words: str, font: FontProperties, side: str) -> None:
        """A wide outline beneath, as a shape of its own: matplotlib's outlines would turn the words themselves into shapes."""
        points, codes = text_to_path.get_text_path(font, words, ismath=False)
        if not len(points):
            return
        size = font.get_size_in_points()
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[side] * width_of(words, size, bold=font.get_weight() == "bold")
        scale = size / text_to_path.FONT_SCALE
        path = Affine2D().scale(scale, -scale).translate(x - shift, y).transform_path(Path(points, codes))
        halo = LIGHT["halo"]
        self.shape(path, facecolor=halo, edgecolor=halo, linewidth=HALO, joinstyle="round")

    def _put(self, patch: Any, gid: str | None) -> None:
        self._above += 1
        patch.set_zorder(self._above)
        patch.set_gid(gid)
        self._axes.add_patch(patch)


def font_of(size: float, *, bold: bool = False) -> FontProperties:
    """The one family in this size (points) and weight."""
    return FontProperties(family=[FAMILY], size=size, weight="bold" if bold else "normal")


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Points that the words take from left to right."""
    width, _, _ = text_to_path.get_text_width_height_descent(words, font_of(size, bold=bold), ismath=False)
    return float(width)


def wrapped(words: str, size: float, width: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The words in lines of at most `width` points; past `most` lines the last one ends in an ellipsis.

    A word that is longer than a line is cut where the line ends.
    """
    rest, lines = " ".join(words.split()), list[str]()
    while rest and len(lines) + 1 != most:
        end = _fitting(rest, size, width, bold=bold)
        if end < len(rest):
            space = rest.rfind(" ", 0, end + 1)
            end = space if space > 0 else max(1, end)
        lines.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*lines, cut(rest, size, width, bold=bold)] if rest or not lines else lines


def cut(words: str, size: float, width: float, *, bold: bool = False) -> str:
    """The words if they fit, else as many letters as do with an ellipsis after them."""
    if _fitting(words, size, width, bold=bold) == len(words):
        return words
    return f"{words[: _fitting(words, size, width, bold=bold, tail='…')].rstrip()}…"


def _fitting(words: str, size: float, width: float, *, bold: bool, tail: str = "") -> int:
    """How many letters fit, with the tail after them. However long the words are, little more than one line is measured."""

    def is_narrow(end: int) -> bool:
        return width_of(words[:end] + tail, size, bold=bold) <= width

    fits, end = 0, max(1, int(width / size))
    while end < len(words) and is_narrow(end):
        fits, end = end, 2 * end
    end = min(end, len(words))
    while fits < end:
        middle = (fits + end + 1) // 2
        fits, end = (middle, end) if is_narrow(middle) else (fits, middle - 1)
    return fits
