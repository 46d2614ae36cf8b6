"""The claims of a ledger as columns: one row for each claim and place, days and codes as whole numbers, words looked up last.

This is what resolving reads, whether the claims come from people's files or from a Parquet file (docs/scale.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .board import Board, objects
from .columns import Codes, Days, Ints, Mask, Objects, Small
from .dates import NO_END, NO_START
from .errors import UsageError
from .ledger import GROUPINGS, MODALITIES, Claim, Ledger, Report, voice_of
from .processors import taken
from .stretches import CERTAIN, UNBOUNDED, Stretch, stretches

NOTHING = NO_START
"""Stands for an empty whole number in a column of int32."""

ABSENT, PRESENT, CHANGE = 0, 1, -1
"""`status`; a change has none."""
STATUSES = ("absent", "present", None)
"""By status, so that -1 finds None."""
_STATUS = {"absent": ABSENT, "present": PRESENT, None: CHANGE}

NO_FIGURE, OWN, SHARED, CHANGED = 0, 1, 2, 3
"""`figure`: what low and high are: nothing, the strength at the place, one that several places share, or a change of it."""


class Names(Protocol):
    """The words behind codes."""

    def __len__(self) -> int: ...
    def take(self, codes: Codes) -> Objects:
        """The words of these codes, none of which is negative."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words behind codes, in memory; a word may be None."""

    words: Objects

    @classmethod
    def of(cls, words: Iterable[Any]) -> Words:
        """The words in their order."""
        return cls(objects(list(words)))

    def __len__(self) -> int:
        return len(self.words)

    def take(self, codes: Codes) -> Objects:
        """The words of these codes."""
        return self.words[codes]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A column of words: a code for each row, -1 where it is empty."""

    codes: Codes
    names: Names

    def take(self, rows: Ints) -> Objects:
        """The words of these rows, None where there is none."""
        codes = self.codes[rows]
        empty = codes < 0
        if empty.all():
            return np.full(len(codes), None, dtype=object)
        found = self.names.take(np.where(empty, 0, codes))
        found[empty] = None
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """One row for each claim and place of it, by place, force and claim id (code point order).

    `place` and `force` are coded as on the `board`; `several` marks the claims of several places. Days are since 1970-01-01,
    NO_START and NO_END where there is no bound. The claim speaks of the days `[bounds[0], bounds[5])`: `[0, 1)` and `[4, 5)`
    unbounded, `[1, 2)` and `[3, 4)` possible, `[2, 3)` certain, each empty where its two bounds are equal; a claim that never is
    certain has one possible stretch, `[1, 2)`. It holds from `known_from` until `withdrawn_from`. `low` and `high` are NOTHING
    where they are open, `credibility` is 0 where there is none; `sharing` names all places of a claim.
    """

    ledger: Ledger
    board: Board
    place: Texts
    force: Texts
    claim: Texts
    several: Mask
    report: Texts
    publisher: Texts
    voice: Texts
    status: Small
    firmness: Small
    qualified: Mask
    figure: Small
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    approx: Mask
    sharing: Texts
    when: Texts
    published: Texts
    known_from: Days
    withdrawn_from: Days
    bounds: NDArray[np.int32]
    credibility: Small
    quote: Texts
    says: Texts
    url: Texts

    def __len__(self) -> int:
        return len(self.known_from)

    def source(self, by: str) -> Texts:
        """What counts as one source: publisher, report or voice. Raises UsageError if `by` is none of these."""
        if by not in GROUPINGS:
            raise UsageError(f'by "{by}" is unknown. Write one of {", ".join(GROUPINGS)}.')
        return {"publisher": self.publisher, "report": self.report, "voice": self.voice}[by]

    def certain_from(self, rows: Ints) -> Days:
        """The first certain day of these rows; NOTHING where they never are."""
        first = taken(self.bounds[2], rows)
        return np.where(first < taken(self.bounds[3], rows), first, np.int32(NOTHING))


@dataclass(frozen=True, slots=True)
class Record:
    """A claim of the people's files, with what follows from its ledger: its source and voice, and the days that matter."""

    report: Report
    claim: Claim
    source: str
    voice: str
    parts: tuple[Stretch, ...]
    withdrawn_from: int | None

    @property
    def publisher(self) -> str:
        """The publisher of the report that makes the claim."""
        return self.report.publisher

    @property
    def known_from(self) -> int:
        """The day by which the public surely could know."""
        return self.report.known_from

    @property
    def certain_from(self) -> int | None:
        """The first day of which it is certain, if there is one."""
        return next((start for start, _, certainty in self.parts if certainty == CERTAIN), None)

    @property
    def qualified(self) -> bool:
        """Whether any date it rests on carries one of the marks ?, ~ and %."""
        return self.report.period.qualified if self.claim.time is None else self.claim.time.qualified


def records(ledger: Ledger, by: str = "publisher") -> tuple[Record, ...]:
    """Every claim by its id (code point order); `by` chooses what counts as one source: publisher, report or voice."""
    withdrawn: dict[str, int] = {}
    for report, claim in ledger.claims():
        if claim.replaces is not None:
            withdrawn[claim.replaces] = min(report.known_from, withdrawn.get(claim.replaces, NO_END))
    found = []
    for report, claim in ledger.claims():
        voice = voice_of(report, claim)
        source = {"publisher": report.publisher, "report": report.id, "voice": voice}[by]
        parts = stretches(claim.time, report.period, reported=claim.modality == "reported")
        found.append(Record(report, claim, source, voice, parts, withdrawn.get(claim.id)))
    return tuple(sorted(found, key=lambda record: record.claim.id))


def tabulate(ledger: Ledger) -> Claims:
    """The claims of a ledger as columns."""
    found = records(ledger)
    board = Board.of(ledger)
    place_of, force_of = _numbered(board.places), _numbered(board.forces)
    spread = [(place_of[place], number) for number, record in enumerate(found) for place in dict.fromkeys(record.claim.places)]
    place, number = np.array(spread, dtype=np.int32).reshape(-1, 2).T
    force = _ints(force_of[record.claim.force] for record in found)
    order = np.lexsort((number, force[number], place))
    place, number = place[order], number[order]
    report_of = {report.id: position for position, report in enumerate(ledger.reports.values())}
    report = _ints(report_of[record.report.id] for record in found)[number]

    def each(read: Callable[[Record], Any]) -> Texts:
        return Texts(number, Words.of(map(read, found)))

    def coded(read: Callable[[Record], str]) -> Texts:
        codes = _numbered({read(record) for record in found})
        return Texts(_ints(codes[read(record)] for record in found)[number], Words.of(codes))

    def numbers(read: Callable[[Record], int], kind: type = np.int32) -> Any:
        return np.fromiter(map(read, found), dtype=kind, count=len(found))[number]

    figures = [_figure(record.claim) for record in found]
    reports = ledger.reports.values()
    return Claims(
        ledger,
        board,
        place=Texts(place, Words.of(board.places)),
        force=Texts(force[number], Words.of(board.forces)),
        claim=each(lambda record: record.claim.id),
        several=numbers(lambda record: len(set(record.claim.places)) > 1, np.bool_),
        report=Texts(report, Words.of(ledger.reports)),
        publisher=coded(lambda record: record.publisher),
        voice=coded(lambda record: record.voice),
        status=numbers(lambda record: _STATUS[record.claim.status], np.int8),
        firmness=numbers(lambda record: MODALITIES.index(record.claim.modality), np.int8),
        qualified=numbers(lambda record: record.qualified, np.bool_),
        figure=_ints(figure[0] for figure in figures)[number].astype(np.int8),
        low=_ints(figure[1] for figure in figures)[number],
        high=_ints(figure[2] for figure in figures)[number],
        approx=_ints(figure[3] for figure in figures)[number].astype(np.bool_),
        sharing=each(lambda record: tuple(sorted(set(record.claim.places)))),
        when=each(lambda record: record.claim.when),
        published=Texts(report, Words.of(report.published for report in reports)),
        known_from=numbers(lambda record: record.known_from),
        withdrawn_from=numbers(lambda record: NO_END if record.withdrawn_from is None else record.withdrawn_from),
        bounds=np.array([bounds(record.parts) for record in found], dtype=np.int32).reshape(-1, 6)[number].T.copy(),
        credibility=numbers(lambda record: record.claim.credibility or 0, np.int8),
        quote=each(lambda record: record.claim.quote),
        says=each(lambda record: record.claim.says),
        url=Texts(report, Words.of(report.url for report in reports)),
    )


def bounds(parts: Sequence[Stretch]) -> tuple[int, int, int, int, int, int]:
    """The stretches of a claim as the six bounds of its row; all equal where it speaks of no day."""
    core = [part for part in parts if part[2] != UNBOUNDED]
    if not core:
        start, end = (parts[0][0], parts[-1][1]) if parts else (0, 0)
        return start, end, end, end, end, end
    first, last = core[0][0], core[-1][1]
    certain = next((part for part in core if part[2] == CERTAIN), (last, last, CERTAIN))
    return parts[0][0], first, certain[0], certain[1], last, parts[-1][1]


def _figure(claim: Claim) -> tuple[int, int, int, bool]:
    """What the figure is, its low and high, and whether it is approximate."""
    figure, kind = claim.change, CHANGED
    if figure is None:
        figure, kind = claim.personnel, OWN if len(set(claim.places)) == 1 else SHARED
    if figure is None:
        return NO_FIGURE, NOTHING, NOTHING, False
    low, high = (NOTHING if bound is None else bound for bound in (figure.low, figure.high))
    return kind, low, high, figure.approx


def _numbered(ids: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(ids))}


def _ints(values: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(values), dtype=np.int32)
