"""Forces and sources that rows name: those that are known, and those that a table brings by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ..folding import fold
from ..ledger import ANONYMOUS, Force, Source
from ..reading.structure import ForceEntry, SourceEntry
from ..reading.wording import shown, slug
from .cells import Refusal

Named = TypeVar("Named", Force, Source)


class Parties:
    """Knows forces and sources by id and by name, makes those that are new, and remembers those that rows named."""

    def __init__(
        self,
        forces: Mapping[str, Force],
        sources: Mapping[str, Source],
        own_forces: tuple[ForceEntry, ...],
        own_sources: tuple[SourceEntry, ...],
    ) -> None:
        mine = {entry.id: Force(entry.id, entry.name, entry.part_of, entry.note) for entry in own_forces}
        theirs = {entry.id: Source(**entry.__dict__) for entry in own_sources}
        self._forces: dict[str, Force] = {**mine, **forces}
        self._sources: dict[str, Source] = {**theirs, **sources}
        self._force_ids = {fold(force.name): force.id for force in reversed(self._forces.values())}
        self._source_ids = {fold(source.name): source.id for source in reversed(self._sources.values())}
        self._used: tuple[set[str], set[str]] = (set(), set())

    def force(self, text: str | None) -> str:
        """The id of a force by its id or name; a name that is new makes a force. Raises Refusal if nothing is said."""
        if text is None:
            raise Refusal("no force is named")
        ident = text if text in self._forces else self._force_ids.get(fold(text))
        if ident is None:
            ident = _free(text, self._forces)
            self._forces[ident] = Force(ident, text)
            self._force_ids[fold(text)] = ident
        above: str | None = ident
        while above is not None and above not in self._used[0]:
            self._used[0].add(above)
            above = self._forces[above].part_of if above in self._forces else None
        return ident

    def source(self, text: str, kind: str = "publisher") -> str:
        """The id of a source by its id or name, or an anonymous voice; a name that is new makes a source of the kind."""
        if text == ANONYMOUS or text.startswith(f"{ANONYMOUS}-"):
            return text
        ident = text if text in self._sources else self._source_ids.get(fold(text))
        if ident is None:
            ident = _free(text, self._sources)
            self._sources[ident] = Source(ident, text, kind)
            self._source_ids[fold(text)] = ident
        self._used[1].add(ident)
        return ident

    def used_forces(self) -> dict[str, Force]:
        """Those that rows named, and what they are part of, by id."""
        return {ident: self._forces[ident] for ident in sorted(self._used[0]) if ident in self._forces}

    def used_sources(self) -> dict[str, Source]:
        """Those that rows named, by id."""
        return {ident: self._sources[ident] for ident in sorted(self._used[1])}


def _free(text: str, taken: Mapping[str, object]) -> str:
    """An id made of the name that nothing has yet."""
    base = slug(text)
    if not base or base == ANONYMOUS or base.startswith(f"{ANONYMOUS}-"):
        raise Refusal(f"{shown(text)} gives no id; write its meaning under values of the mapping")
    ident, number = base, 2
    while ident in taken:
        ident, number = f"{base}-{number}", number + 1
    return ident
