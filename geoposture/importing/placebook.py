"""Rows → places: those that the gazetteer, the mapping and the base map know, and those that a table brings with coordinates."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from ..errors import UsageError, ValueProblem
from ..folding import fold
from ..ledger import AREA_KINDS, Name, Place
from ..placefinder import Finding, PlaceFinder
from ..reading.structure import PlaceEntry
from ..reading.values import kilometres
from ..reading.wording import shown, slug
from .airports import airport, is_airport
from .cells import Cells, Refusal, decimal
from .countries import by_iso, countries, iso3_of
from .model import PlaceSpec

_NEAR = 0.25
"""Degrees within which two points of one name are one place."""
_NEAR_AREA = 5.0
"""The same for areas, whose label may stand anywhere in them."""


class PlaceBook:
    """The places that rows may be about; `used` are those that a row was about and the areas that contain them."""

    def __init__(self, known: Mapping[str, Place], entries: tuple[PlaceEntry, ...]) -> None:
        self._own = {entry.id: _place(entry) for entry in entries}
        self._places = {**_apart(countries(), known), **self._own, **known}
        self._names = {fold(name): place.id for place in self._own.values() for name in _names(place)}
        self._codes = {code: place.id for place in self._places.values() for code in _codes(place)}
        self._finder = PlaceFinder(self._places)
        self._settled = [*self._own.values(), *known.values()]
        self._made: dict[str, list[Place]] = {}
        self._remembered: dict[tuple[str, ...], str] = {}
        self.used: dict[str, Place] = {}

    def place(self, spec: PlaceSpec, cells: Cells) -> str:
        """The id of the place that a row is about. Raises Refusal if it cannot be told, or is one of several."""
        key = _key(spec, cells)
        if key not in self._remembered:
            self._remembered[key] = self._found(spec, cells)
        return self._remembered[key]

    def unknown(self) -> list[str]:
        """Areas that the mapping's own places lie within and that nothing knows."""
        return sorted({place.within for place in self._own.values() if place.within is not None} - self._places.keys())

    def _found(self, spec: PlaceSpec, cells: Cells) -> str:
        name = cells.text(spec.name) if spec.name else ""
        # What the mapping itself says of a name goes before all codes: a table may give one code to two places.
        if name and fold(name) in self._names:
            return self._names[fold(name)]
        if spec.id is not None and (ident := cells.value(spec.id)) is not None:
            return self._by_id(ident)
        iso = cells.text(spec.iso) if spec.iso else ""
        if iso and (found := self._by_iso(iso)):
            return found
        icao = cells.text(spec.icao) if spec.icao else ""
        if icao:
            return self._by_icao(icao)
        if spec.lat is not None and name:
            return self._by_point(spec, cells, name)
        if not name:
            columns = " and ".join(filter(None, (spec.name, spec.iso, spec.icao, spec.id.column if spec.id else None)))
            raise Refusal(f"{columns} {'do' if ' and ' in columns else 'does'} not name a place that is known{_hint(iso)}")
        return self._by_name(spec, name)

    def _by_id(self, ident: str) -> str:
        if ident not in self._places:
            raise Refusal(f"no place has the id {shown(ident)}; add it to places of the mapping")
        return ident

    def _by_iso(self, code: str) -> str | None:
        """The place with an ISO code, as the gazetteer has it, else the base map."""
        code = code.upper()
        return self._codes.get(code) or by_iso().get(code)

    def _by_icao(self, code: str) -> str:
        if found := self._codes.get(code.upper()):
            return found
        if not is_airport(code):
            raise Refusal(f"no airport has the ICAO code {shown(code)}")
        return self._make(airport(code, self._places))

    def _by_name(self, spec: PlaceSpec, name: str) -> str:
        found = self._finder.find(name)
        if found.place is None and (turned := _turned(name)):
            found = self._finder.find(turned)
        if found.place is None:
            raise Refusal(f"{spec.name} {_unclear(name, found)}")
        return found.place

    def _by_point(self, spec: PlaceSpec, cells: Cells, name: str) -> str:
        """A place of this name near the point; a new one if there is none."""
        lat, lon = _degrees(cells, spec.lat, 90), _degrees(cells, spec.lon, 180)
        # Of places that are known, only those near the point can be meant, however their names are written.
        near = {
            place.id: place for place in self._settled if _is_near(place, lat, lon) and place.is_area == (spec.kind in AREA_KINDS)
        }
        if near and (found := PlaceFinder(near).find(name).place):
            return found
        within = self._within(spec, cells)
        for place in self._made.get(fold(name), []):
            if place.within == within and _is_near(place, lat, lon):
                return place.id
        reference = cells.filled(spec.reference)
        return self._make(
            Place(
                slug(name),
                name,
                spec.kind,
                lat,
                lon,
                within=within,
                accuracy_km=_radius(cells.value(spec.accuracy_km)),
                references=(reference,) if reference else (),
            )
        )

    def _within(self, spec: PlaceSpec, cells: Cells) -> str | None:
        """The area that a new place lies in; None if no column names one that is known."""
        for column in spec.within or ():
            text = cells.text(column)
            if not text:
                continue
            found = self._by_iso(text) if re.fullmatch("[A-Z]{2,3}(-[A-Z0-9]{1,3})?", text) else None
            found = found or self._names.get(fold(text)) or self._finder.find(text).place
            found = found or (self._finder.find(turned).place if (turned := _turned(text)) else None)
            if found is not None and self._places[found].is_area:
                return found
        return None

    def _make(self, place: Place) -> str:
        """Take in a place that is new, under an id that nothing has."""
        ident, number = place.id or "place", 2
        while ident in self._places:
            ident, number = f"{place.id or 'place'}-{number}", number + 1
        made = replace(place, id=ident)
        self._places[ident] = made
        self._codes.update((code, ident) for code in _codes(made))
        self._made.setdefault(fold(place.name), []).append(made)
        return ident

    def use(self, ident: str | None) -> None:
        """Remember that a row is about the place."""
        while ident is not None and ident not in self.used:
            self.used[ident] = self._places[ident]
            ident = self._places[ident].within


def _key(spec: PlaceSpec, cells: Cells) -> tuple[str, ...]:
    columns = (spec.name, spec.iso, spec.icao, spec.lat, spec.lon, spec.id.column if spec.id else None, *(spec.within or ()))
    return tuple(cells.text(column) if column else "" for column in columns)


def _apart(base: Mapping[str, Place], known: Mapping[str, Place]) -> dict[str, Place]:
    """The countries of the base map that the gazetteer does not have."""
    codes = {place.iso for place in known.values()}
    names = {fold(name) for place in known.values() if place.kind == "country" for name in _names(place)}
    return {
        ident: replace(place, codes={})
        for ident, place in base.items()
        if (place.iso is None or place.iso not in codes) and fold(place.name) not in names
    }


def _codes(place: Place) -> tuple[str, ...]:
    iso3 = iso3_of().get(place.iso or "", ()) if place.kind == "country" else ()
    return (*(code for code in (place.iso,) if code), *iso3, *_icao(place))


def _icao(place: Place) -> tuple[str, ...]:
    return (place.codes["icao"],) if "icao" in place.codes else ()


def _names(place: Place) -> tuple[str, ...]:
    return (place.name, *(name.text for name in place.names))


def _place(entry: PlaceEntry) -> Place:
    names: tuple[Name, ...] = tuple(name for item in entry.names for name in item)
    plain = {key: getattr(entry, key) for key in ("id", "name", "kind", "lat", "lon", "within", "iso", "accuracy_km", "note")}
    codes = {} if entry.codes is None else {key: code for key, code in entry.codes.__dict__.items() if code}
    return Place(**plain, names=names, codes=codes, references=tuple(entry.references))


def _degrees(cells: Cells, column: str, limit: int) -> float:
    text = cells.text(column)
    number = decimal(text)
    if number is None:
        raise Refusal(f"{column} has no coordinate" if not text else f"{column} {shown(text)} is no coordinate")
    if not -limit <= number <= limit:
        raise Refusal(f"{column} {text} is not on Earth")
    return float(number)


def _radius(text: str | None) -> float | None:
    """Kilometres; None if nothing is said, or 0, which no location is known to."""
    number = decimal(text or "")
    if not text or number == 0:
        return None
    try:
        return kilometres(text if number is None else f"{number:f}", "accuracy_km")
    except ValueProblem as error:
        raise Refusal(f"{error.what} {error.fix}") from error


def _is_near(place: Place, lat: float, lon: float) -> bool:
    return math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat))) <= (
        _NEAR_AREA if place.is_area else _NEAR
    )


def _turned(name: str) -> str:
    """`Korea, South` as it is spoken."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else ""


def _unclear(name: str, found: Finding) -> str:
    if found.ambiguous or found.matches:
        may = ", ".join(match.place for match in found.matches[:3])
        return f"{shown(name)} may be {may}, but that is not sure; say which in places of the mapping, among the names of one"
    return f"{shown(name)} is no place that is known; add it to places of the mapping"


def _hint(iso: str) -> str:
    return f" (ISO {shown(iso)} is not in the base map)" if iso else ""


def check_airports(spec: PlaceSpec) -> None:
    """Raise UsageError before the first row is read, if the mapping needs a package that is missing."""
    if spec.icao is not None:
        try:
            is_airport("")
        except UsageError as error:
            raise UsageError(f"The mapping has a column of ICAO codes. {error}") from error
