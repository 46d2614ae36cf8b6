"""The registry of codes: complete, documented, and nothing beside it."""

from __future__ import annotations

import re
import sys

import geoposture
from geoposture.errors import ValueProblem
from geoposture.reading.codes import CODES, Refused, Spot, problem, value_problem

from .conftest import TESTS

ROOT = TESTS.parent
sys.path.insert(0, str(ROOT / "tools"))
from generated_docs import pages  # noqa: E402


def test_generated_pages_are_those_of_the_code():
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, f"run tools/generated_docs.py for {path.name}"


def test_no_code_in_the_source_is_missing_from_the_registry():
    package = next(iter(geoposture.__path__))
    files = [
        *(TESTS.parent / package).glob("reading/*.py"),
        *(TESTS.parent / package).glob("packing/*.py"),
        *(TESTS.parent / package / name for name in ("dates.py", "figures.py")),
    ]
    used = set()
    for file in files:
        source = file.read_text(encoding="utf-8")
        used |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
    assert set(CODES) <= used | {"cycle"} | {f"{kind}-unknown" for kind in ("place", "force", "source")}
    raised = set()
    for file in files:
        pattern = r'(?:problem|Problem|Refused|_report|Advice)\(\s*(?:[a-z_.()]+(?:\("[a-z_]+"(?:, item=number)?\))?,\s*)?"([a-z]+(?:-[a-z]+)+)"'
        raised |= set(re.findall(pattern, file.read_text(encoding="utf-8")))
    assert len(raised) > 50
    assert raised <= set(CODES)


def test_codes_are_words_and_hyphens_with_a_cause_and_a_cure():
    for name, code in CODES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert code.cause.endswith(".")
        assert code.cure.endswith((".", "…")), name
        assert "|" not in code.cause + code.cure


def test_a_warning_is_one_because_the_registry_says_so():
    assert problem(Spot("f"), "claim-plan", "what").warning
    assert not problem(Spot("f"), "cycle", "what").warning


def test_what_others_wrote_is_made_harmless():
    text = str(problem(Spot("a\nb\udcff", 3, 4), "cycle", "x\u202ey\x1b[31m\u200b", "Do\tit."))
    assert text == "a\\nb\\udcff:3:4 cycle: x\\u202ey\\x1b[31m\\u200b Do\\tit."


def test_a_value_problem_is_placed():
    assert str(value_problem(Spot("f", 1, 2), ValueProblem("cycle", "what", "fix"))) == "f:1:2 cycle: what fix"


def test_refused_reads_as_its_problem():
    assert str(Refused(Spot("f"), "cycle", "what")) == "f:1:1 cycle: what"
