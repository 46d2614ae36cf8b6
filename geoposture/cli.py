"""The command line: each command reads its arguments, calls one library function, and prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .errors import GeopostureError, InputProblems, UsageError, ValueProblem

if TYPE_CHECKING:
    from .episodes import Episodes
    from .questions import Scope

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Maps what public reporting says about where troops are, when, and according to whom.",
)

DayArg = Annotated[str, typer.Argument(metavar="DAY", help="The day in question, YYYY-MM-DD.")]
DataOpt = Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder with gazetteer, forces, sources, reports.")]
KnownOpt = Annotated[str | None, typer.Option("--known", metavar="DAY", help="As known on this day (default: everything).")]
ByOpt = Annotated[str, typer.Option("--by", metavar="publisher|report|voice", help="What counts as one source.")]
ForceOpt = Annotated[list[str] | None, typer.Option("--force", metavar="ID", help="Only this force and its parts; repeatable.")]
PlaceOpt = Annotated[
    list[str] | None, typer.Option("--place", metavar="ID", help="Only this place and what lies in it; repeatable.")
]
StaleOpt = Annotated[
    str, typer.Option("--stale-after", metavar="DAYS|never", help="Days after which a carried claim no longer decides.")
]
FormatOpt = Annotated[
    str | None, typer.Option("--format", metavar="table|json|csv|geojson", help="How to answer (default: table).")
]
OutOpt = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file; its suffix names the format.")
]
RawOpt = Annotated[bool, typer.Option("--raw", help="CSV: leave text that a spreadsheet would take for a formula as it is.")]


def _ask(
    data: Path,
    *,
    known: str | None = None,
    by: str = "publisher",
    stale_after: str = "365",
    forces: list[str] | None = None,
    places: list[str] | None = None,
) -> tuple[Episodes, Scope]:
    """Read and resolve the data, and check the options that every question shares."""
    from .ledger import GROUPINGS
    from .questions import Scope
    from .reading import read
    from .resolution import resolve

    _one_of("--by", by, GROUPINGS)
    scope = Scope(None if known is None else _day(known), _stale(stale_after), places or (), forces or ())
    ledger = read(data)
    for kind, wanted, existing in (("force", scope.forces, ledger.forces), ("place", scope.places, ledger.places)):
        for name in wanted:
            _existing(kind, name, existing)
    return resolve(ledger, by=by), scope


def _day(text: str) -> int:
    from .dates import parse_day

    try:
        return parse_day(text)
    except ValueProblem as problem:
        raise UsageError(str(problem)) from problem


def _stale(text: str) -> int | None:
    if text == "never":
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise UsageError(f'--stale-after "{text}" is no number of days. Write a whole number, or never.')
    return int(text)


def _existing(kind: str, name: str, existing: Any) -> None:
    if name not in existing:
        near = get_close_matches(name, existing, n=1)
        raise UsageError(f'{kind} "{name}" is unknown.' + (f" Did you mean {near[0]}?" if near else ""))


def _one_of(option: str, value: str, choices: Any) -> None:
    if value not in choices:
        raise UsageError(f'{option} "{value}" is unknown. Write one of {", ".join(choices)}.')


def _answer(table: Any, ledger: Any, form: str | None, output: Path | None, *, raw: bool, head: str = "") -> None:
    """Print the table, or write it to the file."""
    from .formats import PRINTED, encode, export

    if form is not None:
        _one_of("--format", form, ("table", *PRINTED))
    if output is not None:
        if form not in (None, output.suffix.removeprefix(".").lower()):
            raise UsageError(f"{output}: the suffix does not fit --format {form}. Leave one of them out.")
        export(table, output, raw=raw)
    elif form in PRINTED:
        sys.stdout.buffer.write(encode(table, form, raw=raw))
        sys.stdout.buffer.flush()
    else:
        _print(table, ledger, head)


def _print(table: Any, ledger: Any, head: str) -> None:
    from rich.console import Console

    from .terminal import render

    console = Console(highlight=False, soft_wrap=False)
    if head:
        console.print(head, style="bold", markup=False)
        console.print()
    console.print(render(table, ledger))


def _sentence(day: str, known: str | None) -> str:
    return f"Situation on {day}, " + ("everything known" if known is None else f"as known on {known}")


@app.command()
def check(
    data: DataOpt = Path("data"),
    texts: Annotated[Path | None, typer.Option("--texts", metavar="DIR", help="Check quotes against archived texts.")] = None,
) -> None:
    """Check all files and print every problem, one line each."""
    from .reading import check as check_folder

    problems = check_folder(data, texts=texts)
    for problem in problems:
        _write_line(str(problem))
    errors = sum(not problem.warning for problem in problems)
    _write_line(f"{data}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}")
    if errors:
        raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


@app.command()
def at(
    day: DayArg,
    data: DataOpt = Path("data"),
    known: KnownOpt = None,
    by: ByOpt = "publisher",
    force: ForceOpt = None,
    place: PlaceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """List the claims in force on a day: who says what of which place."""
    from .questions import rows

    when = _day(day)
    episodes, scope = _ask(data, known=known, by=by, stale_after=stale_after, forces=force, places=place)
    _answer(rows(episodes, when, scope), episodes.ledger, form, output, raw=raw, head=_sentence(day, known))


@app.command()
def posture(
    day: DayArg,
    data: DataOpt = Path("data"),
    known: KnownOpt = None,
    by: ByOpt = "publisher",
    force: ForceOpt = None,
    place: PlaceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Reconcile the claims of a day: one line for each place and force."""
    from .questions import posture as lines

    when = _day(day)
    episodes, scope = _ask(data, known=known, by=by, stale_after=stale_after, forces=force, places=place)
    _answer(lines(episodes, when, scope), episodes.ledger, form, output, raw=raw, head=_sentence(day, known))


@app.command()
def compare(
    before: Annotated[str, typer.Argument(metavar="DAY", help="The first day, YYYY-MM-DD.")],
    after: Annotated[str, typer.Argument(metavar="DAY", help="The second day, YYYY-MM-DD.")],
    data: DataOpt = Path("data"),
    known: KnownOpt = None,
    known_before: Annotated[
        str | None, typer.Option(metavar="DAY", help="The first day as known then (default: --known).")
    ] = None,
    by: ByOpt = "publisher",
    force: ForceOpt = None,
    place: PlaceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Compare two days: what changed, and what we only learned since."""
    from .questions import changes

    first, second = _day(before), _day(after)
    earlier = known if known_before is None else known_before
    known_then = None if earlier is None else _day(earlier)
    episodes, scope = _ask(data, known=known, by=by, stale_after=stale_after, forces=force, places=place)
    table = changes(episodes, first, second, scope, known_before=known_then)
    head = f"From {before}{_as_known(earlier)} to {after}{_as_known(known)}"
    _answer(table, episodes.ledger, form, output, raw=raw, head=head)


def _as_known(known: str | None) -> str:
    return "" if known is None else f" (as known on {known})"


@app.command()
def totals(
    area: Annotated[str, typer.Argument(metavar="AREA", help="The id of a country, region or province.")],
    day: DayArg,
    data: DataOpt = Path("data"),
    known: KnownOpt = None,
    by: ByOpt = "publisher",
    force: ForceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Set what is stated of an area beside the sum of its sites."""
    from .questions import totals as lines

    when = _day(day)
    episodes, scope = _ask(data, known=known, by=by, stale_after=stale_after, forces=force)
    _existing("area", area, [place.id for place in episodes.ledger.places.values() if place.is_area])
    _answer(lines(episodes, area, when, scope), episodes.ledger, form, output, raw=raw, head=_sentence(day, known))


@app.command()
def timeline(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="The id of a place.")],
    data: DataOpt = Path("data"),
    known: KnownOpt = None,
    by: ByOpt = "publisher",
    force: ForceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Tell the history of one place: every stretch of days with one posture."""
    from .questions import timeline as runs

    episodes, scope = _ask(data, known=known, by=by, stale_after=stale_after, forces=force)
    _existing("place", place, episodes.ledger.places)
    head = "Everything known" if known is None else f"As known on {known}"
    _answer(runs(episodes, place, scope), episodes.ledger, form, output, raw=raw, head=head)


@app.command("map")
def map_(
    recipes: Annotated[list[Path] | None, typer.Argument(metavar="[RECIPE]...", help="Recipes (default: maps/*.yaml).")] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="In place of the recipe's data folder.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The page (default: beside the recipe).")
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    watched: Annotated[
        bool, typer.Option("--watch", help="Serve the page on this machine alone, and build it anew when its files change.")
    ] = False,
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="With --watch: where to serve (default: a free port).")] = 0,
) -> None:
    """Build the briefing maps: one sealed HTML page for each recipe."""
    chosen = recipes or sorted(Path("maps").glob("*.yaml"))
    if not chosen:
        raise UsageError("There is no recipe in maps/*.yaml. Name one, or write one: geoposture new recipe maps/first.yaml")
    if output is not None and len(chosen) != 1:
        raise UsageError(f"-o names one page, but there are {len(chosen)} recipes. Name one recipe, or leave -o out.")
    if watched:
        _watch(chosen, data, output, port, open_page=open_page)
    else:
        _build(chosen, data, output, open_page=open_page)


def _watch(recipes: list[Path], data: Path | None, output: Path | None, port: int, *, open_page: bool) -> None:
    from .watching import watch

    if len(recipes) != 1:
        raise UsageError(f"--watch serves one page, but there are {len(recipes)} recipes. Name one.")
    ready = typer.launch if open_page else (lambda _: None)
    watch(recipes[0], data=data, output=output, port=port, tell=_write_line, ready=ready)


def _build(recipes: list[Path], data: Path | None, output: Path | None, *, open_page: bool) -> None:
    from .mapping import build

    for page in build(recipes, data=data, output=output):
        _write_line(f"{page.path}  {page.size / 1000:,.0f} kB  {page.places} places, {page.claims} claims")
        if open_page:
            typer.launch(str(page.path))


@app.command()
def figure(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The figure: .svg, .pdf or .png.")],
    recipe: Annotated[Path | None, typer.Argument(metavar="[RECIPE]", help="The recipe (default: the one in maps/).")] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="In place of the recipe's data folder.")] = None,
    day: Annotated[
        list[str] | None, typer.Option("--day", metavar="DAY", help="In place of the recipe's; repeatable: one panel for each.")
    ] = None,
    known: KnownOpt = None,
    each: Annotated[
        str | None,
        typer.Option("--each", metavar="source|day", help="One panel for each source, or each of the latest days of change."),
    ] = None,
    size: Annotated[str, typer.Option("--size", metavar="16:9|4:3|a4", help="The slide or sheet to fill.")] = "16:9",
) -> None:
    """Draw the situation for slides and papers: one map, or one small map for each day or source."""
    from .picturing import EACH, save

    if each is not None:
        _one_of("--each", each, EACH)
    chosen = [recipe] if recipe else sorted(Path("maps").glob("*.yaml"))
    if len(chosen) != 1:
        raise UsageError(f"There are {len(chosen)} recipes in maps/*.yaml. Name one: geoposture figure RECIPE -o {output}")
    days = [_day(text) for text in day or ()]
    save(chosen[0], output, data=data, days=days, known=None if known is None else _day(known), each=each, size=size)


@app.command()
def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="gazetteer, forces, sources, report, recipe; or mapping.")
    ] = None,
) -> None:
    """Print the JSON Schema of one kind of file, or of all of a data folder and its maps; `mapping` is that of import."""
    import json

    from .importing import mapping_schema
    from .reading import KINDS, json_schema

    if kind is not None:
        _one_of("KIND", kind, (*KINDS, "mapping"))
    if kind == "mapping":
        found = mapping_schema()
    else:
        found = {name: json_schema(name) for name in KINDS} if kind is None else json_schema(kind)
    _write_line(json.dumps(found, indent=2, ensure_ascii=False))


@app.command("import")
def import_(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A table: .csv, .tsv, .xlsx or .parquet.")],
    mapping: Annotated[str, typer.Option("--map", metavar="MAPPING", help="A mapping file, or the name of a shipped one.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="The data folder to make, or to add to.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="A data folder whose places are known; without -o, added to.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DAY", help="When this edition of the table came out.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Of a CSV table, in place of the mapping's.")
    ] = None,
) -> None:
    """Import a table of others: a row becomes a claim or a place, or is listed with the reason why not."""
    from .importing import import_table, outcome_lines, read_mapping
    from .terminal import progress

    with progress(f"reading {table.name}") as advance:
        summary = import_table(
            table,
            read_mapping(mapping),
            output=output,
            data=data,
            published=published,
            encoding=encoding,
            progress=advance,
        )
    for line in outcome_lines(summary):
        _write_line(line)


@app.command()
def place(
    text: Annotated[str, typer.Argument(metavar="FIND", help="A name in any spelling or script, or a code.")],
    data: DataOpt = Path("data"),
) -> None:
    """Find a place by any spelling of its names: which it is, or which it may be."""
    from .placefinder import PlaceFinder
    from .reading import read
    from .terminal import finding

    ledger = read(data)
    found = PlaceFinder(ledger.places).find(text)
    for line in finding(found, ledger):
        _write_line(line)
    if found.place is None:
        raise typer.Exit(1)


@app.command()
def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="report, recipe, gazetteer, forces, sources; or place.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to begin; it must not exist. For place: an ICAO code.")],
    data: DataOpt = Path("data"),
) -> None:
    """Begin a file: a commented skeleton to fill in; or draft the entry of an airport for the gazetteer."""
    from .files import write
    from .reading import KINDS, skeleton

    if kind == "place":
        _draft_place(str(file), data)
        return
    _one_of("KIND", kind, (*KINDS, "place"))
    if file.exists() or file.is_symlink():
        raise UsageError(f"{file}: exists. Name a new file.")
    write(file, skeleton(kind).encode())
    _write_line(f"{file}: fill it in, then run geoposture check")


def _draft_place(icao: str, data: Path) -> None:
    """Print an airport's entry, to be checked and put into gazetteer.yaml."""
    from .importing import airport, entries, place_entry
    from .ledger import Ledger
    from .reading import read

    ledger = read(data) if (data / "gazetteer.yaml").exists() else Ledger()
    found = airport(icao, ledger.places)
    has = next((one.id for one in ledger.places.values() if one.codes.get("icao") == found.codes["icao"]), None)
    if has is not None:
        raise UsageError(f"{data}: has this airport already, as {has}.")
    _write_line(entries([place_entry(found)], 2).rstrip("\n"))


@app.command()
def export(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file; its suffix names the format.")],
    data: DataOpt = Path("data"),
    by: ByOpt = "publisher",
    layer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only episodes, rows, sites or areas (.gpkg: all; others: episodes).")
    ] = None,
    project: Annotated[bool, typer.Option("--project", help="Beside a .gpkg: a QGIS project (.qgz) that draws it.")] = False,
    raw: RawOpt = False,
) -> None:
    """Write all episodes to a file, for other tools; .gpkg gets all layers, .lpf.json the gazetteer as Linked Places."""
    from .layers import export as export_layers
    from .layers import export_with_project

    if project and layer is not None:
        raise UsageError("A QGIS project draws all layers. Leave --layer out.")
    episodes, _ = _ask(data, by=by)
    if project:
        export_with_project(episodes, output)
        return
    export_layers(episodes, output, layer=layer, raw=raw)


def _write_line(text: str) -> None:
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def main() -> None:
    """Run the command line: 0 done, 1 the input has problems or a file cannot be written, 2 wrong usage."""
    sys.exit(_guarded(partial(app, standalone_mode=True)))


def _guarded(command: Callable[[], Any]) -> int:
    try:
        command()
    except InputProblems as problems:
        for problem in problems.problems:
            _complain(str(problem))
        return 1
    except UsageError as error:
        _complain(f"geoposture: {error}")
        return 2
    except GeopostureError as error:
        _complain(f"geoposture: {error}")
        return 1
    except BrokenPipeError:
        # The reader of the pipe has seen enough; keep the interpreter from complaining on its way out.
        sys.stdout = None
        return 0
    return 0


def _complain(text: str) -> None:
    sys.stderr.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
