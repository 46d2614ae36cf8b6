"""How a command answers: lines, problems, and tables on a terminal, for machines, or in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .options import check_choice


def answer(table: Any, ledger: Any, form: str | None, output: Path | None, *, raw: bool, head: str = "") -> None:
    """Print the table, or write it to the file."""
    from ..formats import PRINTED, encode, export

    if form is not None:
        check_choice("--format", form, ("table", *PRINTED))
    if output is not None:
        if form not in (None, output.suffix.removeprefix(".").lower()):
            raise UsageError(f"{output}: the suffix does not fit --format {form}. Leave one of them out.")
        export(table, output, raw=raw)
    elif form in PRINTED:
        sys.stdout.buffer.write(encode(table, form, raw=raw))
        sys.stdout.buffer.flush()
    else:
        _print(table, ledger, head)


def _print(table: Any, ledger: Any, head: str) -> None:
    from rich.console import Console

    from ..terminal import render

    console = Console(highlight=False, soft_wrap=False)
    if head:
        console.print(head, style="bold", markup=False)
        console.print()
    console.print(render(table, ledger))


def write_line(text: str) -> None:
    """Print a line as UTF-8, whatever the locale; signs that act on a terminal, as names of files may have, are spelled out."""
    from ..reading.wording import plain_line

    write_lines(plain_line(text))


def write_lines(text: str) -> None:
    """Print a text of several lines that holds nothing but what is ours, or was checked."""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def complain(text: str) -> None:
    """Print a line where errors go, as UTF-8, whatever the locale; signs that act on a terminal are spelled out."""
    from ..reading.wording import plain_line

    sys.stderr.buffer.write(f"{plain_line(text)}\n".encode("utf-8", "backslashreplace"))
