"""The cells of one row and what a mapping makes of them: text, words of ours, whole numbers; or why the row is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..reading.files import CONTROL
from ..reading.wording import shown
from .model import FIELD, Value

_CONTROL = re.compile(f"[{CONTROL}]")
_LONGEST = 2_000


class Refusal(Exception):
    """The row cannot be used; the text says why, and what to write into the mapping or the table."""


class Skipped(Refusal):
    """The row says nothing, and that is no fault of it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row. A cell that says nothing, or one of the words for unknown, is ''."""

    line: int
    row: Mapping[str, str]
    unknown: frozenset[str]

    def text(self, column: str) -> str:
        """The cell in one line, '' if unknown. Raises Refusal if it holds control characters or is endless."""
        text = " ".join(self.row[column].split())
        if text in self.unknown:
            return ""
        if _CONTROL.search(text):
            raise Refusal(f"{column} holds a control character")
        if len(text) > _LONGEST:
            raise Refusal(f"{column} has {len(text):,} characters")
        return text

    def value(self, spec: Value | None) -> str | None:
        """The constant, or what the column says, translated; None if it says nothing."""
        if spec is None:
            return None
        if spec.constant is not None:
            return str(spec.constant)
        return self._translated(spec, self.text(spec.column)) or None

    def values(self, spec: Value | None) -> tuple[str, ...]:
        """The same for a cell with several words."""
        if spec is None or spec.split is None:
            found = self.value(spec)
            return () if found is None else (found,)
        words = (word.strip() for word in self.text(spec.column).split(spec.split))
        return tuple(dict.fromkeys(self._translated(spec, word) for word in words if word))

    def filled(self, template: str | None) -> str | None:
        """The text with the cells of its {columns}; None if one of them is unknown."""
        if template is None:
            return None
        cells = {name: self.text(name) for name in FIELD.findall(template)}
        if not all(cells.values()):
            return None
        return FIELD.sub(lambda found: cells[found[1]], template)

    def holds(self, conditions: Mapping[str, Iterable[str]]) -> bool:
        """Whether each column has one of its values; numbers are compared as numbers, '' is unknown."""
        return all(any(_same(self.text(column), word) for word in words) for column, words in conditions.items())

    @staticmethod
    def _translated(spec: Value, word: str) -> str:
        if not word:
            return (spec.values or {}).get("", "")
        if spec.values is not None and word in spec.values:
            return spec.values[word]
        return word if spec.otherwise is None else str(spec.otherwise)


def _same(text: str, word: str) -> bool:
    if text == word:
        return True
    one, other = decimal(text), decimal(word)
    return one is not None and one == other


def decimal(text: str) -> Decimal | None:
    """The number that a cell holds, `1,234` and `1e+05` too; None if it holds none."""
    plain = text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) else text
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?", plain, re.ASCII):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def whole(cells: Cells, column: str) -> int | None:
    """The whole number in a column, `1950.0` too; None if unknown. Raises Refusal if it is none."""
    text = cells.text(column)
    if not text:
        return None
    number = decimal(text)
    if number is None or number != number.to_integral_value():
        raise Refusal(f"{column} {shown(text)} is no whole number")
    return int(number)
