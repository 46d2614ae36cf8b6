"""Words for messages: what others wrote, shown so that it cannot deceive; and the nearest of the known words."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST = 60
_MANY = 100
_RISKY = re.compile(r"[^ -~]")


def shown(text: str) -> str:
    """A value in quotes, cut to 60 characters."""
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def plain_line(text: str) -> str:
    """The text in one line: control characters, line breaks, direction marks, odd spaces and half characters become escapes."""
    return _RISKY.sub(_escaped, text) if not text.isascii() or not text.isprintable() else text


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"):
        return char
    if char in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known word that is written most like the text, if any is near."""
    return _nearest(text[:_MANY].lower(), tuple(known))


@functools.lru_cache(maxsize=256)
def _nearest(text: str, known: tuple[str, ...]) -> str | None:
    near = [word for word in known if abs(len(word) - len(text)) <= 4 + len(text) // 4]
    found = difflib.get_close_matches(text, near, n=1, cutoff=0.6)
    if found:
        return found[0]
    if len(text) < 3:
        return None
    holding = sorted(word for word in known if text in word)
    return holding[0] if len(holding) == 1 else None


def listed(words: Iterable[str]) -> str:
    """The words as 'a, b or c'."""
    *head, last = words
    return f"{', '.join(head)} or {last}" if head else last


def slug(text: str) -> str:
    """The text as an id: lowercase ASCII letters, digits and hyphens; '' if nothing is left of it."""
    folded = unicodedata.normalize("NFKD", text[:_MANY]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
