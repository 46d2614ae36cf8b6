"""A table that came out again: which of its rows are as they were, and which correct a claim of an edition before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..dates import Period, show_day
from ..errors import UsageError
from ..figures import parse_personnel
from ..ledger import Claim, Ledger, Report
from .claims import Draft
from .model import MappingFile


@dataclass(frozen=True, slots=True)
class Before:
    """What the editions before say: the claim that stands under each name. `same` are the reports of this very edition."""

    standing: Mapping[str, tuple[Report, Claim]]
    same: frozenset[str]


def before(mapping: MappingFile, period: Period | None, ledger: Ledger) -> Before:
    """The editions of the table that the folder has. `period` is the publication of the new one, None if each row has its own.

    Raises UsageError if the folder has an edition that is newer.
    """
    if period is None:
        return Before({}, frozenset())
    pattern = re.compile(rf"{re.escape(mapping.name)}-([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:-.*)?")
    mine = [report for report in ledger.reports.values() if pattern.fullmatch(report.id)]
    newer = [report for report in mine if report.known_from > period.last]
    if newer:
        day = show_day(max(report.known_from for report in newer))
        raise UsageError(f"The folder has the edition of {day} already. Import editions in the order of their publication.")
    standing = {
        claim.id.partition("#")[2]: (report, claim)
        for report in sorted(mine, key=lambda report: report.known_from)
        if report.known_from < period.last
        for claim in report.claims
    }
    return Before(standing, frozenset(report.id for report in mine if report.known_from == period.last))


@dataclass(frozen=True, slots=True)
class Revision:
    """The claims of an edition: those to write, each with the claim it replaces; how many are as before; and what it lacks."""

    written: tuple[tuple[Draft, str | None], ...]
    unchanged: int
    revised: int
    missing: tuple[str, ...]


def revise(drafts: Sequence[Draft], earlier: Before) -> Revision:
    """Set the claims of an edition against the ones before: what is as it was stands already and is not written again."""
    written: list[tuple[Draft, str | None]] = []
    unchanged = revised = 0
    for draft in drafts:
        if draft.name not in earlier.standing:
            written.append((draft, None))
        elif _is_same(draft, earlier.standing[draft.name][1]):
            unchanged += 1
        else:
            written.append((draft, earlier.standing[draft.name][1].id))
            revised += 1
    names = {draft.name for draft in drafts}
    missing = sorted(claim.id for name, (_, claim) in earlier.standing.items() if name not in names)
    return Revision(tuple(written), unchanged, revised, tuple(missing))


def _is_same(draft: Draft, claim: Claim) -> bool:
    """Whether both say the same; words about it (`says`, `where`, `note`) may differ."""
    figure = None if draft.personnel is None else parse_personnel(draft.personnel)
    bounds = None if figure is None else (figure.low, figure.high, figure.approx)
    old = None if claim.personnel is None else (claim.personnel.low, claim.personnel.high, claim.personnel.approx)
    when = draft.time.get("when") or (f"from {draft.time['from']} to {draft.time['to']}" if draft.time else None)
    return (
        ((draft.place,), draft.force, draft.status, bounds, when) == (claim.places, claim.force, claim.status, old, claim.when)
        and draft.rest.get("by") == claim.by
        and draft.rest.get("modality", "reported") == claim.modality
    )
