"""Write the pages that are made from the code: docs/schema/*.schema.json and what people look up."""

from __future__ import annotations

from pathlib import Path

import notebook_page
import reference_pages
import scale_page

from geoposture.reading import KINDS, schema_text
from geoposture.reading.codes import table

DOCS = Path(__file__).parents[1] / "docs"
NOTEBOOKS = {"tutorial.md": "docs/tutorial.ipynb", "folium.md": "examples/folium-and-geopandas.ipynb"}


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    schemas = {DOCS / "schema" / f"{kind}.schema.json": schema_text(kind) for kind in KINDS}
    notebooks = {DOCS / page: notebook_page.page(DOCS.parent / name, name) for page, name in NOTEBOOKS.items()}
    return (
        schemas
        | notebooks
        | {
            DOCS / "problems.md": "---\nsearch: {boost: 2}\n---\n" + table(),
            DOCS / "commands.md": reference_pages.commands(),
            DOCS / "columns.md": reference_pages.columns(),
            DOCS / "keys.md": reference_pages.keys(),
            DOCS / "scale.md": scale_page.page(),
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
