"""The files that a page is made from: which there are, how they were when they were looked at, and the folders they lie in."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..mapping import folder_of
from ..reading import read_recipe
from ..reading.folder import is_folder

Stamp = tuple[tuple[str, int, int], ...]
"""Name, size and time of change of each file, by name."""

_PARTS = ("part-*.parquet", "_geoposture.json")


@dataclass(slots=True)
class Inputs:
    """A recipe, its data (a folder, a packed file or a folder of parts; None: what the recipe names) and perhaps a gazetteer."""

    recipe: Path
    given: Path | None = None
    gazetteer: Path | None = None
    data: Path | None = None
    """What was given, or what the recipe named when it could last be read."""

    def look(self) -> Stamp:
        """The files as they are now, whatever their names may be."""
        self._find_data()
        return tuple(sorted(_stamps({self.recipe, *self._files()})))

    def folders(self) -> list[Path]:
        """The folders to watch, those above the data too: it may be moved away and come back."""
        named = [path for path in (self.data, self.gazetteer) if path is not None]
        around = [folder for path in named for folder in (path.parent, path, path / "reports")]
        return [folder for folder in dict.fromkeys([self.recipe.parent, *around]) if is_folder(folder)]

    def _find_data(self) -> None:
        if self.given is not None:
            self.data = self.given
            return
        try:
            self.data = folder_of(self.recipe, read_recipe(self.recipe))
        except Exception:  # noqa: BLE001 - whatever is wrong, building the page reads the recipe too, and tells of it
            return

    def _files(self) -> Iterator[Path]:
        if self.data is not None:
            yield self.data
            yield from _listed(self.data, "*.yaml", "reports/*.yaml", *_PARTS)
        if self.gazetteer is not None:
            yield self.gazetteer
            yield from _listed(self.gazetteer, "*.yaml")


def _listed(folder: Path, *patterns: str) -> list[Path]:
    if not is_folder(folder):
        return []
    try:
        return [path for pattern in patterns for path in folder.glob(pattern)]
    except OSError:  # it is gone, or may not be listed: the build says so
        return []


def _stamps(paths: set[Path]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        try:
            status = path.stat()
        except (OSError, ValueError):  # not there, or a name that none can have
            continue
        # A folder is another as soon as anything is written into it, perhaps the page itself.
        if not stat.S_ISDIR(status.st_mode):
            yield str(path), status.st_size, status.st_mtime_ns
