"""The people's files as checked, frozen objects: what is read, and nothing that is computed from it but lookups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .dates import Period, ValidTime
from .figures import Figure

AREA_KINDS = ("country", "region", "province")
SITE_KINDS = ("air-base", "airport", "camp", "headquarters", "outpost", "port", "site")
MODALITIES = ("possible", "expected", "announced", "reported")
"""From the least firm to the firmest; the position is the firmness."""
GROUPINGS = ("publisher", "report", "voice")
"""What `by` may choose as one source."""
ANONYMOUS = "unnamed"
LONGEST_CHAIN = 50
"""Areas above a place, and forces above a force, that reading lets in: so all chains together take linear work."""


@dataclass(frozen=True, slots=True)
class Name:
    """Another spelling or script of a place's name; `lang` is a BCP 47 tag, empty if not said."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A site, or an area (kind country, region or province). lat and lon: WGS 84 degrees; accuracy: kilometres."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    within: str | None = None
    iso: str | None = None
    names: tuple[Name, ...] = ()
    accuracy_km: float | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    note: str | None = None

    @property
    def is_area(self) -> bool:
        """Whether the place is an area: its claims are totals and never marks on a base."""
        return self.kind in AREA_KINDS


@dataclass(frozen=True, slots=True)
class Force:
    """Who is where; `part_of` is the id of the force that contains it."""

    id: str
    name: str
    part_of: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher, an office or a person. `reliability`: NATO Admiralty A to F; F is "cannot be judged"."""

    id: str
    name: str
    kind: str
    country: str | None = None
    role: str | None = None
    reliability: str | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one report. `id` is the full id, report#claim; exactly one of `status` and `change` is set."""

    id: str
    places: tuple[str, ...]
    force: str
    status: str | None = None
    modality: str = "reported"
    time: ValidTime | None = None
    when: str | None = None
    personnel: Figure | None = None
    change: Figure | None = None
    by: str | None = None
    repeats: tuple[str, ...] | None = None
    credibility: int | None = None
    quote: str | None = None
    says: str | None = None
    where: str | None = None
    note: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One published document with its claims. `period` is what `published` can mean."""

    id: str
    publisher: str
    published: str
    period: Period
    title: str | None = None
    author: str | None = None
    url: str | None = None
    dating: str | None = None
    repeats: tuple[str, ...] = ()
    text: str | None = None
    note: str | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def known_from(self) -> int:
        """The latest day that `published` can mean: by then the public surely could know."""
        return self.period.last


@dataclass(frozen=True, slots=True)
class Ledger:
    """All files of one data folder, by id, in the order of their ids (claims: in the order of their report)."""

    places: Mapping[str, Place] = field(default_factory=dict)
    forces: Mapping[str, Force] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)

    def claims(self) -> Iterator[tuple[Report, Claim]]:
        """Every claim with its report."""
        for report in self.reports.values():
            for claim in report.claims:
                yield report, claim


@dataclass(frozen=True, slots=True)
class Recipe:
    """One briefing map as described in maps/*.yaml; days as in dates.py, `data` a path relative to the recipe."""

    title: str
    data: str
    subtitle: str | None = None
    day: int | None = None
    known: int | None = None
    compare: int | None = None
    by: str = "publisher"
    forces: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    exclude_sources: tuple[str, ...] = ()
    stale_after_days: int | None = 365
    tiles: str | None = None
    notes: str | None = None


def area_chain(ledger: Ledger, place: str) -> tuple[str, ...]:
    """The areas that contain a place, nearest first."""
    chain: list[str] = []
    above = ledger.places[place].within
    while above is not None:
        chain.append(above)
        above = ledger.places[above].within
    return tuple(chain)


def force_chain(ledger: Ledger, force: str) -> tuple[str, ...]:
    """The forces that a force is part of, nearest first."""
    chain: list[str] = []
    above = ledger.forces[force].part_of
    while above is not None:
        chain.append(above)
        above = ledger.forces[above].part_of
    return tuple(chain)


def voice_of(report: Report, claim: Claim) -> str:
    """Who says so: `by`, else the last of `repeats` (the claim's own, else the report's), else the publisher.

    An anonymous voice is named after whoever heard it: X/unnamed, X being the last of `repeats`, else the report.
    """
    repeats = report.repeats if claim.repeats is None else claim.repeats
    if claim.by is not None and (claim.by == ANONYMOUS or claim.by.startswith(f"{ANONYMOUS}-")):
        return f"{repeats[-1] if repeats else report.id}/{claim.by}"
    if claim.by is not None:
        return claim.by
    return repeats[-1] if repeats else report.publisher
