"""A resolved table takes its place: whole, and only in the place of another of its kind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..files import WriteError, hidden, spare
from .parts import ABOUT

Made = TypeVar("Made")


def refuse(target: Path, source: Path) -> None:
    """Raises WriteError where the resolved table must not be written."""
    recover(target)
    spare(target, source)
    if target.is_symlink():
        raise WriteError(f"{target}: is a symbolic link. Name the file itself.")
    if target.is_dir() and not (target / ABOUT).is_file():
        raise WriteError(f"{target}: is a folder of something else. Name another.")
    if not target.parent.is_dir():
        raise WriteError(f"{target.parent}: is no folder. Make it first.")


def write_whole(path: Path, make: Callable[[Path], Made]) -> Made:
    """Made beside its place, synced, and renamed: whole, or not there. Gives what `make` gives.

    Two may make the same at once, as Spark does with a slow task.
    """
    beside = hidden(path)
    made = make(beside)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
    return made


def read_if_there(path: Path) -> bytes:
    """What the file holds; nothing if there is none."""
    return path.read_bytes() if path.is_file() else b""


def replace(new: Path, target: Path) -> None:
    """Rename over the target. No folder can take the place of another at once: the old one is moved aside first."""
    aside = _aside(target)
    _remove(aside)
    if target.is_dir() or (target.is_file() and new.is_dir()):
        target.rename(aside)
    new.replace(target)
    _remove(aside)


def recover(target: Path) -> None:
    """Put the old table back, if a run was killed in the one moment in which it lay aside and the new one was not there."""
    if _aside(target).exists() and not target.exists():
        _aside(target).rename(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
