"""The world of the synthetic claims: places, forces and sources, and how many claims each place has."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[Any]
OFFICES = 400


def places_for(claims: int) -> int:
    """So many sites that a place has 200 claims on average, whatever the size: growth is then of one kind of world."""
    return int(np.clip(claims // 200, 20, 100_000))


class World:
    """What every block shares: the dictionaries."""

    def __init__(self, places: list[str], forces: int, publishers: int, seed: int) -> None:
        self.seed = seed
        self.places = pa.array(places, pa.string())
        self.forces = pa.array(_force_ids(forces), pa.string())
        self.publishers = pa.array(_paper_ids(publishers), pa.string())
        self.voices = pa.array(_paper_ids(publishers) + _office_ids(), pa.string())


def registry(places: int, forces: int = 50, publishers: int = 5000) -> dict[str, list[dict[str, Any]]]:
    """places, forces and sources as the YAML files have them: `places` sites in provinces of countries, forces within forces."""
    countries, provinces = _areas(places)
    dice = np.random.default_rng(7)
    lat = np.round(dice.uniform(-50, 65, countries + provinces + places), 3).tolist()
    lon = np.round(dice.uniform(-120, 150, countries + provinces + places), 3).tolist()
    entries: list[dict[str, Any]] = []
    for number, ident in enumerate(place_ids(places)):
        kind, _, _ = ident.partition("-")
        entry = {"id": ident, "name": ident.replace("-", " ").title(), "kind": "camp" if kind == "site" else kind}
        entries.append(entry | {"lat": lat[number], "lon": lon[number]})
        if kind == "province":
            entries[-1]["within"] = f"country-{(number - countries) % countries:02}"
        elif kind == "site":
            entries[-1]["within"] = f"province-{(number - countries - provinces) % provinces:04}"
    armies = [
        {"id": ident, "name": ident.title()} | ({} if within is None else {"part_of": f"force-{within:02}"})
        for ident, within in zip(_force_ids(forces), map(_part_of, range(forces)), strict=True)
    ]
    papers = [
        {"id": ident, "name": ident.title(), "kind": "publisher"} | ({"reliability": "ABCDEF"[number % 6]} if number % 3 else {})
        for number, ident in enumerate(_paper_ids(publishers))
    ]
    offices = [{"id": ident, "name": ident.title(), "kind": "office"} for ident in _office_ids()]
    return {"places": entries, "forces": armies, "sources": papers + offices}


def registry_metadata(places: int, forces: int, publishers: int) -> dict[bytes, bytes]:
    entries = {"format": 1, "kind": "claims", **registry(places, forces, publishers)}
    return {b"geoposture": json.dumps(entries, separators=(",", ":")).encode()}


def _areas(places: int) -> tuple[int, int]:
    """How many countries and provinces there are beside so many sites."""
    return max(1, min(60, places // 1000)), max(2, places // 100)


def place_ids(places: int) -> list[str]:
    countries, provinces = _areas(places)
    return [
        *(f"country-{number:02}" for number in range(countries)),
        *(f"province-{number:04}" for number in range(provinces)),
        *(f"site-{number:06}" for number in range(places)),
    ]


def _force_ids(forces: int) -> list[str]:
    return [f"force-{number:02}" for number in range(forces)]


def _paper_ids(publishers: int) -> list[str]:
    width = max(4, len(str(publishers - 1)))  # one width, so that ids sort as numbers do
    return [f"paper-{number:0{width}}" for number in range(publishers)]


def _office_ids() -> list[str]:
    return [f"office-{number:03}" for number in range(OFFICES)]


def _part_of(force: int) -> int | None:
    """Two alliances, the first with armies that have corps; the rest stand alone."""
    if 1 <= force < 8:
        return 0
    if 8 <= force < 24:
        return force % 7 + 1
    return 24 if 25 <= force < 35 else None


def claims_of_places(claims: int, places: int, seed: int) -> Ints:
    """How many claims each place has. The hottest site has some sixty times the mean; 3 % are about areas."""
    countries, provinces = _areas(places)
    rank = np.random.default_rng([seed, 0]).permutation(places)
    popular = 1 / (1 + rank + places / 350)
    weight = np.concatenate(
        [np.full(countries, 0.01 / countries), np.full(provinces, 0.02 / provinces), 0.97 * popular / popular.sum()]
    )
    reached = np.floor(np.cumsum(weight) / weight.sum() * claims + 0.5).astype(np.int64)
    reached[-1] = claims
    return np.diff(reached, prepend=0)
