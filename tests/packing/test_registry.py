"""Places, forces and sources survive the footer, and nothing that is wrong in it is believed."""

from __future__ import annotations

import json

import pytest

from geoposture.ledger import LONGEST_CHAIN, Force, Ledger, Place, Source
from geoposture.packing.registry import Registry, footer, registered
from geoposture.packing.schema import KEY

from ..ledgers import FORCES, PLACES, SOURCES
from .asking import refusal

PLACE = {"id": "dun", "name": "Camp Dun", "kind": "camp", "lat": 45.2, "lon": 4.6}


def said(**entries):
    return {"places": [PLACE], "forces": [], "sources": []} | entries


def test_what_stands_in_the_footer_is_what_was_there():
    source = Source("herald", "Herald", "publisher", reliability="B")
    ledger = Ledger(PLACES, FORCES, SOURCES | {"herald": source})
    found = json.loads(footer(ledger, "claims", by="voice")[KEY])
    again = registered("f", found)
    assert (found["kind"], found["by"], found["format"]) == ("claims", "voice", 1)
    assert (again.places, again.forces, again.sources) == (ledger.places, ledger.forces, ledger.sources)
    assert list(again.places) == sorted(PLACES)
    assert again.reports == {}


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"places": "dun"}, "places in the footer"),
        ({"places": [{"id": "dun"}]}, "places in the footer: 0.name"),
        ({"places": [PLACE | {"lat": "north"}]}, "0.lat"),
        ({"places": [PLACE, PLACE]}, "an id stands there twice"),
        ({"places": [PLACE | {"kind": "castle"}]}, "unknown kind"),
        ({"places": [PLACE | {"lat": 91.0}]}, "nowhere on earth"),
        ({"places": [PLACE | {"lon": float("nan")}]}, "nowhere on earth"),
        ({"places": [PLACE | {"within": "land"}]}, 'lies in "land", which is not there'),
        ({"places": [PLACE | {"within": "dun"}]}, "circle"),
        ({"forces": [{"id": "a", "name": "A", "part_of": "b"}, {"id": "b", "name": "B", "part_of": "a"}]}, "circle"),
        ({"sources": [{"name": "Courier"}]}, "sources in the footer: 0.id"),
    ],
)
def test_what_is_wrong_in_the_footer(entries, says):
    from geoposture.errors import InputProblems

    with pytest.raises(InputProblems) as raised:
        registered("claims.parquet", said(**entries))
    assert {one.code for one in raised.value.problems} == {"table-footer"}
    assert all(one.file == "claims.parquet" for one in raised.value.problems)
    assert says in str(raised.value)


def test_chains_may_be_long_but_not_too_long():
    def chain(length):
        return [PLACE | {"id": f"p{n:04}", "within": f"p{n + 1:04}" if n + 1 < length else None} for n in range(length)]

    assert len(registered("f", said(places=chain(LONGEST_CHAIN))).places) == LONGEST_CHAIN
    assert refusal(registered, "f", said(places=chain(LONGEST_CHAIN + 1))).code == "table-footer"


def test_codes_follow_the_order_of_ids():
    found = Registry.of(Ledger({}, {name: Force(name, name.upper()) for name in ("b", "a", "ä", "Z")}, {}))
    assert found.forces == {"Z": 0, "a": 1, "b": 2, "ä": 3}


def test_entries_are_those_of_the_ledger():
    assert isinstance(registered("f", said()).places["dun"], Place)
    assert isinstance(registered("f", said(forces=[{"id": "a", "name": "A"}])).forces["a"], Force)
