"""Every block of the documentation does what the page shows."""

from __future__ import annotations

import pytest

from .conftest import ROOT

from docs_blocks import blocks, commands  # isort: skip
from run_docs import PageError, left_alone, pages, rewritten  # isort: skip


@pytest.mark.parametrize("page", pages())
def test_the_page_shows_what_the_program_prints(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert rewritten(page, text) == text


def test_few_blocks_are_left_alone_and_each_says_why():
    found = list(left_alone())
    assert len(found) <= 5
    assert all(len(why) > 5 for _, why in found)


def test_the_pages_that_teach_have_their_blocks():
    counts = {page: len(list(blocks((ROOT / page).read_text(encoding="utf-8")))) for page in pages()}
    assert counts["docs/first-map.md"] >= 15
    assert counts["docs/coding.md"] >= 20
    assert counts["docs/tour.md"] >= 8


def test_a_wrong_output_is_mended():
    broken = "```console\n$ geoposture totals iraq 2026-01-20 --force us\nnonsense\n```"
    mended = rewritten("README.md", broken)
    assert "nonsense" not in mended
    assert "2,500" in mended


def test_what_python_prints_is_mended():
    page = "```python\nfirst = 20\n```\n```python\nprint(first + 1)\n```\n<!-- prints -->\n```text\n22\n```"
    assert "```text\n21\n```" in rewritten("README.md", page)


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("```console\n$ geoposture totals nowhere 2026-01-20\n```", "ended with status 2"),
        ("<!-- fails -->\n```console\n$ geoposture check\n```", "ended with status 0"),
        ("```sh\nmake coffee\n```", "neither run nor marked"),
        ("```python\nraise SystemExit('no coffee')\n```", "no coffee"),
        ("```yaml\n- {place: nowhere, force: us, status: present}\n```", "place-unknown"),
        ("<!-- from: docs/examples/two-clocks/forces.yaml -->\n```yaml\nforces: none\n```", "has no line"),
        ("<!-- run by: tools/nobody.py -->\n```sh\nmake coffee\n```", "does not exist"),
    ],
)
def test_a_block_that_does_not_hold_is_an_error(page, says):
    with pytest.raises(PageError, match=says):
        rewritten("README.md", f"<!-- starts in: docs/examples/coding -->\n{page}")


def test_commands_may_go_on_over_lines():
    assert commands("$ one \\\n  two\nprinted\n$ three\n") == ["one \\\0  two", "three"]


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
