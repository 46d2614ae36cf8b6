"""Row groups hold the rows, and no words that nobody uses."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.packing.groups import compact, write_groups

WORDS = [f"word {number:03}" for number in range(200)]
codes = st.lists(st.one_of(st.none(), st.integers(0, 199)), max_size=60)


def table(found, words=WORDS):
    column = pa.DictionaryArray.from_arrays(pa.array(found, pa.int32()), words)
    return pa.table({"word": column, "number": pa.array(range(len(found)), pa.int32())})


@settings(max_examples=60, deadline=None)
@given(codes, codes, st.integers(1, 70))
def test_the_rows_are_those_of_the_table(first, second, rows):
    whole = pa.concat_tables([table(first), table(second, WORDS[::-1])])
    sink = io.BytesIO()
    write_groups(whole, sink, rows)
    file = pq.ParquetFile(sink)
    assert file.read().to_pylist() == whole.to_pylist()
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups) if len(whole)] == [
        min(rows, len(whole) - start) for start in range(0, len(whole), rows)
    ]


@settings(max_examples=60, deadline=None)
@given(codes)
def test_words_that_nobody_uses_are_gone(found):
    made = compact(table(found))
    made.validate(full=True)
    assert made.to_pylist() == table(found).to_pylist()
    words = [word for chunk in made.column("word").chunks for word in chunk.dictionary.to_pylist()]
    assert words == sorted({WORDS[code] for code in found if code is not None})


def test_a_dictionary_of_a_few_words_is_left_as_it_is():
    few = table([1, 1, None], WORDS[:9])
    assert compact(few).column("word").chunk(0).dictionary.to_pylist() == WORDS[:9]


def test_a_file_grows_with_its_rows_not_with_the_words_of_others():
    sizes = []
    for rows in (10, 1000):
        sink = io.BytesIO()
        write_groups(table([number % 200 for number in range(1000)], [f"{n:0200}" for n in range(200)]), sink, rows)
        sizes.append(sum(pq.read_metadata(sink).row_group(n).total_byte_size for n in range(1000 // rows)))
    assert sizes[0] < 10 * sizes[1]
