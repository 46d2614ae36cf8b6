"""A pygeoapi provider for exported episodes: `datetime` asks for what was in force then, `known` for what was known by a day.

pygeoapi's own providers compare `datetime` with one column. An episode is in force over a span of days and was believed over
another, so both spans are looked at here. Ends are exclusive, and an end that is null is open.
"""

from __future__ import annotations

from typing import Any

from pygeoapi.provider.base import ProviderItemNotFoundError
from pygeoapi.provider.geojson import GeoJSONProvider

EARLIEST, LATEST = "0000-01-01", "9999-12-31"


class EpisodeProvider(GeoJSONProvider):
    """The features of `geoposture export -o episodes.geojson`."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        self._span = (EARLIEST, LATEST)
        self._known: str | None = None
        super().__init__(provider_def)

    def get_fields(self) -> dict[str, Any]:
        """The columns of episodes, and `known`, which is asked for and is in none."""
        super().get_fields()["known"] = {"type": "string"}
        return self._fields

    def query(self, *args: Any, datetime_: str | None = None, properties: Any = (), **options: Any) -> dict[str, Any]:
        """The episodes that were in force at `datetime_`, as known on the day `known` (default: everything)."""
        self._span = span(datetime_)
        self._known = next((value for name, value in properties if name == "known"), None)
        others = [(name, value) for name, value in properties if name != "known"]
        return super().query(*args, datetime_=datetime_, properties=others, **options)

    def get(self, identifier: str, **_: Any) -> dict[str, Any]:
        """One episode, whenever it was believed."""
        found = next((one for one in super()._load()["features"] if feature_id(one) == identifier), None)
        if found is None:
            raise ProviderItemNotFoundError(identifier)
        return found | {"id": identifier}

    def _load(self, *args: Any, select_properties: Any = (), **options: Any) -> dict[str, Any]:
        """All that is in force in the span, with ids that are unique: a claim has an episode for each place and each belief."""
        data = super()._load(*args, **options)
        data["features"] = [one | {"id": feature_id(one)} for one in data["features"] if self._holds(one["properties"])]
        if select_properties:
            for one in data["features"]:
                one["properties"] = {name: one["properties"][name] for name in select_properties}
        return data

    def _holds(self, episode: dict[str, Any]) -> bool:
        first, last = self._span
        in_force = (episode["valid_from"] or EARLIEST) <= last and first < (episode["valid_to"] or "9999-99")
        if self._known is None:
            return in_force and episode["episode_known_to"] is None
        return in_force and episode["episode_known_from"] <= self._known < (episode["episode_known_to"] or "9999-99")


def span(text: str | None) -> tuple[str, str]:
    """The first and the last day of `2025-10-21`, `2025-10-01/2025-10-31`, `../2025-10-31`, or a time of a day."""
    if not text:
        return EARLIEST, LATEST
    first, _, last = text.partition("/")
    ends = (first, last if "/" in text else first)
    days = [end[:10] if end not in ("", "..") else open_ for end, open_ in zip(ends, (EARLIEST, LATEST), strict=True)]
    return days[0], days[1]


def feature_id(feature: dict[str, Any]) -> str:
    """A name for an episode that can stand in an address."""
    episode = feature["properties"]
    parts = (episode["claim"], episode["place"], episode["source"], episode["valid_from"] or "", episode["episode_known_from"])
    return "~".join(parts).replace("#", ".")
