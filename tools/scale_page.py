"""docs/scale.md with the tables that are made from the code: the columns of the packed tables, and the plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from packed_words import columns
from scale_plan import plan

from geoposture.packing.schema import CLAIMS, RECTANGLES, REST

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
_MADE = ": made by tools/generated_docs.py -->\n"
_OPTIONAL = "Columns in bold must be there; the others keep the rest of what people wrote, and may be missing."


def page() -> str:
    """The page. Raises KeyError if one of its places is gone."""
    parts = {
        "the claims table": f"{columns(CLAIMS, REST, may_miss=REST)}\n\n{_OPTIONAL}",
        "the resolved table": columns(RECTANGLES),
        "the plan": plan(),
    }
    return filled(PAGE.read_text(encoding="utf-8"), parts)


def filled(text: str, parts: Mapping[str, str]) -> str:
    """The text with each part between its two remarks. Raises KeyError if a part has no place."""
    for name, part in parts.items():
        pattern = re.compile(rf"(<!-- {name}{_MADE}).*?(<!-- end -->)", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise KeyError(name)
        text = pattern.sub(lambda found, part=part: f"{found[1]}\n{part}\n\n{found[2]}", text)
    return text
