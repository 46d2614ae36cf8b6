"""The commands that make pages, figures and files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from . import completing
from .answers import write_line
from .app import command
from .options import ByOpt, DataOpt, GazetteerOpt, KnownOpt, RawOpt, check_by, check_choice, read_day


@command("map", panel="Make", example="geoposture map maps/iraq-2025-2026.yaml -o iraq.html")
def map_(
    recipes: Annotated[
        list[Path] | None, typer.Argument(metavar="[RECIPE]...", help="The recipes (default: maps/*.yaml).")
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="In place of the recipe's data folder.")] = None,
    gazetteer: GazetteerOpt = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The page (default: beside the recipe).")
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    watched: Annotated[
        bool, typer.Option("--watch", help="Serve one page on this machine alone, and build it anew whenever its files change.")
    ] = False,
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", help="With --watch: the port to serve at (default: a free one).")
    ] = 0,
) -> None:
    """Build the briefing maps: one sealed HTML page for each recipe."""
    chosen = recipes or sorted(Path("maps").glob("*.yaml"))
    if not chosen:
        raise UsageError("There is no recipe in maps/*.yaml. Name one, or write one: geoposture new recipe maps/first.yaml")
    if output is not None and len(chosen) != 1:
        raise UsageError(f"-o names one page, but there are {len(chosen)} recipes. Name one recipe, or leave -o out.")
    if watched:
        _watch(chosen, data, gazetteer, output, port, open_page=open_page)
    else:
        _build(chosen, data, gazetteer, output, open_page=open_page)


def _watch(
    recipes: list[Path], data: Path | None, gazetteer: Path | None, output: Path | None, port: int, *, open_page: bool
) -> None:
    from ..watching import watch

    if len(recipes) != 1:
        raise UsageError(f"--watch serves one page, but there are {len(recipes)} recipes. Name one.")
    ready = typer.launch if open_page else (lambda _: None)
    watch(recipes[0], data=data, gazetteer=gazetteer, output=output, port=port, tell=write_line, ready=ready)


def _build(recipes: list[Path], data: Path | None, gazetteer: Path | None, output: Path | None, *, open_page: bool) -> None:
    from ..mapping import build

    for page in build(recipes, data=data, gazetteer=gazetteer, output=output):
        write_line(f"{page.path}  {page.size / 1000:,.0f} kB  {page.places} places, {page.claims} claims")
        if open_page:
            typer.launch(str(page.path))


@command(panel="Make", example="geoposture figure maps/iraq-before-after.yaml -o iraq.svg")
def figure(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The figure: .svg, .pdf or .png.")],
    recipe: Annotated[Path | None, typer.Argument(metavar="[RECIPE]", help="The recipe (default: the one in maps/).")] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="In place of the recipe's data folder.")] = None,
    gazetteer: GazetteerOpt = None,
    day: Annotated[
        list[str] | None,
        typer.Option(
            "--day",
            metavar="DAY",
            help="In place of the recipe's; repeatable: one panel for each.",
            autocompletion=completing.days,
        ),
    ] = None,
    known: KnownOpt = None,
    each: Annotated[
        str | None,
        typer.Option(
            "--each",
            metavar="WHAT",
            help="One panel for each source, or for each day of the latest days of change: source or day.",
            autocompletion=completing.one_of("source", "day"),
        ),
    ] = None,
    size: Annotated[
        str,
        typer.Option(
            "--size",
            metavar="SIZE",
            help="The slide or sheet to fill: 16:9 (default), 4:3, or a4.",
            autocompletion=completing.one_of("16:9", "4:3", "a4"),
        ),
    ] = "16:9",
) -> None:
    """Draw the situation for slides and papers: one map, or one small map for each day or source."""
    from ..picturing import EACH, save

    if each is not None:
        check_choice("--each", each, EACH)
    chosen = [recipe] if recipe else sorted(Path("maps").glob("*.yaml"))
    if len(chosen) != 1:
        raise UsageError(f"There are {len(chosen)} recipes in maps/*.yaml. Name one: geoposture figure RECIPE -o {output}")
    days = [read_day(text) for text in day or ()]
    when = None if known is None else read_day(known)
    save(chosen[0], output, data=data, gazetteer=gazetteer, days=days, known=when, each=each, size=size)


@command(panel="Make", example="geoposture export -o episodes.gpkg")
def export(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="The file: .gpkg, .parquet, .kml, .geojson, .csv, .json, .lpf.json."),
    ],
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    by: ByOpt = None,
    layer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only episodes, rows, sites, or areas (default: a .gpkg gets all, others the episodes).",
            autocompletion=completing.one_of("episodes", "rows", "sites", "areas"),
        ),
    ] = None,
    project: Annotated[bool, typer.Option("--project", help="Beside a .gpkg: a QGIS project (.qgz) that draws it.")] = False,
    raw: RawOpt = False,
) -> None:
    """Write all episodes to a file, for GIS and other tools.

    A .gpkg gets all layers, styled; a .lpf.json the gazetteer with its presence as Linked Places.
    """
    from ..layers import export as export_layers
    from ..layers import export_with_project
    from ..opening import open_whole, spare_inputs

    if project and layer is not None:
        raise UsageError("A QGIS project draws all layers. Leave --layer out.")
    check_by(by)
    spare_inputs(output, data, gazetteer)
    episodes = open_whole(data, by, gazetteer)
    if project:
        export_with_project(episodes, output)
        return
    export_layers(episodes, output, layer=layer, raw=raw)
