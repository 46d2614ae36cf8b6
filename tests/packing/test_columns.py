"""Table of claims → Claims: what was packed comes back, in any order of rows; what breaks the rules is named."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.claims import Claims, Texts, tabulate
from geoposture.errors import InputProblems
from geoposture.ledger import Ledger
from geoposture.packing.columns import claims_of, ordered_claims
from geoposture.packing.registry import Registry
from geoposture.packing.schema import CLAIMS
from geoposture.packing.writing import packed
from geoposture.reading import read
from geoposture.resolution import resolve

from ..conftest import ROOT
from ..ledgers import FORCES, PLACES, SOURCES, ledgers
from .asking import GROUPINGS, days, knowns, refusal, rows, table

REGISTRY = Ledger(PLACES, FORCES, SOURCES)


def columns(claims):
    """Every column of claims as words and numbers."""
    every = np.arange(len(claims))
    found = {}
    for name in Claims.__slots__:
        column = getattr(claims, name)
        if isinstance(column, Texts):
            found[name] = column.take(every).tolist()
        elif isinstance(column, np.ndarray):
            found[name] = column.tolist()
    shared = claims.figure == 2
    found["sharing"] = [
        set(names or ()) - {place} if one else set()
        for one, names, place in zip(shared, found["sharing"], found["place"], strict=True)
    ]
    return found


@settings(max_examples=30, deadline=None)
@given(ledgers())
def test_what_was_packed_comes_back(ledger):
    claims = claims_of(packed(ledger), REGISTRY, "f")
    assert columns(claims) == columns(tabulate(ledger))
    assert claims.place.codes.tolist() == tabulate(ledger).place.codes.tolist()


@settings(max_examples=40, deadline=None)
@given(ledgers(), days, knowns, st.sampled_from(GROUPINGS), st.randoms(use_true_random=False))
def test_the_rows_may_stand_in_any_order(ledger, day, known, by, dice):
    whole = packed(ledger)
    order = list(range(len(whole)))
    dice.shuffle(order)
    claims, taken = ordered_claims(whole.take(order), Registry.of(REGISTRY), "f")
    assert columns(claims) == columns(tabulate(ledger))
    assert order == list(range(len(whole))) or [order[row] for row in taken] == list(range(len(whole)))
    assert rows(resolve(claims, by=by), day, known) == rows(resolve(ledger, by=by), day, known)


@settings(max_examples=20, deadline=None)
@given(ledgers(), st.integers(1, 5))
def test_chunks_and_kinds_of_text_make_no_difference(ledger, size):
    whole = packed(ledger)
    pieces = pa.concat_tables(
        [_plain(whole.slice(start, size), pa.large_string()) for start in range(0, len(whole), size)] or [whole]
    )
    chunks = pa.concat_tables([_recoded(whole.slice(start, size)) for start in range(0, len(whole), size)] or [whole])
    expected = columns(tabulate(ledger))
    assert columns(claims_of(pieces, REGISTRY, "f")) == expected
    assert columns(claims_of(chunks, REGISTRY, "f")) == expected


def _plain(found, kind):
    fields = [pa.field(one.name, kind if _textual(one.type) else one.type) for one in found.schema]
    return pa.table(
        [_decoded(column).cast(one.type) for column, one in zip(found.columns, fields, strict=True)], schema=pa.schema(fields)
    )


def _recoded(found):
    """Each piece with a dictionary of its own."""
    arrays = [_decoded(column).dictionary_encode() if pa.types.is_dictionary(column.type) else column for column in found.columns]
    return pa.table(arrays, names=found.column_names)


def _textual(kind):
    return pa.types.is_string(kind) or pa.types.is_dictionary(kind)


def _decoded(column):
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def test_words_that_a_dictionary_repeats_are_one_word():
    whole = table()
    twice = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0, 1, 0, 1], pa.int32()), ["courier", "courier"])
    at = whole.schema.get_field_index("publisher")
    claims = claims_of(whole.set_column(at, whole.schema.field(at), twice), REGISTRY, "f")
    assert len(resolve(claims)) == len(resolve(claims_of(whole, REGISTRY, "f")))
    assert set(claims.publisher.codes.tolist()) == {0}


def test_a_word_of_a_dictionary_that_is_null_is_an_empty_word():
    whole = table()
    hidden = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0, 0, 0, 0], pa.int32()), pa.array(["courier", None]))
    at = whole.schema.get_field_index("voice")
    problem = refusal(claims_of, whole.set_column(at, whole.schema.field(at), hidden), REGISTRY, "f")
    assert (problem.code, problem.line, problem.column) == ("table-value", 2, at + 1)


def second(value):
    """A change of the second row."""
    return lambda values: [values[0], value, *values[2:]]


NONE, NEVER = -(2**31), 2**31 - 1


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"place": second("atlantis")}, "place-unknown", '"atlantis" is unknown'),
        ({"force": second("blue")}, "force-unknown", '"blue" is unknown'),
        ({"publisher": second("tribune")}, "source-unknown", '"tribune" is unknown'),
        ({"status": second("gone")}, "table-value", '"gone" is unknown'),
        ({"modality": second("certain")}, "table-value", '"certain" is unknown'),
        *(
            ({name: second(None)}, "table-value", f"{name} is empty")
            for name in (
                "claim",
                "place",
                "force",
                "report",
                "publisher",
                "voice",
                "modality",
                "published",
                "qualified",
                "approx",
                "known_from",
                "withdrawn_from",
                "unbounded_from",
                "possible_to",
            )
        ),
        ({"claim": second(None), "place_number": second(1)}, "table-value", "claim is empty"),
        ({"known_from": second(NONE)}, "table-value", "known_from is no day"),
        ({"known_from": second(3_000_000)}, "table-value", "known_from is no day"),
        ({"withdrawn_from": second(0)}, "table-value", "withdrawn_from is not after known_from"),
        ({"certain_from": second(NEVER), "certain_to": second(0)}, "table-value", "are not in their order"),
        ({"certain_to": second(None)}, "table-value", "certain_to stands alone"),
        ({"unbounded_from": second(-800_000)}, "table-value", "unbounded_from is no day"),
        (
            {"unbounded_to": second(NEVER - 1), "possible_to": second(NEVER - 1), "certain_to": second(NEVER - 1)},
            "table-value",
            "unbounded_to is no day",
        ),
        ({"possible_to": second(60_000_000)}, "table-value", "possible_to or a bound before it is no day"),
        ({"credibility": second(7)}, "table-value", "credibility is none of 1 to 6"),
        ({"low": second(200)}, "table-value", "low is above its end"),
        ({"change_low": second(5)}, "table-value", "change_low stands beside another figure"),
        ({"high": second(2_000_000_000)}, "table-value", "low is absurd"),
        ({"status": second(None)}, "table-value", "status is empty beside a strength"),
    ],
)
def test_what_breaks_the_rules_is_named_with_row_and_column(changed, code, says):
    with pytest.raises(InputProblems) as raised:
        claims_of(table(**changed), REGISTRY, "claims.parquet")
    assert {(one.file, one.line) for one in raised.value.problems} == {("claims.parquet", 2)}
    (problem,) = (one for one in raised.value.problems if says in one.what)
    assert problem.code == code
    assert table().column_names[problem.column - 1] == problem.what.split()[0]


def test_rows_are_counted_from_the_first_of_the_batch():
    with pytest.raises(InputProblems) as raised:
        ordered_claims(table(place=second("atlantis")), Registry.of(REGISTRY), "f", first=1000)
    assert [one.line for one in raised.value.problems] == [1002]


def test_many_rows_that_break_a_rule_are_one_line_and_all_columns_are_named():
    with pytest.raises(InputProblems) as raised:
        claims_of(table(known_from=lambda values: [NONE] * len(values), publisher=second("tribune")), REGISTRY, "f")
    found = {(one.code, one.line, one.what.split()[0]): one.what for one in raised.value.problems}
    assert {("source-unknown", 2, "publisher"), ("table-value", 1, "known_from")} <= set(found)
    assert "(6 rows)" in found["table-value", 1, "known_from"]


def test_what_others_wrote_cannot_break_the_line():
    problem = refusal(claims_of, table(place=second("a\nb\x1b[31m")), REGISTRY, "f")
    assert "\x1b" not in str(problem)


def test_an_empty_table_has_no_claims():
    assert len(claims_of(CLAIMS.empty_table(), REGISTRY, "f")) == 0
    assert len(resolve(claims_of(CLAIMS.empty_table(), REGISTRY, "f"))) == 0


def test_the_file_gives_what_the_table_gives(tmp_path):
    pq.write_table(table(), tmp_path / "c.parquet", row_group_size=1)
    assert columns(claims_of(pq.read_table(tmp_path / "c.parquet"), REGISTRY, "f")) == columns(claims_of(table(), REGISTRY, "f"))


def test_a_shared_figure_that_is_shared_with_nobody_is_refused(tmp_path):
    """Found by spoiling claims files value by value."""
    ledger = read(ROOT / "data")
    table = packed(ledger)
    at = table.schema.get_field_index("shared_with")
    lists = [[] for _ in range(len(table))]
    spoiled = table.set_column(at, table.schema.field(at), pa.array(lists, table.schema.field(at).type))
    with pytest.raises(InputProblems) as refused:
        claims_of(spoiled, ledger, "claims.parquet")
    (problem,) = refused.value.problems
    assert (problem.code, problem.column) == ("table-value", at + 1)


@settings(max_examples=20, deadline=None)
@given(ledgers())
def test_words_that_are_not_read_are_empty_and_nothing_else_changes(ledger):
    unread = ("report", "voice", "when", "published", "quote", "says", "url")
    whole, registry = packed(ledger), Registry.of(REGISTRY)
    claims, order = ordered_claims(whole, registry, "f", unread=unread)
    every, same = ordered_claims(whole, registry, "f")
    assert (order is None) == (same is None)
    found, expected = columns(claims), columns(every)
    assert all(found.pop(name) == [None] * len(whole) for name in unread)
    assert found == {name: column for name, column in expected.items() if name not in unread}


def test_words_that_are_not_read_may_not_be_missing_either():
    with pytest.raises(InputProblems) as raised:
        ordered_claims(table(report=second(None), url=second(None)), Registry.of(REGISTRY), "f", unread=("report", "url"))
    assert [(one.what, one.line) for one in raised.value.problems] == [("report is empty.", 2)]
