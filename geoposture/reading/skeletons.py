"""Skeletons of files to fill in: every key of a kind with what it means, the required ones blank, the others commented out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic.fields import FieldInfo

from .structure import Entry, model_of

_HEAD = "# Fill in what is blank. A line with # before its key may be left out, or its # removed.\n"
_BLANK = {"report": {"title", "url", "status"}}
"""Keys that are blank although they may be left out, by kind: what every good report has."""
_WIDTH = 34


def skeleton(kind: str) -> str:
    """A commented file of one kind to fill in. Raises UsageError if there is no such kind.

    As it stands it is valid YAML, and `check` points at each blank; with the blanks filled it passes.
    """
    model = model_of(kind)
    return _HEAD + f"# {model.__doc__}\n" + "\n".join(_lines(model, kind)) + "\n"


def _lines(model: type[Entry], kind: str, indent: str = "") -> Iterator[str]:
    for name, info in model.model_fields.items():
        key = info.alias or name
        if (item := _item_model(info)) is not None:
            yield f"{indent}{key}:"
            # The hyphen stands alone, so that any line of the entry can be commented out.
            yield "  -"
            yield from _lines(item, kind, "    ")
        else:
            yield _line(key, info, indent, blank=info.is_required() or key in _BLANK.get(kind, ()))


def _item_model(info: FieldInfo) -> type[Entry] | None:
    """The model of the entries of a list, if they are mappings."""
    item = next(iter(get_args(info.annotation)), None)
    return item if isinstance(item, type) and issubclass(item, Entry) else None


def _line(key: str, info: FieldInfo, indent: str, *, blank: bool) -> str:
    example = _written((info.examples or [""])[0])
    if blank:
        return f"{indent}{key + ':':{_WIDTH}} # {info.description} For example {example}"
    return f"{indent}# {key + ': ' + example:{_WIDTH - 2}} # {info.description}"


def _written(value: Any) -> str:
    """An example as YAML in one line."""
    if isinstance(value, list):
        return f"[{', '.join(_written(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(item)}' for key, item in value.items())}}}"
    return f'"{value}"' if isinstance(value, str) and value[:1] in "<>%@`" else str(value)
