"""The files of a data folder: which there are, how they are shown, and which lie where nothing reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import Problem
from .codes import Refused, Spot, problem

LISTS = ("gazetteer", "forces", "sources")
"""The files, less `.yaml`, that every data folder has."""
_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that people work in; files are shown in findings as the user wrote the folder."""

    path: Path

    def shown(self, *parts: str) -> str:
        """How a file of the folder is named in findings."""
        return os.path.normpath(self.path.joinpath(*parts)).replace("\\", "/")

    def spot(self, *parts: str) -> Spot:
        """The beginning of a file, for findings about all of it."""
        return Spot(self.shown(*parts))

    def is_inside(self, path: Path) -> bool:
        """Whether a path stays in the folder when symbolic links are followed."""
        return path.resolve().is_relative_to(self.path.resolve())

    def inside(self, *parts: str) -> Path:
        """The path of these parts. Raises Refused if symbolic links lead out of the folder, or to themselves."""
        path = self.path.joinpath(*parts)
        try:
            if self.is_inside(path):
                return path
        except (OSError, RuntimeError) as error:
            raise _unreadable(self, parts, error) from error
        what, fix = "a symbolic link leads out of the folder.", "Copy what it leads to into the folder."
        raise Refused(self.spot(*parts), "file-link", what, fix)


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name, whatever the name may be."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        # A name too long for the system, or with a NUL.
        return False


def yaml_files(folder: Folder, name: str) -> list[str]:
    """The names of the files `*.yaml` in one of the folder's own folders, sorted; [] if there is no such folder.

    Raises Refused if it cannot be listed, or leads out of the folder.
    """
    path = folder.path / name
    try:
        if not os.path.lexists(path):
            return []
        if not folder.inside(name).is_dir():
            raise Refused(folder.spot(name), "file-kind", "this is no folder.", "Put a folder there.")
        return [name for name in _listed(path) if name.endswith(".yaml") and not name.startswith(".")]
    except OSError as error:
        raise _unreadable(folder, (name,), error) from error


def _unreadable(folder: Folder, parts: tuple[str, ...], error: Exception) -> Refused:
    what = f"the folder cannot be read: {getattr(error, 'strerror', None) or 'it leads to itself'}."
    return Refused(folder.spot(*parts), "file-unreadable", what, "Check its permissions.")


def unused_files(folder: Folder) -> Iterator[Problem]:
    """A warning for each YAML file that nothing reads: `x.yml`, a report in a folder of its own, a misspelt `places.yaml`."""
    read = {f"{name}.yaml" for name in LISTS}
    for name in _entries(folder.path):
        if _is_yaml(name) and name not in read:
            yield _unused(folder, "Write it as gazetteer.yaml, forces.yaml, sources.yaml, or a file of reports/.", name)
    reports = folder.path / "reports"
    for name in _entries(reports) if folder.is_inside(reports) else []:
        if _is_yaml(name) and not (name.endswith(".yaml") and not name.startswith(".")):
            fix = "Take away the dot before its name." if name.startswith(".") else "Rename it to end in .yaml."
            yield _unused(folder, fix, "reports", name)
        elif (reports / name).is_dir() and not (reports / name).is_symlink():
            yield from _nested(folder, name)


def _nested(folder: Folder, name: str) -> Iterator[Problem]:
    top = folder.path / "reports"
    for where, folders, names in os.walk(top / name):
        folders.sort()
        for found in sorted(names):
            if _is_yaml(found):
                below = Path(where).relative_to(folder.path)
                yield _unused(folder, "Move it into reports/ itself.", *below.parts, found)


def _unused(folder: Folder, fix: str, *parts: str) -> Problem:
    return problem(folder.spot(*parts), "file-unused", "nothing reads this file.", fix)


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(_YAML)


def _entries(path: Path) -> list[str]:
    try:
        return _listed(path)
    except OSError:
        # That it is missing or unreadable is reported where it is read.
        return []


def _listed(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())
