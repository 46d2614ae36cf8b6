"""geoposture: what public reporting says about where troops are, when, and according to whom."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import at as at
    from .api import compare as compare
    from .api import draw as draw
    from .api import export as export
    from .api import frame as frame
    from .api import pack as pack
    from .api import read as read
    from .api import reconcile as reconcile
    from .api import resolve as resolve
    from .api import scan as scan
    from .api import timeline as timeline
    from .api import totals as totals
    from .errors import GeopostureError as GeopostureError
    from .errors import InputProblems as InputProblems
    from .errors import UsageError as UsageError

__version__ = "0.1.0"

_HOME = {
    **dict.fromkeys(
        ("at", "compare", "draw", "export", "frame", "pack", "read", "reconcile", "resolve", "scan", "timeline", "totals"), ".api"
    ),
    **dict.fromkeys(("GeopostureError", "InputProblems", "UsageError"), ".errors"),
}
__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605 - one list of names


def __getattr__(name: str) -> Any:
    # A command line tool must feel instant: nothing is imported before it is used (PEP 562).
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
