"""The YAML that import writes is read back by the strict reader as what was meant."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.errors import ValueProblem
from geoposture.importing.yaml_text import document, entries, scalar
from geoposture.reading.files import decode
from geoposture.reading.yaml_lines import Mapping, Scalar, Sequence, parse

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=30),
    st.text("ab1 :#-?,[]{}&*!|>'\"%@`~<=.\\\t\n/nulNUL", max_size=12),
    st.sampled_from(
        [
            "null",
            "~",
            "",
            "NO",
            "0123",
            "2,500",
            ">5",
            "<2000",
            "~250..350",
            "- a",
            "a: b",
            "a #b",
            "---",
            "...",
            "=",
            "<<",
            "%YAML",
        ]
    ),
    st.sampled_from(["\ufeff", "a\u200eb", "تكريت", "x" * 300, "1e3", "22:22", "2006-04-01/..", "../2011", "[2014..2015]"]),
)
KEYS = TEXTS.filter(lambda text: text not in ("<<", "") and text.strip())
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def back(node):
    if isinstance(node, Scalar):
        assert not node.is_null
        return node.text
    if isinstance(node, Sequence):
        return [back(item) for item in node.items]
    return {key: back(value) for key, value in node.values.items()}


@pytest.mark.parametrize("loader", [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader], ids=["c", "pure"])
@settings(max_examples=1000, deadline=None)
@given(content=st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_round_trip(loader, content):
    text = decode(document(content).encode(), "x.yaml")
    tree, problems = parse(text, "x.yaml", loader=loader)
    assert not problems
    assert back(tree) == content


@settings(deadline=None)
@given(st.lists(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_entries_can_be_added_to_a_list(items):
    tree, problems = parse("head: x\nitems:\n    - a: b\n" + entries(items, 4), "x.yaml")
    assert not problems
    assert isinstance(tree, Mapping)
    assert back(tree)["items"] == [{"a": "b"}, *items]


@pytest.mark.parametrize("text", ["\x00", "a\rb", "\x85", "\u2028", "\ud800", "\x1b[31m"])
def test_text_that_no_file_may_hold(text):
    with pytest.raises(ValueProblem):
        scalar(text)


@pytest.mark.parametrize(
    "text",
    [
        "Iraq",
        "iraq-2006-q3",
        "2006-04-01/2006-06-30",
        "~2500",
        "<2000",
        "250..350",
        "NO",
        "Côte d'Ivoire",
        "Bahamas, The",
        "12:30",
    ],
)
def test_ordinary_text_stays_plain(text):
    assert scalar(text) == text
