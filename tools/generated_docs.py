"""Write the pages that are made from the code: docs/schema/*.schema.json and docs/problems.md."""

from __future__ import annotations

from pathlib import Path

from geoposture.reading import KINDS, schema_text
from geoposture.reading.codes import table

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    return {DOCS / "schema" / f"{kind}.schema.json": schema_text(kind) for kind in KINDS} | {DOCS / "problems.md": table()}


def main() -> None:
    """Write them all."""
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
