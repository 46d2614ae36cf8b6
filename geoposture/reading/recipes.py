"""Recipes of maps: reading one, and checking those that lie in `maps/` beside the data folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import InputProblems, Problem
from ..ledger import Force, Ledger, Place, Recipe, Source
from .codes import Refused, problem
from .draft import Draft, Known
from .entries import Part, read_part
from .files import read_text
from .folder import Folder, is_folder, yaml_files
from .parties import is_unnamed
from .scripts import check_text
from .structure import RecipeFile
from .wording import nearest, shown
from .yaml_lines import Mapping as Tree
from .yaml_lines import parse

NO_TILES = "none"


def read_recipe(path: str | Path, ledger: Ledger | None = None) -> Recipe:
    """The recipe of one map; with a ledger, the ids in it are checked too.

    Raises InputProblems, with every finding, if there is any error; warnings alone do not raise.
    """
    path = Path(path)
    recipe, problems = _read(path, str(path).replace("\\", "/"), None)
    if recipe is not None:
        problems.extend(_check_tiles(recipe))
        if ledger is not None:
            problems.extend(_check_ids(recipe, _known_in(ledger)))
    if recipe is None or any(not found.warning for found in problems):
        raise InputProblems(problems)
    return _build(recipe)


def check_recipes(draft: Draft) -> Iterator[Problem]:
    """The findings of all recipes in `maps/` beside the data folder, less those whose `data` is another folder."""
    beside = Folder(Path(os.path.normpath(draft.folder.path / "..")))
    try:
        names = yaml_files(beside, "maps")
    except Refused as error:
        yield error.problem
        return
    for name in names:
        yield from _check_recipe(draft, beside, name)


def _check_recipe(draft: Draft, beside: Folder, name: str) -> Iterator[Problem]:
    path = beside.path / "maps" / name
    recipe, problems = _read(path, beside.shown("maps", name), beside.path / "maps")
    if recipe is not None and recipe.get("data") is not None:
        data = path.parent / recipe.get("data")
        if not is_folder(data):
            what = f"{shown(recipe.get('data'))} is no folder beside this recipe."
            problems.append(problem(recipe.at("data"), "data-missing", what, "Write the path from here to the data folder."))
        elif data.resolve() != draft.folder.path.resolve():
            return
    yield from problems
    if recipe is not None:
        yield from _check_tiles(recipe)
        yield from _check_ids(recipe, _known_to(draft))


def _read(path: Path, file: str, root: Path | None) -> tuple[Part | None, list[Problem]]:
    try:
        tree, problems = parse(read_text(path, file, root), file)
    except Refused as error:
        return None, [error.problem]
    if tree is None:
        return None, problems
    recipe = read_part(tree, RecipeFile, problems)
    problems.extend(check_text(tree))
    return recipe, problems


class _Ids:
    """The ids that a recipe may name."""

    def __init__(self, places: Known, forces: Known, sources: Known, reports: Iterable[str], *, complete: bool) -> None:
        self.kinds = {"places": places, "forces": forces, "exclude_sources": sources}
        self.reports = frozenset(reports)
        self.complete = complete

    def is_source(self, text: str, by: str | None) -> bool:
        """Whether the text may name a source beyond those of sources.yaml: a report, or an anonymous voice of somebody."""
        holder, _, voice = text.rpartition("/")
        if by == "voice" and holder and is_unnamed(voice):
            return holder in self.kinds["exclude_sources"].by_id or holder in self.reports or not self.complete
        return by == "report" and (text in self.reports or not self.complete)


def _known_to(draft: Draft) -> _Ids:
    complete = not draft.broken and draft.sources.complete
    return _Ids(draft.places, draft.forces, draft.sources, [report.id for report in draft.reports], complete=complete)


def _known_in(ledger: Ledger) -> _Ids:
    def known(kind: str, things: Mapping[str, Place] | Mapping[str, Force] | Mapping[str, Source]) -> Known:
        parts = {id_: Part(Tree(""), {"name": thing.name}) for id_, thing in things.items()}
        return Known(kind, by_id=parts)

    return _Ids(
        known("place", ledger.places),
        known("force", ledger.forces),
        known("source", ledger.sources),
        ledger.reports,
        complete=True,
    )


def _check_ids(recipe: Part, ids: _Ids) -> Iterator[Problem]:
    for key, known in ids.kinds.items():
        named: tuple[str, ...] = recipe.get(key) or ()
        seen: set[str] = set()
        for number, text in enumerate(named):
            spot = recipe.at(key, item=number)
            if text in seen:
                yield problem(spot, "list-twice", f"{shown(text)} is named twice.", "Remove one of the two.")
            elif not (key == "exclude_sources" and ids.is_source(text, recipe.get("by"))) and (
                found := known.unknown(spot, text)
            ):
                yield found
            seen.add(text)


def _check_tiles(recipe: Part) -> Iterator[Problem]:
    tiles = recipe.get("tiles")
    if tiles in (None, NO_TILES):
        return
    import xyzservices

    try:
        xyzservices.providers.query_name(tiles)
    except ValueError:
        near = nearest(tiles, [NO_TILES, *xyzservices.providers.flatten()])
        fix = f"Write {near}." if near else "Write none, or a name such as OpenStreetMap.Mapnik."
        yield problem(recipe.at("tiles"), "tiles-unknown", f"{shown(tiles)} is no tile provider of xyzservices.", fix)


def _build(part: Part) -> Recipe:
    values = {key: value for key, value in part.values.items() if key != "tiles"}
    return Recipe(**values, tiles=None if part.get("tiles") == NO_TILES else part.get("tiles"))
