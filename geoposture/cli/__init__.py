"""The command line: each command reads its arguments, calls one library function, and prints."""

from __future__ import annotations

import gc
import sys

from . import asking, making, packing, writing  # noqa: F401 - each adds its commands to the application
from .app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line: 0 done, 1 the input has problems or a file cannot be written, 2 wrong usage."""
    # A run makes up to millions of objects that all last to its end: looking for rubbish among them is a quarter of its time.
    gc.set_threshold(50_000, 10, 10)
    try:
        app()
    except BrokenPipeError:
        # The reader of the pipe has seen enough; keep the interpreter from complaining on its way out.
        sys.stdout = None
