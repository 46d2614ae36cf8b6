"""What a person most likely meant where YAML gives up: the line that could not be read → what is wrong and what to write."""

from __future__ import annotations

import re
from typing import NamedTuple

from .wording import shown


class Advice(NamedTuple):
    """A code, what is wrong, what to write, and the column (counted from 0) if it is better known than by the parser."""

    code: str
    what: str
    fix: str
    column: int | None = None


_VALUE = re.compile(r"(?:^|[\s{,])(?:- +)?([A-Za-z_]+)\s*: +(?=\S)")
_FIGURE = re.compile(r"[:\-\[,]\s+([>|]=?[0-9](?:[0-9,.]*[0-9.])?|[>|]=[^,}\]#]*)")
_SIGNS = "@`%*&!>|,]}"


def advise(line: str, column: int, before: str = "") -> Advice:
    """The likeliest fault of a line that the parser refused at a column (counted from 0); `before` is the line above it."""
    if found := _FIGURE.search(line):
        text = found[1].strip()
        return Advice("yaml-quotes", f"{shown(text)} needs quotes.", f'Write "{text[:40]}".', found.start(1))
    if "\t" in line[: len(line) - len(line.lstrip())] or line[column : column + 1] == "\t":
        return Advice("yaml-syntax", "a tab stands where YAML wants spaces.", "Indent with spaces.")
    if (escape := _escape(line, column)) is not None:
        return Advice(
            "yaml-syntax", "this escape is no character.", "Write the character, or put the text between ' and '.", escape
        )
    return _glued(before) or _of_value(line, column) or _of_line(line, before)


def _escape(line: str, column: int) -> int | None:
    """Where the escape begins that the parser refused at a column; it stops before, at or after its letter."""
    for at in (column, column - 1, column - 2):
        if at > 0 and line[at : at + 1] == "\\" and (at >= column - 1 or line[at + 1] in "uUx"):
            return at
    return None


def unclosed(opening: str) -> Advice:
    """The fault of a bracket or quote that is still open where the file ends."""
    what = "quote" if opening in "\"'" else "bracket"
    return Advice(
        "yaml-syntax",
        f"the {what} that opens here is never closed.",
        f"Close it, or quote the whole value if the {what} is part of it.",
    )


def _glued(line: str) -> Advice | None:
    """The fault of a line in which no space stands after the colon; YAML stumbles over it on the next line."""
    if re.match(r"\s*(?:- +)?[a-z_]+:(?!//)\S", line):
        return Advice("yaml-syntax", f"on the line above, {shown(line.strip())} has no space after the colon.", "Write one.")
    return None


def _of_value(line: str, column: int) -> Advice | None:
    """The fault of a value that begins with a sign of YAML, or holds one."""
    starts = [found.end() for found in _VALUE.finditer(line) if found.end() <= column] or [
        found.end() for found in _VALUE.finditer(line)
    ][:1]
    if not starts:
        return None
    # The first value, not the last: in `title: US: they stay` the second colon is the fault.
    value = line[starts[0] :].rstrip()
    if value[0] in _SIGNS:
        return Advice("yaml-quotes", f"a value that begins with {value[0]} needs quotes.", _quoted(value), starts[0])
    if value.startswith("- "):
        return Advice(
            "yaml-syntax", "a list cannot begin on the line of its key.", "Write it as [one, two], or below.", starts[0]
        )
    if value[0] in "\"'":
        fix = 'Put the whole value between one pair of quotes, and write a \' inside \'…\' twice, a " inside "…" as \\".'
        return Advice("yaml-syntax", "the quotes of this value do not enclose it.", fix)
    if value[0] in "[{":
        return Advice(
            "yaml-syntax",
            f"the brackets of this value do not enclose it: {shown(value)}.",
            "Close them, or quote the value if it is text.",
        )
    if re.search(r":(?:\s|$)", value):
        return Advice("yaml-quotes", 'a value that holds ": " needs quotes.', _quoted(value), starts[0])
    return None


def _quoted(value: str) -> str:
    return f"Write '{value}'." if len(value) <= 40 and "'" not in value else "Put quotes around the whole value."


def _of_line(line: str, before: str) -> Advice:
    if re.match(r"\s*(?:- +)?[A-Za-z_]+:\S", line):
        return Advice("yaml-syntax", "no space stands after the colon.", "Write a colon and a space.")
    if before.strip() and re.match(r"\s*(?:- +)?[A-Za-z_]+\s*:", line):
        return Advice(
            "yaml-syntax",
            "this line does not fit to the one above it.",
            "Align it with the other keys, and close the quotes and brackets above.",
        )
    return Advice(
        "yaml-syntax",
        "the file cannot be read as YAML here.",
        "Look for a missing quote, bracket, colon or space on this line or above it.",
    )
