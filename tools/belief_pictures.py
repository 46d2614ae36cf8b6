"""The belief chart of one place: days across, knowledge down, coloured by standing, from the timelines that the package gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from svg_paper import Paper

import geoposture as gp

ROOT = Path(__file__).parents[1]
LEFT, TOP, SIDE, WIDTH = 84, 58, 384, 480


class Chart(NamedTuple):
    """Which chart: the data, the line, the days shown on both axes, and a point to look at."""

    name: str
    data: str
    place: str
    force: str
    first: dt.date
    last: dt.date
    point: tuple[dt.date, dt.date]


CHARTS = (
    Chart(
        "belief-two-clocks",
        "docs/examples/two-clocks",
        "fort-ox",
        "red",
        dt.date(2025, 10, 1),
        dt.date(2026, 1, 31),
        (dt.date(2026, 1, 17), dt.date(2026, 1, 17)),
    ),
    Chart(
        "belief-ain-al-asad",
        "data",
        "ain-al-asad",
        "us",
        dt.date(2025, 9, 15),
        dt.date(2026, 1, 31),
        (dt.date(2026, 1, 20), dt.date(2025, 10, 31)),
    ),
)


def drawings() -> Iterator[tuple[str, str]]:
    """Every chart: its name and its SVG."""
    for chart in CHARTS:
        ledger = gp.read(ROOT / chart.data)
        yield chart.name, _picture(chart, ledger.places[chart.place].name, gp.resolve(ledger))


def _picture(chart: Chart, name: str, episodes: Any) -> str:
    paper = Paper(WIDTH, TOP + SIDE + 150, f"What was believed of {name}, and when")
    paper.words(LEFT, 18, "the day that the question is about", "bold")
    paper.words(6, TOP - 26, "published", "bold")
    paper.words(6, TOP - 9, "by then", "bold")
    paper.bar(LEFT, TOP, SIDE, SIDE, "unreported", round_=0)
    for known, until in pairwise(_knowledge(chart, episodes)):
        line = gp.timeline(episodes, chart.place, known=known)
        for row in line[line.force == chart.force].to_dict("records"):
            _cell(paper, chart, row, known, until)
    paper.bar(LEFT, TOP, SIDE, SIDE, "frame", round_=0)
    _axes(paper, chart)
    _point(paper, chart, episodes)
    _legend(paper)
    return paper.svg()


def _knowledge(chart: Chart, episodes: Any) -> list[dt.date]:
    """The days on which what is known of any place changes, within the chart; the last is its end."""
    frame = gp.frame(episodes)
    days = {pd.Timestamp(day).date() for day in frame.episode_known_from.dropna()}
    inside = sorted(day for day in days if chart.first < day <= chart.last)
    return [chart.first, *inside, chart.last + dt.timedelta(days=1)]


def _cell(paper: Paper, chart: Chart, row: Any, known: dt.date, until: dt.date) -> None:
    start = chart.first if pd.isna(row["from"]) else pd.Timestamp(row["from"]).date()
    end = chart.last + dt.timedelta(days=1) if pd.isna(row["to"]) else pd.Timestamp(row["to"]).date()
    a, b = _across(chart, max(start, chart.first)), _across(chart, min(end, chart.last + dt.timedelta(days=1)))
    if b <= a or row["standing"] == "unreported":
        return
    top, bottom = TOP + _down(chart, known), TOP + _down(chart, until)
    paper.bar(LEFT + a, top, b - a, bottom - top, f"cell {row['standing']}", round_=0)


def _across(chart: Chart, day: dt.date) -> float:
    return round(SIDE * (day - chart.first).days / ((chart.last - chart.first).days + 1), 2)


_down = _across


def _axes(paper: Paper, chart: Chart) -> None:
    month = dt.date(chart.first.year, chart.first.month, 1)
    while month <= chart.last:
        if month >= chart.first:
            at = _across(chart, month)
            paper.line(LEFT + at, TOP - 6, LEFT + at, TOP, "rule")
            paper.line(LEFT - 6, TOP + at, LEFT, TOP + at, "rule")
            paper.words(LEFT + at + 3, TOP - 9, _month(month), "soft small")
            paper.words(LEFT - 9, TOP + at + 4, _month(month), "soft small end")
        month = (month + dt.timedelta(days=32)).replace(day=1)
    paper.line(LEFT, TOP, LEFT + SIDE, TOP + SIDE, "path")
    paper.words(WIDTH - 12, TOP + SIDE + 18, "Dashed: each day as it was known on that very day.", "soft small end")


def _month(day: dt.date) -> str:
    return f"{day:%b} {day.year}" if day.month in {1, 10} else f"{day:%b}"


def _point(paper: Paper, chart: Chart, episodes: Any) -> None:
    for number, known in enumerate((chart.point[1], None)):
        day = chart.point[0]
        posture = gp.reconcile(gp.at(episodes, day, known=known))
        standing = posture[(posture.place == chart.place) & (posture.force == chart.force)].iloc[0].standing
        x = LEFT + _across(chart, day)
        y = TOP + _down(chart, known or chart.last)
        paper.dot(x, y, 7, "known")
        paper.words(x, y + 4, "AB"[number], "onbar small bold middle")
        top = TOP + SIDE + 58 + 58 * number
        paper.dot(16, top - 5, 7.5, "known")
        paper.words(16, top - 0.5, "AB"[number], "onbar small bold middle")
        words = "as known today" if known is None else f"as known on {known.day} {known:%B %Y}"
        paper.words(32, top, f"{day.day} {day:%B %Y}, {words}:")
        paper.words(32, top + 18, standing, "bold")


def _legend(paper: Paper) -> None:
    for number, standing in enumerate(("present", "absent", "contested", "unreported")):
        y = TOP + SIDE + 58 + 22 * number
        paper.bar(WIDTH - 116, y - 11, 13, 13, standing)
        paper.words(WIDTH - 96, y, standing, "small")
