"""What can go wrong, as objects: one base class, and the problem that a reader of files reports.

GeopostureError            everything this package raises on purpose
├── InputProblems          the files have problems; carries all of them
└── UsageError             the question is wrong: an unknown place, a day that is none
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class GeopostureError(Exception):
    """Base class of every error that geoposture raises on purpose."""


class UsageError(GeopostureError):
    """The question cannot be asked: an unknown place or force, a day that does not exist, a bad option."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding in one file: where, a stable code, what is wrong, and what to write instead."""

    file: str
    line: int
    column: int
    code: str
    what: str
    fix: str = ""
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning " if self.warning else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{self.file}:{self.line}:{self.column} {kind}{self.code}: {self.what}{fix}"


class InputProblems(GeopostureError):
    """The input cannot be used; `problems` holds every finding of the run, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ValueProblem(GeopostureError, ValueError):
    """A single value that cannot be read; the reader of the file adds where it stands."""

    def __init__(self, code: str, what: str, fix: str = "") -> None:
        self.code, self.what, self.fix = code, what, fix
        super().__init__(f"{what} {fix}".strip())
