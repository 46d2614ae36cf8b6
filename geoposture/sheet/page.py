"""The whole sheet: title and sentence, panels in a grid, the legend beside them, notes and credits at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from ..style import LIGHT
from .glyph import Sources, colour_of
from .ground import BaseMap
from .layout import Box
from .legend import Speaker, draw_legend
from .panel import Ink, draw_panel
from .paper import LEADING, Paper, cut, settings, width_of, wrapped
from .scene import Scene
from .view import View, fit

SIZES = {"16:9": (960.0, 540.0), "4:3": (720.0, 540.0), "a4": (841.89, 595.28)}
"""Width and height in points: slides of 13.3 and 10 inches by 7.5, and A4 lying down."""
MARGIN = 24.0
GUTTER = 14.0
HEADING = 16.0
"""Height of the line above each of several panels."""
SECOND_LINE = 10.5
COLUMN = {"16:9": 192.0, "4:3": 176.0, "a4": 182.0}
"""Width of the legend."""
UNITS = ((1, 0.86), (2, 0.76), (4, 0.66), (6, 0.58), (9, 0.52))
"""Points for one pixel of the page, by the number of panels."""
NOTE, CREDIT = 7.6, 6.8
FEW = 6
"""Up to so many panels towns are named."""
MOST_NOTES = 3
MOST_PANELS = 16


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: what it shows, what stands above it where there are several, and its source's position in the palette."""

    heading: str
    scene: Scene
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet. `bounds`: the box of the places, in WGS 84 degrees; `most`: the largest figure of a site."""

    title: str
    subtitle: str
    sentence: str
    notes: str
    credits: Sequence[str]
    bounds: Box
    most: float
    speakers: Sequence[Speaker]
    panels: Sequence[Panel]
    size: str = "16:9"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands, in points: baselines of the title, boxes of the legend, the panels and the foot."""

    title: Sequence[str]
    title_size: float
    notes: Sequence[str]
    notes_size: float
    above_foot: float
    panels: Sequence[Box]
    legend: Box


def extent(sheet: Sheet) -> Box:
    """What each panel shows of the world: west, south, east, north in WGS 84 degrees; the base map to cut."""
    with settings():
        return _view(sheet, _plan(sheet)).box


def draw(sheet: Sheet, basemap: BaseMap | None = None) -> Figure:
    """The sheet as a matplotlib figure, all of it vectors. `basemap` is a clip of the base map that covers `extent`."""
    with settings():
        plan = _plan(sheet)
        paper = Paper(*SIZES[sheet.size])
        unit = _unit(len(sheet.panels))
        ink = Ink(unit, sheet.most, _sources(sheet), cities=len(sheet.panels) <= FEW)
        view = _view(sheet, plan)
        for number, (panel, box) in enumerate(zip(sheet.panels, plan.panels, strict=True), start=1):
            draw_panel(paper, view.moved(box), panel.scene, basemap, ink, gid=f"panel{number}")
            if len(sheet.panels) > 1:
                _heading(paper, panel, box)
        _head(paper, sheet, plan)
        tally = sheet.panels[0].scene.tally() if len(sheet.panels) == 1 else None
        sized = any(mark.people is not None for panel in sheet.panels for mark in panel.scene.marks)
        # Where each panel is headed by its source, the column need not name them again.
        speakers = [] if sheet.panels[0].rank is not None else sheet.speakers
        draw_legend(paper, plan.legend, speakers, most=sheet.most if sized else 0, unit=unit, tally=tally)
        _foot(paper, sheet, plan)
        return paper.figure


def _sources(sheet: Sheet) -> Sources:
    ranks = {speaker.id: speaker.rank for speaker in sheet.speakers}
    return Sources(ranks, {speaker.id: speaker.letter for speaker in sheet.speakers})


def _plan(sheet: Sheet) -> _Plan:
    width, height = SIZES[sheet.size]
    room = width - 2 * MARGIN
    title_size, title = _title(sheet.title, room)
    below = MARGIN - 4 + len(title) * title_size * 1.18 + (14 if sheet.subtitle else 0) + 18 + 10
    notes_size, notes = _notes(sheet.notes, room)
    above = height - MARGIN + 6 - CREDIT * LEADING - len(notes) * notes_size * LEADING - 8
    legend = (width - MARGIN - COLUMN[sheet.size], below, width - MARGIN, above)
    body = (MARGIN, below, legend[0] - GUTTER - 4, above)
    return _Plan(title, title_size, notes, notes_size, above, _grid(body, sheet), legend)


def _title(title: str, room: float) -> tuple[float, Sequence[str]]:
    """In one line if it can be, else in two; the largest size of type that fits."""
    for size in (20.0, 18.0, 16.5, 15.0):
        if cut(title, size, room, bold=True) == title:
            return size, [title]
    return 16.5, wrapped(title, 16.5, room, bold=True, most=2)


def _notes(notes: str, room: float) -> tuple[float, Sequence[str]]:
    """In two lines if they can be, with a slightly smaller type if need be."""
    for size in (NOTE, NOTE - 0.3, NOTE - 0.6):
        lines = wrapped(notes, size, room, most=3) if notes else []
        if len(lines) <= 2:
            return size, lines
    return NOTE, wrapped(notes, NOTE, room, most=MOST_NOTES)


def _grid(body: Box, sheet: Sheet) -> list[Box]:
    """Boxes of equal size in rows, in the number of columns that shows the places largest."""
    count = len(sheet.panels)
    if count == 1:
        return [body]
    head = HEADING + (SECOND_LINE if count > FEW and sheet.panels[0].rank is not None else 0)

    def cell(columns: int, number: int) -> Box:
        rows = math.ceil(count / columns)
        width = (body[2] - body[0] - GUTTER * (columns - 1)) / columns
        height = (body[3] - body[1] - GUTTER * 0.6 * (rows - 1)) / rows - head
        left = body[0] + (number % columns) * (width + GUTTER)
        top = body[1] + (number // columns) * (height + head + GUTTER * 0.6) + head
        return left, top, left + width, top + height

    def scale(columns: int) -> float:
        return fit(sheet.bounds, cell(columns, 0), 20).scale

    columns = max(range(1, count + 1), key=lambda number: (round(scale(number), 6), -abs(number - math.sqrt(count))))
    return [cell(columns, number) for number in range(count)]


def _unit(count: int) -> float:
    return next((unit for most, unit in UNITS if count <= most), 0.46)


def _view(sheet: Sheet, plan: _Plan) -> View:
    box = plan.panels[0]
    pad = 0.115 * min(box[2] - box[0], box[3] - box[1])
    return fit(sheet.bounds, box, pad)


def _head(paper: Paper, sheet: Sheet, plan: _Plan) -> None:
    y = MARGIN - 4.0
    for line in plan.title:
        y += plan.title_size * 1.18
        paper.text(
            MARGIN, y - plan.title_size * 0.28, line, plan.title_size, bold=True, gid="title" if line is plan.title[0] else None
        )
    room = paper.width - 2 * MARGIN
    if sheet.subtitle:
        y += 14
        paper.text(MARGIN, y - 2, cut(sheet.subtitle, 10.5, room), 10.5, colour="muted", gid="subtitle")
    paper.text(MARGIN, y + 15, cut(sheet.sentence, 12.5, room, bold=True), 12.5, bold=True, colour="accent", gid="sentence")


def _heading(paper: Paper, panel: Panel, box: Box) -> None:
    left = box[0]
    tally = panel.scene.tally() if panel.rank is None else {}
    count = " · ".join(f"{tally[standing]} {standing}" for standing in ("present", "absent", "contested") if tally.get(standing))
    size = 9.5 if box[2] - box[0] > 190 else 8.2
    room = box[2] - left - 6 - (12 if panel.rank is not None else 0)
    if panel.rank is not None:
        left += 12
    lines = wrapped(panel.heading, size, room, bold=True, most=2 if room < 150 else 1)
    top = box[1] - 4.6 - (len(lines) - 1) * SECOND_LINE
    for number, line in enumerate(lines):
        paper.text(left, top + number * SECOND_LINE, line, size, bold=True)
    if panel.rank is not None:
        paper.box((left - 12, top - 7.4, left - 4, top + 0.6), corner=1.5, facecolor=colour_of(panel.rank))
    for small in (7.6, 6.8, 6.2):
        if width_of(lines[-1], size, bold=True) + width_of(count, small) + 6 < room:
            paper.text(box[2], box[1] - 4.6, count, small, colour="muted", side="right")
            break


def _foot(paper: Paper, sheet: Sheet, plan: _Plan) -> None:
    y = plan.above_foot + 8
    for line in plan.notes:
        y += plan.notes_size * LEADING
        paper.text(MARGIN, y, line, plan.notes_size, colour="muted")
    room = paper.width - 2 * MARGIN
    paper.text(
        MARGIN, y + CREDIT * LEADING + 1.5, cut(" · ".join(sheet.credits), CREDIT, room), CREDIT, colour="muted", gid="credits"
    )
    paper.line(
        [(MARGIN, plan.above_foot + 6), (paper.width - MARGIN, plan.above_foot + 6)], edgecolor=LIGHT["line"], linewidth=0.6
    )
