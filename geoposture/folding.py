"""Names as they are compared: without case, accents, hyphens, the article and Arabic spelling variants.

The page's search folds names in the same way (webmap/browser/engine/search.js); a test holds the two equal.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_ARABIC = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ک": "ك", "گ": "ك", "ـ": ""}
_VARIANTS = _LATIN | _ARABIC
_APOSTROPHES = frozenset("'’‘`´ʿʾʼʻ")
_ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "ath", "az", "adh", "an", "ul", "il"))
_ARABIC_ARTICLE = re.compile(r"(^| )ال(?=[^ ]{2})")

_SOUNDS = (
    ("[’']", ""),
    ("ee", "i"),
    ("oo|ou", "u"),
    ("(?<=[aeiou])y|(?<=[ae])i", "i"),
    ("[aei]i", "i"),
    ("q|kh|ck|c(?![hieyz])", "k"),
    ("dh|zh", "d"),
    ("ph", "f"),
    ("(?<=[^aeiou])y(?=[^aeiou]|$)", "i"),
    ("[ey]", "i"),
    ("o", "u"),
    (r"(?<=[aiu])h\b", ""),
    (r"([a-z])\1+", r"\1"),
)
_SOUND_RULES = tuple((re.compile(pattern), by) for pattern, by in _SOUNDS)


class _Letters(dict[int, str]):
    """What stands for each character of a decomposed name, for `str.translate`; each is looked up once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        # Accents and Arabic vowel signs, invisible signs, and the marks for ayn and hamza.
        is_silent = char in _APOSTROPHES or category == "Cf" or category[0] == "M"
        self[code] = "" if is_silent else _VARIANTS.get(char, char if category[0] in "LN" else " ")
        return self[code]


_LETTERS = _Letters()


def plain(text: str) -> str:
    """A name in lower case letters and digits, its words parted by one space, its articles kept."""
    return " ".join(unicodedata.normalize("NFKD", text.lower()).translate(_LETTERS).split())


def fold(text: str) -> str:
    """The same without its articles; one that stands last is a word of the name."""
    return without_articles(plain(text))


def without_articles(name: str) -> str:
    """What `fold` makes of a name that is plain already."""
    words = name.split(" ")
    last = len(words) - 1
    bare = " ".join(word for at, word in enumerate(words) if word not in _ARTICLES or at == last)
    return _ARABIC_ARTICLE.sub(r"\1", bare)


@functools.lru_cache(maxsize=20_000)
def sound(folded: str) -> str:
    """A folded name as it sounds, roughly: what writers of Arabic in Latin letters differ on is made equal.

    Ayn and Ain, Harir and Hareer, Qayyarah and Kayara, Taqaddum and Taqadum come out the same. For Latin script alone.
    """
    for pattern, by in _SOUND_RULES:
        folded = pattern.sub(by, folded)
    return folded
