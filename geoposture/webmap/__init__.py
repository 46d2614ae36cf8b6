"""The briefing page: one sealed HTML file that is a `folium.Map`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .folium_map import PostureMap, draw

__all__ = ["PostureMap", "draw"]


def __getattr__(name: str) -> Any:
    # A figure needs the base map and the payload of this room, and must not wait a second for Folium (PEP 562).
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import folium_map

    return getattr(folium_map, name)
