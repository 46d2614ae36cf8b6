"""A mapping of a file → its values, read by its model: what can be read is kept, and each fault is reported where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import Problem, ValueProblem
from .codes import Spot, problem, value_problem
from .structure import Entry
from .wording import nearest, shown
from .yaml_lines import Broken, Mapping, Node, Scalar, Sequence

_BROKEN = object()
"""Stands in for what has been reported already; no model accepts it."""


@dataclass(slots=True)
class Part:
    """One mapping of a file: a place, a force, a source, a claim, the head of a report, a recipe.

    `values` has what could be read, and defaults of what was left out; `meant` every key that the writer has set or
    seems to have meant, readable or not; `sound` tells whether all was.
    """

    node: Mapping
    values: dict[str, Any] = field(default_factory=dict)
    meant: frozenset[str] = frozenset()
    sound: bool = True

    def get(self, key: str) -> Any:
        """The value of a key; None if it was left out or cannot be read."""
        return self.values.get(key)

    def at(self, key: str, *, item: int | None = None) -> Spot:
        """Where a value stands, or one item of it; the mapping itself if the key was left out."""
        value = self.node.values.get(key)
        if isinstance(value, Sequence) and item is not None and item < len(value.items):
            return value.items[item]
        return self.node if value is None else value

    def written(self, key: str) -> str | None:
        """The text of a single value as it was written."""
        value = self.node.values.get(key)
        return value.text.strip() if isinstance(value, Scalar) else None


def read_part(node: Mapping, model: type[Entry], problems: list[Problem], *, apart: str | None = None) -> Part:
    """The values of a mapping; its faults are added to `problems`. What stands in the list `apart` is left to the caller."""
    data = {key: [] if key == apart else _plain(value) for key, value in node.values.items()}
    try:
        entry = model.model_validate(data)
    except ValidationError as error:
        return _mended(node, model, data, error.errors(include_url=False), problems)
    return Part(node, _values(entry), frozenset(data))


def items_of(node: Mapping, key: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping]]:
    """The mappings in a list of a file, numbered from 1; whatever else stands there is reported."""
    value = node.values.get(key)
    if value is None or isinstance(value, Broken):
        return
    if not isinstance(value, Sequence):
        problems.append(_no_list(value, key))
        return
    for number, item in enumerate(value.items, 1):
        if isinstance(item, Mapping):
            yield number, item
        elif not isinstance(item, Broken):
            what = f'an entry of "{key}" is no mapping of keys to values.'
            problems.append(problem(item, "value-kind", what, "Write it as key: value."))


def _no_list(value: Scalar | Mapping, key: str) -> Problem:
    if isinstance(value, Scalar) and value.is_null:
        return problem(value, "value-missing", f'"{key}" has no value.', f"Write {key}: [] if there are none.")
    return problem(value, "value-kind", f'"{key}" wants a list.', "Begin each entry with a hyphen and a space.")


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.values.items()}
    return _BROKEN


def _values(entry: Entry) -> dict[str, Any]:
    """The values of a model under the keys of the file; of a nested mapping, those that are set."""
    found = {}
    for name, info in type(entry).model_fields.items():
        if name in entry.__dict__:
            value = entry.__dict__[name]
            if isinstance(value, BaseModel):
                value = {key: item for key, item in value.__dict__.items() if item is not None}
            found[info.alias or name] = value
    return found


def _mended(node: Mapping, model: type[Entry], data: dict[str, Any], errors: list[ErrorDetails], problems: list[Problem]) -> Part:
    """The part of a mapping with faults: each reported once, the rest of the values read all the same."""
    bad = {str(error["loc"][0]) for error in errors if error["loc"]}
    guesses = {
        near
        for error in errors
        if error["type"] == "extra_forbidden"
        and len(error["loc"]) == 1
        and (near := _near_key(str(error["loc"][0]), model))
        and near not in data
    }
    for error in errors:
        if error["type"] == "missing" and error["loc"][-1] in guesses and len(error["loc"]) == 1:
            continue
        found = _finding(node, model, error)
        if found is not None:
            problems.append(found)
    entry = model.model_construct()
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key in data and key not in bad:
            setattr(entry, name, data[key])
    values = {key: value for key, value in _values(entry).items() if key not in bad | guesses}
    return Part(node, values, frozenset(data) | guesses, sound=False)


def _finding(node: Mapping, model: type[Entry], error: ErrorDetails) -> Problem | None:
    """The fault that pydantic found, as ours; None if it was reported when the tree was made."""
    spot, holder = _locate(node, error["loc"])
    key = str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return problem(
            holder.keys[key], "key-unknown", f"{shown(key)} is no key here.", _key_advice(key, _model_at(model, error["loc"]))
        )
    if error["type"] == "missing":
        return problem(holder, "key-missing", f'"{key}" is missing.', f"Write {key}: …")
    if isinstance(spot, Broken):
        return None
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, ValueProblem):
        if cause.code == "value-missing" and key in _required(model):
            return problem(spot, cause.code, cause.what, "Write one.")
        return value_problem(spot, cause)
    if isinstance(spot, Scalar) and spot.is_null:
        return problem(spot, "value-missing", f'"{key}" has no value.', "Write one, or leave the key out.")
    return problem(spot, "value-kind", f'"{key}" wants a mapping of keys to values.', "Write it as {key: value}.")


def _locate(node: Mapping, loc: tuple[int | str, ...]) -> tuple[Spot, Mapping]:
    """Where the value stands that a fault is about, and the mapping that holds it."""
    spot: Spot = node
    holder = node
    for step in loc:
        if isinstance(spot, Mapping) and isinstance(step, str):
            holder = spot
            spot = spot.values.get(step, spot)
        elif isinstance(spot, Sequence) and isinstance(step, int) and step < len(spot.items):
            spot = spot.items[step]
    return spot, holder


def _model_at(model: type[Entry], loc: tuple[int | str, ...]) -> type[Entry]:
    """The model of the mapping in which a key stands: that of the part, or a nested one."""
    for step in loc[:-1]:
        info = model.model_fields.get(str(step))
        if info is not None and isinstance(info.annotation, type) and issubclass(info.annotation, Entry):
            model = info.annotation
    return model


def _keys(model: type[Entry]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _required(model: type[Entry]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items() if info.is_required()}


def _near_key(key: str, model: type[Entry]) -> str | None:
    return nearest(key, _keys(model))


def _key_advice(key: str, model: type[Entry]) -> str:
    if ":" in key:
        return "Write a space after the colon."
    keys = _keys(model)
    if near := nearest(key, keys):
        return f"Write {near}."
    return "Remove it, or use note." if "note" in keys else f"Remove it. The keys here are {', '.join(keys)}."
