"""Writing into a claims file of the engine: what it has and what is new is checked together, then replaces the file whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from ..errors import InputProblems
from ..files import write
from ..ledger import Force, Ledger, Place, Report, Source
from .outcomes import check_listing
from .publication import Filed
from .unwritten import Unwritten

T = TypeVar("T")


class ClaimsFile:
    """The claims file that is written to, with what it has; nothing is changed before `save`."""

    def __init__(self, path: Path, ledger: Ledger, table: Path) -> None:
        self.path = path
        self.ledger = ledger
        self._table = table
        self._places: Mapping[str, Place] = ledger.places
        self._forces: Mapping[str, Force] = ledger.forces
        self._sources: Mapping[str, Source] = ledger.sources
        self._filed: list[Filed] = []
        self._gone: frozenset[str] = frozenset()
        self._listing: tuple[Path, str] | None = None

    def add_places(self, places: Mapping[str, Place]) -> None:
        """Places that the file does not have yet are added to it."""
        self._places = _grown(self._places, places)

    def add_forces(self, forces: Mapping[str, Force]) -> None:
        """The same for forces."""
        self._forces = _grown(self._forces, forces)

    def add_sources(self, sources: Mapping[str, Source]) -> None:
        """The same for sources."""
        self._sources = _grown(self._sources, sources)

    def add_reports(self, reports: Iterable[Filed], instead_of: Iterable[str] = ()) -> None:
        """Reports, in place of those of an earlier run: of this very edition, and of the same ids."""
        self._filed = list(reports)
        self._gone = frozenset(instead_of)

    def add_listing(self, edition: str, text: str) -> Path:
        """The list of rows left out, beside the file. Raises UsageError where people wrote a file of this name."""
        path = self.path.with_name(f"{self.path.stem}.{edition}.left-out.csv")
        check_listing(path)
        self._listing = path, text
        return path

    def save(self) -> None:
        """Check the file as it will be, then write: the list first, so that no row is lost without a word.

        Raises InputProblems with what `geoposture check` would say of a data folder, at the lines of the table, and WriteError.
        """
        from ..packing.writing import pack

        ledger = self._union()
        if self._listing is not None:
            path, text = self._listing
            write(path, text.encode())
        pack(ledger, self.path)

    def _union(self) -> Ledger:
        """What the file has and what is new, in the order of ids."""
        has = self.ledger
        unwritten = Unwritten(self._table, self.path, self._places, self._forces, self._sources)
        # One report at a time: the drafts of all of them together would take many times the memory of the claims.
        made: dict[str, Report] = {}
        for filed in self._filed:
            made |= unwritten.report(filed)
        kept = {name: report for name, report in has.reports.items() if name not in self._gone and name not in made}
        reports = dict(sorted({**kept, **made}.items()))
        unwritten.check_replaces(reports)
        if problems := [found for found in unwritten.problems if not found.warning]:
            raise InputProblems(sorted(set(problems)))
        new = unwritten.registry()
        return Ledger(_grown(has.places, new.places), _grown(has.forces, new.forces), _grown(has.sources, new.sources), reports)


def _grown(has: Mapping[str, T], wanted: Mapping[str, T]) -> dict[str, T]:
    """Both together by id; what is there already stays as it is."""
    return dict(sorted({**wanted, **has}.items()))
