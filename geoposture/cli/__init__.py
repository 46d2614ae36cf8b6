"""The command line: each command reads its arguments, calls one library function, and prints."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path

from . import asking, making, packing, writing  # noqa: F401 - each adds its commands to the application
from .answers import complain
from .app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line: 0 done, 1 the input has problems or a file cannot be written, 2 wrong usage."""
    # A run makes up to millions of objects that all last to its end: looking for rubbish among them is a quarter of its time.
    gc.set_threshold(50_000, 10, 10)
    _open_streams()
    try:
        app()
    except BrokenPipeError:
        # The reader of the pipe has seen enough; keep the interpreter from complaining on its way out.
        sys.stdout = None
    except OSError as error:
        if error.filename is not None:
            raise
        # No file, so it is the stream: a full disk behind it, or nothing at all.
        sys.stdout = None
        reason = "it is closed" if isinstance(error, io.UnsupportedOperation) else error.strerror
        complain(f"geoposture: standard output: cannot be written: {reason}.")
        sys.exit(1)


def _open_streams() -> None:
    """Let both streams take every letter, whatever the locale; where one is closed, let no file that is opened take its place."""
    if sys.stdout is None:
        # What cannot be written to: an answer that goes nowhere is an error.
        sys.stdout = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the process
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the same
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
