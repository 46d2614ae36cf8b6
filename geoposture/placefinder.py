"""A place by any spelling of any of its names, with how sure that is; between two that fit, it does not choose."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .folding import fold, plain, sound, without_articles
from .ledger import Place

SURE = 90
"""From this score on, of 100, one name is taken for another, if no other place comes near."""
_APART = 6
"""Points by which the best place must lead the second."""
_LEAST = 70
"""Below this score, a place is not worth naming."""
_FUZZY = 0.95
"""Likeness letter by letter never counts as much as a name that is known or sounds the same."""
_CODE = 98
_WHOLE = 100

_KINDS = {
    "air-base": "airbase airfield airstrip base qaidah قاعده جويه",
    "airport": "airport aerodrome airfield airstrip مطار",
    "camp": "camp base cantonment معسكر",
    "headquarters": "headquarters hq command",
    "outpost": "outpost post garrison base",
    "port": "port harbour harbor naval base ميناء",
    "site": "base site facility",
}
"""Words that ask for a site of one kind."""
_GENERIC_TEXT = (
    "air base airbase airport airfield airstrip aerodrome international military camp cantonment garrison outpost post hq "
    "headquarters command station facility site port naval harbour harbor governorate province region republic country "
    "in at of near the and de la قاعده جويه مطار دولي معسكر محافظه ميناء اقليم"
)
_GENERIC = frozenset(_GENERIC_TEXT.split())
"""Words that say what a place is and not which one."""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """One place that fits: how well (0 to 100; 100 is the name itself), by which of its names, and how."""

    score: float
    place: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The places that fit, best first, and the one that is meant, None if none is or it cannot be told."""

    text: str
    matches: tuple[Match, ...]
    place: str | None

    @property
    def ambiguous(self) -> bool:
        """Whether several places fit, and none so much better that it must be meant."""
        return self.place is None and len(self.matches) > 1


@dataclass(frozen=True, slots=True)
class _Key:
    """One name of one place in the forms in which names are compared."""

    place: str
    name: str
    forms: frozenset[str]
    folded: str
    sounded: str
    core: tuple[str, ...]
    core_sounded: tuple[str, ...]
    letters: tuple[str, str, str]
    """What is compared letter by letter: the core or else the name, the same with its words sorted, and as it sounds."""


class PlaceFinder:
    """Finds places by name; names are folded once, when the first is asked for, and answers are remembered."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = dict(places)
        self._around: dict[str, frozenset[str]] = {}
        self._answers: dict[str, Finding] = {}

    @functools.cached_property
    def _keys(self) -> list[_Key]:
        return [key for place in self._places.values() for key in _keys_of(place)]

    @functools.cached_property
    def _codes(self) -> dict[str, str]:
        return {code.upper(): place.id for place in self._places.values() for code in place.codes.values()}

    def find(self, text: str, *, most: int = 5) -> Finding:
        """The places that the text may mean, at most so many, and which of them it does mean."""
        if text not in self._answers:
            self._answers[text] = self._search(text)
        found = self._answers[text]
        return Finding(found.text, found.matches[:most], found.place)

    def _search(self, text: str) -> Finding:
        best: dict[str, Match] = {}
        for match in self._matches(text):
            if match.place not in best or match.score > best[match.place].score:
                best[match.place] = match
        ranked = sorted(best.values(), key=lambda match: (-match.score, match.place))
        return Finding(text, tuple(ranked), _chosen(ranked))

    def _matches(self, text: str) -> Iterator[Match]:
        code = text.strip().upper()
        if code in self._codes:
            yield Match(_CODE, self._codes[code], code, "code")
        wanted = _key("", text)
        if not wanted.folded:
            return
        kinds = _kinds_in(wanted)
        for key in self._keys:
            found = _compare(key, wanted)
            # An area may be called like a site in it; who says "air base" does not mean the area.
            if (
                found is not None
                and found[0] >= _LEAST
                and (found[0] == _WHOLE or not (kinds and self._places[key.place].is_area))
            ):
                yield Match(found[0], key.place, key.name, found[1])
        yield from self._within(wanted, kinds)

    def _within(self, wanted: _Key, kinds: frozenset[str]) -> Iterator[Match]:
        """Sites of an area that is named, if the text says what kind of site is meant: "an air base in Erbil"."""
        for place in self._places.values() if wanted.core else ():
            if place.kind in kinds and set(wanted.core) <= self._words_around(place.id):
                yield Match(SURE - 1, place.id, place.name, "lies there")

    def _words_around(self, place: str) -> frozenset[str]:
        """The words of the names of the areas that contain a place."""
        if place not in self._around:
            names = (name for area in _areas(self._places, place) for name in _names(self._places[area]))
            self._around[place] = frozenset(word for name in names for word in fold(name).split())
        return self._around[place]


def _chosen(ranked: list[Match]) -> str | None:
    """The best place, if it is surely meant: its very name and no other's, or far nearer than any other."""
    if not ranked or ranked[0].score < SURE:
        return None
    second = ranked[1].score if len(ranked) > 1 else 0.0
    whole = ranked[0].score == _WHOLE > second
    return ranked[0].place if whole or ranked[0].score - second >= _APART else None


def _compare(key: _Key, wanted: _Key) -> tuple[float, str] | None:
    """How well a name fits the text, and how; the first that applies."""
    if not key.forms.isdisjoint(wanted.forms):
        return _WHOLE, "name"
    if key.sounded and key.sounded == wanted.sounded:
        return 96, "sounds the same"
    if key.core and key.core_sounded == wanted.core_sounded:
        return 92, "name but for its kind"
    if wanted.core and set(wanted.core) < set(key.core):
        return 80, "part of the name"
    likeness = _likeness(key, wanted) * _FUZZY
    return (likeness, "written alike") if likeness >= _LEAST else None


def _likeness(key: _Key, wanted: _Key) -> float:
    """0 to 100; words that only say the kind weigh nothing, or every camp would be like every other."""
    from rapidfuzz import fuzz

    if min(len(key.letters[0]), len(wanted.letters[0])) < 4:
        # Of three letters, one that differs makes another name.
        return 0
    plain_text, ordered, sounded = (
        fuzz.ratio(one, other, score_cutoff=_LEAST) for one, other in zip(key.letters, wanted.letters, strict=True)
    )
    return max(plain_text, ordered, sounded - 2)


def _kinds_in(wanted: _Key) -> frozenset[str]:
    """The kinds of site that the text may ask for."""
    words = set(wanted.folded.split())
    return frozenset(
        kind for kind, names in _KINDS.items() if words & set(names.split()) or kind.replace("-", " ") in wanted.folded
    )


def _keys_of(place: Place) -> Iterator[_Key]:
    for name in dict.fromkeys((*_names(place), place.id)):
        key = _key(place.id, name)
        if key.folded:
            yield key


def _names(place: Place) -> Iterable[str]:
    return (place.name, *(name.text for name in place.names))


def _key(place: str, name: str) -> _Key:
    full = plain(name)
    folded = without_articles(full)
    core = tuple(word for word in folded.split() if word not in _GENERIC)
    text = " ".join(core) or folded
    forms = frozenset((folded, full, full.replace(" ", "")))
    letters = (text, " ".join(sorted(text.split())), sound(text))
    return _Key(place, name, forms, folded, sound(folded), core, tuple(sorted(map(sound, core))), letters)


def _areas(places: Mapping[str, Place], place: str) -> tuple[str, ...]:
    chain: list[str] = []
    above = places[place].within
    while above is not None and above in places and above not in chain:
        chain.append(above)
        above = places[above].within
    return tuple(chain)
