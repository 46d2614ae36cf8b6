"""The places, forces and sources of a ledger as they stand in the footer of a packed file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..board import Board
from ..errors import InputProblems
from ..ledger import AREA_KINDS, LONGEST_CHAIN, SITE_KINDS, Force, Ledger, Place, Source
from ..reading.codes import problem
from .schema import FORMAT, KEY, refused, spot

KINDS: Mapping[str, Any] = {"places": Place, "forces": Force, "sources": Source}


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """A ledger with what its ids are as codes: made once, however many tables are read by it."""

    ledger: Ledger
    board: Board
    places: Mapping[str, int]
    forces: Mapping[str, int]

    @classmethod
    def of(cls, ledger: Ledger) -> Registry:
        """The places and forces by id, as on the board."""
        board = Board.of(ledger)
        return cls(ledger, board, _codes(board.places), _codes(board.forces))


@cache
def _adapter(form: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(list[form])


def footer(ledger: Ledger, kind: str, **more: str) -> dict[bytes, bytes]:
    """The metadata of a file of this kind: claims or episodes."""
    entries = {
        name: _adapter(form).dump_python(list(getattr(ledger, name).values()), mode="json", exclude_defaults=True)
        for name, form in KINDS.items()
    }
    return {KEY: json.dumps({"format": FORMAT, "kind": kind, **more, **entries}, separators=(",", ":")).encode()}


def registered(path: Path | str, found: Mapping[str, Any]) -> Ledger:
    """The ledger without reports that a footer holds. Raises InputProblems."""
    entries = {name: _entries(path, name, form, found.get(name, [])) for name, form in KINDS.items()}
    ledger = Ledger(entries["places"], entries["forces"], entries["sources"])
    problems = sorted(problem(spot(path), "table-footer", what, "Pack the data anew.") for what in _faults(ledger))
    if problems:
        raise InputProblems(problems)
    return ledger


def _entries(path: Path | str, name: str, form: Any, found: Any) -> dict[str, Any]:
    from pydantic import ValidationError

    try:
        read = _adapter(form).validate_python(found)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        what = f"{name} in the footer: {where or 'the list'}: {error.errors()[0]['msg'].lower()}."
        raise refused(path, "table-footer", what, "Pack the data anew.") from error
    by_id = {entry.id: entry for entry in sorted(read, key=lambda entry: entry.id)}
    if len(by_id) != len(read):
        raise refused(path, "table-footer", f"{name} in the footer: an id stands there twice.", "Pack the data anew.")
    return by_id


def _faults(ledger: Ledger) -> Iterator[str]:
    for place in ledger.places.values():
        if place.kind not in (*AREA_KINDS, *SITE_KINDS):
            yield f"place {place.id} in the footer is of an unknown kind."
        if not (abs(place.lat) <= 90 and abs(place.lon) <= 180 and math.isfinite(place.lat + place.lon)):
            yield f"place {place.id} in the footer lies nowhere on earth."
    yield from _chain_faults("place", {place.id: place.within for place in ledger.places.values()})
    yield from _chain_faults("force", {force.id: force.part_of for force in ledger.forces.values()})


def _chain_faults(kind: str, above: Mapping[str, str | None]) -> Iterator[str]:
    """Ids that lead nowhere, in a circle, or too far up; each is followed once."""
    height: dict[str, int] = {}
    for start in above:
        trail: list[str] = []
        at: str | None = start
        while at is not None and at in above and at not in height and len(trail) <= LONGEST_CHAIN:
            trail.append(at)
            at = above[at]
        if at is not None and at not in above:
            yield f'{kind} {trail[-1]} in the footer lies in "{at}", which is not there.'
        reached = 0 if at is None or at not in above else height.get(at, LONGEST_CHAIN)
        for name in reversed(trail):
            reached += 1
            height[name] = reached
        if reached > LONGEST_CHAIN:
            yield f"{kind} {start} in the footer lies in more than {LONGEST_CHAIN} others, or in a circle."


def _codes(entries: Iterable[str]) -> dict[str, int]:
    """The code of each id, in their order."""
    return {name: code for code, name in enumerate(entries)}
