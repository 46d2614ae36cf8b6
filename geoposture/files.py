"""Writing a file, or a new folder, so that there is always the old one or the new one, and never half of either."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from .errors import GeopostureError

_TOKEN = "[0-9a-f]" * 8


class WriteError(GeopostureError):
    """A file could not be written; the old one, if there was one, is whole."""


def write(path: str | Path, content: bytes, *, check: Callable[[bytes], None] | None = None) -> None:
    """Write the whole content beside `path`, sync it, and rename it over `path`.

    `check` is given what was read back from the new file and raises if that will not do; then the old one stays.
    Raises WriteError, in one line, if the folder is missing or cannot be written, the target is a symlink or no plain file,
    or the disk is full.
    """
    path = Path(path)
    _check_target(path)
    for leftover in leftovers(path):
        with contextlib.suppress(OSError):
            leftover.unlink()
    beside = hidden(path)
    try:
        _write_synced(beside, content)
        if check is not None:
            check(beside.read_bytes())
        beside.replace(path)
        _sync_folder(path.parent)
    except GeopostureError:
        beside.unlink(missing_ok=True)
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}.") from error


def write_folder(path: str | Path, contents: Mapping[str, bytes]) -> None:
    """Make the folder `path` with files of these contents, by their paths in it with `/`: all of it, or nothing.

    It is made beside its place and renamed to it. Raises WriteError, in one line, if there is something of this name
    already, if the folder around it is missing or cannot be written, or if the disk is full.
    """
    path = Path(path)
    for leftover in leftovers(path):
        shutil.rmtree(leftover, ignore_errors=True)
    if os.path.lexists(path):
        raise WriteError(f"{path}: exists. Name a new folder.")
    beside = hidden(path)
    try:
        beside.mkdir()
        for name, content in contents.items():
            file = beside.joinpath(*name.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(file, content)
        for folder in (one for one in beside.rglob("*") if one.is_dir()):
            _sync_folder(folder)
        _sync_folder(beside)
        beside.rename(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def hidden(path: Path, kind: str = "tmp") -> Path:
    """The hidden name beside `path` under which this run makes what will stand there."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.{kind}")


def leftovers(path: Path, kind: str = "tmp") -> list[Path]:
    """What killed runs left under such names, of this very path: whatever its name holds is taken literally."""
    return list(path.parent.glob(f".{_literal(path.name)}.{_TOKEN}.{kind}"))


def spare(target: str | Path, *inputs: str | Path) -> None:
    """Raises WriteError if the target is one of the inputs, by whatever path: what is read must outlast what is written."""
    for source in inputs:
        try:
            same = Path(target).samefile(source)
        except (OSError, ValueError):
            # One of them is not there, so that they are not the same; whoever reads it, or writes it, says so.
            same = False
        if same:
            raise WriteError(f"{target}: would overwrite what it is made from. Name another file.")


def _check_target(path: Path) -> None:
    """Refuse what a file may not take the place of."""
    try:
        if path.is_symlink():
            raise WriteError(f"{path}: is a symbolic link. Name the file itself.")
        if path.exists() and not path.is_file():
            raise WriteError(f"{path}: is not a file. Name another.")
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}.") from error


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _literal(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
