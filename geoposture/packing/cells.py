"""The columns of a claims table one by one: words as codes, numbers, flags, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..board import objects
from ..claims import NOTHING, Texts
from ..columns import Codes, Mask, Objects
from ..errors import Problem
from ..reading.codes import problem
from .schema import refused, spot


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """The words behind codes as Arrow keeps them: made into Python's own only where they are asked for."""

    words: pa.Array

    def __len__(self) -> int:
        return len(self.words)

    def take(self, codes: Codes) -> Objects:
        """The words of these codes; lists as tuples."""
        found = self.words.take(pa.array(codes)).to_pylist()
        if pa.types.is_list(self.words.type):
            found = [None if words is None else tuple(words) for words in found]
        return objects(found)


class Cells:
    """The columns of a table, with what is wrong with them; words of `unread` columns are left where they are.

    Each column is put together when it is asked for: those that nobody asks for cost nothing, however wide they are.
    """

    def __init__(self, table: pa.Table, path: Path | str, first: int, unread: Collection[str] = ()) -> None:
        self._table, self._path, self._first, self._unread = table, path, first, unread
        self.problems: list[Problem] = []

    def column(self, name: str) -> Any:
        """The one chunk of a column."""
        column = self._table.select([name]).unify_dictionaries().combine_chunks().column(0)
        if column.num_chunks > 1:  # Arrow does not put more than 2 GiB of text together.
            fix = "Resolve fewer rows at a time, or leave out long texts."
            raise refused(self._path, "table-value", f"{name} holds more text than fits into one batch.", fix)
        return column.chunk(0) if column.num_chunks else pa.array([], column.type)

    def wrong(self, name: str, wrong: Mask, what: str, fix: str = "", code: str = "table-value") -> None:
        """Remember the first of the rows that are wrong, and how many there are."""
        if wrong.any():
            count = int(np.count_nonzero(wrong))
            more = f" ({count:,} rows)" if count > 1 else ""
            row = self._first + int(np.argmax(wrong)) + 1
            at = spot(self._path, row, self._table.schema.get_field_index(name) + 1)
            self.problems.append(problem(at, code, f"{name} {what}{more}.", fix))

    def words(self, name: str, *, empty: bool = False) -> Texts:
        """A column of words as codes; -1 everywhere if the column is not to be read."""
        if name in self._unread and (empty or not _has_nulls(self._table.column(name))):
            return self._nothing()
        column = self.column(name)
        if pa.types.is_dictionary(column.type) and not _is_clean(column.dictionary):
            column = column.cast(column.type.value_type)
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        missing = np.asarray(column.indices.is_null())
        if not empty:
            self.wrong(name, missing, "is empty", "Write it in every row.")
        # Others may write codes that are never negative, of any width.
        codes = np.asarray(column.indices.cast(pa.int64()).fill_null(-1)).astype(np.int32)
        return Texts(codes, Packed(column.dictionary))

    def texts(self, name: str) -> Texts:
        """A column of words that do not repeat."""
        if name in self._unread:
            return self._nothing()
        column = self.column(name)
        if pa.types.is_dictionary(column.type):
            return self.words(name, empty=True)
        codes = np.arange(len(column), dtype=np.int32)
        return Texts(np.where(np.asarray(column.is_null()), np.int32(-1), codes), Packed(column))

    def _nothing(self) -> Texts:
        return Texts(np.broadcast_to(np.int32(-1), len(self._table)), Packed(pa.array([], pa.string())))

    def coded(self, name: str, codes: Mapping[str, int], *, empty: int | None = None) -> Codes:
        """A column of words that must be among these."""
        found = self.words(name, empty=empty is not None)
        words = found.names.take(np.arange(len(found.names), dtype=np.int32))
        meant = np.array([codes.get(word, NOTHING) for word in words] + [-1 if empty is None else empty], dtype=np.int32)
        values: Codes = meant[found.codes]
        code = f"{name}-unknown" if name in ("place", "force") else "table-value"
        self._report_unknown(name, values == NOTHING, found, code, list(codes) if len(codes) < 5 else [])
        return np.where(values == NOTHING, np.int32(0), values)

    def known(self, name: str, words: Texts, existing: Mapping[str, Any]) -> None:
        """Remember words that stand nowhere else."""
        all_words = words.names.take(np.arange(len(words.names), dtype=np.int32))
        missing = np.array([word not in existing for word in all_words] + [False], dtype=np.bool_)
        self._report_unknown(name, missing[words.codes], words, "source-unknown", [])

    def _report_unknown(self, name: str, wrong: Mask, words: Texts, code: str, choices: list[str]) -> None:
        if wrong.any():
            first = words.take(np.flatnonzero(wrong)[:1])[0]
            fix = f"Write {', '.join(choices)}." if choices else "Add it to the gazetteer, forces or sources, and pack anew."
            self.wrong(name, wrong, f'"{first}" is unknown', fix, code)

    def numbers(self, name: str, *, empty: int | None = None) -> NDArray[np.int32]:
        """A column of whole numbers."""
        column = self.column(name)
        if column.null_count and empty is None:
            self.wrong(name, np.asarray(column.is_null()), "is empty", "Write it in every row.")
        return np.asarray(column.fill_null(0 if empty is None else empty)).astype(np.int32)

    def flags(self, name: str) -> Mask:
        """A column of yes and no."""
        column = self.column(name)
        self.wrong(name, np.asarray(column.is_null()), "is empty", "Write true or false.")
        return np.asarray(column.fill_null(False)).astype(np.bool_)  # noqa: FBT003

    def several(self) -> Mask:
        """Which claims name several places."""
        return np.asarray(self.column("place_number").is_valid())


def _is_clean(dictionary: pa.Array) -> bool:
    """Whether each word stands in a dictionary once and none is null: only then are words equal where codes are."""
    return bool(dictionary.null_count == 0 and pc.count_distinct(dictionary).as_py() == len(dictionary))


def _has_nulls(column: pa.ChunkedArray) -> bool:
    """Whether a row is empty, or may be: a dictionary can hold an empty word too."""
    dictionaries = pa.types.is_dictionary(column.type)
    return any(chunk.null_count or (dictionaries and chunk.dictionary.null_count) for chunk in column.chunks)
