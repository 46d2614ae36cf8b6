"""Strict YAML: places, refusals, and the same answer from both parsers."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoposture.reading import yaml_lines
from geoposture.reading.codes import Refused
from geoposture.reading.files import decode
from geoposture.reading.yaml_lines import DEEPEST, MOST_FAULTS, Mapping, Scalar, Sequence, parse

from .conftest import TESTS

LOADERS = (yaml.CSafeLoader, yaml.SafeLoader)
FILES = sorted(path for where in ("bad", "good") for path in (TESTS / where).rglob("*.yaml") if path.is_file())
ODD = [
    'a: "\\q"',
    'a: "\\uZZZZ"',
    'a: "\\ud83d\\ude00"',
    'a: "\\U00110000"',
    'a: "\\UFFFFFFFF"',
    'a: "\\x4"',
    "a: 'it's'",
    "a: {b: c",
    "a: b: c",
    "a: @x",
    "a: `x",
    "a: %x",
    "a: ?x",
    "?x: y",
    "a: - b",
    "{a: b}}",
    "a: [b,,c]",
    "a: {,}",
    'a: "abc',
    "a: 'abc",
    "a: *",
    "a: &",
    "a: & b",
    "a: x\ta",
    "a: x\t",
    "a:\tx",
    "a: !!",
    "a: !",
    "? ",
    "a: ",
    "0",
    "a: ~1000",
    "a: ]",
    "a: ,b",
    "a: [?x]",
    "a: {?x: y}",
    'a: {"b":c}',
    "a: [b: c]",
    "a: {b: [c}",
    "!x a: b",
    "&x a: b",
    '"a b: c',
    "a: !e!x b",
    "- a",
    ": a",
    "a: >5",
    "😀: *x",
    "a: {b: 1,000,d: 2}",
    "a: b\n c: d",
    "a: |\n x\nb: >2\n  q",
    'a: "x\n  y"',
    "a:\n  b\n c",
    "- a\nb: c",
    "---\na: b\n...\n---",
    '"a\n b": c',
]


def outcome(text, loader):
    tree, problems = parse(text, "f", loader=loader)
    return tree, [str(problem) for problem in problems]


def codes(text):
    return [(problem.line, problem.column, problem.code) for problem in parse(text, "f")[1]]


@pytest.mark.parametrize("text", ODD)
def test_both_parsers_say_the_same_of_odd_yaml(text):
    assert outcome(text, LOADERS[0]) == outcome(text, LOADERS[1])


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(TESTS)) for path in FILES])
def test_both_parsers_say_the_same_of_a_file(path):
    try:
        text = decode(path.read_bytes(), "f")
    except Refused:
        return
    assert outcome(text, LOADERS[0]) == outcome(text, LOADERS[1])


def test_every_value_is_text_with_its_place():
    tree, problems = parse('no: NO\n"a b": [010, {t: 22:22}]\nd: 2025-10-21\nq: "1e3"\n', "f")
    assert problems == []
    assert tree.values["no"] == Scalar("f", 1, 5, "NO")
    assert tree.keys["a b"] == Scalar("f", 2, 1, "a b", plain=False)
    items = tree.values["a b"]
    assert isinstance(items, Sequence)
    assert items.items[0] == Scalar("f", 2, 9, "010")
    assert isinstance(items.items[1], Mapping)
    assert items.items[1].values["t"] == Scalar("f", 2, 18, "22:22")
    assert tree.values["d"].text == "2025-10-21"
    assert tree.values["q"] == Scalar("f", 4, 4, "1e3", plain=False)


def test_what_is_nothing():
    tree, _ = parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: nil\n", "f")
    assert [key for key, value in tree.values.items() if value.is_null] == ["a", "b", "c"]


def test_blocks_of_text_and_long_quotes_are_fine():
    tree, problems = parse('a: >-\n  one\n  two\nb: |\n  x\n  y\nc: "d\n  e"\n', "f")
    assert problems == []
    assert [value.text for value in tree.values.values()] == ["one two", "x\ny\n", "d e"]


def test_there_is_a_largest_number_of_values(monkeypatch):
    monkeypatch.setattr(yaml_lines, "MOST_VALUES", 100)
    assert codes("a: [" + "b," * 200 + "]") == [(1, 4 + 2 * 97 + 1, "file-size")]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_stops_early(loader, opening):
    tree, problems = parse(f"a:\n  {opening * 30_000}\n", "f", loader=loader)
    assert tree is None
    assert [problem.code for problem in problems] == ["yaml-depth"]


def test_fifty_deep_is_still_read():
    assert codes("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)) == []
    assert codes("a: " + "[" * DEEPEST + "]" * DEEPEST) == [(1, 3 + DEEPEST, "yaml-depth")]


def test_two_hundred_faults_are_enough():
    found = codes("a: x\n" * 500)
    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == (MOST_FAULTS + 2, 1, "yaml-many")


def test_an_explicit_start_and_end_are_fine():
    assert codes("---\na: b\n...\n") == []


@given(st.text(alphabet="ab :-[]{},&*!|>'\"%@`#?~.\n\\0123<=x\tü", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text):
    tree, problems = parse(text, "f")
    assert tree is not None or problems


@given(st.text(alphabet="ab: []{},&'\"-\n", max_size=25))
@settings(max_examples=300, deadline=None)
def test_both_parsers_agree_on_any_text(text):
    # A colon glued to a bracket, as in `{a:[b]}`, ends a word for the pure parser alone; libyaml refuses it.
    assume(not re.search(r":[\[\]{},]", text))
    assert outcome(text, LOADERS[0]) == outcome(text, LOADERS[1])
