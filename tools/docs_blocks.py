"""The fenced blocks of a page, each with its language, its title and the remark that stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_FENCE = re.compile(
    r"(?:<!-- (?P<remark>[^\n]*?) -->\n+)?"
    r"^(?P<indent> *)```(?P<language>\w*)(?: title=\"(?P<title>[^\"]*)\")?[^\n]*\n(?P<body>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)
_START = re.compile(r"<!-- starts in: (\S+) -->")


class Block(NamedTuple):
    """One fenced block; `start` and `end` bound its body in the page."""

    language: str
    title: str | None
    remark: str
    body: str
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    """Every fenced block of a page, in order."""
    for found in _FENCE.finditer(page):
        yield Block(
            found["language"], found["title"], found["remark"] or "", found["body"], found.start("body"), found.end("body")
        )


def starting_folder(page: str) -> str | None:
    """The folder of the repository in which the page's commands start, `empty` for none, None if the page does not say."""
    found = _START.search(page)
    return found[1] if found else None


def commands(body: str) -> list[str]:
    """The commands of a console block: what stands behind `$ `, and on the lines that a backslash continues."""
    return [line[2:] for line in body.replace("\\\n", "\\\0").split("\n") if line.startswith("$ ")]
