"""One panel: base map, marks with their labels, badges of areas, and beneath all a frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..style import LIGHT
from .glyph import Sources, draw_glyph, radius
from .ground import BaseMap, draw_ground, draw_names
from .layout import Anchored, Box, Occupancy, Point, around, away_from_disc, beside_disc, spread
from .paper import ASCENT, Paper, width_of
from .scene import RANK, Scene, Spot
from .view import View

NAME, FIGURE = 9.6, 9.2
"""Sizes of type of a place's name and of the figure under it, in units."""
SMALLEST_TYPE = 5.8
"""Points."""
NEARBY = tuple(
    (math.cos(turn * math.pi / 6) * reach, math.sin(turn * math.pi / 6) * reach * 0.7)
    for reach in (0, 34, 60, 90, 125, 165)
    for turn in range(12 if reach else 1)
)
"""Where a badge may stand, in units from its area's label point, nearest first."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How all panels of a sheet are drawn: `unit` is points for one pixel of the page, `most` the largest figure of a site.

    `cities` says whether towns are named.
    """

    unit: float
    most: float
    sources: Sources
    cities: bool

    def type(self, size: float) -> float:
        """A size of type in points, never too small to read on paper."""
        return max(size * self.unit, SMALLEST_TYPE)


@dataclass(slots=True)
class _Placed:
    """A mark with its radius in points, where it belongs and where it stands."""

    spot: Spot
    r: float
    home: Point
    at: Point


def draw_panel(paper: Paper, view: View, scene: Scene, basemap: BaseMap | None, ink: Ink, *, gid: str) -> None:
    """Draw the scene into the view's panel; ids of shapes begin with `gid`."""
    draw_ground(paper, view, basemap)
    left, top, right, bottom = view.rect
    taken = Occupancy((left + 3, top + 3, right - 3, bottom - 3))
    placed = _placed(scene.marks, view, ink)
    for mark in placed:
        reach = mark.r + (7 if mark.spot.ring else 2) * ink.unit
        taken.take(around(mark.at, 2 * reach, 2 * reach))
    # The telling words get the best room: present places, totals, then places that are left, then areas only mentioned.
    labels = list(_labels([mark for mark in placed if _is_telling(mark.spot)], taken, ink))
    badges = _badges([badge for badge in scene.badges if badge.words], view, taken, ink)
    labels += _labels([mark for mark in placed if not _is_telling(mark.spot)], taken, ink)
    badges += _badges([badge for badge in scene.badges if not badge.words], view, taken, ink)
    hidden = [badge.iso for badge, _ in badges if badge.iso]
    draw_names(paper, view, basemap, taken, unit=ink.unit, hidden=hidden, cities=ink.cities)
    _draw_leaders(paper, placed, ink)
    for label in labels:
        _draw_label(paper, label, ink, f"{gid}-label-{label.mark.spot.place}")
    for badge, box in badges:
        if badge.iso is None or len(badge.iso) > 2:
            # A country needs no pointer, and its label point is no place.
            _draw_leader(paper, view.spot(badge.lon, badge.lat), box, 12 * ink.unit)
    for badge, box in badges:
        _draw_badge(paper, badge, box, ink, f"{gid}-badge-{badge.place}")
    # The large ones first, so that a small one is never under a large one.
    for mark in sorted(placed, key=lambda mark: -mark.r):
        name = f"{gid}-mark-{mark.spot.place}"
        draw_glyph(paper, mark.spot, mark.at, mark.r, unit=ink.unit, sources=ink.sources, gid=name)
    paper.box(view.rect, edgecolor=LIGHT["line-strong"], linewidth=0.6)


def _placed(marks: Sequence[Spot], view: View, ink: Ink) -> list[_Placed]:
    homes = [view.spot(mark.lon, mark.lat) for mark in marks]
    radii = [radius(mark.people, ink.most) * ink.unit for mark in marks]
    reaches = [r + (5 if mark.ring else 1.5) * ink.unit for r, mark in zip(radii, marks, strict=True)]
    left, top, right, bottom = view.rect
    discs = [(*home, reach) for home, reach in zip(homes, reaches, strict=True)]
    spots = spread(discs, (left + 4, top + 4, right - 4, bottom - 4))
    inside = [left <= x <= right and top <= y <= bottom for x, y in homes]
    found = zip(marks, radii, homes, spots, inside, strict=True)
    return [_Placed(mark, r, home, at) for mark, r, home, at, is_inside in found if is_inside]


def _draw_leaders(paper: Paper, placed: Sequence[_Placed], ink: Ink) -> None:
    for mark in placed:
        if math.dist(mark.at, mark.home) > 2.5 * ink.unit:
            paper.line([mark.home, mark.at], edgecolor=LIGHT["neutral"], linewidth=0.9 * ink.unit)
            paper.disc(*mark.home, 2 * ink.unit, facecolor=LIGHT["neutral"], edgecolor=LIGHT["halo"], linewidth=0.8 * ink.unit)


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of a mark in one line or two, and where it stands."""

    mark: _Placed
    lines: Sequence[str]
    at: Anchored


def _labels(placed: Sequence[_Placed], taken: Occupancy, ink: Ink) -> Iterator[_Label]:
    """Labels beside the marks, the telling ones first; where there is no room in two lines, or further off."""
    for mark in sorted(placed, key=lambda mark: (RANK.index(mark.spot.standing), -mark.r, mark.spot.place)):
        one, two = [mark.spot.name], _in_two_lines(mark.spot, ink)
        tries = ((beside_disc, one), (beside_disc, two), (away_from_disc, one), (away_from_disc, two))
        for places, lines in tries:
            r = mark.r + (6 if mark.spot.ring else 0) * ink.unit
            if found := taken.first(places(*mark.at, r, *_label_size(mark.spot, lines, ink))):
                yield _Label(mark, lines, found)
                break


def _in_two_lines(spot: Spot, ink: Ink) -> Sequence[str]:
    """The name broken where its halves are most alike in width."""
    words = spot.name.split(" ")
    breaks = [(" ".join(words[:number]), " ".join(words[number:])) for number in range(1, len(words))]
    name = ink.type(NAME)
    return min(breaks, key=lambda lines: max(width_of(line, name) for line in lines), default=(spot.name,))


def _label_size(spot: Spot, lines: Sequence[str], ink: Ink) -> tuple[float, float]:
    name, figure = ink.type(NAME), ink.type(FIGURE)
    widths = [*(width_of(line, name, bold=_is_telling(spot)) for line in lines), width_of(spot.words, figure)]
    return max(widths) + 2, len(lines) * name * 1.22 + (figure * 1.22 if spot.words else 0)


def _is_telling(spot: Spot) -> bool:
    return spot.standing not in ("absent", "unreported")


def _draw_label(paper: Paper, label: _Label, ink: Ink, gid: str) -> None:
    mark, (left, top, right, _) = label.mark, label.at.box
    x = {"left": left + 1, "right": right - 1, "center": (left + right) / 2}[label.at.side]
    _draw_leader(paper, mark.at, label.at.box, mark.r + 9 * ink.unit)
    name, figure = ink.type(NAME), ink.type(FIGURE)
    bold = _is_telling(mark.spot)
    colour = "place-label" if bold else "muted"
    y = top + name * (ASCENT + 0.2)
    for number, line in enumerate(label.lines):
        line_gid = gid if number == 0 else None
        paper.text(x, y + number * name * 1.22, line, name, bold=bold, colour=colour, side=label.at.side, halo=True, gid=line_gid)
    y += (len(label.lines) - 1) * name * 1.22 + figure * 1.22
    paper.text(x, y, mark.spot.words, figure, colour=colour, side=label.at.side, halo=True)


def _draw_leader(paper: Paper, home: Point, box: Box, near: float) -> None:
    """A thin line from a place to its words, where they stand further from it than `near` points."""
    edge = min(max(home[0], box[0]), box[2]), min(max(home[1], box[1]), box[3])
    if math.dist(edge, home) > near:
        paper.line([home, edge], edgecolor=LIGHT["neutral"], linewidth=0.5)


def _badge_sizes(badge: Spot, ink: Ink) -> tuple[float, float]:
    """Sizes of type of a badge's name and words, in points."""
    return max(7.6 * ink.unit, 5.0), ink.type(9.6) if badge.words else 0.0


def _badges(badges: Sequence[Spot], view: View, taken: Occupancy, ink: Ink) -> list[tuple[Spot, Box]]:
    """Where each badge stands; those whose area's label point lies outside the panel, or for which there is no room, do not."""
    return [(badge, box) for badge in badges if (box := _badge_box(badge, view, taken, ink))]


def _badge_box(badge: Spot, view: View, taken: Occupancy, ink: Ink) -> Box | None:
    """At the area's label or near it, the further the more there is to say; only its square where there is no room."""
    home = view.spot(badge.lon, badge.lat)
    name, words = _badge_sizes(badge, ink)
    text = max(width_of(badge.name.upper(), name, bold=True), width_of(badge.words, words, bold=True) if words else 0)
    width, height = text + 21 * ink.unit, name * 1.3 + words * 1.3 + 6 * ink.unit
    near = NEARBY if badge.words else NEARBY[: 49 if ink.cities else 37]
    spots = [(home[0] + dx * ink.unit, home[1] + dy * ink.unit) for dx, dy in near]
    if not (view.rect[0] <= home[0] <= view.rect[2] and view.rect[1] <= home[1] <= view.rect[3]):
        return None
    named = [Anchored(around(spot, width, height), "left") for spot in spots]
    square = [Anchored(around(spot, 14 * ink.unit, 14 * ink.unit), "square") for spot in spots]
    found = taken.first([*named, *square])
    return found.box if found else None


def _draw_badge(paper: Paper, badge: Spot, box: Box, ink: Ink, gid: str) -> None:
    unit, dim = ink.unit, badge.standing == "unreported"
    contested = badge.standing == "contested"
    edge = LIGHT["contested"] if contested else LIGHT["line-strong"]
    dashes = (0, (4, 3)) if dim else "solid"
    look = {"facecolor": LIGHT["paper"], "edgecolor": edge, "linewidth": (1.6 if contested else 0.8) * unit, "linestyle": dashes}
    paper.box(box, gid, corner=3 * unit, **look)
    is_named = box[2] - box[0] > 15 * unit
    name, words = _badge_sizes(badge, ink)
    top = box[1] + 3 * unit + name * (ASCENT + 0.22)
    square = (box[0] + 6 * unit, top - 6.2 * unit) if is_named else (box[0] + 4 * unit, box[1] + 4 * unit)
    draw_square(paper, badge.standing, square, unit)
    if is_named:
        paper.text(box[0] + 16 * unit, top, badge.name.upper(), name, bold=True, colour="muted")
        colour = "muted" if dim else "ink"
        paper.text(box[0] + 16 * unit, top + words * 1.28, badge.words, words, bold=not dim, colour=colour)


def draw_square(paper: Paper, standing: str, at: Point, unit: float) -> None:
    """The square of a badge, `at` its left upper corner: full, hollow, dashed, or in the colour of disagreement."""
    colour = LIGHT["contested"] if standing in ("contested", "unclear") else LIGHT["muted" if standing == "unreported" else "ink"]
    full = standing in ("present", "contested", "unclear")
    dashes = (0, (1.6, 1.2)) if standing == "unreported" else "solid"
    box = (at[0], at[1], at[0] + 6 * unit, at[1] + 6 * unit)
    face = colour if full else LIGHT["paper"]
    paper.box(box, facecolor=face, edgecolor=colour, linewidth=1.3 * unit, linestyle=dashes)
