"""Reading a mapping: a file of the user's, or one that is shipped, by its name; and which columns it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ..errors import InputProblems, Problem, UsageError
from ..reading.codes import Refused
from ..reading.entries import read_part
from ..reading.files import read_text
from ..reading.wording import listed, nearest, shown
from ..reading.yaml_lines import Mapping, Node, Scalar, Sequence, parse
from .day_format import reach
from .model import FIELD, PRECISIONS, MappingFile

SHIPPED = Path(__file__).parent / "mappings"

_COLUMN_KEYS = frozenset(
    ("column", "name", "iso", "icao", "lat", "lon", "low", "high", "best", "start", "end", "year", "quarter", "month")
)
"""Keys of PlaceSpec, FigureSpec, WhenSpec and Value that name one column."""
_TEMPLATES = frozenset(("id", "says", "where", "note", "reference"))


def shipped() -> tuple[str, ...]:
    """The names of the mappings that come with the program."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def read_mapping(name: str) -> MappingFile:
    """The mapping in a file, or the shipped one of this name.

    Raises UsageError if there is none, and InputProblems with every fault of the file.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml") and not path.is_file():
        if name not in shipped():
            near = nearest(name, shipped())
            fix = f"Did you mean {near}?" if near else f"Name a file, or one of {listed(shipped())}."
            raise UsageError(f"There is no mapping {shown(name)}. {fix}")
        path = SHIPPED / f"{name}.yaml"
    try:
        tree, problems = parse(read_text(path, str(path)), str(path))
    except Refused as error:
        raise InputProblems([error.problem]) from error
    if tree is None:
        raise InputProblems(problems)
    read_part(tree, MappingFile, problems)
    if problems:
        raise InputProblems(problems)
    found = MappingFile.model_validate(_plain(tree))
    if faults := list(_rules(found, tree)):
        raise InputProblems(faults)
    return found


def columns_of(mapping: MappingFile) -> tuple[str, ...]:
    """Every column that the mapping asks for, in the order of the mapping."""
    parts: list[BaseModel | None] = [*mapping.skip, mapping.place, mapping.report, mapping.claim]
    return tuple(dict.fromkeys(column for part in parts if part is not None for column in _columns(part)))


def _columns(spec: BaseModel) -> Iterator[str]:
    for key, value in spec.__dict__.items():
        if value is None:
            continue
        if isinstance(value, BaseModel):
            yield from _columns(value)
        elif (isinstance(value, dict) and key in ("where", "about")) or key == "within":
            yield from value
        elif isinstance(value, str) and key in _TEMPLATES:
            yield from FIELD.findall(value)
        elif isinstance(value, str) and key in _COLUMN_KEYS:
            yield value


def _rules(mapping: MappingFile, tree: Mapping) -> Iterator[Problem]:
    """What single values cannot say."""
    place, claim, report = mapping.place, mapping.claim, mapping.report
    if not any((place.id, place.name, place.iso, place.icao)):
        yield _problem(tree, "place", "no column says which place a row is about.", "Write name, iso, icao or id.")
    if (place.lat is None) != (place.lon is None):
        yield _problem(tree, "place", "one of lat and lon is missing.", "Write both, or none.")
    if (claim is None) != (report is None):
        missing = "claim" if claim is None else "report"
        yield _problem(tree, "name", f'"{missing}" is missing.', "Write both report and claim, or neither for a gazetteer.")
    if claim is not None:
        yield from _claim_rules(mapping, tree)


def _claim_rules(mapping: MappingFile, tree: Mapping) -> Iterator[Problem]:
    when, figure = mapping.claim.when, mapping.claim.personnel
    ways = () if when is None else tuple(key for key in ("column", "start", "year") if getattr(when, key) is not None)
    if when is not None and len(ways) != 1:
        yield _problem(tree, "claim", '"when" wants one of column, start and year.', "Keep one of them.")
    if when is not None and when.format is not None and (rough := reach(when.format)) != "day":
        said = when.precision.constant if when.precision is not None else None
        if said not in PRECISIONS[PRECISIONS.index(str(rough)) :]:
            what = f'"format" {shown(when.format)} says no day, only a {rough}.'
            yield _problem(
                _below(tree, "claim", "when"), "format", what, f"Write precision: {rough} too, or a day into the format."
            )
    if figure is not None and (figure.column is None) == (figure.low is None and figure.high is None):
        yield _problem(tree, "claim", '"personnel" wants column, or low and high.', "Write one of the two.")


def _below(tree: Mapping, *keys: str) -> Mapping:
    """The mapping under these keys, which is there."""
    for key in keys:
        found = tree.values[key]
        assert isinstance(found, Mapping)
        tree = found
    return tree


def _problem(tree: Mapping, key: str, what: str, fix: str) -> Problem:
    spot = tree.keys.get(key, tree)
    return Problem(spot.file, spot.line, spot.column, "mapping-unclear", what, fix)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key: _plain(value) for key, value in node.values.items()} if isinstance(node, Mapping) else None
