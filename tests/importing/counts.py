"""The table of counts and its mapping, which most tests of importing begin from, and what came of an import."""

from __future__ import annotations

from pathlib import Path

from geoposture.importing import read_mapping
from geoposture.reading import read

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "import"
HEAD = "country,iso3,year,quarter,source,troops,low,high\n"
COUNTS = read_mapping(str(EXAMPLE / "counts.yaml"))


def claims(folder):
    return {claim.id.partition("#")[2]: claim for _, claim in read(folder).claims()}


def left_out(summary):
    return {left.line: (left.outcome, left.why) for left in summary.left_out}
