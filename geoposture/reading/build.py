"""Entries that passed every check → the frozen objects of the ledger."""

from __future__ import annotations

from typing import Any

from ..ledger import Claim, Force, Ledger, Place, Report, Source
from .claims import time_of, when_text
from .draft import Draft, DraftReport
from .entries import Part


def build(draft: Draft) -> Ledger:
    """The ledger of a draft without errors: everything in the order of ids, claims in the order of their file."""
    reports = {report.id: build_report(report) for report in draft.reports}
    return Ledger(
        places=_sorted({part.get("id"): build_place(part) for part in draft.places.parts}),
        forces=_sorted({part.get("id"): Force(**part.values) for part in draft.forces.parts}),
        sources=_sorted({part.get("id"): Source(**part.values) for part in draft.sources.parts}),
        reports=_sorted(reports),
    )


def _sorted(by_id: dict[str, Any]) -> Any:
    return dict(sorted(by_id.items()))


def build_place(part: Part) -> Place:
    """A place; its names are those of all items in one row."""
    names = tuple(name for item in part.get("names") for name in item)
    return Place(**{**part.values, "names": names, "codes": part.get("codes") or {}})


def build_report(report: DraftReport) -> Report:
    """A report with its claims."""
    claims = tuple(build_claim(report.full_id(local), part) for local, part in report.claims)
    return build_head(report, claims)


def build_head(report: DraftReport, claims: tuple[Claim, ...] = ()) -> Report:
    """A report with the claims given."""
    head = report.head
    plain = {key: head.get(key) for key in ("publisher", "title", "author", "url", "dating", "text", "note")}
    return Report(
        **plain,
        id=report.id,
        published=head.written("published") or "",
        period=head.get("published"),
        repeats=head.get("repeats") or (),
        claims=claims,
    )


def build_claim(full_id: str, part: Part) -> Claim:
    """A claim. Raises ValueProblem if its time is impossible, which no draft without errors has."""
    plain = {key: value for key, value in part.values.items() if key not in ("id", "place", "from", "to", "when")}
    return Claim(**plain, id=full_id, places=part.get("place"), time=time_of(part), when=when_text(part))
