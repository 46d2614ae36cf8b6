"""The options that several commands share, and what they are read as."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError, ValueProblem
from . import completing

if TYPE_CHECKING:
    from ..episodes import Resolved
    from ..questions import Scope

DayArg = Annotated[str, typer.Argument(metavar="DAY", help="The day in question, YYYY-MM-DD.", autocompletion=completing.days)]
DataOpt = Annotated[
    Path,
    typer.Option(
        "--data", metavar="DIR", help="The folder of gazetteer, forces, sources and reports, or a packed table (default: data)."
    ),
]
GazetteerOpt = Annotated[
    Path | None,
    typer.Option("--gazetteer", metavar="FILE", help="With a packed table: a gazetteer, or data folder, in place of its own."),
]
KnownOpt = Annotated[
    str | None,
    typer.Option("--known", metavar="DAY", help="As known on this day (default: everything).", autocompletion=completing.days),
]
ByOpt = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="WHO",
        help="What counts as one source: publisher (default), report, or voice.",
        autocompletion=completing.one_of("publisher", "report", "voice"),
    ),
]
ForceOpt = Annotated[
    list[str] | None,
    typer.Option("--force", metavar="ID", help="Only this force and its parts; repeatable.", autocompletion=completing.forces),
]
PlaceOpt = Annotated[
    list[str] | None,
    typer.Option(
        "--place", metavar="ID", help="Only this place and what lies in it; repeatable.", autocompletion=completing.places
    ),
]
StaleOpt = Annotated[
    str,
    typer.Option(
        "--stale-after",
        metavar="DAYS",
        help="A claim that nobody has renewed for so many days no longer decides; or never (default: 365).",
        autocompletion=completing.one_of("30", "90", "180", "365", "730", "never"),
    ),
]
FormatOpt = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="How to print: table (default), json, csv, or geojson.",
        autocompletion=completing.one_of("table", "json", "csv", "geojson"),
    ),
]
OutOpt = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write a file instead: .json, .csv, .geojson, .gpkg, .parquet, or .kml."),
]
RawOpt = Annotated[bool, typer.Option("--raw", help="In CSV, leave text that a spreadsheet would take for a formula as it is.")]


def ask(
    data: Path,
    gazetteer: Path | None = None,
    *,
    known: str | None = None,
    by: str | None = None,
    stale_after: str = "365",
    forces: list[str] | None = None,
    places: list[str] | None = None,
    output: Path | None = None,
) -> tuple[Resolved, Scope]:
    """Open the data, resolved, and check the options that every question shares."""
    from ..opening import open_resolved, spare_inputs
    from ..questions import Scope

    check_by(by)
    spare_inputs(output, data, gazetteer)
    scope = Scope(None if known is None else read_day(known), read_stale(stale_after), places or (), forces or ())
    episodes = open_resolved(data, by, gazetteer)
    ledger = episodes.ledger
    for kind, wanted, existing in (("force", scope.forces, ledger.forces), ("place", scope.places, ledger.places)):
        for name in wanted:
            check_id(kind, name, existing)
    return episodes, scope


def check_by(by: str | None) -> None:
    """Raises UsageError if it is no way to tell sources apart."""
    from ..ledger import GROUPINGS

    if by is not None:
        check_choice("--by", by, GROUPINGS)


def read_day(text: str) -> int:
    """The day of YYYY-MM-DD. Raises UsageError if there is none."""
    from ..dates import parse_day

    try:
        return parse_day(text)
    except ValueProblem as problem:
        raise UsageError(str(problem)) from problem


def read_stale(text: str) -> int | None:
    """A number of days, None for never. Raises UsageError for anything else."""
    if text == "never":
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f'--stale-after "{text}" is no number of days that can pass. Write a whole number, or never.')
    return int(text)


def check_id(kind: str, name: str, existing: Any) -> None:
    """Raises UsageError, with the nearest id, if the id is not there."""
    if name not in existing:
        near = get_close_matches(name, existing, n=1)
        raise UsageError(f'{kind} "{name}" is unknown.' + (f" Did you mean {near[0]}?" if near else ""))


def check_choice(option: str, value: str, choices: Any) -> None:
    """Raises UsageError if the value is none of the choices."""
    if value not in choices:
        raise UsageError(f'{option} "{value}" is unknown. Write one of {", ".join(choices)}.')
