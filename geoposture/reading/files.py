"""Opening the files that people hand in: plain files inside their folder, of sane size, and never a wait on a pipe."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from .codes import Refused, Spot

LARGEST = 10_000_000
"""Bytes; the largest file that is read."""

CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
"""Characters that no text has: control characters, line breaks that editors do not count, halves of characters."""

_CONTROL = re.compile(f"[{CONTROL}]")
_ARCHIVES = {
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"Rar!\x1a\x07": "a rar archive",
}


def read_text(path: Path, file: str, root: Path | None = None) -> str:
    """The text of a plain UTF-8 file, without its byte order mark; `file` is its name in findings.

    Symbolic links are followed if they stay inside `root` (None: wherever they lead).
    Raises Refused if it is missing, no plain file, too large, an archive, not UTF-8, or has control characters.
    """
    return decode(_read_bytes(path, file, root), file)


def decode(content: bytes, file: str) -> str:
    """The text of a file's bytes. Raises Refused as `read_text` does."""
    spot = Spot(file)
    for magic, kind in _ARCHIVES.items():
        if content.startswith(magic):
            raise Refused(spot, "file-archive", f"the file is {kind}.", "Unpack it.")
    if len(content) > LARGEST:
        raise Refused(spot, "file-size", "the file is over 10 MB.", "Split it; one report is one file.")
    head = content[:40]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) > len(head) // 3:
        raise Refused(spot, "file-encoding", "the text is UTF-16 or UTF-32, not UTF-8.", "Save it as UTF-8.")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        what = f"the text is not UTF-8: byte 0x{content[error.start]:02x}."
        raise Refused(_end(file, before), "file-encoding", what, "Save it as UTF-8.") from error
    if found := _CONTROL.search(text):
        what = f"the character U+{ord(found[0]):04X} stands here."
        raise Refused(_end(file, text[: found.start()]), "file-control", what, "Remove it.")
    return text


def _end(file: str, before: str) -> Spot:
    """Where the character stands that comes after a text."""
    lines = re.split(r"\r\n|\r|\n", before)
    return Spot(file, len(lines), len(lines[-1]) + 1)


def _read_bytes(path: Path, file: str, root: Path | None) -> bytes:
    spot = Spot(file)
    try:
        real = path.resolve(strict=True)
        if root is not None and not real.is_relative_to(root.resolve()):
            raise Refused(spot, "file-link", "a symbolic link leads out of the folder.", "Copy the file into the folder.")
        _check_kind(spot, real.stat().st_mode)
        # Not to hang, should a pipe be put in the file's place in this moment.
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            _check_kind(spot, os.fstat(handle).st_mode)
            return opened.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise Refused(spot, "file-missing", "the file does not exist.", "Write it.") from error
    except (OSError, RuntimeError, ValueError) as error:
        # RuntimeError: a link that leads to itself; ValueError: a NUL in the name.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be reached"
        raise Refused(spot, "file-unreadable", f"the file cannot be read: {reason}.", "Check it and its permissions.") from error


def _check_kind(spot: Spot, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "no plain file"
        raise Refused(spot, "file-kind", f"this is {kind}.", "Put a plain file there.")
