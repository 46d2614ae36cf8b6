"""Mutants of good files: of the tree that a file means, of the text that says it, and of its bytes.

Everything follows from the random numbers that are handed in, so that a mutant can be made again from its number.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import yaml

from .dictionary import EVERY_KEY, EVERYTHING, GOOD, KEYS, TEXTS, YAML_BITS

Path = tuple[Any, ...]


def mutate_yaml(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """One to four mutations of a YAML file: of its tree for two in three, else of its text or its bytes."""
    times = random.choice((1, 1, 1, 1, 2, 2, 3, 4))
    lot = random.random()
    if lot < 0.62:
        tree, other = _tree(content), _tree(random.choice(others))
        for _ in range(times):
            tree = _mutate_tree(random, tree, other)
        content = _written(random, tree).encode("utf-8", "surrogatepass")
        return mutate_text(random, content, others) if random.random() < 0.1 else content
    for _ in range(times):
        content = (mutate_text if lot < 0.94 else mutate_bytes)(random, content, others)
    return content


@functools.cache
def _tree(content: bytes) -> Any:
    """What a seed means. Mutating shares what it leaves as it is, and changes nothing in place."""
    return yaml.load(content, yaml.BaseLoader)


def _spots(tree: Any, path: Path = ()) -> list[Path]:
    """The way to each value of a tree, itself included."""
    below = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(spot for key, value in below for spot in _spots(value, (*path, key)))]


def _get(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _set(tree: Any, path: Path, value: Any) -> Any:
    """The tree with another value at a spot; what is not on the way is shared."""
    if not path:
        return value
    copy = tree.copy()
    copy[path[0]] = _set(tree[path[0]], path[1:], value)
    return copy


def _mutate_tree(random: Random, tree: Any, other: Any) -> Any:
    spots = _spots(tree)
    spot = random.choice(spots)
    value = _get(tree, spot)
    lot = random.random()
    if lot < 0.6:
        spot = random.choice([one for one in spots if isinstance(_get(tree, one), str)] or [spot])
        return _set(tree, spot, _hostile(random, spot))
    if lot < 0.7:
        # A value that stands elsewhere, here or in another file.
        donor = random.choice((tree, other))
        return _set(tree, spot, _get(donor, random.choice(_spots(donor))))
    if isinstance(value, dict):
        return _set(tree, spot, _mutate_mapping(random, value))
    if isinstance(value, list):
        return _set(tree, spot, _mutate_list(random, value))
    text = value or ""
    return _set(
        tree, spot, random.choice(([], {}, [text], [text, text], {"a": text}, {text: text}, None, text + text, text[:-1]))
    )


def _hostile(random: Random, spot: Path) -> str:
    key = next((step for step in reversed(spot) if isinstance(step, str)), "")
    lot = random.random()
    if lot < 0.4 and key in GOOD:
        return random.choice(GOOD[key])
    if lot < 0.75:
        return random.choice(KEYS.get(key, TEXTS))
    if lot < 0.85:
        return random.choice(EVERYTHING)
    return "".join(random.choice((*EVERYTHING, "/", "..", "~", ",", " ", "-")) for _ in range(2))[:6000]


def _mutate_mapping(random: Random, value: dict[str, Any]) -> dict[str, Any]:
    found = dict(value)
    lot = random.random()
    if found and lot < 0.4:
        del found[random.choice(list(found))]
    elif lot < 0.75:
        key = random.choice(EVERY_KEY)
        found[key] = random.choice((_hostile(random, (key,)), [_hostile(random, (key,))], {"a": "b"}, [], None))
    elif found:
        old = random.choice(list(found))
        moved = found.pop(old)
        found[random.choice((*EVERY_KEY, old.upper(), old + " ", old[:-1], "", "<<", "a: b", *TEXTS[:20]))] = moved
    return found


def _mutate_list(random: Random, value: list[Any]) -> list[Any]:
    found = list(value)
    lot = random.random()
    if found and lot < 0.3:
        del found[random.randrange(len(found))]
    elif found and lot < 0.65:
        found[random.randrange(len(found) + 1) : 0] = [random.choice(found)] * random.choice((1, 1, 1, 2, 30))
    elif lot < 0.9:
        found.append(random.choice(("", None, [], {}, [[]], _hostile(random, ()))))
    else:
        random.shuffle(found)
    return found


def _written(random: Random, tree: Any) -> str:
    """The tree as YAML: in blocks or all in brackets, its words plain where that may be or in quotes, now and then as JSON."""
    lot = random.random()
    if lot < 0.08:
        return json.dumps(tree, ensure_ascii=random.random() < 0.5)
    return _emitted(random, tree, 0, flow=0.03 if lot < 0.8 else 0.4) + "\n"


def _emitted(random: Random, value: Any, depth: int, *, flow: float) -> str:
    if isinstance(value, (dict, list)) and value and (random.random() >= flow or depth == 0):
        margin = "\n" + "  " * depth
        if isinstance(value, dict):
            lines = (f"{_scalar(random, key)}: {_emitted(random, item, depth + 1, flow=flow)}" for key, item in value.items())
        else:
            lines = (f"- {_emitted(random, item, depth + 1, flow=flow)}" for item in value)
        return margin + margin.join(lines) if depth else "\n".join(lines)
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{_scalar(random, key)}: {_emitted(random, item, depth + 1, flow=1)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_emitted(random, item, depth + 1, flow=1) for item in value) + "]"
    return "" if value is None else _scalar(random, value)


def _scalar(random: Random, text: str) -> str:
    """A word: mostly so that it is read back, at times plain where it should not be, or in a block."""
    safe = text and text.isascii() and all(char.isalnum() or char in "-./~" for char in text) and text[0].isalnum()
    lot = random.random()
    if safe and lot < 0.9:
        return text
    if lot < 0.2:
        return text.replace("\n", " ")
    if lot < 0.45 and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=lot < 0.7)


def mutate_text(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """One mutation of a text: of its characters or of its lines."""
    text = content.decode("utf-8", "replace")
    way: Callable[[Random, str, str], str] = random.choice(
        (
            _insert_bit,
            _insert_bit,
            _insert_bit,
            _delete_span,
            _double_span,
            _splice,
            _move_lines,
            _indent,
            _cut_off,
            _swap_characters,
        )
    )
    return way(random, text, random.choice(others).decode("utf-8", "replace")).encode("utf-8", "surrogatepass")


def _span(random: Random, text: str) -> tuple[int, int]:
    start = random.randrange(len(text) + 1)
    return start, min(len(text), start + random.choice((1, 1, 2, 4, 16, 64, 400)))


def _insert_bit(random: Random, text: str, _: str) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice((*YAML_BITS, *TEXTS)) + text[at:]


def _delete_span(random: Random, text: str, _: str) -> str:
    start, end = _span(random, text)
    return text[:start] + text[end:]


def _double_span(random: Random, text: str, _: str) -> str:
    start, end = _span(random, text)
    return text[:end] + text[start:end] * random.choice((1, 1, 2, 50)) + text[end:]


def _splice(random: Random, text: str, other: str) -> str:
    start, end = _span(random, other)
    at, to = _span(random, text)
    return text[:at] + other[start:end] + text[random.choice((at, to)) :]


def _move_lines(random: Random, text: str, other: str) -> str:
    lines, more = text.splitlines(keepends=True), other.splitlines(keepends=True)
    at = random.randrange(len(lines) + 1)
    taken = random.choice((lines, more))
    start = random.randrange(len(taken) + 1)
    lines[at:at] = taken[start : start + random.choice((1, 1, 3, 8))]
    return "".join(lines)


def _indent(random: Random, text: str, _: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        at = random.randrange(len(lines))
        lines[at] = random.choice((" ", "  ", "\t", "- ", "")) + (lines[at].lstrip() if random.random() < 0.4 else lines[at])
    return "".join(lines)


def _cut_off(random: Random, text: str, _: str) -> str:
    return text[: random.randrange(len(text) + 1)]


def _swap_characters(random: Random, text: str, _: str) -> str:
    if len(text) < 2:
        return text
    one, other = sorted(random.sample(range(len(text)), 2))
    return text[:one] + text[other] + text[one + 1 : other] + text[one] + text[other + 1 :]


def mutate_bytes(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """One mutation of bytes: some flipped, removed, doubled, set to extremes, put in from another file, or the end cut off."""
    found = bytearray(content)
    at = random.randrange(len(found) + 1)
    size = random.choice((1, 1, 2, 4, 8, 64))
    lot = random.random()
    if lot < 0.35 and found:
        for _ in range(random.choice((1, 1, 2, 8))):
            found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    elif lot < 0.55 and found:
        found[at : at + size] = random.choice((b"\x00", b"\xff", b"\x7f", b"\x80", b"\x01")) * min(size, len(found) - at)
    elif lot < 0.65:
        del found[at : at + size]
    elif lot < 0.75:
        found[at:at] = found[at : at + size]
    elif lot < 0.85:
        found[at:at] = random.randbytes(size)
    elif lot < 0.93:
        other = random.choice(others)
        start = random.randrange(len(other) + 1)
        found[at : at + size] = other[start : start + size]
    else:
        del found[at:]
    return bytes(found)
