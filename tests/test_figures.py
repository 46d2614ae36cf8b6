"""Figures: every row of the table, what is refused and what to write instead, and words for people."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoposture.errors import ValueProblem
from geoposture.figures import Figure, parse_change, parse_personnel, show, show_change, widen


@pytest.mark.parametrize(
    ("text", "low", "high", "approx", "words"),
    [
        ("2500", 2500, 2500, False, "2,500"),
        ("2,500", 2500, 2500, False, "2,500"),
        ("~2500", 2500, 2500, True, "≈ 2,500"),
        ("250..350", 250, 350, False, "250–350"),
        ("~250..350", 250, 350, True, "≈ 250–350"),
        ("<2000", None, 1999, False, "fewer than 2,000"),
        ("<=2000", None, 2000, False, "up to 2,000"),
        (">1000", 1001, None, False, "more than 1,000"),
        (">=1000", 1000, None, False, "at least 1,000"),
        ("1000..", 1000, None, False, "at least 1,000"),
        (">=1005", 1005, None, False, "at least 1,005"),
        (">=1", 1, None, False, "at least 1"),
        (">999", 1000, None, False, "at least 1,000"),
        ("..2000", None, 2000, False, "up to 2,000"),
        ("dozens", 12, 99, False, "12–99"),
        ("hundreds", 100, 999, False, "100–999"),
        ("thousands", 1000, 9999, False, "1,000–9,999"),
        ("~<2000", None, 1999, True, "≈ fewer than 2,000"),
        ("1..1", 1, 1, False, "1"),
        ("10,000,000", 10_000_000, 10_000_000, False, "10,000,000"),
    ],
)
def test_the_table_of_figures(text, low, high, approx, words):
    figure = parse_personnel(text)
    assert (figure.low, figure.high, figure.approx, figure.text) == (low, high, approx, text)
    assert show(low, high, approx=approx) == words


@pytest.mark.parametrize(
    ("text", "low", "high", "approx", "words"),
    [
        ("-700", -700, -700, False, "reduced by 700"),
        ("~-700", -700, -700, True, "reduced by ≈ 700"),
        ("-1200..-1000", -1200, -1000, False, "reduced by 1,000–1,200"),
        ("+500", 500, 500, False, "reinforced by 500"),
        ("-1,200", -1200, -1200, False, "reduced by 1,200"),
        ("up", 1, None, False, "reinforced"),
        ("down", None, -1, False, "reduced"),
        ("-50..+20", -50, 20, False, "changed by -50..+20"),
        ("~-1,200..+30", -1200, 30, True, "changed by ≈ -1,200..+30"),
        ("-5..+0", -5, 0, False, "changed by -5..+0"),
        ("+0..+5", 0, 5, False, "changed by +0..+5"),
        ("-5..-1", -5, -1, False, "reduced by 1–5"),
        ("+1..+5", 1, 5, False, "reinforced by 1–5"),
        ("<-700", None, -701, False, "reduced by more than 700"),
        (">+500", 501, None, False, "reinforced by more than 500"),
        ("-50..", -50, None, False, "changed by -50.."),
        ("..+20", None, 20, False, "changed by ..+20"),
        ("..-20", None, -20, False, "reduced by at least 20"),
        ("+20..", 20, None, False, "reinforced by at least 20"),
    ],
)
def test_changes(text, low, high, approx, words):
    figure = parse_change(text)
    assert (figure.low, figure.high, figure.approx) == (low, high, approx)
    assert show_change(low, high, approx=approx) == words


@pytest.mark.parametrize(
    ("parse", "text", "code", "fix"),
    [
        (parse_personnel, "350..250", "figure-reversed", "Write 250..350."),
        (parse_personnel, "~350..250", "figure-reversed", "Write ~250..350."),
        (parse_personnel, "0", "figure-zero", "Write status: absent without personnel."),
        (parse_personnel, "<1", "figure-zero", "Write status: absent without personnel."),
        (parse_personnel, "-5", "figure-negative", "Write change: -5 if it is a change."),
        (parse_personnel, "250-350", "figure-syntax", "Write 250..350."),
        (parse_personnel, "~250–350", "figure-syntax", "Write ~250..350."),
        (parse_personnel, "about 2,500", "figure-syntax", "Write ~2,500."),
        (parse_personnel, "2500+", "figure-syntax", 'Write ">=2500".'),
        (parse_personnel, "up to 2,000", "figure-syntax", "Write <=2,000."),
        (parse_personnel, "~hundreds", "figure-syntax", "Write hundreds."),
        (parse_personnel, "99999999", "figure-absurd", "Check the digits."),
        (parse_personnel, "9" * 5000, "figure-absurd", "Check the digits."),
        (parse_personnel, "10000001", "figure-absurd", "Check the digits."),
        (parse_personnel, "1..99999999", "figure-absurd", "Check the digits."),
        (parse_personnel, "+500", "figure-syntax", "Write change: +500 if it is a change."),
        (parse_change, "500", "change-sign", "Write +500 or -500."),
        (parse_change, "-1000..-1200", "figure-reversed", "Write -1200..-1000."),
        (parse_change, "about 500", "figure-syntax", "Write for example -700, ~-700, -1200..-1000, +500, up or down."),
        (parse_change, "0", "figure-zero", "Leave the change out."),
        (parse_change, "+0", "figure-zero", "Leave the change out."),
    ],
)
def test_what_is_refused_and_what_to_write(parse, text, code, fix):
    with pytest.raises(ValueProblem) as caught:
        parse(text)
    assert (caught.value.code, caught.value.fix) == (code, fix)


@pytest.mark.parametrize("text", ["", "..", "~", "010", "25,00", "1e3", "2.5k", "many", "２５００", "1_000", " 5", "5 ", "+5"])
def test_what_is_no_figure(text):
    with pytest.raises(ValueProblem) as caught:
        parse_personnel(text)
    assert caught.value.code == "figure-syntax"


def test_words_are_exact_unless_told_otherwise():
    assert show(250, 350) == "250–350"
    assert show_change(-5, 20) == "changed by -5..+20"


def test_figures_are_values():
    assert {parse_personnel("250"), parse_personnel("250")} == {Figure(250, 250, text="250")}
    with pytest.raises(FrozenInstanceError):
        parse_personnel("250").low = 0


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000), st.booleans(), st.booleans())
def test_a_range_round_trips(one, other, approx, commas):
    low, high = sorted((one, other))
    form = "{:,}" if commas else "{}"
    figure = parse_personnel(("~" if approx else "") + form.format(low) + ".." + form.format(high))
    assert (figure.low, figure.high, figure.approx) == (low, high, approx)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_widening_is_the_exact_tenth(one, other):
    low, high = sorted((one, other))
    wide_low, wide_high = widen(low, high, approx=True)
    assert 10 * wide_low <= 9 * low < 10 * (wide_low + 1)
    assert 10 * (wide_high - 1) < 11 * high <= 10 * wide_high
    assert isinstance(wide_low, int)
    assert isinstance(wide_high, int)
    assert widen(low, high, approx=False) == (low, high)
    assert widen(None, high, approx=False) == (0, high)
    assert widen(None, None, approx=True) == (0, None)
