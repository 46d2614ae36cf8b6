"""What the page needs, as one JSON-able object: the ledger's words once, the episodes as columns of whole numbers.

The shape is written down in browser/engine/README.md; `model.js` is its only reader.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geoposture.dates import NO_END, NO_START
from geoposture.errors import UsageError
from geoposture.ledger import MODALITIES, Claim, Ledger, Recipe, Report, Source, area_chain, force_chain

VERSION = 1
"""Of the payload's shape: model.js refuses any other."""

WORLD = (-180.0, -60.0, 180.0, 80.0)
"""The view of a map that shows no place."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class Record(Protocol):
    """What is read of a resolved claim (see claims.Record)."""

    @property
    def report(self) -> Report: ...  # noqa: D102
    @property
    def claim(self) -> Claim: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def publisher(self) -> str: ...  # noqa: D102
    @property
    def voice(self) -> str: ...  # noqa: D102
    @property
    def known_from(self) -> int: ...  # noqa: D102
    @property
    def certain_from(self) -> int | None: ...  # noqa: D102
    @property
    def withdrawn_from(self) -> int | None: ...  # noqa: D102
    @property
    def qualified(self) -> bool: ...  # noqa: D102


class Episodes(Protocol):
    """What is read of the resolved table (see resolution.Episodes)."""

    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def records(self) -> Sequence[Record]: ...  # noqa: D102
    @property
    def places(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def claim(self) -> npt.NDArray[np.int32]: ...  # noqa: D102
    @property
    def place(self) -> npt.NDArray[np.int32]: ...  # noqa: D102
    @property
    def valid_from(self) -> npt.NDArray[np.int32]: ...  # noqa: D102
    @property
    def valid_to(self) -> npt.NDArray[np.int32]: ...  # noqa: D102
    @property
    def known_from(self) -> npt.NDArray[np.int32]: ...  # noqa: D102
    @property
    def known_to(self) -> npt.NDArray[np.int32]: ...  # noqa: D102
    @property
    def certainty(self) -> npt.NDArray[np.int8]: ...  # noqa: D102
    def in_order(self) -> npt.NDArray[np.int64]: ...  # noqa: D102


@dataclass(frozen=True)
class Payload:
    """Everything that the page knows, as values and as the text of its data block, which takes seconds if it is large."""

    values: dict[str, object]
    text: str


def payload(ledger: Ledger, episodes: Episodes, recipe: Recipe) -> dict[str, object]:
    """What compose() gives, as values alone."""
    return compose(ledger, episodes, recipe).values


def compose(ledger: Ledger, episodes: Episodes, recipe: Recipe) -> Payload:
    """Everything that the page knows, in plain lists, dicts, strings and numbers; the same for the same input.

    The recipe's places and forces only mark the lines to show. What can touch none of these lines is left out, and so are the
    claims of its excluded sources. Raises UsageError if the recipe names a place or force that is not in the ledger.
    """
    choice = _choose(ledger, episodes, recipe)
    content = _content(ledger, episodes, choice)
    text = encode(content)
    days = _range(episodes, choice, recipe)
    head = {
        "version": VERSION,
        "data": hashlib.sha256(text.encode("ascii")).hexdigest()[:12],
        "recipe": _recipe(recipe, episodes.by, day=days[1] if recipe.day is None else recipe.day),
        "bounds": _bounds(ledger, episodes, choice),
        "range": _with_chosen(days, recipe),
    }
    # One object out of two, neither of them empty.
    return Payload({**head, **content}, f"{encode(head)[:-1]},{text[1:]}")


def encode(value: object) -> str:
    """JSON in ASCII that no HTML parser can mistake for markup. Raises ValueError for NaN and infinity."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return text


# What is shown, and what must come along so that it is right.


@dataclass(frozen=True)
class _Choice:
    """`places` and `forces` are the shown ones; `near` the places whose rows can touch a shown line.

    `spoken` numbers the records whose rows are sent, `named` those that the page can name (the same and their withdrawers).
    """

    places: frozenset[str]
    forces: frozenset[str]
    near: frozenset[str]
    spoken: tuple[int, ...]
    named: tuple[int, ...]


def _choose(ledger: Ledger, episodes: Episodes, recipe: Recipe) -> _Choice:
    _check(recipe, ledger)
    above = {place: area_chain(ledger, place) for place in ledger.places}
    upward = {force: force_chain(ledger, force) for force in ledger.forces}
    places, forces = _with_parts(recipe.places, above), _with_parts(recipe.forces, upward)
    excluded = frozenset(recipe.exclude_sources)
    records = {
        number: record
        for number, record in enumerate(episodes.records)
        if excluded.isdisjoint((record.publisher, record.voice, record.source))
    }
    near = _related(places | _sharing(records.values(), places), above)
    near_forces = _related(forces, upward)
    spoken = [n for n, r in records.items() if r.claim.force in near_forces and not near.isdisjoint(r.claim.places)]
    ids = {records[n].claim.id for n in spoken}
    named = sorted({*spoken, *(n for n, r in records.items() if r.claim.replaces in ids)})
    return _Choice(places, forces, near, tuple(spoken), tuple(named))


def _check(recipe: Recipe, ledger: Ledger) -> None:
    checks: tuple[tuple[str, Iterable[str], Mapping[str, object]], ...] = (
        ("place", recipe.places, ledger.places),
        ("force", recipe.forces, ledger.forces),
    )
    for kind, named, known in checks:
        for name in named:
            if name not in known:
                raise UsageError(f'The recipe "{recipe.title}" names an unknown {kind}: "{name}".')


def _with_parts(named: Iterable[str], above: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those named and all that lies within them; everything, if none is named."""
    wanted = set(named)
    return frozenset(one for one, chain in above.items() if not wanted or one in wanted or not wanted.isdisjoint(chain))


def _related(chosen: frozenset[str], above: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those chosen with all that contains them and all that lies within them."""
    upward = {up for one in chosen for up in above[one]}
    downward = {one for one, chain in above.items() if not chosen.isdisjoint(chain)}
    return frozenset(chosen | upward | downward)


def _sharing(records: Iterable[Record], places: frozenset[str]) -> frozenset[str]:
    """Places that share a figure with a shown one: totals ask whether it decides there too."""
    return frozenset(
        place
        for record in records
        if record.claim.personnel is not None and not places.isdisjoint(record.claim.places)
        for place in record.claim.places
    )


# The days of the slider and the first view.


def _range(episodes: Episodes, choice: _Choice, recipe: Recipe) -> tuple[int, int]:
    """First and last day of which a shown claim speaks, or on which it was published."""
    days = [day for number in choice.spoken if _is_shown(episodes, number, choice) for day in _days(episodes.records[number])]
    if not days:
        days = [day for day in (recipe.day, recipe.known) if day is not None] or [0]
    return min(days), max(days)


def _is_shown(episodes: Episodes, number: int, choice: _Choice) -> bool:
    claim = episodes.records[number].claim
    return claim.force in choice.forces and not choice.places.isdisjoint(claim.places)


def _days(record: Record) -> Iterator[int]:
    yield from (record.report.period.first, record.report.period.last)
    time = record.claim.time
    if time is not None:
        yield from (time.start.first, time.start.last)
        if time.end is not None:
            yield from (time.end.first, time.end.last)


def _with_chosen(days: tuple[int, int], recipe: Recipe) -> list[int]:
    """First and last day, wide enough for the days that the recipe names."""
    chosen = [day for day in (recipe.day, recipe.known, recipe.compare) if day is not None]
    return [min(days[0], *chosen, days[1]), max(days[1], *chosen, days[0])]


def _bounds(ledger: Ledger, episodes: Episodes, choice: _Choice) -> list[float]:
    """West, south, east and north of the shown places that a claim names."""
    named = {place for n in choice.spoken if _is_shown(episodes, n, choice) for place in episodes.records[n].claim.places}
    spots = [ledger.places[place] for place in sorted(named & choice.places or choice.places)]
    if not spots:
        return list(WORLD)
    lons, lats = [place.lon for place in spots], [place.lat for place in spots]
    return [min(lons), min(lats), max(lons), max(lats)]


def _recipe(recipe: Recipe, by: str, *, day: int) -> dict[str, object]:
    return {
        "title": recipe.title,
        "subtitle": recipe.subtitle,
        "notes": recipe.notes,
        "day": day,
        "known": recipe.known,
        "compare": recipe.compare,
        "by": by,
        "stale_after": recipe.stale_after_days,
        "tiles": recipe.tiles,
    }


# The words and the columns.


@dataclass(frozen=True)
class _Codes:
    """Positions in the payload's lists, by id."""

    places: Mapping[str, int]
    forces: Mapping[str, int]
    groups: Mapping[str, int]
    sources: Mapping[str, int]
    reports: Mapping[str, int]
    claims: Mapping[str, int]


def _content(ledger: Ledger, episodes: Episodes, choice: _Choice) -> dict[str, object]:
    records = [episodes.records[number] for number in choice.named]
    codes = _codes(ledger, records)
    return {
        "places": [_place(ledger, id_, codes, show=id_ in choice.places) for id_ in codes.places],
        "silent": [_silent(ledger, id_, codes) for id_ in sorted(choice.places) if _is_silent(ledger, id_, codes)],
        "forces": [_force(ledger, id_, codes, show=id_ in choice.forces) for id_ in codes.forces],
        "groups": [_group(ledger, id_, episodes.by) for id_ in codes.groups],
        "sources": [_source(ledger, id_) for id_ in codes.sources],
        "reports": [_report(ledger.reports[id_], codes) for id_ in codes.reports],
        "claims": _claims(records, codes),
        "episodes": _episodes(episodes, choice, codes),
    }


def _codes(ledger: Ledger, records: Sequence[Record]) -> _Codes:
    places = {place for record in records for place in record.claim.places}
    forces = {record.claim.force for record in records}
    return _Codes(
        places=_numbered({*places, *(up for place in places for up in area_chain(ledger, place))}),
        forces=_numbered({*forces, *(up for force in forces for up in force_chain(ledger, force))}),
        groups=_numbered({record.source for record in records}),
        sources=_numbered(source for record in records for source in _heard(record)),
        reports=_numbered({record.report.id for record in records}),
        claims={record.claim.id: number for number, record in enumerate(records)},
    )


def _numbered(ids: Iterable[str]) -> dict[str, int]:
    return {id_: number for number, id_ in enumerate(sorted(set(ids)))}


def _heard(record: Record) -> tuple[str, ...]:
    return (record.publisher, record.voice, *record.report.repeats, *(record.claim.repeats or ()))


def _filled(**fields: object) -> dict[str, object]:
    """Fields that say something: model.js puts null in place of the others."""
    return {key: value for key, value in fields.items() if value is not None and value != ()}


def _place(ledger: Ledger, id_: str, codes: _Codes, *, show: bool) -> dict[str, object]:
    place = ledger.places[id_]
    return _filled(
        id=place.id,
        name=place.name,
        names=[[name.text, name.lang] for name in place.names] or None,
        kind=place.kind,
        area=place.is_area,
        within=[codes.places[up] for up in area_chain(ledger, id_)] or None,
        lat=place.lat,
        lon=place.lon,
        accuracy_km=place.accuracy_km,
        show=show,
        note=place.note,
    )


def _is_silent(ledger: Ledger, id_: str, codes: _Codes) -> bool:
    """Whether nobody speaks of the place, but its area is on the page: no gazetteer of the whole world is sent with a map."""
    return id_ not in codes.places and any(up in codes.places for up in area_chain(ledger, id_))


def _silent(ledger: Ledger, id_: str, codes: _Codes) -> list[object]:
    """What a search needs to find the place and to say where it is."""
    place = ledger.places[id_]
    within = [codes.places[up] for up in area_chain(ledger, id_) if up in codes.places]
    return [place.name, [[name.text, name.lang] for name in place.names], within]


def _force(ledger: Ledger, id_: str, codes: _Codes, *, show: bool) -> dict[str, object]:
    force = ledger.forces[id_]
    above = [codes.forces[up] for up in force_chain(ledger, id_)]
    return _filled(id=id_, name=force.name, part_of=above or None, show=show, note=force.note)


def _group(ledger: Ledger, id_: str, by: str) -> dict[str, object]:
    """One source in the sense of `by`: a publisher, a report or a voice."""
    if by == "report":
        report = ledger.reports[id_]
        publisher = ledger.sources.get(report.publisher)
        reliability = publisher.reliability if publisher else None
        return _filled(id=id_, name=report.title or id_, kind="report", reliability=reliability)
    source = _known_source(ledger, id_)
    return _filled(id=id_, name=source.name, kind=source.kind, reliability=source.reliability, role=source.role)


def _source(ledger: Ledger, id_: str) -> dict[str, object]:
    source = _known_source(ledger, id_)
    return _filled(
        id=id_,
        name=source.name,
        kind=source.kind,
        role=source.role,
        country=source.country,
        reliability=source.reliability,
        url=source.url,
        note=source.note,
    )


def _known_source(ledger: Ledger, id_: str) -> Source:
    """What is known of a source; for an anonymous voice `X/unnamed-…` one that says to whom it spoke."""
    if id_ in ledger.sources:
        return ledger.sources[id_]
    heard_by, _, label = id_.partition("/")
    if heard_by in ledger.reports:
        heard_by = ledger.reports[heard_by].publisher
    hearer = ledger.sources[heard_by].name if heard_by in ledger.sources else heard_by
    return Source(id=id_, name=f"{label.replace('-', ' ')} (to {hearer})", kind="unnamed")


def _report(report: Report, codes: _Codes) -> dict[str, object]:
    return _filled(
        id=report.id,
        title=report.title,
        publisher=codes.sources[report.publisher],
        author=report.author,
        url=report.url,
        published=report.published,
        known=report.known_from,
        dating=report.dating,
        repeats=[codes.sources[source] for source in report.repeats] or None,
        note=report.note,
    )


def _claims(records: Sequence[Record], codes: _Codes) -> dict[str, object]:
    """Columns; those that few claims fill are objects from the claim's number to the value."""
    claims = [record.claim for record in records]
    figures = [claim.personnel or claim.change for claim in claims]
    return {
        "id": [claim.id.removeprefix(f"{record.report.id}#") for claim, record in zip(claims, records, strict=True)],
        "report": [codes.reports[record.report.id] for record in records],
        "force": [codes.forces[claim.force] for claim in claims],
        "group": [codes.groups[record.source] for record in records],
        "voice": [codes.sources[record.voice] for record in records],
        "places": [[codes.places[place] for place in sorted(set(claim.places))] for claim in claims],
        "status": [None if claim.status is None else int(claim.status == "present") for claim in claims],
        "modality": [MODALITIES.index(claim.modality) for claim in claims],
        "low": [figure and figure.low for figure in figures],
        "high": [figure and figure.high for figure in figures],
        "known_from": [record.known_from for record in records],
        "certain_from": [record.certain_from for record in records],
        "approx": _few(figure.approx or None if figure else None for figure in figures),
        "figure": _few(figure.text or None if figure else None for figure in figures),
        "qualified": _few(record.qualified or None for record in records),
        "withdrawn_from": _few(record.withdrawn_from for record in records),
        "replaces": _few(codes.claims.get(claim.replaces or "") for claim in claims),
        "repeats": _few(_codes_of(claim.repeats, codes.sources) for claim in claims),
        "when": _few(claim.when for claim in claims),
        "credibility": _few(claim.credibility for claim in claims),
        "quote": _few(claim.quote for claim in claims),
        "says": _few(claim.says for claim in claims),
        "where": _few(claim.where for claim in claims),
        "note": _few(claim.note for claim in claims),
    }


def _few(values: Iterable[object]) -> dict[str, object]:
    return {str(number): value for number, value in enumerate(values) if value is not None}


def _codes_of(ids: Iterable[str] | None, codes: Mapping[str, int]) -> list[int] | None:
    return None if ids is None else [codes[id_] for id_ in ids]


def _episodes(episodes: Episodes, choice: _Choice, codes: _Codes) -> dict[str, list[int] | list[int | None]]:
    claim_codes = np.full(len(episodes.records), -1, dtype=np.int32)
    for number in choice.spoken:
        claim_codes[number] = codes.claims[episodes.records[number].claim.id]
    place_codes = np.array(
        [codes.places.get(place, -1) if place in choice.near else -1 for place in episodes.places], dtype=np.int32
    )
    claims, places = claim_codes[episodes.claim], place_codes[episodes.place]
    order = episodes.in_order()
    sent = order[(claims[order] >= 0) & (places[order] >= 0)]
    return {
        "claim": claims[sent].tolist(),
        "place": places[sent].tolist(),
        "valid_from": _bounded(episodes.valid_from[sent]),
        "valid_to": _bounded(episodes.valid_to[sent]),
        "known_from": _bounded(episodes.known_from[sent]),
        "known_to": _bounded(episodes.known_to[sent]),
        "certainty": episodes.certainty[sent].tolist(),
    }


def _bounded(days: npt.NDArray[np.int32]) -> list[int | None]:
    return [None if day in (NO_START, NO_END) else day for day in days.tolist()]
