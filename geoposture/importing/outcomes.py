"""What became of every row: no row is lost without a word. The list of rows left out is a CSV beside the reports."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UsageError

_MOST_REASONS = 20
_QUOTED = re.compile('"[^"]*"|(?<=same as line )[0-9]+')
HEAD = ("line", "outcome", "why")
_RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A row that makes no claim: `skipped` by a rule of the mapping, or `refused`."""

    line: int
    outcome: str
    why: str
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """What an import read and made."""

    rows: int = 0
    claims: int = 0
    unchanged: int = 0
    revised: int = 0
    numbered: int = 0
    reports: int = 0
    places: int = 0
    new_places: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    folder: Path = Path()
    listing: Path | None = None

    def counted(self, outcome: str) -> list[tuple[str, int]]:
        """How many rows were left out for each reason, most first; reasons that differ in a value alone are counted as one."""
        found = Counter(
            left.why if outcome == "skipped" else _QUOTED.sub("…", left.why) for left in self.left_out if left.outcome == outcome
        )
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def number(self, outcome: str) -> int:
        """How many rows were skipped, or refused."""
        return sum(left.outcome == outcome for left in self.left_out)


def outcome_lines(summary: Summary) -> Iterator[str]:
    """What an import did, in words, one line each."""
    places = _count(summary.places, "place")
    yield f"{_count(summary.rows, 'row')} read, {places} named, {summary.new_places:,} of them new in {summary.folder}"
    if summary.claims or summary.unchanged:
        revised = f"; corrections of the edition before: {summary.revised:,}" if summary.revised else ""
        yield f"{_count(summary.claims, 'claim')} made in {_count(summary.reports, 'report')}{revised}"
    if summary.numbered:
        what = "by the order of rows, which the next edition may change: add to id in claim of the mapping what tells them apart"
        yield f"warning: {_count(summary.numbered, 'claim')} got a number behind the id, {what}"
    if summary.unchanged:
        yield f"{_count(summary.unchanged, 'claim')} as in the edition before, not repeated"
    if summary.missing:
        few = ", ".join(summary.missing[:3]) + (", …" if len(summary.missing) > 3 else "")
        yield f"{_count(len(summary.missing), 'claim')} of the edition before are in no row of this one and stand: {few}"
    for outcome in ("skipped", "refused"):
        if number := summary.number(outcome):
            yield f"{_count(number, 'row')} {outcome}:"
            yield from (f"  {times:,}  {why}" for why, times in summary.counted(outcome)[:_MOST_REASONS])
    if summary.listing is not None:
        yield f"Each row left out, with its line and the reason: {summary.listing}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def check_listing(path: Path) -> None:
    """Raises UsageError where a list is to be written and another file stands, which people may have made.

    What is no plain file is not opened: writing refuses it.
    """
    with contextlib.suppress(OSError):
        if path.is_file() and not path.is_symlink() and not _is_listing(path):
            raise UsageError(f"{path}: is not a list of an import. Move it away.")


def _is_listing(path: Path) -> bool:
    head = ",".join(HEAD).encode()
    with path.open("rb") as file:
        return file.read(len(head)) == head


def listing(left_out: Sequence[LeftOut], columns: Sequence[str]) -> str:
    """The CSV of the rows left out: line, outcome, why, and the columns that the mapping reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*HEAD, *columns])
    for left in sorted(left_out):
        writer.writerow([left.line, left.outcome, *map(_harmless, (left.why, *left.cells))])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text (OWASP, "CSV Injection")."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell
