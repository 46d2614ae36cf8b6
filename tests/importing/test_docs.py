"""The page about importing shows the mapping of its example and names those that are shipped; tests/docs runs its commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

from geoposture.importing import mapping_schema, shipped

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "import.md"
EXAMPLE = ROOT / "docs" / "examples" / "import"


def test_the_page_shows_the_mapping_of_the_example():
    (shown,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.strip().startswith(("#", "about:"))] == shown.splitlines()


def test_the_page_names_every_shipped_mapping():
    assert re.findall(r"^\| `([a-z-]+)` \| (?:R|its|UCDP|ACLED|any) ", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == [
        "troopdata",
        "troopdata-bases",
        "ucdp-ged",
        "acled",
        "airportsdata",
    ]
    assert len(shipped()) == 5


def test_the_schema_in_the_docs_is_the_one_of_the_code():
    written = json.loads((ROOT / "docs" / "schema" / "mapping.schema.json").read_text(encoding="utf-8"))
    assert written == mapping_schema()
