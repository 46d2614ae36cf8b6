"""The briefing page: one sealed HTML file that is a `folium.Map`."""

from .folium_map import PostureMap, draw

__all__ = ["PostureMap", "draw"]
