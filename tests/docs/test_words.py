"""The words of the documentation are spelled as dictionaries have them, and its links are links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .conftest import ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
KNOWN = Path(__file__).with_name("words.txt")
_UNREAD = re.compile(
    r"^( *)```.*?^\1```$|`[^`\n]*`|\]\([^)]*\)|<!--.*?-->|<[^>]+>|https?://\S+|^---\n.*?\n---$", re.DOTALL | re.MULTILINE
)


def words(page):
    """Words in small letters outside of code; names are written with a capital."""
    prose = _UNREAD.sub(" ", page.read_text(encoding="utf-8"))
    return set(re.findall(r"(?<![\w.~/-])[a-z]{3,}(?![\w/])", prose))


@pytest.fixture(scope="module")
def dictionary():
    # Not above: without the tools of the documentation the tests can still be collected.
    from spellchecker import SpellChecker

    found = SpellChecker(language="en")
    packages = re.findall(r"[a-z]+", (ROOT / "constraints.txt").read_text(encoding="utf-8").lower())
    found.word_frequency.load_words([*KNOWN.read_text(encoding="utf-8").split(), *packages])
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_is_in_a_dictionary(page, dictionary):
    assert sorted(dictionary.unknown(words(page))) == []


def test_a_slip_is_found(tmp_path, dictionary):
    page = tmp_path / "page.md"
    page.write_text("Sources disagree, `fgiures` are vauge.", encoding="utf-8")
    assert dictionary.unknown(words(page)) == {"vauge"}


def test_no_word_is_excused_that_nobody_uses():
    used = set().union(*map(words, PAGES))
    assert sorted(set(KNOWN.read_text(encoding="utf-8").split()) - used) == []


def test_codespell_finds_nothing():
    done = subprocess.run([sys.executable, "-m", "codespell_lib", *PAGES], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https"
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc), link
        elif parts.path:
            assert (page.parent / parts.path).exists(), link
