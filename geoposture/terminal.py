"""Tables → text for people: grouped by place, sources beneath, standing and certainty in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from .dates import show_day
from .figures import show, show_change
from .frames import CHANGES, POSTURE, ROWS, TIMELINE, TOTALS, Table
from .ledger import Ledger, area_chain
from .placefinder import Finding, Match

Row = Mapping[str, Any]
Part = tuple[int, RenderableType]
"""How far to indent, and what."""
Block = Callable[[Row, Ledger], Iterator[Part]]

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
_EXPLAINED = {"within": "explain it", "short": "fall short of it", "over": "are more than it", None: ""}
_MODALITIES = {"reported": "", "announced": ", announced", "expected": ", expected", "possible": ", as a possibility"}
_LISTS = {"claims": "say so", "overtaken": "overtaken", "stale": "stale", "changes": "changes", "outlook": "plans"}
_BIDI = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564))


def render(table: Table, ledger: Ledger) -> RenderableType:
    """The table as something that rich prints; "Nothing is reported." if it is empty."""
    if not len(table):
        return Text("Nothing is reported.", style="dim")
    if table.columns is TOTALS:
        return Group(*(_total(row, ledger) for row in table))
    block = {id(ROWS): _claim, id(POSTURE): _line, id(CHANGES): _change, id(TIMELINE): _run}[id(table.columns)]
    groups = groupby(table, key=lambda row: row["place"])
    return Group(*(part for place, rows in groups for part in _place(place, rows, ledger, block)))


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal's error output, told how much is done from 0 to 1; nothing where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        # A bar that is switched off leaves an empty line behind in older versions of Rich.
        yield lambda _share: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_safe(what), total=1.0)
        yield lambda share: bar.update(task, completed=share)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with the rate and the time that is left, told how many rows are done of how many; nothing without a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

    class Rate(ProgressColumn):
        def render(self, task: Any) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.0f} rows/s", style="dim")

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_safe(what), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def finding(found: Finding, ledger: Ledger) -> Iterator[str]:
    """The answer to the search for a place: which it is and how sure that is, or which it may be, one line each."""
    text = _safe(found.text)
    if found.place is None:
        several = f"may be one of {len(found.matches)} places; name it more closely:" if found.ambiguous else "may be this place:"
        yield f'"{text}" {several}' if found.matches else f'No place is called "{text}", or nearly so.'
    for match in found.matches:
        if found.place in (None, match.place):
            yield f"  {_match(match, ledger)}" if found.place is None else _match(match, ledger)


_FITS = {
    "name": "its name",
    "code": "its code",
    "sounds the same": 'sounds like "{}"',
    "name but for its kind": '"{}" but for the kind of place',
    "part of the name": 'part of "{}"',
    "written alike": 'written like "{}"',
    "lies there": "lies there",
}


def _match(match: Match, ledger: Ledger) -> str:
    name = ledger.places[match.place].name
    where = ", ".join(_safe(ledger.places[area].name) for area in area_chain(ledger, match.place))
    fit = _FITS[match.how].format(_safe(match.name))
    return "  ".join(filter(None, (match.place, _safe(name), where, f"{match.score:.0f} of 100: {fit}")))


def _place(place: str, rows: Iterable[Row], ledger: Ledger, block: Block) -> Iterable[RenderableType]:
    """A place with its areas, beneath it each force, beneath that what the block makes of each row."""
    where = ", ".join(ledger.places[area].name for area in area_chain(ledger, place))
    yield Text.assemble(
        (_safe(ledger.places[place].name), "bold underline"), (f"  {_safe(place)}", "cyan"), (f"  {_safe(where)}", "dim")
    )
    for force, lines in groupby(rows, key=lambda row: row["force"]):
        yield Padding(Text(_safe(ledger.forces[force].name), style="bold"), (0, 0, 0, 2), expand=False)
        for line in lines:
            for indent, part in block(line, ledger):
                yield Padding(part, (0, 0, 0, indent), expand=False)
    yield Text("")


def _claim(row: Row, ledger: Ledger) -> Iterator[Part]:
    """Who says what, in two lines: the state with its days, and the words with the claim's id."""
    figure = _safe(figure_of(row))
    state = [(row["status"], STANDINGS[row["status"]]), (f" {figure}" if figure else "", "bold")] if row["status"] else []
    modality = "" if row["modality"] == "reported" else f", {row['modality']}"
    yield (
        4,
        Text.assemble(
            *(state or [(figure, "magenta")]),
            (modality, "italic"),
            f"  {_safe(_source(ledger, row['source']))}  ",
            (_basis(row), "dim"),
        ),
    )
    said = _said(row, ledger)
    yield 8, Text.assemble(f"{said}  " if said else "", (_safe(row["claim"]), "cyan"))


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


def _line(row: Row, ledger: Ledger, *, head: str = "") -> Iterator[Part]:
    """The standing, and beneath it the sources by what became of their claims."""
    figure = show(row["low"], row["high"], approx=row["approx"]) if row["standing"] != "absent" else ""
    disagree = ", figures disagree" if row["figures"] == "disagree" else ""
    certainty = "" if row["certainty"] in {None, "certain"} else f", {row['certainty']}"
    notes = "; ".join(part for part in (_support(row), _age(row)) if part)
    yield (
        4,
        Text.assemble(
            (head, "bold"),
            (row["standing"], STANDINGS[row["standing"]]),
            (f" {figure}" if figure else "", "bold"),
            (disagree + certainty, "italic"),
            (f"  {notes}" if notes else "", "dim"),
        ),
    )
    if any(row[name] for name in _LISTS):
        outlook = show(row["outlook_low"], row["outlook_high"])
        labels = _LISTS | {"outlook": f"plans {outlook}".strip()}
        yield 6, _evidence(((labels[name], row[name]) for name in _LISTS), row["implied"], ledger)


def _evidence(lists: Iterable[tuple[str, Iterable[str]]], implied: Collection[str], ledger: Ledger) -> Grid:
    """Claims by label and by report: the label, the publisher, the ids; an implied one says so."""
    grid = Grid(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim", min_width=9)
    grid.add_column(max_width=34)
    grid.add_column(style="cyan", overflow="fold")
    for name, claims in lists:
        label = name
        for report, found in groupby(claims, key=lambda claim: claim.partition("#")[0]):
            ids = ", ".join(f"#{claim.partition('#')[2]}" + (" (implied)" if claim in implied else "") for claim in found)
            # As Text: a plain string in a grid would be read as markup, and a name could bring a link.
            grid.add_row(label, Text(_safe(_publisher(ledger, report))), Text(_safe(f"{report}{ids}")))
            label = ""
    return grid


def _publisher(ledger: Ledger, report: str) -> str:
    """Who published a report; a packed table does not say it of each."""
    known = ledger.reports.get(report)
    return "" if known is None else ledger.sources[known.publisher].name


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


def _change(row: Row, ledger: Ledger) -> Iterator[Part]:
    style = "dim" if row["change"] == "same" else "bold"
    words = CHANGE_WORDS[row["change"]] + (", revised" if row["revised"] else "")
    delta = _delta(row["delta_low"], row["delta_high"])
    before, after = (_standing_and_figure(row, side) for side in ("before", "after"))
    yield 4, Text.assemble((words, style), delta, (f"  {before} → {after}", "dim"))
    if row["change"] != "same" or row["revised"]:
        yield 6, _evidence((("before", row["evidence_before"]), ("after", row["evidence_after"])), (), ledger)


def _standing_and_figure(row: Row, side: str) -> str:
    figure = show(row[f"low_{side}"], row[f"high_{side}"]) if row[side] != "absent" else ""
    return f"{row[side]} {figure}".strip()


def _delta(low: int | None, high: int | None) -> str:
    if (low is None and high is None) or (low, high) == (0, 0):
        return ""
    ends = ["…" if bound is None else f"{bound:+,}" for bound in (low, high)]
    return f" ({ends[0]})" if ends[0] == ends[1] else f" ({ends[0]} to {ends[1]})"


def _run(row: Row, ledger: Ledger) -> Iterator[Part]:
    yield from _line(row, ledger, head=f"{_days(row['from'], row['to'])}  ")


def _total(row: Row, ledger: Ledger) -> RenderableType:
    stated = show(row["stated_low"], row["stated_high"]) if row["standing"] == "present" else ""
    area = _safe(ledger.places[row["area"]].name)
    sites = f"sites {show(row['sites_low'], row['sites_high'])}" if row["sites"] else "no site is reported present"
    explained = _EXPLAINED[row["explained"]] if row["sites"] else ""
    head = Text.assemble((area, "bold"), (f"  {_safe(_force(ledger, row))}: ", ""), (row["standing"], STANDINGS[row["standing"]]))
    head.append(f" {stated}".rstrip(), style="bold")
    names = ", ".join(ledger.places[site].name for site in row["sites"])
    return Group(head, Text(_safe(f"  {sites} {explained}".rstrip() + (f": {names}" if names else ""))), Text(""))


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
    return f"unnamed {who}, heard by {heard}"


def _safe(text: str) -> str:
    """Text that cannot turn the line around it or move the cursor; rich takes no markup from Text."""
    return "".join(char if char.isprintable() else " " for char in text.translate(_BIDI))
