"""The commands for people who write the files: check, schema, new, place, import."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from . import completing
from .answers import write_line, write_lines
from .app import command
from .options import DataOpt, GazetteerOpt, check_choice

_KINDS = ("gazetteer", "forces", "sources", "report", "recipe")


@command(panel="Write", example="geoposture check")
def check(
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", help="Check each quote against the archived article that its report names."),
    ] = None,
) -> None:
    """Check all files and print every problem, one line each."""
    from ..opening import check_data

    problems = check_data(data, gazetteer, texts=texts)
    for problem in problems:
        write_line(str(problem))
    errors = sum(not problem.warning for problem in problems)
    write_line(f"{data}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}")
    if errors:
        raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


@command(panel="Write", example="geoposture schema report")
def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="gazetteer, forces, sources, report, recipe, or mapping (default: all but mapping).",
            autocompletion=completing.one_of(*_KINDS, "mapping"),
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of one kind of file, or of all."""
    import json

    from ..importing import mapping_schema
    from ..reading import json_schema

    if kind is not None:
        check_choice("KIND", kind, (*_KINDS, "mapping"))
    if kind == "mapping":
        found = mapping_schema()
    else:
        found = {name: json_schema(name) for name in _KINDS} if kind is None else json_schema(kind)
    write_lines(json.dumps(found, indent=2, ensure_ascii=False))


@command("import", panel="Write", example="geoposture import troops.csv --map troopdata -o troops --published 2026-01-31")
def import_(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A table: .csv, .tsv, .xlsx or .parquet.")],
    mapping: Annotated[
        str,
        typer.Option(
            "--map", metavar="MAPPING", help="A mapping file, or the name of a shipped one.", autocompletion=completing.mappings
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Data folder, or claims file (.parquet), to make or add to."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Data whose places are known; without -o, added to.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DAY", help="When this edition of the table came out.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Of a CSV table, in place of the mapping's.")
    ] = None,
) -> None:
    """Import a table of others; each row becomes a claim, or is listed with the reason why not."""
    from ..importing import import_table, outcome_lines, read_mapping
    from ..terminal import progress

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
        write_line(line)


@command(panel="Ask", example="geoposture place 'Ayn al Asad'")
def place(
    text: Annotated[str, typer.Argument(metavar="FIND", help="A name in any spelling or script, or a code.")],
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
) -> None:
    """Find a place by any spelling of its names, or a code."""
    from ..opening import open_ledger
    from ..placefinder import PlaceFinder
    from ..terminal import finding

    ledger = open_ledger(data, gazetteer)
    found = PlaceFinder(ledger.places).find(text)
    for line in finding(found, ledger):
        write_line(line)
    if found.place is None:
        raise typer.Exit(1)


@command(panel="Write", example="geoposture new project first-map")
def new(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="project; report, recipe, gazetteer, forces, sources; or place.",
            autocompletion=completing.one_of("project", *_KINDS, "place"),
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The folder or file to begin, which must not exist. For place: an ICAO code."),
    ],
    data: DataOpt = Path("data"),
) -> None:
    """Begin a project folder or a file, or draft the entry of an airport.

    A project is a folder with commented data, a map that builds at once, and schemas for the editor. A file is a commented
    skeleton to fill in. A place is an entry for the gazetteer, printed.
    """
    from ..files import write
    from ..reading import skeleton

    check_choice("KIND", kind, ("project", *_KINDS, "place"))
    if kind == "project":
        _start_project(file)
        return
    if kind == "place":
        _draft_place(str(file), data)
        return
    if os.path.lexists(file):
        raise UsageError(f"{file}: exists. Name a new file.")
    write(file, skeleton(kind).encode())
    write_line(f"{file}: fill it in, then run geoposture check")


def _start_project(folder: Path) -> None:
    """Make the folder, and say what to do in it."""
    from ..scaffolding import start_project

    made = start_project(folder)
    write_line(
        f"{folder}: {len(made)} files, README.md first. See its map: cd {shlex.quote(str(folder))} && geoposture map --open"
    )


def _draft_place(icao: str, data: Path) -> None:
    """Print an airport's entry, to be checked and put into gazetteer.yaml."""
    from ..importing import airport, entries, place_entry
    from ..ledger import Ledger
    from ..reading import read

    ledger = read(data) if os.path.lexists(data / "gazetteer.yaml") else Ledger()
    found = airport(icao, ledger.places)
    has = next((one.id for one in ledger.places.values() if one.codes.get("icao") == found.codes["icao"]), None)
    if has is not None:
        raise UsageError(f"{data}: has this airport already, as {has}.")
    write_lines(entries([place_entry(found)], 2).rstrip("\n"))
