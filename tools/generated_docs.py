"""Write the pages that are made from the code: docs/schema/*.schema.json and what people look up."""

from __future__ import annotations

from pathlib import Path

import notebook_page
import reference_pages

from geoposture.reading import KINDS, schema_text
from geoposture.reading.codes import table

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    schemas = {DOCS / "schema" / f"{kind}.schema.json": schema_text(kind) for kind in KINDS}
    notebooks = {path.with_suffix(".md"): notebook_page.page(path) for path in sorted(DOCS.glob("*.ipynb"))}
    return (
        schemas
        | notebooks
        | {
            DOCS / "problems.md": "---\nsearch: {boost: 2}\n---\n" + table(),
            DOCS / "commands.md": reference_pages.commands(),
            DOCS / "columns.md": reference_pages.columns(),
            DOCS / "keys.md": reference_pages.keys(),
        }
    )


def main() -> None:
    """Write them all."""
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
