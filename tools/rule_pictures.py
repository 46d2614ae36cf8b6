"""One small picture for each rule of "How standing is decided": claims as bars over days, drawn from what reconcile says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from svg_paper import Paper

import geoposture as gp

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "standing"
DAY = dt.date(2025, 6, 20)
FIRST, LAST = dt.date(2025, 4, 20), dt.date(2025, 7, 10)
RULES = {
    "ash": "camp-ash",
    "birch": "camp-birch",
    "cedar": "camp-cedar",
    "dale": "camp-dale",
    "elm": "camp-elm",
    "fir": "camp-fir",
    "grove": "fort-grove",
    "heath": "fort-heath",
    "iris": "camp-iris",
    "juniper": "camp-juniper",
    "kelp": "camp-kelp",
    "larch": "camp-larch",
    "moss": "camp-moss",
}
"""Each picture, and the place whose line it shows."""
EDGE, WIDTH, ROW, TOP = 10, 480, 54, 46
ROLES = {"claims": "decides", "overtaken": "overtaken", "stale": "stale", "changes": "a change", "outlook": "a plan"}


class Said(NamedTuple):
    """One claim as it is drawn: `spans` are its days with their certainty, `role` what becomes of it."""

    source: str
    published: dt.date
    status: str | None
    figure: str
    spans: list[tuple[dt.date | None, dt.date | None, str]]
    role: str
    plan: bool
    of_area: str


def drawings() -> Iterator[tuple[str, str]]:
    """Every picture: its name and its SVG."""
    ledger = gp.read(EXAMPLE)
    episodes = gp.resolve(ledger)
    history = gp.frame(episodes)
    posture = gp.reconcile(gp.at(episodes, DAY))
    names = {source.id: source.name for source in ledger.sources.values()}
    for name, place in RULES.items():
        line = posture[(posture.place == place) & (posture.force == "red")].iloc[0]
        yield f"rule-{name}", _picture(line, [_said(line, claim, history, names) for claim in _claims(line, history)])


def _claims(line: Any, history: pd.DataFrame) -> list[str]:
    """The claims of the line, and those of its place that a newer one has replaced, by the day they became known."""
    listed = {claim for role in ROLES for claim in line[role]}
    found = listed | set(history[history.place == line.place].claim)
    known = history.drop_duplicates("claim").set_index("claim").known_from
    return sorted(found, key=lambda claim: (known[claim], claim))


def _said(line: Any, claim: str, history: pd.DataFrame, names: dict[str, str]) -> Said:
    rows = history[history.claim == claim]
    standing = rows[rows.episode_known_to.isna()]
    role = next((words for column, words in ROLES.items() if claim in line[column]), "")
    first = rows.iloc[0]
    if not role:
        role = "taken back" if standing.empty else "replaced"
    shown = rows[rows.episode_known_from == rows.episode_known_from.min()] if standing.empty else standing
    spans = [(_day(a), _day(b), c) for a, b, c in zip(shown.valid_from, shown.valid_to, shown.certainty, strict=True)]
    area = "" if first.place == line.place else first.place_name
    return Said(
        names[first.publisher],
        _day(first.known_from) or DAY,
        first.status,
        _figure(first),
        spans,
        role,
        first.modality != "reported",
        area,
    )


def _figure(row: Any) -> str:
    if pd.notna(row.change_low):
        return f"{row.change_low:+,.0f}".replace("-", "−")
    if pd.isna(row.low):
        return ""
    return f"{row.low:,.0f}" if row.low == row.high else f"{row.low:,.0f}–{row.high:,.0f}"


def _day(value: Any) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _x(day: dt.date) -> float:
    clipped = min(max(day, FIRST), LAST)
    return round(EDGE + (WIDTH - 2 * EDGE) * (clipped - FIRST).days / (LAST - FIRST).days, 1)


def _picture(line: Any, said: list[Said]) -> str:
    bottom = TOP + ROW * len(said)
    paper = Paper(WIDTH, bottom + 38, f"{line.place_name}: {line.standing} on {_words(DAY)}")
    for month in (5, 6, 7):
        x = _x(dt.date(2025, month, 1))
        paper.line(x, TOP - 8, x, bottom, "rule")
        paper.words(x + 4, TOP - 10, f"1 {dt.date(2025, month, 1):%B}", "soft small")
    paper.line(_x(DAY), TOP - 20, _x(DAY), TOP, "day")
    paper.words(_x(DAY), TOP - 26, f"the day asked for: {_words(DAY)}", "dayword small middle")
    for number, one in enumerate(said):
        _row(paper, TOP + ROW * number, one)
    _verdict(paper, bottom + 24, line)
    return paper.svg()


def _row(paper: Paper, y: float, one: Said) -> None:
    out = one.role not in {"decides", "a plan", "a change"}
    what = " ".join(filter(None, [one.status, one.figure])) + (f" in {one.of_area}" if one.of_area else "")
    year = "" if one.published.year == DAY.year else f" {one.published.year}"
    paper.bar(0, y, WIDTH, 24, "sheet")
    paper.words(EDGE, y + 18, f"{one.source}, {_words(one.published)}{year}: {'will be ' if one.plan else ''}{what}")
    paper.words(WIDTH - EDGE, y + 18, one.role, "end" + (" soft" if out else " bold"))
    for start, end, certainty in one.spans:
        a, b = _x(start or FIRST), _x(end or LAST)
        if one.status is None:
            paper.bar(a, y + 27, 46, 18, "change")
            paper.words(a + 26, y + 41, one.figure, "small middle")
            continue
        faint = " faint" if out or certainty != "certain" else ""
        paper.bar(a, y + 28, b - a, 16, f"{'plan ' if one.plan else ''}{one.status}{faint}")
        if certainty != "certain":
            paper.words(a + 10, y + 40.5, "some time", "small")
    paper.line(_x(DAY), y + 25, _x(DAY), y + ROW - 3, "day")
    if FIRST <= one.published <= LAST:
        paper.dot(_x(one.published), y + 36, 4.5, "known")
    paper.line(0, y + ROW - 2, WIDTH, y + ROW - 2, "rule")


def _verdict(paper: Paper, y: float, line: Any) -> None:
    figure = "" if line.standing != "present" or pd.isna(line.low) else f" {_figure_of(line)}"
    support = "" if not line.reports else f" · {_count(line.reports, 'report')}, {_count(line.origins, 'origin')}"
    paper.bar(EDGE, y - 13, 16, 16, line.standing, round_=8)
    paper.words(EDGE + 24, y, f"{line.place_name}: {line.standing}{figure}{support}", "bold")
    paper.dot(WIDTH - EDGE - 66, y - 4.5, 4.5, "known")
    paper.words(WIDTH - EDGE, y, "published", "soft small end")


def _figure_of(line: Any) -> str:
    return f"{line.low:,.0f}" if line.low == line.high else f"{line.low:,.0f}–{line.high:,.0f}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B}"
