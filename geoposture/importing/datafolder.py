"""Writing into a data folder: all files are checked together before the first is put in place, and people's files only grow."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ..errors import InputProblems, Problem, UsageError
from ..files import WriteError, hidden, leftovers, write
from ..ledger import Force, Ledger, Place, Source
from ..reading import check
from ..reading.codes import Refused
from ..reading.files import LARGEST, read_text
from ..reading.folder import LISTS, Folder, yaml_files
from ..reading.yaml_lines import Mapping as Tree
from ..reading.yaml_lines import Sequence as Items
from ..reading.yaml_lines import parse
from .outcomes import check_listing
from .publication import Filed
from .yaml_text import Value, document, entries

_MARK = "# Made by geoposture import. Change the table or the mapping instead of this file; a file changed by hand is kept.\n"
T = TypeVar("T")
_SUM = re.compile(r"# sha256 ([0-9a-f]{64})\n")


def marked(text: str) -> str:
    """The text of a file of ours, with the mark by which it is known again as long as nobody has changed it."""
    return f"{_MARK}# sha256 {hashlib.sha256(text.encode()).hexdigest()}\n{text}"


def is_ours(path: Path) -> bool:
    """Whether import wrote the file and nobody has changed it since."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    found = _SUM.match(text, len(_MARK)) if text.startswith(_MARK) else None
    return found is not None and hashlib.sha256(text[found.end() :].encode()).hexdigest() == found[1]


class DataFolder:
    """The folder that is written to, with what it has; nothing is changed before `save`."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path = path
        self.ledger = ledger
        self._files: dict[str, str] = {}
        self._gone: set[str] = set()

    def add_places(self, places: Mapping[str, Place]) -> None:
        """Places that the folder does not have yet are added to its gazetteer."""
        self._add("gazetteer", "places", self.ledger.places, places, place_entry)

    def add_forces(self, forces: Mapping[str, Force]) -> None:
        """The same for forces."""
        self._add("forces", "forces", self.ledger.forces, forces, force_entry)

    def add_sources(self, sources: Mapping[str, Source]) -> None:
        """The same for sources."""
        self._add("sources", "sources", self.ledger.sources, sources, source_entry)

    def add_reports(self, reports: Iterable[Filed], instead_of: Iterable[str] = ()) -> None:
        """Files of reports, in place of those of an earlier run. Raises UsageError where people wrote a file of this name."""
        for report in reports:
            self._put(f"reports/{report.id}.yaml", document(report.content()))
        for ident in instead_of:
            name = f"reports/{ident}.yaml"
            if name not in self._files and is_ours(self._at(name)):
                self._gone.add(name)

    def add_listing(self, edition: str, text: str) -> Path:
        """The list of rows left out. Raises UsageError where people wrote a file of this name."""
        name = f"imports/{edition}.csv"
        path = self._at(name)
        check_listing(path)
        self._files[name] = text
        return path

    def save(self) -> None:
        """Check the folder as it will be, then write. A new folder appears whole or not at all.

        Raises InputProblems with what `geoposture check` would say, and WriteError where a file cannot be written.
        """
        whole = self.path.absolute()
        stage = hidden(whole, "import")
        try:
            for leftover in leftovers(whole, "import"):
                shutil.rmtree(leftover, ignore_errors=True)
            self._fill(stage)
            self._check(stage)
            if self.path.exists():
                self._write()
            else:
                stage.rename(self.path)
        except WriteError as error:
            # The stage is nobody's business: what is said is said of the folder itself.
            raise WriteError(str(error).replace(str(stage), str(self.path))) from error
        except OSError as error:
            raise WriteError(f"{self.path}: cannot be written: {error.strerror or error}.") from error
        finally:
            shutil.rmtree(stage, ignore_errors=True)

    def _add(
        self, name: str, key: str, has: Mapping[str, T], wanted: Mapping[str, T], entry: Callable[[T], dict[str, Value]]
    ) -> None:
        path = self._at(f"{name}.yaml")
        new = {ident: wanted[ident] for ident in sorted(wanted) if ident not in has}
        if not path.exists() or is_ours(path):
            if new or not path.exists():
                merged = {**has, **new}
                self._put(path.name, document({key: [entry(merged[ident]) for ident in sorted(merged)]}))
        elif new:
            self._files[path.name] = appended(path, key, [entry(one) for one in new.values()])

    def _at(self, name: str) -> Path:
        """Where a file of the folder is. Raises InputProblems if a symbolic link leads out of the folder on the way to it."""
        try:
            return Folder(self.path).inside(*name.split("/"))
        except Refused as error:
            raise InputProblems([error.problem]) from error

    def _put(self, name: str, text: str) -> None:
        path = self._at(name)
        if path.exists() and not is_ours(path):
            raise UsageError(
                f"{path}: was not written by import, or was changed since. Move it away, or import into another folder."
            )
        content = marked(text)
        if len(content.encode()) > LARGEST:
            raise UsageError(f"{path}: would be over 10 MB. Write split: month into the mapping.")
        self._files[name] = content

    def _fill(self, stage: Path) -> None:
        """Make a copy of the folder beside it, as it will be."""
        (stage / "reports").mkdir(parents=True)
        for name in self._existing():
            shutil.copyfile(self._at(name), stage / name)
        for name, text in self._files.items():
            (stage / name).parent.mkdir(exist_ok=True)
            write(stage / name, text.encode())

    def _existing(self) -> Iterable[str]:
        """The files of the folder that are read."""
        lists = (f"{name}.yaml" for name in LISTS)
        yield from (name for name in lists if (self.path / name).exists())
        reports = (f"reports/{name}" for name in yaml_files(Folder(self.path), "reports"))
        yield from (name for name in reports if name not in self._gone)

    def _check(self, stage: Path) -> None:
        shown = str(stage).replace("\\", "/")
        found = [problem for problem in check(stage, recipes=False) if not problem.warning]
        if found:
            raise InputProblems(replace(problem, file=_moved(problem, shown, str(self.path))) for problem in found)

    def _write(self) -> None:
        """The lists first: reports name what stands in them, so that a run cut short leaves a folder that can be read."""
        for name in sorted(self._files, key=lambda name: (name.startswith("reports/"), name)):
            path = self._at(name)
            path.parent.mkdir(exist_ok=True)
            write(path, self._files[name].encode())
        for name in sorted(self._gone):
            self._at(name).unlink(missing_ok=True)


def _moved(problem: Problem, stage: str, path: str) -> str:
    return path + problem.file.removeprefix(stage) if problem.file.startswith(stage) else problem.file


def appended(path: Path, key: str, new: list[dict[str, Value]]) -> str:
    """The text of a list that people wrote, with entries after its last; every line that was there stays as it is.

    Raises UsageError if the list is not one to which lines can be added.
    """
    text = read_text(path, str(path))
    tree, _ = parse(text, str(path))
    items = tree.values.get(key) if tree is not None else None
    grown = text if text.endswith("\n") else f"{text}\n"
    if tree is not None and isinstance(items, Items) and items.items and isinstance(items.items[0], Tree):
        grown += entries(new, max(items.items[0].column - 3, 0))
        after, problems = parse(grown, str(path))
        added = after.values.get(key) if after is not None else None
        if not problems and isinstance(added, Items) and len(added.items) == len(items.items) + len(new):
            return grown
    names = ", ".join(str(entry["id"]) for entry in new[:5])
    fix = f"Write each entry below a hyphen, and {key} as the last key of the file; or add {names} yourself."
    raise UsageError(f"{path}: no entries can be added at its end. {fix}")


def place_entry(place: Place) -> dict[str, Value]:
    """A place as it stands in gazetteer.yaml."""
    found: dict[str, Value] = {"id": place.id, "name": place.name, "kind": place.kind}
    found |= {key: value for key, value in (("within", place.within), ("iso", place.iso)) if value}
    found |= {"lat": _degrees(place.lat), "lon": _degrees(place.lon)}
    if place.accuracy_km is not None:
        found["accuracy_km"] = f"{place.accuracy_km:g}"
    if place.names:
        found["names"] = [{name.lang: name.text} if name.lang else name.text for name in place.names]
    if place.codes:
        found["codes"] = dict(place.codes)
    if place.references:
        found["references"] = list(place.references)
    return found | ({"note": place.note} if place.note else {})


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def force_entry(force: Force) -> dict[str, Value]:
    """A force as it stands in forces.yaml."""
    keys = {"id": force.id, "name": force.name, "part_of": force.part_of, "note": force.note}
    return {key: text for key, text in keys.items() if text is not None}


def source_entry(source: Source) -> dict[str, Value]:
    """A source as it stands in sources.yaml."""
    keys = ("id", "name", "kind", "country", "role", "reliability", "url", "note")
    return {key: text for key in keys if (text := getattr(source, key)) is not None}
