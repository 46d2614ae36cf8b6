"""Every output of the program from one good folder, as a list of hashes: `python -m tests.hostile.printing_hashes FOLDER relative|absolute`.

Run in one zone, locale, folder and order of hashes after the other, it must print the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from .asking import run
from .writers import WRITERS, Writer, put_old, state

SHIPPED = "maps/iraq-2025-2026.yaml"
PRINTED = (
    ("check",),
    ("at", "2025-05-20"),
    *(("at", "2025-05-20", "--format", form) for form in ("json", "csv", "geojson")),
    ("posture", "2025-05-20", "--by", "voice", "--format", "json"),
    ("compare", "2025-04-01", "2025-06-01"),
    ("totals", "marland", "2025-05-20"),
    ("timeline", "dun"),
    ("place", "Oks Feeld"),
    ("schema",),
)


def hashes(folder: Path, *, absolute: bool) -> dict[str, str]:
    """The hash of what each command prints or writes, by its name."""
    found = {}
    for command in PRINTED:
        done = run(command)
        assert not done.crash, done
        found[" ".join(command)] = _hash(f"{done.status} {done.out} {done.err}".encode())
    for writer in WRITERS:
        found[writer.name] = _written(writer, folder, absolute=absolute)
    project = run(("export", "-o", "out/project.gpkg", "--project"))
    assert project.status == 0, project
    found |= {f"project {name}": _hash((folder / "out" / f"project.{name}").read_bytes()) for name in ("gpkg", "qgz")}
    shipped = folder.parent / f"{folder.name}-shipped"
    os.chdir(shipped)
    for number, command in enumerate((("map", SHIPPED), ("figure", SHIPPED, "--each", "source"), ("export",))):
        target = f"out.{('html', 'svg', 'gpkg')[number]}"
        done = run((*command, "-o", target))
        assert done.status == 0, done
        found[f"shipped {command[0]}"] = _hash(Path(target).read_bytes())
    return found


def _written(writer: Writer, folder: Path, *, absolute: bool) -> str:
    put_old(writer, folder)
    command = writer.command
    if absolute:
        command = tuple(
            str(folder / word) if word.startswith(("out/", "maps/")) or word.endswith((".csv", ".yaml")) else word
            for word in command
        )
    done = run(command)
    assert done.status == 0, done
    digests = {name: _hash(content) for name, content in state(writer, folder).items()}
    return _hash(json.dumps(digests, sort_keys=True).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    place = Path(sys.argv[1])
    os.chdir(place)
    json.dump(hashes(place, absolute=sys.argv[2] == "absolute"), sys.stdout)
