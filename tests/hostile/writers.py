"""Every way in which the program writes a file or a folder, with what stood there before and what stands there afterwards."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from geoposture.formats import FORMATS

from .asking import run
from .kinds import BASE, IMPORTS

OLD = b"the old file"


@dataclass(frozen=True)
class Writer:
    """A command that writes `target`, a file, or a folder that is new or (`grows`) has something already."""

    command: tuple[str, ...]
    target: str
    grows: bool = False

    @property
    def name(self) -> str:
        """The target and whether it grows."""
        return self.target.partition("/")[2] + ("-grows" if self.grows else "")

    @property
    def is_folder(self) -> bool:
        """Whether it writes a folder of several files."""
        return self.command[0] == "import"


def _writer(*command: str) -> Writer:
    """The last word is the format."""
    target = f"out/{command[0]}.{command[-1]}"
    return Writer((*command[:-1], "-o", target), target)


IMPORT = ("import", "table.csv", "--map", "mapping.yaml", "-o", "out/made", "--published")
WRITERS = (
    *(_writer("export", form) for form in (*FORMATS, "lpf.json")),
    *(_writer("at", "2025-05-20", form) for form in ("csv", "json", "geojson", "gpkg", "parquet", "kml")),
    *(_writer("figure", "maps/base.yaml", form) for form in ("svg", "pdf", "png")),
    _writer("map", "maps/base.yaml", "html"),
    Writer((*IMPORT, "2007-01-31"), "out/made"),
    Writer((*IMPORT, "2007-06-30"), "out/made", grows=True),
)


def lay_out(folder: Path) -> None:
    """A good folder with a table to import, and a place for what is written."""
    shutil.copytree(BASE, folder)
    for name in ("counts.csv", "counts.yaml"):
        shutil.copy(IMPORTS / name, folder / {"counts.csv": "table.csv", "counts.yaml": "mapping.yaml"}[name])
    (folder / "out").mkdir()


def put_old(writer: Writer, folder: Path) -> None:
    """Put in place what stood there before: nothing but that."""
    shutil.rmtree(folder / "out")
    (folder / "out").mkdir()
    if writer.grows:
        shutil.copy(IMPORTS / "counts.csv", folder / "table.csv")
        done = run((*IMPORT, "2007-01-31"))
        assert done.status == 0, done
        shutil.copy(IMPORTS / "counts-corrected.csv", folder / "table.csv")
    elif writer.is_folder:
        shutil.copy(IMPORTS / "counts.csv", folder / "table.csv")
    else:
        (folder / writer.target).write_bytes(OLD)


def state(writer: Writer, folder: Path) -> dict[str, bytes]:
    """What stands there: each file of the target with its bytes."""
    target = folder / writer.target
    if target.is_file():
        return {"": target.read_bytes()}
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


def leftovers(writer: Writer, folder: Path) -> list[str]:
    """Whatever else lies beside the target, or within it under a name of the writer's own."""
    target = folder / writer.target
    beside = [path.name for path in target.parent.iterdir() if path != target]
    return beside + [path.name for path in target.rglob(".*") if target.is_dir()]


def is_leftover(name: str) -> bool:
    """Whether a killed writer may leave something of this name, for the next run to sweep."""
    return re.fullmatch(r"\..+\.[0-9a-f]{8}\.(tmp|import)", name) is not None


def verdict(writer: Writer, found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> str | None:
    """None if what is found is the old or the new one; for a folder that grows, file by file, and a folder that can be read."""
    if found in (old, new):
        return None
    if not writer.grows:
        return f"neither the old nor the new one, but {sorted(found)} of {[len(content) for content in found.values()]} bytes"
    strange = [
        name for name in found if name[:1] != "." and "/." not in name and found[name] not in (old.get(name), new.get(name))
    ]
    if strange:
        return f"files that are neither old nor new: {strange}"
    checked = run(("check", "--data", writer.target))
    return None if checked.status == 0 else f"the folder cannot be read: {checked.out}"
