"""The printed figure: scenes in, one sheet of paper out, for slides and papers."""

from .encoding import FORMATS, encode
from .legend import Speaker
from .page import MOST_PANELS, SIZES, Panel, Sheet, draw, extent
from .scene import Scene, scene
from .words import long_day, situation

__all__ = [
    "FORMATS",
    "MOST_PANELS",
    "SIZES",
    "Panel",
    "Scene",
    "Sheet",
    "Speaker",
    "draw",
    "encode",
    "extent",
    "long_day",
    "scene",
    "situation",
]
