"""Figures as people write them ('~2,500', '250..350', 'hundreds') and the bounds that they mean.

The grammar is the table "Figures" of docs/data-format.md. A bound of None is open. Nothing is rounded or guessed:
what cannot be read is refused with the form to write instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import ValueProblem

LARGEST = 10_000_000
"""No army is larger: a figure above it is a slip of the keyboard."""

WORDS = {"dozens": (12, 99), "hundreds": (100, 999), "thousands": (1000, 9999)}
DIRECTIONS = {"down": (None, -1), "up": (1, None)}

_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)"
_UNSIGNED = re.compile(_NUMBER)
_SIGNED = re.compile(rf"[+-]{_NUMBER}")
_DASHED = re.compile(r"(~?)\s*([0-9,]+)\s*(?:-|–|—|to)\s*([0-9,]+)")
_LOOSE = {
    re.compile(r"(?:about|around|circa|ca\.?|roughly|some|nearly|≈)\s*([0-9,]+)", re.I): "~{}",
    re.compile(r"(?:over|more than|above)\s*([0-9,]+)", re.I): '">{}"',
    re.compile(r"(?:under|fewer than|less than|below)\s*([0-9,]+)", re.I): "<{}",
    re.compile(r"(?:up to|at most)\s*([0-9,]+)", re.I): "<={}",
    re.compile(r"(?:at least)\s*([0-9,]+)", re.I): '">={}"',
    re.compile(r"([0-9,]+)\s*\+", re.I): '">={}"',
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people, or a change of it: whole numbers from `low` through `high`, None where a bound is open."""

    low: int | None
    high: int | None
    approx: bool = False
    text: str = ""


def parse_personnel(text: str) -> Figure:
    """The figure of `personnel`, a strength.

    Raises ValueProblem with a code `figure-…` when the text is no figure, is reversed, negative, zero or absurd.
    """
    body, approx = _split_approx(text)
    if body in WORDS:
        if approx:
            raise ValueProblem("figure-syntax", f'personnel "{text}": a word is vague already.', f"Write {body}.")
        return Figure(*WORDS[body], text=text)
    low, high = _bounds(text, body, _UNSIGNED, "personnel")
    if high is not None and high < 1:
        raise ValueProblem("figure-zero", f'personnel "{text}" means nobody.', "Write status: absent without personnel.")
    return Figure(low, high, approx, text)


def parse_change(text: str) -> Figure:
    """The signed figure of `change`: '-700', '~-700', '-1200..-1000', '+500', 'up', 'down'.

    Raises ValueProblem with a code `figure-…`.
    """
    if text in DIRECTIONS:
        return Figure(*DIRECTIONS[text], text=text)
    body, approx = _split_approx(text)
    if body != "0" and _UNSIGNED.fullmatch(body):
        raise ValueProblem("change-sign", f'change "{text}" has no sign.', f"Write +{body} or -{body}.")
    low, high = (0, 0) if body == "0" else _bounds(text, body, _SIGNED, "change")
    if low == 0 and high == 0:
        raise ValueProblem("figure-zero", f'change "{text}" changes nothing.', "Leave the change out.")
    return Figure(low, high, approx, text)


def widen(low: int | None, high: int | None, *, approx: bool) -> tuple[int, int | None]:
    """Bounds for comparing: [floor(low·9/10), ceil(high·11/10)] if approximate; an empty low is 0 (docs/semantics.md)."""
    floor = 0 if low is None else low
    if approx:
        floor = floor * 9 // 10
        high = None if high is None else -(-high * 11 // 10)
    return floor, high


def show(low: int | None, high: int | None, *, approx: bool = False) -> str:
    """The figure in words for people: '≈ 2,500', '250–350', 'fewer than 2,000', 'at least 1,000'; '' if both bounds are open."""
    mark = "≈ " if approx else ""
    if high is None:
        if low is None:
            return ""
        return f"{mark}more than {low - 1:,}" if low % 10 == 1 and low > 1 else f"{mark}at least {low:,}"
    if low is None:
        return f"{mark}up to {high:,}" if (high + 1) % 10 else f"{mark}fewer than {high + 1:,}"
    return f"{mark}{low:,}" if low == high else f"{mark}{low:,}–{high:,}"


def show_change(low: int | None, high: int | None, *, approx: bool = False) -> str:
    """A change in words: 'cut by ≈ 700', 'up by 500', 'cut', 'more sent'."""
    mark = "≈ " if approx else ""
    if (low, high) == (None, -1):
        return "reduced"
    if (low, high) == (1, None):
        return "reinforced"
    if high is not None and high < 0:
        return f"reduced by {show(-high, None if low is None else -low, approx=approx)}"
    if low is not None and low > 0:
        return f"reinforced by {show(low, high, approx=approx)}"
    return f"changed by {mark}{_or_open(low)}..{_or_open(high)}"


def _or_open(bound: int | None) -> str:
    return "" if bound is None else f"{bound:+,}"


def _split_approx(text: str) -> tuple[str, bool]:
    return (text[1:], True) if text.startswith("~") else (text, False)


def _bounds(text: str, body: str, number: re.Pattern[str], key: str) -> tuple[int | None, int | None]:
    low, high = _read(text, body, number, key)
    if low is not None and high is not None and low > high:
        raise ValueProblem("figure-reversed", f'{key} "{text}" ends below its start.', f"Write {_swapped(text)}.")
    if max(abs(low or 0), abs(high or 0)) > LARGEST:
        raise ValueProblem("figure-absurd", f'{key} "{text}" is more than {LARGEST:,}.', "Check the digits.")
    return low, high


def _read(text: str, body: str, number: re.Pattern[str], key: str) -> tuple[int | None, int | None]:
    for sign, shift_low, shift_high in (("<=", None, 0), (">=", 0, None), ("<", None, -1), (">", 1, None)):
        if body.startswith(sign) and number.fullmatch(body[len(sign) :]):
            value = _int(body[len(sign) :])
            return (
                None if shift_low is None else value + shift_low,
                None if shift_high is None else value + shift_high,
            )
    if number.fullmatch(body):
        return _int(body), _int(body)
    start, dots, end = body.partition("..")
    if dots and (start or end) and all(not part or number.fullmatch(part) for part in (start, end)):
        return (_int(start) if start else None, _int(end) if end else None)
    raise _unreadable(text, body, key)


def _int(text: str) -> int:
    # Longer than any sane figure: Python would spend quadratic time on it, and refuse above 4,300 digits.
    digits = text.replace(",", "")
    return int(digits) if len(digits) < 20 else int(digits[:20])


def _swapped(text: str) -> str:
    mark = "~" if text.startswith("~") else ""
    start, _, end = text.removeprefix("~").partition("..")
    return f"{mark}{end}..{start}"


def _unreadable(text: str, body: str, key: str) -> ValueProblem:
    if key == "personnel" and re.fullmatch(rf"-{_NUMBER}", body):
        return ValueProblem("figure-negative", f'personnel "{text}" is negative.', f"Write change: {text} if it is a change.")
    if key == "personnel" and re.fullmatch(rf"\+{_NUMBER}", body):
        return ValueProblem("figure-syntax", f'personnel "{text}" has a sign.', f"Write change: {text} if it is a change.")
    return ValueProblem("figure-syntax", f'{key} "{text}" is not a figure.', _advice(text, key))


def _advice(text: str, key: str) -> str:
    if key == "change":
        return "Write for example -700, ~-700, -1200..-1000, +500, up or down."
    if dashed := _DASHED.fullmatch(text.strip()):
        return f"Write {dashed[1]}{dashed[2]}..{dashed[3]}."
    for pattern, form in _LOOSE.items():
        if found := pattern.fullmatch(text.strip()):
            return f"Write {form.format(found[1])}."
    return 'Write for example 2500, ~2500, 250..350, <2000, ">1000", 1000.., dozens, hundreds or thousands.'
