"""All rules about a whole data folder, joined: folder in, findings or a ledger out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import InputProblems, Problem
from ..ledger import Ledger
from .build import build
from .claims import check_reports
from .draft import Draft, read_folder, read_registry
from .folder import is_folder
from .gazetteer import check_forces, check_places
from .parties import check_sources
from .quotes import check_quotes
from .recipes import check_recipes
from .replacing import check_replaces
from .scripts import check_text


def read(data: str | Path, *, texts: str | Path | None = None) -> Ledger:
    """The ledger of a data folder. `texts`: a folder of archived articles in which every quote must stand.

    Raises InputProblems, with every finding, if there is any error; warnings alone do not raise.
    """
    draft = read_folder(data)
    problems = _findings(draft, texts)
    if any(not found.warning for found in problems):
        raise InputProblems(problems)
    return build(draft)


def read_gazetteer(path: str | Path) -> Ledger:
    """The places of a gazetteer file; of a data folder its forces and sources too, but none of its reports.

    Raises InputProblems, with every finding, if there is any error.
    """
    draft = read_registry(path)
    found = {*draft.problems, *check_places(draft), *check_forces(draft), *check_sources(draft)}
    found |= {problem for tree in draft.trees for problem in check_text(tree)}
    if any(not problem.warning for problem in found):
        raise InputProblems(found)
    return build(draft)


def check(data: str | Path, *, texts: str | Path | None = None, recipes: bool = True) -> list[Problem]:
    """Every finding about a data folder and, unless `recipes` is false, the recipes in `maps/` beside it, sorted.

    An empty list, or one of warnings alone, means that `read` does not raise. Nothing is raised for bad input.
    """
    draft = read_folder(data)
    problems = _findings(draft, texts)
    if recipes and is_folder(draft.folder.path):
        problems = sorted({*problems, *check_recipes(draft)})
    return problems


def _findings(draft: Draft, texts: str | Path | None) -> list[Problem]:
    return sorted({*draft.problems, *_rules(draft), *(check_quotes(draft, Path(texts)) if texts is not None else ())})


def _rules(draft: Draft) -> Iterator[Problem]:
    yield from check_places(draft)
    yield from check_forces(draft)
    yield from check_sources(draft)
    yield from check_reports(draft)
    yield from check_replaces(draft)
    for tree in draft.trees:
        yield from check_text(tree)
