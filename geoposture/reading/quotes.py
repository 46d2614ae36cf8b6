"""Quotes held against the archived texts: each must stand there word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ..errors import Problem
from .codes import Refused, Spot, problem
from .draft import Draft, DraftReport
from .files import read_text
from .folder import Folder, is_folder
from .wording import shown

_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"\u00ad": None}
)


def folded(text: str) -> str:
    """Text as quotes are compared: one space for any white space, plain quotes and dashes, no soft hyphens; case is kept."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLDED).split())


def holds(text: str, quote: str) -> bool:
    """Whether a folded text has the words of a quote, whole words in a row."""
    words = folded(quote)
    start = r"(?<!\w)" if re.match(r"\w", words) else ""
    end = r"(?!\w)" if re.search(r"\w$", words) else ""
    return re.search(f"{start}{re.escape(words)}{end}", text) is not None


def check_quotes(draft: Draft, texts: Path) -> Iterator[Problem]:
    """An error for each quote that its report's archived text does not have, and for each text that cannot be read."""
    folder = Folder(texts)
    if not is_folder(texts):
        yield problem(folder.spot(), "folder-missing", "there is no such folder of texts.", "Name the folder of archived texts.")
        return
    for report in draft.reports:
        quotes = [(claim.at("quote"), claim.get("quote")) for _, claim in report.claims if claim.get("quote") is not None]
        if report.head.get("text") is not None:
            yield from _check_report(report, folder, quotes)
        elif quotes and "text" not in report.head.meant:
            what = f"no text is named to verify {len(quotes)} quote{'s' if len(quotes) > 1 else ''} in."
            yield problem(report.head.node, "text-none", what, "Write the file's name as text.")


def _check_report(report: DraftReport, folder: Folder, quotes: list[tuple[Spot, str]]) -> Iterator[Problem]:
    spot, name = report.head.at("text"), report.head.get("text")
    try:
        text = folded(read_text(folder.path / name, folder.shown(name), folder.path))
    except Refused as error:
        found = error.problem
        if found.code == "file-missing":
            yield problem(
                spot, "text-missing", f"there is no {shown(name)} in {folder.shown()}.", "Put it there, or correct text."
            )
        else:
            yield problem(spot, found.code, f"{shown(name)}: {found.what}", found.fix)
        return
    for place, quote in quotes:
        if not holds(text, quote):
            yield problem(
                place, "quote-differs", f"{shown(name)} does not have the words {shown(quote)}.", "Copy them from the text."
            )
