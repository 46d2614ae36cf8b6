"""Forces and sources that rows name: those that are known, and those that a table brings by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from ..folding import fold
from ..ledger import ANONYMOUS, Force, Source
from ..reading.structure import ForceEntry, SourceEntry
from ..reading.wording import shown, slug
from .cells import Refusal
from .model import MappingFile, Value

Named = TypeVar("Named", Force, Source)


class Parties:
    """Knows forces and sources by id and by name, and makes those that are new."""

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

    def force(self, text: str | None) -> str:
        """The id of a force by its id or name; a name that is new makes a force. Raises Refusal if nothing is said."""
        if text is None:
            raise Refusal("no force is named")
        ident = text if text in self._forces else self._force_ids.get(fold(text))
        if ident is None:
            ident = _free(text, self._forces)
            self._forces[ident] = Force(ident, text)
            self._force_ids[fold(text)] = ident
        return ident

    def source(self, text: str, kind: str = "publisher") -> str:
        """The id of a source by its id or name, or an anonymous voice; a name that is new makes a source of the kind."""
        if _is_anonymous(text):
            return text
        ident = text if text in self._sources else self._source_ids.get(fold(text))
        if ident is None:
            ident = _free(text, self._sources)
            self._sources[ident] = Source(ident, text, kind)
            self._source_ids[fold(text)] = ident
        return ident

    def forces(self, named: Iterable[str]) -> dict[str, Force]:
        """The forces of these ids, and what they are part of."""
        found: dict[str, Force] = {}
        for ident in named:
            above: str | None = ident
            while above is not None and above not in found and above in self._forces:
                found[above] = self._forces[above]
                above = self._forces[above].part_of
        return found

    def sources(self, named: Iterable[str]) -> dict[str, Source]:
        """The sources of these ids; anonymous voices are none."""
        return {ident: self._sources[ident] for ident in named if ident in self._sources}

    def unknown(self, mapping: MappingFile) -> Iterator[tuple[str, str]]:
        """What the mapping itself names and nothing has, as kind and word: a slip, where a word of the table is a new name."""
        for force in self._forces.values():
            if force.part_of is not None and force.part_of not in self._forces:
                yield "force", force.part_of
        if not mapping.makes_claims:
            return
        for word in _meanings(mapping.claim.force):
            if word not in self._forces and fold(word) not in self._force_ids:
                yield "force", word
        for spec in (mapping.report.publisher, mapping.claim.by, mapping.claim.repeats):
            for word in _meanings(spec):
                if not _is_anonymous(word) and word not in self._sources and fold(word) not in self._source_ids:
                    yield "source", word


def _meanings(spec: Value | None) -> Iterator[str]:
    """The words of ours that a mapping gives for a value."""
    if spec is not None:
        yield from filter(None, (spec.constant, spec.otherwise, *(spec.values or {}).values()))


def _is_anonymous(text: str) -> bool:
    return text == ANONYMOUS or text.startswith(f"{ANONYMOUS}-")


def _free(text: str, taken: Mapping[str, object]) -> str:
    """An id made of the name that nothing has yet."""
    base = slug(text)
    if not base or _is_anonymous(base):
        raise Refusal(f"{shown(text)} gives no id; write its meaning under values of the mapping")
    ident, number = base, 2
    while ident in taken:
        ident, number = f"{base}-{number}", number + 1
    return ident
