"""The briefing page as a `folium.Map`. The only module that knows Folium, and none of our data passes through it.

branca compiles its own output a second time as an unsandboxed Jinja template, so a name from the data must never reach a
template. Folium therefore renders only what people add themselves; the page is put together around that afterwards.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import folium
from branca.element import Figure
from folium.template import Template

from geoposture.errors import UsageError
from geoposture.files import write
from geoposture.ledger import Ledger, Recipe

from .assets import Added, Page, assemble
from .basemap_clip import clip
from .payload import Episodes, compose, encode
from .style import css_variables, page_style, source_colours

MAP_ID = "geoposture"
"""Fixed, so that the same input gives the same bytes; the map's variable on the page is map_geoposture."""

SCREEN = 1.6
"""Width to height of the view that the base map is cut for."""
MARGIN = 0.7
"""The share of that view which is added on each side, so that a phone held upright and a wide screen show no edge."""


def draw(
    ledger: Ledger,
    episodes: Episodes,
    recipe: Recipe,
    *,
    basemap: Mapping[str, Any] | None = None,
) -> PostureMap:
    """The briefing map of a recipe: a `folium.Map` to add layers to, to save, and to show in a notebook.

    `basemap` is a clip of the base map, if the caller has one; by default it is cut to the places of the recipe.
    """
    known = compose(ledger, episodes, recipe)
    content: dict[str, Any] = known.values
    if basemap is None:
        basemap = clip(screen_box(content["bounds"]), margin=MARGIN)
    tiles = tiles_of(recipe.tiles)
    style = page_style() | {"colours": group_colours(content), "tiles": tiles}
    page = Page(
        title=recipe.title,
        data={"geoposture-data": known.text, "geoposture-basemap": encode(basemap), "geoposture-style": encode(style)},
        variables=css_variables(),
        image_hosts=_hosts([tiles["url"]] if tiles else []),
    )
    return PostureMap(page)


class PostureMap(folium.Map):
    """A Folium map whose page is ours: what is added to it is drawn above the base map and below the marks."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - Folium's own form
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{% if this.objects_to_stay_in_front %}"
        'document.addEventListener("DOMContentLoaded", () => { '
        "{% for layer in this.objects_to_stay_in_front %}{{ layer.get_name() }}.bringToFront();{% endfor %}"
        "});"
        "{% endif %}"
        "{% endmacro %}"
    )

    def __init__(self, page: Page) -> None:
        super().__init__(tiles=None, zoom_control=False)
        self._id = MAP_ID
        _PostureFigure(page).add_child(self)

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:  # noqa: FBT001 - Folium's signature
        """Write the page; a file appears whole or not at all. Raises WriteError if it cannot be written."""
        text = self.get_root().render(**kwargs).encode()
        if isinstance(outfile, str | bytes | Path):
            write(os.fsdecode(outfile), text)
            return
        outfile.write(text)
        if close_file:
            outfile.close()


class _PostureFigure(Figure):
    """The root that Folium's layers render into; its page is assembled around what they leave there."""

    def __init__(self, page: Page) -> None:
        super().__init__(title=None)
        self._page = page
        self.header._children.clear()  # noqa: SLF001 - our shell declares the character set

    def render(self, **kwargs: Any) -> str:
        for child in list(self._children.values()):
            child.render(**kwargs)
        added = Added(self.header.render(**kwargs).strip(), self.html.render(**kwargs).strip(), self.script.render(**kwargs))
        tiles = [layer.tiles for layer in _walk(self) if isinstance(layer, folium.TileLayer)]
        hosts = tuple(dict.fromkeys([*self._page.image_hosts, *_hosts(tiles)]))
        return assemble(Page(self._page.title, self._page.data, self._page.variables, hosts), added)


def screen_box(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    """The places' box (west, south, east, north) in the shape of a screen, so that its surroundings come along."""
    west, south, east, north = bounds
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    width, height = east - west, (north - south) * stretch
    wider = max(0.0, SCREEN * height - width) / 2
    taller = max(0.0, width / SCREEN - height) / stretch / 2
    return (max(-180.0, west - wider), max(-85.0, south - taller), min(180.0, east + wider), min(85.0, north + taller))


def group_colours(content: Mapping[str, Any]) -> list[int]:
    """For each source of the payload (a "group") its position in the palette, most claims first; -1 is the shared grey."""
    ids = [group["id"] for group in content["groups"]]
    counts = dict.fromkeys(ids, 0)
    for group in content["claims"]["group"]:
        counts[ids[group]] += 1
    ranks = source_colours(counts)
    return [ranks[id_] for id_ in ids]


def tiles_of(name: str | None) -> dict[str, Any] | None:
    """A tile layer by its xyzservices name: address, attribution as plain text, largest zoom. None for a sealed page.

    Raises UsageError if there is no such provider, or if it needs a key.
    """
    if name is None or name == "none":
        return None
    import xyzservices.providers  # most pages are sealed

    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise UsageError(f'tiles: there is no provider "{name}"; write a name that xyzservices knows, or none.') from error
    if provider.requires_token():
        raise UsageError(f'tiles: "{name}" needs a key; choose a provider without one, or none.')
    url = provider.build_url(fill_subdomain=False)
    return {
        "url": url,
        "subdomains": provider.get("subdomains", "abc"),
        "attribution": provider.attribution,
        "maxZoom": provider.get("max_zoom", 18),
    }


def _hosts(addresses: list[str]) -> tuple[str, ...]:
    """The origins of tile addresses as a policy writes them: {s} may be any subdomain."""
    found = []
    for address in addresses:
        parts = urlsplit(address.replace("{s}", "*"))
        if parts.scheme in ("http", "https") and parts.netloc and not set(parts.netloc) & set("'\"; ,{}"):
            found.append(f"{parts.scheme}://{parts.netloc}")
    return tuple(dict.fromkeys(found))


def _walk(element: Any) -> list[Any]:
    below = [found for child in element._children.values() for found in _walk(child)]  # noqa: SLF001 - branca has no public way down
    return [element, *below]
