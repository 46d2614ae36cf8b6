"""A figure → bytes of SVG, PDF or PNG: the same figure gives the same bytes, whenever and wherever."""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from .paper import FAMILY, settings

FORMATS = ("svg", "pdf", "png")
DOTS = 192
"""Dots per inch of a PNG: a slide of 13.3 inches has 2,560."""
SETTINGS: dict[str, Any] = {
    # Words stay words, to be found and edited, in a font that the file names (SVG) or carries (PDF).
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "font.family": [FAMILY],
    # The ids in an SVG are made from this instead of chance.
    "svg.hashsalt": "geoposture",
    "path.simplify": False,
}
METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": "geoposture"},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "geoposture", "Producer": "matplotlib"},
    "png": {"Software": "geoposture"},
}


def encode(figure: Figure, form: str, *, title: str = "") -> bytes:
    """The file's content; `form` is svg, pdf or png. `title` goes into the file's own description of itself."""
    buffer = io.BytesIO()
    with settings():
        mpl.rcParams.update(SETTINGS)  # type: ignore[arg-type] # one entry of each kind
        metadata = METADATA[form] | ({"Title": title} if title else {})
        figure.savefig(buffer, format=form, dpi=DOTS, metadata=metadata)
    return buffer.getvalue()
