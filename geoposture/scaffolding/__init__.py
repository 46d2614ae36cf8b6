"""A whole project folder to begin with: commented data, one map, schemas for the editor, and what to read first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import UsageError
from ..files import write_folder
from ..reading import KINDS, schema_text

_TEMPLATE = Path(__file__).parent / "project"
_HIDDEN = {"gitignore": ".gitignore", "vscode": ".vscode"}
"""Names that must not be hidden here: git and the tools that build the package would act on them."""


def start_project(folder: Path) -> list[str]:
    """Make the folder with all its files, or nothing; the names of the files, sorted.

    Raises UsageError if there is something of this name already, WriteError if the folder cannot be written.
    """
    if os.path.lexists(folder):
        raise UsageError(f"{folder}: exists. Name a new folder.")
    files = project_files()
    write_folder(folder, files)
    return sorted(files)


def project_files() -> dict[str, bytes]:
    """The content of each file of a new project, by its path in the folder."""
    return dict(_templates()) | {f"schema/{kind}.schema.json": schema_text(kind).encode() for kind in KINDS}


def _templates() -> Iterator[tuple[str, bytes]]:
    for file in sorted(_TEMPLATE.rglob("*")):
        if file.is_file():
            first, *others = file.relative_to(_TEMPLATE).parts
            yield "/".join((_HIDDEN.get(first, first), *others)), file.read_bytes()
