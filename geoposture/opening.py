"""Where claims come from: a folder of YAML files, a claims file, or a resolved file. One door for all commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .errors import InputProblems, Problem, UsageError
from .files import spare
from .ledger import Ledger

if TYPE_CHECKING:
    from .episodes import Episodes, Resolved
    from .packing.parts import Parts

PACKED = (".parquet", ".pq")


def open_ledger(data: str | Path, gazetteer: str | Path | None = None) -> Ledger:
    """The ledger of a data folder, or of a claims file. `gazetteer` (a file, or a data folder) gives its places.

    Raises InputProblems with every problem, UsageError for a resolved file, which does not hold what people wrote.
    """
    if not is_packed(data):
        from .reading import read

        _no_gazetteer(data, gazetteer)
        return read(data)
    from .packing.unpacking import unpacked

    parts = open_parts(data, gazetteer)
    if parts.kind != "claims":
        raise UsageError(f"{data}: is resolved already, and holds no reports. Name the claims file that it was made from.")
    return unpacked(parts)


def open_resolved(data: str | Path, by: str | None = None, gazetteer: str | Path | None = None) -> Resolved:
    """The episodes behind a folder, a claims file or a resolved file, which is asked without being loaded.

    `by` None is publisher, or what the file was resolved by. Raises InputProblems, and UsageError for another `by` than that.
    """
    from .resolution import resolve

    if not is_packed(data):
        return resolve(open_ledger(data, gazetteer), by=by or "publisher")
    from .packing.slices import ResolvedFile
    from .packing.unpacking import read_claims

    parts = open_parts(data, gazetteer)
    if parts.kind == "claims":
        return resolve(read_claims(parts), by=by or "publisher")
    found = ResolvedFile(parts)
    if by not in (None, found.by):
        raise UsageError(f"{data}: was resolved by {found.by}, not by {by}. Resolve the claims file with --by {by}.")
    return found


def open_whole(data: str | Path, by: str | None = None, gazetteer: str | Path | None = None) -> Episodes:
    """All episodes in memory, with the reports behind them where the data has them. Raises as `open_resolved` does."""
    from .resolution import resolve

    if not is_packed(data) or open_parts(data, gazetteer).kind == "claims":
        return resolve(open_ledger(data, gazetteer), by=by or "publisher")
    found = open_resolved(data, by, gazetteer)
    return found.about(found.ledger.places)


def open_parts(data: str | Path, gazetteer: str | Path | None = None) -> Parts:
    """The packed table at a path, with the places of a gazetteer, or all of a folder but reports, in place of its own."""
    from .packing.parts import Parts

    if gazetteer is None:
        return Parts.of(Path(data))
    from .reading import read_gazetteer

    return Parts.of(Path(data), read_gazetteer(gazetteer))


def check_data(
    data: str | Path, gazetteer: str | Path | None = None, *, texts: str | Path | None = None, recipes: bool = True
) -> list[Problem]:
    """Every finding about a data folder and, unless `recipes` is false, the recipes beside it, or about a claims file.

    Nothing is raised for bad input.
    """
    if not is_packed(data):
        from .reading import check

        _no_gazetteer(data, gazetteer)
        return check(data, texts=texts, recipes=recipes)
    if texts is not None:
        raise UsageError(f"{data}: quotes are held against archived articles in the data folder. Leave --texts out.")
    from .packing.unpacking import drifted

    try:
        parts = open_parts(data, gazetteer)
        if parts.kind != "claims":
            raise UsageError(f"{data}: is resolved already. Check the claims file that it was made from.")
        return drifted(parts)
    except InputProblems as found:
        return list(found.problems)


def is_packed(data: str | Path) -> bool:
    """Whether the path names a packed table: a Parquet file, or a folder of parts."""
    path = Path(data)
    try:
        return path.suffix.lower() in PACKED or (path / "_geoposture.json").is_file()
    except OSError:  # a name that is longer than names can be
        return False


def spare_inputs(output: str | Path | None, data: str | Path, gazetteer: str | Path | None = None) -> None:
    """Raises WriteError if the output is a file that the data, or the gazetteer, are read from."""
    if output is None:
        return
    folder = Path(data)
    # No output is a .yaml, so that a folder of reports is safe.
    parts = folder.glob("part-*.parquet") if is_packed(folder) and folder.is_dir() else ()
    spare(output, folder, *parts, *([] if gazetteer is None else [gazetteer]))


def _no_gazetteer(data: str | Path, gazetteer: str | Path | None) -> None:
    if gazetteer is not None:
        raise UsageError(f"{data}: is a data folder and has its own gazetteer. Leave --gazetteer out.")
