"""Text that looks like other text: signs that change its direction, and words that mix scripts."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from ..errors import Problem
from .codes import Spot, problem
from .wording import BIDI, shown
from .yaml_lines import Mapping, Node, Scalar, Sequence

_SCRIPTS = frozenset(
    [
        "ARABIC",
        "ARMENIAN",
        "BENGALI",
        "CHEROKEE",
        "COPTIC",
        "CYRILLIC",
        "DEVANAGARI",
        "ETHIOPIC",
        "FULLWIDTH",
        "GEORGIAN",
        "GREEK",
        "HEBREW",
        "LATIN",
        "MATHEMATICAL",
    ]
)
"""Scripts that are told apart, by the first word of the Unicode names of their letters."""
_TOGETHER = frozenset(("HIRAGANA", "KATAKANA", "CJK", "HANGUL"))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def check_text(node: Node) -> Iterator[Problem]:
    """A warning for each value below a node that holds a direction mark, or a word of several scripts."""
    if isinstance(node, Scalar):
        if not node.text.isascii():
            yield from _check(node, node.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from check_text(item)
    elif isinstance(node, Mapping):
        for value in node.values.values():
            yield from check_text(value)


def _check(spot: Spot, text: str) -> Iterator[Problem]:
    if marks := sorted(BIDI.intersection(text)):
        names = ", ".join(f"U+{ord(mark):04X}" for mark in marks)
        yield problem(spot, "text-bidi", f"the value holds {names}, which changes the direction of text.", "Remove it.")
    for word in _WORD.findall(text):
        if not word.isascii() and len(found := _scripts(word)) > 1:
            which = " and ".join(sorted(name.title() for name in found))
            yield problem(spot, "text-scripts", f"the word {shown(_isolated(word))} mixes {which} letters.", "Type it anew.")
            return


def _isolated(word: str) -> str:
    """The word with each letter beyond ASCII followed by its number, as nobody can tell it from its double otherwise."""
    return "".join(char if char.isascii() else f"{char}(U+{ord(char):04X})" for char in word)


def _scripts(word: str) -> set[str]:
    return {script for char in word if (script := _script(char))}


@functools.lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script of a letter, by the first word of its Unicode name; '' for letters that go with every script."""
    name = unicodedata.name(char, "").partition(" ")[0].partition("-")[0]
    if name in _TOGETHER:
        return "CJK"
    return name if name in _SCRIPTS else ""
