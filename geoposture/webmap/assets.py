"""The page put together: Leaflet from its package, our files by package path, data last, the policy's hashes over all of it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import urlsplit

LEAFLET = "js_lib_leaflet"
LEAFLET_FILES = ("static", "js_lib_leaflet")
STYLES = ("page.css", "panels.css", "timeline.css", "map.css", "print.css")
SCRIPTS = (
    "dom.js",
    "words.js",
    "store.js",
    "situation.js",
    "changes.js",
    "address.js",
    "saying.js",
    "references.js",
    "takeaway.js",
    "map/layout.js",
    "map/glyph.js",
    "map/changeglyph.js",
    "map/basemap.js",
    "map/drawing.js",
    "map/labels.js",
    "map/badges.js",
    "map/marks.js",
    "map/scatter.js",
    "map/disc.js",
    "map/stamp.js",
    "map/paper.js",
    "map/lettering.js",
    "map/canvasmarks.js",
    "controls/docked.js",
    "controls/headline.js",
    "controls/panel.js",
    "controls/legend.js",
    "controls/sources.js",
    "controls/bars.js",
    "controls/claim.js",
    "controls/totals.js",
    "controls/timescale.js",
    "controls/belief.js",
    "controls/evidence.js",
    "controls/places.js",
    "controls/changes.js",
    "controls/timeline.js",
    "controls/clock.js",
    "controls/colophon.js",
    "controls/sheet.js",
    "controls/printing.js",
    "main.js",
)
"""Our own scripts in the order in which they stand on the page; the engine's stand before them."""

_TOKEN = re.compile(r"<!--put:([a-z-]+)-->")
_CSS_IMAGE = re.compile(r"url\((images/[a-z0-9-]+\.png)\)")
_BEHAVIOR = re.compile(r"[^\n]*behavior: url\(#default#VML\);\n")
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=.*")


@dataclass(frozen=True, slots=True)
class Added:
    """What people put on the map with Folium, as Folium renders it: for the head, the body and the last script."""

    head: str = ""
    body: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page carries: its title, its data blocks by element id, its variables of style, hosts of tiles."""

    title: str
    data: Mapping[str, str] = field(default_factory=dict)
    variables: str = ""
    image_hosts: tuple[str, ...] = ()


def assemble(page: Page, added: Added | None = None) -> str:
    """The whole file. Data goes in by one pass over the constant shell, so nothing in it is read as a token or a template."""
    added = Added(*map(_newlines, (added.head, added.body, added.script))) if added else Added()
    styles = [leaflet_css(), page.variables, *map(lean_text, STYLES)]
    before = [leaflet_js(), *engine_scripts(), *map(lean_text, SCRIPTS)]
    if added.script.strip():
        before.append(lean_text("folium_layers.js"))
    boot = lean_text("boot.js")
    parts = {
        "title": html.escape(page.title),
        "styles": "\n".join(_element("style", style) for style in styles if style),
        "added-head": added.head,
        "added-body": added.body,
        "data": "\n".join(_data_block(name, text) for name, text in page.data.items()),
        "scripts": "\n".join(_element("script", script) for script in before),
        "boot": _element("script", boot),
        "added-script": _element("script", added.script) if added.script.strip() else "",
    }
    parts["policy"] = html.escape(_policy(page, added, styles, [*before, boot]), quote=False)
    return _TOKEN.sub(lambda found: parts[found[1]], browser_text("shell.html"))


def digest(text: str) -> str:
    """The source expression of a content security policy that allows exactly this script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def browser_text(path: str) -> str:
    """One of our own files under browser/."""
    return _text("geoposture.webmap", "browser", *path.split("/"))


@cache
def engine_scripts() -> tuple[str, ...]:
    """The pure engine's files, in the order that its list says."""
    names = browser_text("engine/ORDER").split()
    return tuple(lean_text(f"engine/{name}") for name in names)


@cache
def lean_text(path: str) -> str:
    """One of our files without its comments and indentation, which are a third of it.

    Comments must stand on lines of their own, and no string may run over lines; the tests hold the files to that.
    """
    kept, inside = [], False
    for line in map(str.strip, browser_text(path).split("\n")):
        inside = inside or line.startswith("/*")
        if not inside and not line.startswith("//"):
            kept.append(line)
        inside = inside and not line.endswith("*/")
    return "\n".join(filter(None, kept))


@cache
def leaflet_js() -> str:
    """Leaflet's code, with its images as data so that a user's marker needs no request."""
    code = _SOURCE_MAP.sub("", _text(LEAFLET, *LEAFLET_FILES, "leaflet.js"))
    images = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    options = ",".join(f'{key}:"{_image("images/" + name)}"' for key, name in images.items())
    return f'{code}\nL.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({{{options}}});'


@cache
def leaflet_css() -> str:
    """Leaflet's style, with its images as data and without the rule for old Internet Explorers."""
    text = _text(LEAFLET, *LEAFLET_FILES, "leaflet.css")
    return _CSS_IMAGE.sub(lambda found: f'url("{_image(found[1])}")', _BEHAVIOR.sub("", text))


def _image(path: str) -> str:
    return "data:image/png;base64," + base64.b64encode(_inside(LEAFLET, *LEAFLET_FILES, *path.split("/"))).decode()


def _inside(package: str, *path: str) -> bytes:
    return resources.files(package).joinpath(*path).read_bytes()


def _text(package: str, *path: str) -> str:
    """With line ends as an HTML parser leaves them, because hashes are taken over what it leaves."""
    return _newlines(_inside(package, *path).decode())


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _element(kind: str, text: str) -> str:
    return f"<{kind}>{text}</{kind}>"


def _data_block(name: str, text: str) -> str:
    if "<" in text:
        raise ValueError(f"the data block {name} is not escaped")
    return f'<script type="application/json" id="{name}">{text}</script>'


def _policy(page: Page, added: Added, styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Nothing is allowed but what stands in this file, and what the user's own Folium layers name."""
    theirs = _Inline()
    theirs.feed(added.head + added.body)
    theirs.close()
    script = [*scripts, *theirs.scripts, *([added.script] if added.script.strip() else [])]
    style = [*(text for text in styles if text), *theirs.styles]
    rules = {
        "default-src": ["'none'"],
        "script-src": [*map(digest, script), *_addresses(theirs.script_links)],
        "style-src": [*map(digest, style), *_addresses(theirs.style_links)],
        "img-src": ["data:", *page.image_hosts],
        "font-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(dict.fromkeys(values))}" for name, values in rules.items())


def _addresses(links: Iterable[str]) -> list[str]:
    """Exact addresses of files that a Folium plugin loads; characters that end a source expression are not allowed in."""
    return [link for link in links if urlsplit(link).scheme in ("http", "https") and not set(link) & set("\"'; \t\r\n,")]


class _Inline(HTMLParser):
    """Collects what a fragment runs: the text of its scripts and styles, and the addresses that it links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.script_links: list[str] = []
        self.style_links: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open = tag
        if tag == "script" and given.get("src"):
            self.script_links.append(str(given["src"]))
        elif tag == "link" and given.get("rel") == "stylesheet" and given.get("href"):
            self.style_links.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class names its arguments
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts.append(data)
        elif self._open == "style":
            self.styles.append(data)
