"""Where an import writes to: a data folder or a claims file, which answer to the same few calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from ..errors import UsageError
from ..ledger import Force, Ledger, Place, Source
from ..opening import is_packed, open_ledger
from ..reading import read
from .claimsfile import ClaimsFile
from .datafolder import DataFolder
from .publication import Filed


class Target(Protocol):
    """What is written to, with the ledger that it has; nothing is changed before `save`."""

    path: Path
    ledger: Ledger

    def add_places(self, places: Mapping[str, Place]) -> None:
        """Add the places that the target does not have yet."""

    def add_forces(self, forces: Mapping[str, Force]) -> None:
        """The same for forces."""

    def add_sources(self, sources: Mapping[str, Source]) -> None:
        """The same for sources."""

    def add_reports(self, reports: Iterable[Filed], instead_of: Iterable[str] = ()) -> None:
        """Add reports, in place of those of an earlier run."""

    def add_listing(self, edition: str, text: str) -> Path:
        """Add the list of rows left out. Raises UsageError where people wrote a file of this name."""

    def save(self) -> None:
        """Check all that will be there, then write. Raises InputProblems and WriteError."""


def open_target(path: Path, table: Path) -> Target:
    """The target at a path, new or not; `table` is what problems of a claims file are said of.

    Raises UsageError if something else stands there, and InputProblems if what it has cannot be read.
    """
    if is_packed(path):
        if path.exists() and not path.is_file():
            raise UsageError(f"{path}: is not a single file. Name a new one.")
        return ClaimsFile(path, open_ledger(path) if path.exists() or path.is_symlink() else Ledger(), table)
    have = read(path) if (path / "gazetteer.yaml").exists() else Ledger()
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise UsageError(f"{path}: is no folder. Name one, or a new one.")
    if path.exists() and not have.places and any(path.iterdir()):
        raise UsageError(f"{path}: is no data folder. Name a new one, or one with a gazetteer.yaml.")
    return DataFolder(path, have)
