"""Tables → text for people: grouped by place, sources beneath, standing and certainty in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from .dates import show_day
from .figures import show, show_change
from .frames import CHANGES, POSTURE, ROWS, TIMELINE, TOTALS, Table
from .ledger import Ledger, area_chain

Row = Mapping[str, Any]

STANDINGS = {"present": "green", "absent": "blue", "contested": "red", "unclear": "yellow", "unreported": "dim"}
CHANGE_WORDS = {
    "newly_present": "first reported present",
    "newly_absent": "first reported absent",
    "lapsed": "no longer reported",
    "disputed": "now disputed",
    "settled": "no longer disputed",
    "now_present": "now present",
    "now_absent": "now absent",
    "up": "more",
    "down": "fewer",
    "shifted": "figure shifted",
    "same": "same",
}
_BIDI = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564))


def render(table: Table, ledger: Ledger) -> RenderableType:
    """The table as something that rich prints; "Nothing is reported." if it is empty."""
    if not len(table):
        return Text("Nothing is reported.", style="dim")
    if table.columns is TOTALS:
        return Group(*(_total(row, ledger) for row in table))
    block = {id(ROWS): _claim, id(POSTURE): _line, id(CHANGES): _change, id(TIMELINE): _run}[id(table.columns)]
    groups = groupby(table, key=lambda row: row["place"])
    return Group(*(part for place, rows in groups for part in _place(place, list(rows), ledger, block)))


def _place(place: str, rows: list[Row], ledger: Ledger, block: Any) -> Iterable[RenderableType]:
    where = ", ".join(ledger.places[area].name for area in area_chain(ledger, place))
    head = Text.assemble((_safe(ledger.places[place].name), "bold"), (f"  {place}", "cyan"), (f"  {_safe(where)}", "dim"))
    grid = Grid(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    for number in range(4):
        grid.add_column(no_wrap=number < 1, overflow="fold")
    for row in rows:
        for cells in block(row, ledger):
            grid.add_row(*("" if cell is None else cell for cell in ("  ", *cells)))
    yield head
    yield grid
    yield Text("")


def _claim(row: Row, ledger: Ledger) -> Iterable[tuple[Any, ...]]:
    state = "change" if row["status"] is None else row["status"]
    figure = figure_of(row)
    modality = "" if row["modality"] == "reported" else f", {row['modality']}"
    first = Text.assemble(
        (f"{_safe(_force(ledger, row))}: ", ""),
        (state if row["status"] else figure, STANDINGS.get(state, "magenta")),
        (f" {figure}" if row["status"] and figure else "", "bold"),
        (modality, "italic"),
    )
    yield first, Text(_safe(_source(ledger, row["source"])), style="bold"), Text(_basis(row))
    yield None, Text(_said(row, ledger), style="dim"), Text(row["claim"], style="cyan")


def figure_of(row: Row) -> str:
    """The figure of a claim in words: its strength, its change, or what it shares with other places."""
    if row["status"] is None:
        return show_change(row["change_low"], row["change_high"], approx=row["approx"])
    shared = show(row["shared_low"], row["shared_high"], approx=row["approx"])
    if shared:
        return f"{shared} together with {', '.join(row['shared_with'])}"
    return show(row["low"], row["high"], approx=row["approx"])


def _basis(row: Row) -> str:
    certainty = "" if row["certainty"] == "certain" else f"{row['certainty']}, "
    said = f"known {show_day(row['known_from'])}"
    carried = f", carried {row['age_days']:,} days" if row["basis"] == "carried" else ""
    return f"{certainty}{_days(row['valid_from'], row['valid_to'])}; {said}{carried}"


def _said(row: Row, ledger: Ledger) -> str:
    voice = _voice(ledger, row["voice"])
    grade = "".join(str(part) for part in (row["reliability"], row["credibility"]) if part is not None)
    quote = f"“{row['quote']}”" if row["quote"] else row["says"] or ""
    parts = [quote, "" if row["voice"] == row["source"] else f"says {voice}", f"graded {grade}" if grade else ""]
    return _safe(" · ".join(part for part in parts if part))


def _line(row: Row, ledger: Ledger) -> Iterable[tuple[Any, ...]]:
    figure = show(row["low"], row["high"], approx=row["approx"]) if row["standing"] != "absent" else ""
    disagree = ", figures disagree" if row["figures"] == "disagree" else ""
    certainty = "" if row["certainty"] in (None, "certain") else f", {row['certainty']}"
    standing = Text.assemble(
        (f"{_safe(_force(ledger, row))}: ", ""),
        (row["standing"], STANDINGS[row["standing"]]),
        (f" {figure}" if figure else "", "bold"),
        (disagree + certainty, "italic"),
    )
    yield standing, Text(_support(row)), Text(_age(row))
    outlook = show(row["outlook_low"], row["outlook_high"])
    for name, style in (("claims", "cyan"), ("overtaken", "dim"), ("stale", "dim"), ("changes", "cyan"), ("outlook", "cyan")):
        if row[name]:
            label = {"claims": "by", "outlook": f"outlook {outlook}".strip()}.get(name, name)
            yield None, Text(f"{label}: {', '.join(_marked(row, name))}", style=style), None


def _marked(row: Row, name: str) -> list[str]:
    return [f"{claim} (implied)" if claim in row["implied"] else claim for claim in row[name]]


def _support(row: Row) -> str:
    if not row["reports"]:
        return ""
    return ", ".join(_count(row[name], name) for name in ("reports", "sources", "origins"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun[:-1] if number == 1 else noun}"


def _age(row: Row) -> str:
    if row["fresh"] is None:
        return ""
    carried = f", carried {row['age_days']:,} days" if row["basis"] == "carried" and "age_days" in row else ""
    return f"last said {show_day(row['fresh'])}{carried}"


def _change(row: Row, ledger: Ledger) -> Iterable[tuple[Any, ...]]:
    style = "dim" if row["change"] == "same" else "bold"
    words = CHANGE_WORDS[row["change"]] + (", revised" if row["revised"] else "")
    delta = _delta(row["delta_low"], row["delta_high"])
    before, after = (_standing_and_figure(row, side) for side in ("before", "after"))
    yield Text.assemble((f"{_safe(_force(ledger, row))}: ", ""), (words, style), (delta, "")), Text(f"{before} → {after}"), None
    for side in ("before", "after"):
        if row[f"evidence_{side}"] and row["change"] != "same":
            yield None, Text(f"{side}: {', '.join(row[f'evidence_{side}'])}", style="cyan"), None


def _standing_and_figure(row: Row, side: str) -> str:
    figure = show(row[f"low_{side}"], row[f"high_{side}"]) if row[side] != "absent" else ""
    return f"{row[side]} {figure}".strip()


def _delta(low: int | None, high: int | None) -> str:
    if (low is None and high is None) or (low, high) == (0, 0):
        return ""
    ends = ["…" if bound is None else f"{bound:+,}" for bound in (low, high)]
    return f" ({ends[0]})" if ends[0] == ends[1] else f" ({ends[0]} to {ends[1]})"


def _run(row: Row, ledger: Ledger) -> Iterable[tuple[Any, ...]]:
    first, *others = _line(row, ledger)
    yield Text.assemble((f"{_days(row['from'], row['to'])}  ", "bold"), first[0]), *first[1:]
    yield from (other for other in others if other[1] is not None)


def _total(row: Row, ledger: Ledger) -> RenderableType:
    stated = show(row["stated_low"], row["stated_high"]) if row["standing"] == "present" else ""
    area = _safe(ledger.places[row["area"]].name)
    sites = show(row["sites_low"], row["sites_high"]) if row["sites"] else "none"
    explained = {"within": "explain it", "short": "fall short of it", "over": "are more than it", None: ""}[row["explained"]]
    head = Text.assemble((area, "bold"), (f"  {_safe(_force(ledger, row))}: ", ""), (row["standing"], STANDINGS[row["standing"]]))
    head.append(f" {stated}".rstrip(), style="bold")
    names = ", ".join(ledger.places[site].name for site in row["sites"])
    return Group(head, Text(_safe(f"  sites {sites} {explained}".rstrip() + (f": {names}" if names else ""))), Text(""))


def _days(start: int | None, end: int | None) -> str:
    """A half-open period in words; the last day is the one before its end."""
    if start is None:
        return "at any time" if end is None else f"until {show_day(end - 1)}"
    if end is None:
        return f"since {show_day(start)}"
    return show_day(start) if end == start + 1 else f"{show_day(start)} to {show_day(end - 1)}"


def _force(ledger: Ledger, row: Row) -> str:
    return ledger.forces[row["force"]].name


def _source(ledger: Ledger, source: str) -> str:
    if source in ledger.sources:
        return ledger.sources[source].name
    if source in ledger.reports:
        report = ledger.reports[source]
        return report.title or source
    return _voice(ledger, source)


def _voice(ledger: Ledger, voice: str) -> str:
    """A voice in words; an anonymous one is named after whoever heard it."""
    heard_by, slash, anonymous = voice.partition("/")
    if not slash:
        return ledger.sources[voice].name if voice in ledger.sources else voice
    who = anonymous.removeprefix("unnamed").strip("-").replace("-", " ") or "source"
    heard = ledger.sources[heard_by].name if heard_by in ledger.sources else heard_by
    return f"an unnamed {who}, heard by {heard}"


def _safe(text: str) -> str:
    """Text that cannot turn the line around it or move the cursor; rich takes no markup from Text."""
    return "".join(char if char.isprintable() else " " for char in text.translate(_BIDI))
