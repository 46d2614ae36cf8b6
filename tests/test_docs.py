"""What the documentation shows is what the program prints."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from run_docs import BLOCK, PAGES, rewritten, run  # noqa: E402

COMMANDS = [(page, found[1], found[0]) for page in PAGES for found in BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("page", "command", "block"), COMMANDS, ids=[f"{page}: {command}" for page, command, _ in COMMANDS])
def test_a_command_prints_what_the_page_shows(page, command, block):
    assert block == f"```console\n{command}\n{run(command)}\n```"


def test_rewriting_mends_a_page():
    broken = "```console\n$ geoposture totals iraq 2026-01-20 --force us\nnonsense\n```"
    assert "nonsense" not in rewritten(broken)


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))])
def test_every_link_to_a_file_leads_somewhere(name):
    page = ROOT / name
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_the_tour_has_its_commands():
    assert len([page for page, _, _ in COMMANDS if page == "docs/tour.md"]) >= 8


def test_the_episodes_of_the_tour():
    import pandas as pd

    import geoposture as gp

    frame = gp.frame(gp.resolve(gp.read(ROOT / "docs" / "examples" / "two-clocks")))
    columns = ("valid_from", "valid_to", "episode_known_from", "episode_known_to")
    bounds = zip(*(["–" if day is pd.NaT else f"{day:%Y-%m-%d}" for day in frame[name]] for name in columns), strict=True)
    rows = [f"| {claim} | [{a}, {b}) | [{c}, {d}) |" for claim, (a, b, c, d) in zip(frame.claim, bounds, strict=True)]
    page = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    assert len(rows) == 3
    assert all(row in page for row in rows)
