"""The commands that make pages, figures and files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from .answers import write_line
from .app import app
from .options import ByOpt, DataOpt, KnownOpt, RawOpt, ask, check_choice, read_day


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
    from ..watching import watch

    if len(recipes) != 1:
        raise UsageError(f"--watch serves one page, but there are {len(recipes)} recipes. Name one.")
    ready = typer.launch if open_page else (lambda _: None)
    watch(recipes[0], data=data, output=output, port=port, tell=write_line, ready=ready)


def _build(recipes: list[Path], data: Path | None, output: Path | None, *, open_page: bool) -> None:
    from ..mapping import build

    for page in build(recipes, data=data, output=output):
        write_line(f"{page.path}  {page.size / 1000:,.0f} kB  {page.places} places, {page.claims} claims")
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
    from ..picturing import EACH, save

    if each is not None:
        check_choice("--each", each, EACH)
    chosen = [recipe] if recipe else sorted(Path("maps").glob("*.yaml"))
    if len(chosen) != 1:
        raise UsageError(f"There are {len(chosen)} recipes in maps/*.yaml. Name one: geoposture figure RECIPE -o {output}")
    days = [read_day(text) for text in day or ()]
    save(chosen[0], output, data=data, days=days, known=None if known is None else read_day(known), each=each, size=size)


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
    from ..layers import export as export_layers
    from ..layers import export_with_project

    if project and layer is not None:
        raise UsageError("A QGIS project draws all layers. Leave --layer out.")
    episodes, _ = ask(data, by=by)
    if project:
        export_with_project(episodes, output)
        return
    export_layers(episodes, output, layer=layer, raw=raw)
