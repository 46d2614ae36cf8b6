"""What counts on a line: rows, each with what the rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..claims import PRESENT
from ..columns import Ints, Mask
from ..entries import Entries
from ..stretches import CERTAIN


@dataclass(frozen=True, slots=True, eq=False)
class Sayings:
    """Rows on lines, by line: a row of `entries` counts on `line`, which is its own or, where it is implied, another one."""

    entries: Entries
    line: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.line)

    def where(self, keep: Mask | Ints) -> Sayings:
        """Those for which `keep` is true, or those at these positions."""
        kept = np.flatnonzero(keep) if keep.dtype == np.bool_ else keep
        return Sayings(self.entries, self.line[kept], self.row[kept])

    @property
    def present(self) -> Mask:
        """Whether each says that the force is there."""
        present: Mask = self.entries.take("status", self.row) == PRESENT
        return present

    @property
    def certain(self) -> Mask:
        """Whether each is certain."""
        certain: Mask = self.entries.certainty[self.row] == CERTAIN
        return certain

    @property
    def reported(self) -> Mask:
        """Whether each reports, and does not plan or expect."""
        reported: Mask = self.entries.take("reported", self.row)
        return reported

    @property
    def figured(self) -> Mask:
        """Whether each says how many are there."""
        figured: Mask = self.entries.take("figured", self.row)
        return figured
