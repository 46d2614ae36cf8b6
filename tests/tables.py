"""Random tables of every contract, with whatever text, day and number a column can hold."""

from __future__ import annotations

import shapely
from hypothesis import strategies as st

from geoposture.dates import FIRST_DAY, LAST_DAY
from geoposture.frames import CONTRACTS, Table

OUTLINES = [
    shapely.to_wkb(shapely.orient_polygons(shapely.multipolygons([shape])), byte_order=1)
    for shape in (
        shapely.box(4.0, 44.0, 5.0, 45.0),
        shapely.box(-170.5, -10.0, 10.0, 80.0).difference(shapely.box(-20.0, 0.0, 0.0, 10.0)),
    )
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "a,b", 'say "so"', "a\r\nb", "</name><script>", "قاعدة عين الأسد", "]]>", "$[name]", "it's", "a; b"]
)
_KINDS = {
    "text": st.none() | TEXTS,
    "day": st.none() | st.integers(FIRST_DAY, LAST_DAY),
    "int": st.none() | st.integers(-(2**31), 2**31 - 1),
    "bool": st.booleans(),
    "list": st.lists(TEXTS, max_size=3).map(tuple),
    "point": st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
    "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "outline": st.none() | st.sampled_from(OUTLINES),
}


@st.composite
def tables(draw, names=tuple(CONTRACTS)):
    """A table of one of the contracts, of up to four rows."""
    columns = CONTRACTS[draw(st.sampled_from(names))]
    rows = draw(st.lists(st.fixed_dictionaries({name: _KINDS[kind] for name, kind in columns.items()}), max_size=4))
    return Table.of(columns, rows)
