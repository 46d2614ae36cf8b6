"""Serves the page of one recipe on this machine alone, and builds it anew whenever its files change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import UsageError


def watch(
    recipe: Path,
    *,
    data: Path | None = None,
    gazetteer: Path | None = None,
    output: Path | None = None,
    port: int = 0,
    tell: Callable[[str], None] = print,
    ready: Callable[[str], object] = lambda _: None,
) -> None:
    """Serve the page at http://127.0.0.1:PORT/ (0: a free port) until the process is asked to end.

    `tell` gets each line for the terminal, `ready` the address once it answers. While the files have problems the page shows
    them above the last page that could be built; warnings of the check stand folded away above a page that was built. Raises
    UsageError if the port is taken or the extra `watch` is missing. Nothing that stands in a file ends it.
    """
    try:
        from .server import run
    except ImportError as error:
        needs = "starlette, uvicorn and watchfiles, which are not all installed"
        raise UsageError(f"Watching needs {needs}: pip install 'geoposture[watch]'") from error
    run(recipe, data=data, gazetteer=gazetteer, output=output, port=port, tell=tell, ready=ready)
