"""Claims → reports: one for each publication, parted by year, quarter or month, with the keys that their files have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..dates import Period, parse_period, show_day
from ..errors import ValueProblem
from ..reading.values import SLUG, web_address
from .cells import Cells, Refusal
from .claims import Draft
from .model import MappingFile
from .parties import Parties
from .yaml_text import Value

MOST_CLAIMS = 20_000
"""In one file: far below the 10 MB and the million values that are read."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What one report and the next are told apart by."""

    publisher: str
    published: str
    url: str | None


@dataclass(slots=True)
class Filed:
    """A report to be: its id, its head, its claims as they will stand in the file, and the line of the table behind each."""

    id: str
    head: dict[str, Value]
    claims: list[dict[str, Value]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def content(self) -> dict[str, Value]:
        """The file."""
        return {"id": self.id, **self.head, "claims": self.claims}


def publication(mapping: MappingFile, cells: Cells, parties: Parties, published: str | None) -> Publication:
    """The publication that a row belongs to; `published` goes before the mapping. Raises Refusal if the row does not say it."""
    report = mapping.report
    day = published or cells.value(report.published)
    if day is None:
        raise Refusal("the day of publication is unknown")
    try:
        parse_period(day)
    except ValueProblem as error:
        raise Refusal(f"published: {error.what} {error.fix}".strip()) from error
    publisher = cells.value(report.publisher)
    if publisher is None:
        raise Refusal("no publisher is named")
    url = cells.value(report.url)
    if url is not None:
        try:
            web_address(url, "url")
        except ValueProblem as error:
            raise Refusal(error.what.rstrip(".")) from error
    return Publication(parties.source(publisher), day, url)


def edition(mapping: MappingFile, period: Period) -> str:
    """How the ids of the reports of an edition begin."""
    return f"{mapping.name}-{show_day(period.last)}"


def file_reports(mapping: MappingFile, found: Iterable[tuple[Publication, Draft, str | None]]) -> list[Filed]:
    """The reports of all claims, by id; each claim comes with the one that it replaces, if any."""
    groups: dict[tuple[str, Publication], list[tuple[Draft, str | None]]] = {}
    for key, draft, replaces in found:
        groups.setdefault((_part(mapping, draft), key), []).append((draft, replaces))
    several = len({key.publisher for _, key in groups}) > 1
    reports: dict[str, Filed] = {}
    for (part, key), drafts in sorted(groups.items(), key=lambda group: (group[0][0], *_order(group[0][1]))):
        for piece in _pieces(drafts):
            start = edition(mapping, parse_period(key.published))
            base = "-".join(filter(None, (start, key.publisher if several else "", part)))
            ident, number = base, 2
            while ident in reports:
                ident, number = f"{base}-{number}", number + 1
            claims = [_claim(draft, replaces) for draft, replaces in piece]
            reports[ident] = Filed(ident, _head(mapping, key, part), claims, [draft.line for draft, _ in piece])
    return list(reports.values())


def _order(key: Publication) -> tuple[str, str, str]:
    return key.published, key.publisher, key.url or ""


def _part(mapping: MappingFile, draft: Draft) -> str:
    """The year, quarter or month in which the claim begins; '' if reports are not parted."""
    if draft.moment is None or mapping.report.split == "none":
        return ""
    day = show_day(draft.moment.first)
    quarter = f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}"
    return {"year": day[:4], "quarter": quarter, "month": day[:7]}[mapping.report.split]


def _pieces(drafts: Sequence[tuple[Draft, str | None]]) -> Iterable[Sequence[tuple[Draft, str | None]]]:
    return (drafts[start : start + MOST_CLAIMS] for start in range(0, len(drafts), MOST_CLAIMS))


def _head(mapping: MappingFile, key: Publication, part: str) -> dict[str, Value]:
    report = mapping.report
    title = f"{report.title} ({part.replace('-q', ', quarter ')})" if report.title and part else report.title
    keys = {
        "title": title,
        "publisher": key.publisher,
        "url": key.url,
        "published": key.published,
        "dating": report.dating,
        "note": report.note,
    }
    return {name: text for name, text in keys.items() if text is not None}


def _claim(draft: Draft, replaces: str | None) -> dict[str, Value]:
    if not re.fullmatch(SLUG, draft.name):
        raise ValueError(f"{draft.name!r} is no id")
    return {"id": draft.name, **draft.content(), **({} if replaces is None else {"replaces": replaces})}
