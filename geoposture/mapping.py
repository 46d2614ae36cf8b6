"""Recipes → pages: reads each recipe and its data, and writes one sealed HTML page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import InputProblems, Problem, UsageError
from .files import spare, write
from .ledger import Ledger, Recipe
from .opening import open_ledger
from .reading import read_recipe
from .resolution import resolve


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was written: where, its size in bytes, and how many places and claims it knows."""

    path: Path
    size: int
    places: int
    claims: int


def build(
    recipes: Sequence[Path], *, data: Path | None = None, gazetteer: Path | None = None, output: Path | None = None
) -> Iterator[Page]:
    """Build a page for each recipe, beside it or at `output`; all recipes are checked before the first page is written.

    Raises InputProblems with the problems of all recipes and of their data, UsageError for an output that is no .html,
    WriteError where a page cannot be written or would take the place of a recipe.
    """
    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{output}: a page is an HTML file. Name it .html.")
    for path in recipes:
        spare(output or path.with_suffix(".html"), *recipes)
    jobs = read_maps(recipes, data, gazetteer)
    from .webmap import draw

    for path, recipe, ledger in jobs:
        page = draw(ledger, resolve(ledger, by=recipe.by), recipe)
        target = output or path.with_suffix(".html")
        content = page.get_root().render().encode()
        write(target, content)
        yield Page(target, len(content), len(ledger.places), sum(1 for _ in ledger.claims()))


def read_maps(
    recipes: Sequence[Path], data: Path | None = None, gazetteer: Path | None = None
) -> list[tuple[Path, Recipe, Ledger]]:
    """Each recipe with the ledger of its data folder, or of `data`. Raises InputProblems with the problems of all."""
    ledgers: dict[Path, Ledger] = {}
    problems: set[Problem] = set()
    jobs = []
    for path in recipes:
        try:
            recipe = read_recipe(path)
            folder = data or folder_of(path, recipe)
            if folder not in ledgers:
                ledgers[folder] = open_ledger(folder, gazetteer)
            jobs.append((path, read_recipe(path, ledgers[folder]), ledgers[folder]))
        except InputProblems as found:
            problems |= set(found.problems)
    if any(not problem.warning for problem in problems):
        raise InputProblems(problems)
    return jobs


def folder_of(path: Path, recipe: Recipe) -> Path:
    """The data folder of the recipe in this file, as short as it can be said: maps/../data is data."""
    parts: list[str] = []
    for part in (path.parent / recipe.data).parts:
        if part == ".." and parts and parts[-1] not in ("..", "/"):
            parts.pop()
        else:
            parts.append(part)
    return Path(*parts)
