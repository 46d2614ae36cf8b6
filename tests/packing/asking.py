"""What the tests of packed tables share: random points, small tables with one thing wrong, and what is said of them."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from geoposture.dates import parse_period, parse_when
from geoposture.errors import InputProblems
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Ledger, Report
from geoposture.packing.schema import KEY
from geoposture.packing.writing import packed
from geoposture.timeslice import at

from ..ledgers import BASE, FORCES, PLACES, SOURCES

GROUPINGS = ("publisher", "report", "voice")
days = st.integers(BASE - 3, BASE + 70)
knowns = st.one_of(st.none(), st.integers(BASE - 1, BASE + 45))


def rows(episodes, day, known):
    return list(at(episodes, day, known))


def small(places=("dun", "ox", "quay"), claims=2):
    """A ledger of some reports, each with a claim for each place."""
    reports = {}
    for number in range(claims):
        ident, published = f"r{number}", f"2024-01-0{number + 1}"
        made = [
            Claim(
                f"{ident}#{place}",
                (place,),
                "red",
                "present",
                personnel=parse_personnel("100"),
                time=parse_when(f"{published}/.."),
            )
            for place in places
        ]
        reports[ident] = Report(ident, "courier", published, parse_period(published), claims=tuple(made))
    return Ledger(PLACES, FORCES, SOURCES, reports)


def table(**changed):
    """The packed small ledger, with some columns changed by functions of their values."""
    found = packed(small())
    for name, change in changed.items():
        at_ = found.schema.get_field_index(name)
        field = found.schema.field(at_)
        column = pa.array(
            change(found.column(name).to_pylist()), field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        )
        found = found.set_column(at_, field.with_nullable(nullable=True), column.cast(field.type))
    return found


def saying(found, **changed):
    """The table with something else in its footer; what is None is left out."""
    said = json.loads(found.schema.metadata[KEY]) | changed
    kept = {name: value for name, value in said.items() if value is not None}
    return found.replace_schema_metadata({KEY: json.dumps(kept)})


def written(found, path, **options):
    pq.write_table(found, path, **options)
    return path


def refusal(do, *args, **kwargs):
    """The one problem that is raised; one line that begins with file, row and column."""
    with pytest.raises(InputProblems) as raised:
        do(*args, **kwargs)
    (problem,) = raised.value.problems
    assert "\n" not in str(problem)
    assert str(problem).startswith(f"{problem.file}:{problem.line}:{problem.column} {problem.code}: ")
    return problem
