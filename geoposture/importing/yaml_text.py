"""Files of ours as YAML text: plain mappings and lists, every value a string, quoted where YAML would read something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..errors import ValueProblem
from ..reading.files import CONTROL

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""Text, a list or a mapping; numbers are written as text before."""

_PLAIN = re.compile(r"(?:[~<]=?(?=[0-9])|-(?=[0-9]))?[^\W_](?:[\w ./()'’+*%&·–—-]|,(?= )|:(?=[^\s:]))*")
"""What YAML takes for a string as it stands, in block style. Less than it allows, and easy to see."""
_NULL = frozenset(("null", "Null", "NULL"))
_REFUSED = re.compile(f"[{CONTROL}\r]")


def scalar(text: str) -> str:
    """A single value as it is written. Raises ValueProblem for text that no file may hold."""
    check_signs(text)
    if _PLAIN.fullmatch(text) and text[-1] not in " :" and text not in _NULL and " #" not in text and text.isprintable():
        return text
    return f'"{"".join(map(_quoted, text))}"'


def check_signs(text: str) -> None:
    """Raises ValueProblem for text that no file may hold."""
    if found := _REFUSED.search(text):
        raise ValueProblem("text-control", f"a value holds the character U+{ord(found[0]):04X}.", "Remove it.")


def document(content: Mapping[str, Value]) -> str:
    """A whole file: a mapping in block style. Raises ValueProblem for text that no file may hold."""
    return "".join(f"{line}\n" for line in _mapping(content, 0))


def entries(items: Iterable[Mapping[str, Value]], indent: int) -> str:
    """Mappings as the items of a list whose hyphens stand so far in."""
    return "".join(f"{line}\n" for item in items for line in _item(item, indent))


def _quoted(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _mapping(content: Mapping[str, Value], indent: int) -> Iterator[str]:
    for key, value in content.items():
        yield from _pair(" " * indent + scalar(key), value, indent)


def _pair(head: str, value: Value, indent: int) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{head}: {scalar(value)}"
    elif not value:
        yield f"{head}: {'{}' if isinstance(value, Mapping) else '[]'}"
    elif isinstance(value, Mapping):
        yield f"{head}:"
        yield from _mapping(value, indent + 2)
    else:
        yield f"{head}:"
        for item in value:
            yield from _item(item, indent + 2)


def _item(item: Value, indent: int) -> Iterator[str]:
    lead = " " * indent + "- "
    if isinstance(item, str):
        yield f"{lead}{scalar(item)}"
    elif isinstance(item, Mapping) and item:
        first, *rest = _mapping(item, indent + 2)
        yield lead + first[indent + 2 :]
        yield from rest
    elif isinstance(item, Mapping):
        yield f"{lead}{{}}"
    else:
        yield f"{lead}{'[]' if not item else ''}".rstrip()
        for inner in item:
            yield from _item(inner, indent + 2)
