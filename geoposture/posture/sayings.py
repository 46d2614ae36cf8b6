"""What counts on a line: its own rows and the implied ones, each with what the rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..claims import PRESENT
from ..columns import Ints, Mask
from ..entries import Entries
from ..stretches import CERTAIN


@dataclass(frozen=True, slots=True, eq=False)
class Sayings:
    """Rows on lines, by line: a row of `entries` counts on `line`, its own or, if `implied`, another one.

    An implied row has left its figure at its own line.
    """

    entries: Entries
    line: Ints
    row: Ints
    implied: Mask

    @classmethod
    def of(cls, entries: Entries, own: Ints, line: Ints, row: Ints) -> Sayings:
        """The rows `own` on their own lines, and the others (line, row) as implied ones."""
        mine = (entries.line[own].astype(np.int64) << 33) | own
        key = np.sort(np.concatenate([mine, (line.astype(np.int64) << 33) | (1 << 32) | row]))
        return cls(entries, key >> 33, key & (2**32 - 1), (key >> 32 & 1).astype(np.bool_))

    def __len__(self) -> int:
        return len(self.line)

    def where(self, keep: Mask) -> Sayings:
        """Those for which `keep` is true."""
        return Sayings(self.entries, self.line[keep], self.row[keep], self.implied[keep])

    @property
    def present(self) -> Mask:
        """Whether each says that the force is there."""
        return np.equal(self.entries.status[self.row], PRESENT)

    @property
    def certain(self) -> Mask:
        """Whether each is certain."""
        return np.equal(self.entries.certainty[self.row], CERTAIN)

    @property
    def reported(self) -> Mask:
        """Whether each reports, and does not plan or expect."""
        return self.entries.reported[self.row]

    @property
    def figured(self) -> Mask:
        """Whether each says how many are there."""
        figured: Mask = self.entries.take("figured", self.row)
        return figured & ~self.implied
