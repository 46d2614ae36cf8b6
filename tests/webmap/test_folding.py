"""The page's search and the package's place finder fold names in the same way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.folding import fold
from geoposture.ledger import Ledger, Recipe
from geoposture.resolution import resolve
from geoposture.webmap.payload import payload

EMPTY = payload(Ledger(), resolve(Ledger()), Recipe("Test", "data"))

# What the rules speak of, and the scripts of the shipped names; newer letters than a browser or Python knows would differ.
LETTERS = st.sampled_from(
    " -_.,'’‘`´ʿʾʼʻ\u200f\u00adaelinsdkwyzhutAELDSZßæœøłđðþıİΣσςأإآٱىیئؤةكکگـ\u064b\u0651\u0654عينالقاعدةûîêçşğ1٢²ﬁＡ"
)
WORDS = st.sampled_from(["al", "Al-", "ash", "as-", "el ", "ال", "الأسد", "Ain", "ʿAyn", "Asad", "Tal'Afar", "٣", "K-1", "بن"])


def folds(engine, texts):
    (found,) = engine.ask(EMPTY, {"ask": "folds", "texts": texts})
    return found


@pytest.mark.parametrize(
    "text",
    ["ʿAyn al-Ásad", "Ash-Shaddādī", "Straße", "عَيْن الأسد", "على", "قاعدة", "عـيـن", "العراق", "al", "  ", "İstanbul", "ΟΔΟΣ"],
)
def test_the_cases_of_the_pages_own_test(engine, text):
    assert folds(engine, [text]) == [fold(text)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.one_of(LETTERS, WORDS), max_size=12).map("".join), min_size=1, max_size=20))
def test_both_fold_alike(engine, texts):
    assert folds(engine, texts) == [fold(text) for text in texts]
