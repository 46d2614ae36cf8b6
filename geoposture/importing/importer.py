"""A table and its mapping → a data folder or claims file: every row becomes a claim or place, or is listed with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..dates import Period, parse_period
from ..errors import InputProblems, Problem, UsageError, ValueProblem
from ..ledger import Ledger
from ..opening import is_packed, open_parts
from ..reading import read
from ..reading.wording import plain_line, shown
from .cells import Cells, Refusal, Skipped
from .claims import Draft, carry, draft, name_apart
from .editions import Before, Revision, before, revise
from .mapping_file import columns_of
from .model import MappingFile, TableSpec
from .outcomes import LeftOut, Summary, listing
from .parties import Parties
from .placebook import PlaceBook, check_airports
from .publication import Publication, edition, file_reports, publication
from .tables import Progress, Row, read_table
from .target import Target, open_target

_MOST_SHOWN = 50


@dataclass(slots=True)
class _Import:
    """One run: what is known, what was found, and what is left out."""

    mapping: MappingFile
    columns: tuple[str, ...]
    published: str | None
    book: PlaceBook
    parties: Parties
    summary: Summary
    drafts: list[tuple[Publication, Draft]] = field(default_factory=list)
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Make what the row makes, or say why it makes nothing."""
        self.summary.rows += 1
        if row.fault:
            self._leave(row, "refused", row.fault)
            return
        cells = Cells(row.line, row.cells, frozenset(self.mapping.unknown) | {""})
        try:
            if why := self._skipped(cells):
                self._leave(row, "skipped", why)
                return
            place = self.book.place(self.mapping.place, cells)
            if self.mapping.makes_claims:
                self._claim(cells, place)
            self.book.use(place)
        except Refusal as refusal:
            self._leave(row, "skipped" if isinstance(refusal, Skipped) else "refused", str(refusal))

    def _skipped(self, cells: Cells) -> str | None:
        return next((str(rule.why) for rule in self.mapping.skip if cells.holds(rule.where)), None)

    def _claim(self, cells: Cells, place: str) -> None:
        found = draft(self.mapping.claim, cells, place, self.parties)
        key = publication(self.mapping, cells, self.parties, self.published)
        same = (key, found.name, str(found.content()))
        if same in self.seen:
            raise Refusal(f"says the same as line {self.seen[same]}")
        self.seen[same] = cells.line
        self.drafts.append((key, found))

    def _leave(self, row: Row, outcome: str, why: str) -> None:
        cells = tuple(plain_line(row.cells.get(column, ""))[:200] for column in self.columns)
        self.summary.left_out.append(LeftOut(row.line, outcome, plain_line(why), cells))


def import_table(
    table: str | Path,
    mapping: MappingFile,
    *,
    output: str | Path | None = None,
    data: str | Path | None = None,
    published: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Import a table into `output`, or into `data`, whose places, forces and sources are known.

    Both are data folders, or claims files of the engine (`.parquet`), which are written without YAML in between.

    `published` is the day (EDTF) on which this edition of the table came out; `encoding` goes before the mapping's.
    Raises UsageError, InputProblems (with the first rows refused, if no row can be used) and WriteError.
    """
    if output is None and data is None:
        raise UsageError("Say where to: -o DIR for a folder of its own, or --data DIR to add to one.")
    period = _period(mapping, published)
    check_airports(mapping.place)
    target = open_target(Path(output or data or ""), Path(table))
    known = _known(target, data)
    earlier = before(mapping, period, target.ledger)
    columns = columns_of(mapping)
    run = _Import(
        mapping,
        columns,
        published,
        PlaceBook(known.places, mapping.places),
        Parties(known.forces, known.sources, mapping.forces, mapping.sources),
        Summary(folder=target.path),
    )
    _check_names(run)
    for row in read_table(Path(table), _spec(mapping, encoding), columns, progress or (lambda _share: None)):
        run.take(row)
    if not run.book.used:
        raise _nothing(Path(table), run.summary)
    _save(run, target, earlier, period)
    return run.summary


def _check_names(run: _Import) -> None:
    """Raise UsageError if the mapping names what neither it nor the data has."""
    slips = [*run.parties.unknown(run.mapping), *(("area", ident) for ident in run.book.unknown())]
    if slips:
        homes = {"force": "forces", "source": "sources", "area": "places"}
        named = ", ".join(f"the {kind} {shown(word)}" for kind, word in dict.fromkeys(slips))
        fix = " and ".join(dict.fromkeys(homes[kind] for kind, _ in slips))
        raise UsageError(f"The mapping {run.mapping.name} names {named}, which nothing has. Add to its {fix}.")


def _period(mapping: MappingFile, published: str | None) -> Period | None:
    """The publication of the whole table; None if each row has its own. Raises UsageError if it is nowhere said."""
    if not mapping.makes_claims:
        return None
    if published is not None:
        try:
            return parse_period(published)
        except ValueProblem as error:
            raise UsageError(f"--published: {error}") from error
    if mapping.report.published is None:
        raise UsageError(f"The mapping {mapping.name} does not say when the table came out. Say --published YYYY-MM-DD.")
    return mapping.day_of_publication()


def _known(target: Target, data: str | Path | None) -> Ledger:
    """All places, forces and sources that are known: those that the target has, and those of `data`."""
    have = target.ledger
    if data is None or Path(data) == target.path:
        return have
    other = open_parts(data).ledger if is_packed(data) else read(data)
    return Ledger({**other.places, **have.places}, {**other.forces, **have.forces}, {**other.sources, **have.sources})


def _spec(mapping: MappingFile, encoding: str | None) -> TableSpec:
    if encoding is None:
        return mapping.table
    try:
        return TableSpec.model_validate({**_set(mapping.table), "encoding": encoding})
    except ValueError as error:
        raise UsageError(f'--encoding "{encoding}" is unknown. Write utf-8, latin-1, cp1252, cp1256 or utf-16.') from error


def _set(spec: TableSpec) -> dict[str, str]:
    return {key: value for key, value in spec.__dict__.items() if value is not None and key != "encoding"}


def _nothing(table: Path, summary: Summary) -> InputProblems | UsageError:
    """The problem of a table of which no row can be used."""
    problems = [
        Problem(plain_line(str(table)), left.line, 1, f"row-{left.outcome}", left.why)
        for left in sorted(summary.left_out)[:_MOST_SHOWN]
    ]
    return InputProblems(problems) if problems else UsageError(f"{table}: has no rows. Nothing is written.")


def _save(run: _Import, target: Target, earlier: Before, period: Period | None) -> None:
    mapping, summary = run.mapping, run.summary
    revision = _claims(run, earlier)
    keys = {id(found): key for key, found in run.drafts}
    reports = file_reports(mapping, ((keys[id(found)], found, replaces) for found, replaces in revision.written))
    target.add_reports(reports, earlier.same)
    target.add_places(run.book.used)
    target.add_forces(run.parties.forces(found.force for _, found in run.drafts))
    target.add_sources(run.parties.sources(name for key, found in run.drafts for name in (key.publisher, *found.voices())))
    summary.claims, summary.reports = len(revision.written), len(reports)
    summary.unchanged, summary.revised, summary.missing = revision.unchanged, revision.revised, revision.missing
    summary.places, summary.new_places = len(run.book.used), len(run.book.used.keys() - target.ledger.places.keys())
    if summary.left_out:
        name = edition(mapping, period) if period is not None else mapping.name
        summary.listing = target.add_listing(name, listing(summary.left_out, run.columns))
    target.save()


def _claims(run: _Import, earlier: Before) -> Revision:
    """The claims with their ids and times, set against the editions before."""
    drafts = [found for _, found in run.drafts]
    when = run.mapping.claim.when if run.mapping.makes_claims else None
    if when is not None and when.until is not None:
        carry(drafts, when.most_days)
    run.summary.numbered = name_apart(drafts)
    return revise(drafts, earlier)
