"""What an import would write as YAML, read by the rules of YAML files all the same, without being written in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from ..errors import Problem, ValueProblem
from ..ledger import Claim, Force, Ledger, Place, Report, Source
from ..reading.build import build, build_report
from ..reading.claims import check_reports
from ..reading.codes import Spot, problem, value_problem
from ..reading.draft import Draft, DraftReport, Known
from ..reading.entries import Part, read_part
from ..reading.folder import Folder
from ..reading.gazetteer import check_forces, check_places
from ..reading.parties import check_sources
from ..reading.replacing import check_pair
from ..reading.structure import ClaimEntry, Entry, ForceEntry, PlaceEntry, ReportFile, SourceEntry
from ..reading.wording import shown
from ..reading.yaml_lines import Broken, Node, Scalar, Sequence
from ..reading.yaml_lines import Mapping as Tree
from .datafolder import force_entry, place_entry, source_entry
from .publication import Filed
from .yaml_text import Value, check_signs

T = TypeVar("T")


class Unwritten:
    """Places, forces, sources and reports that stand in no file. `problems` has what check would say of them.

    What is wrong with a claim is said of its line in the table, and what is wrong with a place, force or source of the
    file that is to be written.
    """

    def __init__(
        self,
        table: Path,
        path: Path,
        places: Mapping[str, Place],
        forces: Mapping[str, Force],
        sources: Mapping[str, Source],
    ) -> None:
        self.problems: list[Problem] = []
        self._table, self._path = str(table), str(path)
        self._lines: dict[str, int] = {}
        self._draft = Draft(Folder(path.parent), problems=self.problems)
        self._read(self._draft.places, PlaceEntry, places.values(), place_entry)
        self._read(self._draft.forces, ForceEntry, forces.values(), force_entry)
        self._read(self._draft.sources, SourceEntry, sources.values(), source_entry)
        self.problems += [*check_places(self._draft), *check_forces(self._draft), *check_sources(self._draft)]

    def registry(self) -> Ledger:
        """The places, forces and sources, as they would be read from files."""
        return build(self._draft)

    def report(self, filed: Filed) -> dict[str, Report]:
        """The report by its id; nothing if there is a problem."""
        before = len(self.problems)
        head = self._part(filed.head, ReportFile, Spot(self._table, min(filed.lines, default=1)))
        report = DraftReport(filed.id, filed.id, head)
        for line, content in zip(filed.lines, filed.claims, strict=True):
            claim = self._part(content, ClaimEntry, Spot(self._table, line))
            local = str(content["id"])
            report.claims.append((local, claim))
            if claim.get("replaces") is not None:
                self._lines[report.full_id(local)] = line
        # The rules about reports look at those of the draft, and this is the only one as far as they go.
        self._draft.reports = [report]
        self.problems += check_reports(self._draft)
        self._draft.reports = []
        faulty = any(not found.warning for found in self.problems[before:])
        return {} if faulty else {report.id: build_report(report)}

    def check_replaces(self, reports: Mapping[str, Report]) -> None:
        """Hold what claims replace against the claims that there are."""
        wanted = {claim.replaces for report in reports.values() for claim in report.claims if claim.replaces is not None}
        found = _claims(reports, wanted.__contains__)
        for report in reports.values():
            for claim in report.claims:
                if claim.replaces is None:
                    continue
                line = self._lines.get(claim.id)
                spot = Spot(self._path) if line is None else Spot(self._table, line)
                if claim.replaces in found:
                    self.problems += check_pair(spot, (report, claim), found[claim.replaces])
                else:
                    what = f"there is no claim {shown(claim.replaces)}."
                    self.problems.append(problem(spot, "claim-unknown", what, "Import the edition that has it again."))

    def _read(self, known: Known, model: type[Entry], ones: Iterable[T], entry: Callable[[T], Mapping[str, Value]]) -> None:
        for one in ones:
            known.add(self._part(entry(one), model, Spot(self._path)))

    def _part(self, content: Mapping[str, Value], model: type[Entry], spot: Spot) -> Part:
        return read_part(self._tree(content, spot), model, self.problems)

    def _tree(self, content: Mapping[str, Value], spot: Spot) -> Tree:
        """The tree that reading a mapping would give, all of which stands at one spot."""
        values = {key: self._node(value, spot) for key, value in content.items()}
        return Tree(spot.file, spot.line, spot.column, values, dict.fromkeys(values, spot))

    def _node(self, value: Value, spot: Spot) -> Node:
        if isinstance(value, Mapping):
            return self._tree(value, spot)
        if not isinstance(value, str):
            return Sequence(spot.file, spot.line, spot.column, tuple(self._node(item, spot) for item in value))
        try:
            check_signs(value)
        except ValueProblem as error:
            self.problems.append(value_problem(spot, error))
            return Broken(spot.file, spot.line, spot.column)
        return Scalar(spot.file, spot.line, spot.column, value, plain=False)


def _claims(reports: Mapping[str, Report], wanted: Callable[[str], bool]) -> dict[str, tuple[Report, Claim]]:
    return {claim.id: (report, claim) for report in reports.values() for claim in report.claims if wanted(claim.id)}
