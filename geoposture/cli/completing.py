"""What the shell proposes: ids and days found in the text of the data folder, fast, and silent whatever the files are like.

The text is only looked through: a shell must not wait for a check, and half-written files are those that people work on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import typer

Proposals = list[tuple[str, str]]
"""Values with what they mean, which some shells show beside them."""

_LARGEST = 10_000_000
# Quantifiers that do not give back (`*+`): a line of a million blanks must not be tried from each of them.
_ID = re.compile(r"^[ \t]*+(?:-[ \t]++)?+\{?+[ \t]*+id:[ \t]*+[\"']?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_NAME = re.compile(r"\bname:[ \t]*+(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\n,}#]+))")
_AREA = re.compile(r"\bkind:[ \t]*(?:country|region|province)\b")
_DAY = re.compile(r"(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])")


def places(ctx: typer.Context, incomplete: str) -> Proposals:
    """The ids of the gazetteer."""
    return _fitting(_entries(_folder(ctx) / "gazetteer.yaml"), incomplete)


def areas(ctx: typer.Context, incomplete: str) -> Proposals:
    """The ids of countries, regions and provinces."""
    return _fitting((one for one in _entries(_folder(ctx) / "gazetteer.yaml") if _AREA.search(one[2])), incomplete)


def forces(ctx: typer.Context, incomplete: str) -> Proposals:
    """The ids of forces."""
    return _fitting(_entries(_folder(ctx) / "forces.yaml"), incomplete)


def sources(ctx: typer.Context, incomplete: str) -> Proposals:
    """The ids of publishers, offices and people."""
    return _fitting(_entries(_folder(ctx) / "sources.yaml"), incomplete)


def days(ctx: typer.Context, incomplete: str) -> list[str]:
    """The days that the reports name."""
    try:
        files = sorted((_folder(ctx) / "reports").glob("*.yaml"))
    except OSError:
        return []
    found = {day for file in files for day in _DAY.findall(_text(file))}
    return sorted(day for day in found if day.startswith(incomplete))


def mappings(incomplete: str) -> list[str]:
    """The mappings that are shipped, and files beside."""
    shipped = Path(__file__).parents[1] / "importing" / "mappings"
    return sorted(file.stem for file in shipped.glob("*.yaml") if file.stem.startswith(incomplete))


def one_of(*choices: str) -> Callable[[str], list[str]]:
    """A completion from a fixed list."""

    def fitting(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return fitting


def _folder(ctx: typer.Context) -> Path:
    return Path(ctx.params.get("data") or "data")


def _entries(file: Path) -> Iterator[tuple[str, str, str]]:
    """Each id with the name after it and the text up to the next id."""
    text = _text(file)
    starts = list(_ID.finditer(text))
    ends = [one.start() for one in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=False):
        entry = text[start.end() : end]
        name = _NAME.search(entry)
        yield start[1], (name[name.lastindex or 0].strip() if name else ""), entry


def _fitting(entries: Iterator[tuple[str, str, str]], incomplete: str) -> Proposals:
    return [(id_, name) for id_, name, _ in entries if id_.startswith(incomplete)]


def _text(file: Path) -> str:
    """The text of a plain file of a size that people write; "" of anything else."""
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            return ""
        return file.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return ""
