"""A data folder as it was read, before the rules about the whole of it: every entry with its place in the files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Problem
from .codes import Refused, Spot, problem
from .entries import Part, items_of, read_part
from .files import read_text
from .folder import LISTS, Folder, is_folder, unused_files, yaml_files
from .structure import ClaimEntry, Entry, ForceEntry, ForcesFile, GazetteerFile, PlaceEntry, ReportFile, SourceEntry, SourcesFile
from .values import SLUG
from .wording import nearest, shown, slug
from .yaml_lines import Mapping, Node, Sequence, parse

_FILES: dict[str, tuple[type[Entry], type[Entry], str]] = {
    "gazetteer": (GazetteerFile, PlaceEntry, "places"),
    "forces": (ForcesFile, ForceEntry, "forces"),
    "sources": (SourcesFile, SourceEntry, "sources"),
}


@dataclass(slots=True)
class Known:
    """The entries of one kind by id. What hides an id, a broken file or entry, must not make other entries' words unknown.

    `meant` has ids that cannot be read but are seen to be meant; `complete` is false where any id may be hidden.
    """

    kind: str
    parts: list[Part] = field(default_factory=list)
    by_id: dict[str, Part] = field(default_factory=dict)
    meant: set[str] = field(default_factory=set)
    complete: bool = True
    hints: dict[str, str | None] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Take in one entry; of two with one id the first counts."""
        self.parts.append(part)
        written = part.written("id")
        if part.get("id") is not None:
            self.by_id.setdefault(part.get("id"), part)
        elif written:
            self.meant |= {written, slug(written)}
        else:
            self.complete = False

    def unknown(self, spot: Spot, text: str) -> Problem | None:
        """The finding that nothing has this id, with the nearest that there is; None if something has it or may have."""
        if text in self.by_id or text in self.meant or not self.complete:
            return None
        near = self._near(text)
        fix = f"Write {near}." if near else f"Write an id of {_HOMES[self.kind]}, or add it there."
        return problem(spot, f"{self.kind}-unknown", f"there is no {self.kind} {shown(text)}.", fix)

    def _near(self, text: str) -> str | None:
        """The nearest id, a name standing for its id. Looked for only so often: each look takes as long as the list."""
        if text not in self.hints and len(self.hints) < _MOST_HINTS:
            words = {slug(part.get("name") or ""): id_ for id_, part in self.by_id.items()} | {id_: id_ for id_ in self.by_id}
            self.hints[text] = words.get(slug(text)) or words.get(nearest(text, sorted(words)) or "")
        return self.hints.get(text)


_MOST_HINTS = 20
_HOMES = {"place": "gazetteer.yaml", "force": "forces.yaml", "source": "sources.yaml"}


@dataclass(slots=True)
class DraftReport:
    """One file of reports/: its head and its claims, with the ids that they have or would have."""

    stem: str
    id: str
    head: Part
    claims: list[tuple[str, Part]] = field(default_factory=list)
    complete: bool = True

    def full_id(self, local: str) -> str:
        """The id of one of its claims in the whole ledger."""
        return f"{self.id}#{local}"


@dataclass(slots=True)
class Draft:
    """All that could be read of a data folder; `broken` has the ids that unreadable reports seem to have."""

    folder: Folder
    places: Known = field(default_factory=lambda: Known("place"))
    forces: Known = field(default_factory=lambda: Known("force"))
    sources: Known = field(default_factory=lambda: Known("source"))
    reports: list[DraftReport] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    trees: list[Mapping] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def claims(self) -> Iterator[tuple[DraftReport, str, Part]]:
        """Every claim with its report and its full id, in the order of the files."""
        for report in self.reports:
            for local, claim in report.claims:
                yield report, report.full_id(local), claim


def read_folder(data: str | os.PathLike[str]) -> Draft:
    """Everything in a data folder, with the faults of single files and entries; nothing is raised for bad input."""
    draft = Draft(Folder(Path(data)))
    folder = draft.folder
    if not is_folder(folder.path):
        what = "there is no such data folder."
        draft.problems.append(problem(folder.spot(), "folder-missing", what, "Name the folder that holds gazetteer.yaml."))
        return draft
    for name, known in zip(LISTS, (draft.places, draft.forces, draft.sources), strict=True):
        _read_list(draft, name, known, f"{name}.yaml")
    _read_reports(draft)
    draft.problems.extend(unused_files(folder))
    return draft


def _tree(draft: Draft, *parts: str) -> Mapping | None:
    """The tree of one file; what is wrong with it is added to the problems."""
    folder = draft.folder
    try:
        text = read_text(folder.path.joinpath(*parts), folder.shown(*parts), folder.path)
    except Refused as error:
        draft.problems.append(error.problem)
        return None
    tree, problems = parse(text, folder.shown(*parts))
    draft.problems.extend(problems)
    if tree is None:
        draft.broken |= set(re.findall(rf"^id:\s*[\"']?({SLUG})", text, re.MULTILINE))
    else:
        draft.trees.append(tree)
    return tree


def read_registry(path: str | os.PathLike[str]) -> Draft:
    """A gazetteer file alone, or of a data folder everything but its reports; nothing is raised for bad input."""
    path = Path(path)
    if not is_folder(path):
        draft = Draft(Folder(path.parent))
        _read_list(draft, LISTS[0], draft.places, path.name)
        return draft
    draft = Draft(Folder(path))
    for name, known in zip(LISTS, (draft.places, draft.forces, draft.sources), strict=True):
        _read_list(draft, name, known, f"{name}.yaml")
    return draft


def _read_list(draft: Draft, name: str, known: Known, file: str) -> None:
    model, item_model, key = _FILES[name]
    tree = _tree(draft, file)
    if tree is None:
        known.complete = False
        return
    read_part(tree, model, draft.problems, apart=key)
    for _, item in items_of(tree, key, draft.problems):
        known.add(read_part(item, item_model, draft.problems))
    known.complete = known.complete and _is_whole(tree.values.get(key))


def _is_whole(value: Node | None) -> bool:
    """Whether a list could be read to its last entry."""
    return isinstance(value, Sequence) and all(isinstance(item, Mapping) for item in value.items)


def _read_reports(draft: Draft) -> None:
    try:
        names = yaml_files(draft.folder, "reports")
    except Refused as error:
        draft.problems.append(error.problem)
        return
    if not names:
        what = "there is no report: no *.yaml in this folder."
        draft.problems.append(problem(draft.folder.spot("reports"), "reports-missing", what, "Write the first."))
    for name in names:
        _read_report(draft, name)


def _read_report(draft: Draft, name: str) -> None:
    stem = name.removesuffix(".yaml")
    tree = _tree(draft, "reports", name)
    if tree is None:
        draft.broken.add(stem)
        return
    head = read_part(tree, ReportFile, draft.problems, apart="claims")
    written = head.written("id")
    if "id" not in head.meant and not re.fullmatch(SLUG, stem):
        what = f"the file's name {shown(name)} is no id, and the report has none."
        draft.problems.append(problem(tree, "file-name", what, f"Write id: {slug(stem) or '…'}, or rename the file."))
    if "id" in head.meant and head.get("id") is None:
        draft.broken |= {stem, written or stem, slug(written or stem)}
    report = DraftReport(stem, head.get("id") or stem, head)
    for number, item in items_of(tree, "claims", draft.problems):
        claim = read_part(item, ClaimEntry, draft.problems)
        if "id" in claim.meant and claim.get("id") is None:
            report.complete = False
        report.claims.append((claim.get("id") or str(number), claim))
    claims = tree.values.get("claims")
    report.complete = report.complete and (_is_whole(claims) or (claims is None and "claims" not in head.meant))
    draft.reports.append(report)
