"""The page's data: what is sent, what is left out, and that it is safe inside a page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.errors import UsageError
from geoposture.figures import parse_change, parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Name, Place, Recipe, Report, Source
from geoposture.resolution import resolve
from geoposture.webmap.payload import WORLD, compose, encode, payload
from tests.ledgers import ledgers

PLACES = [
    Place(
        "asad", "Asad", "air-base", 33.8, 42.4, within="iraq", names=(Name("Ayn", ""), Name("عين", "ar")), note="in the desert"
    ),
    Place("iraq", "Iraq", "country", 33.2, 43.7),
    Place("syria", "Syria", "country", 35.0, 38.0),
    Place("tanf", "Tanf", "camp", 33.5, 38.7, within="syria", accuracy_km=2.0),
    Place("unspoken", "Unspoken", "camp", 0.0, 0.0),
]
FORCES = [Force("coalition", "Coalition"), Force("iraqi", "Iraqi"), Force("us", "US", part_of="coalition")]
SOURCES = [
    Source("courier", "Courier", "publisher", country="US", reliability="D", url="https://courier.example"),
    Source("gazette", "Gazette", "publisher"),
    Source("minister", "The Minister", "person", role="Minister"),
    Source("silent", "Silent", "publisher"),
]


def ledger(*reports, places=PLACES, forces=FORCES, sources=SOURCES):
    lists = ({entry.id: entry for entry in entries} for entries in (places, forces, sources, reports))
    return Ledger(*lists)


def report(ident, *claims, publisher="courier", published="2025-10-21", **other):
    return Report(ident, publisher, published, parse_period(published), claims=claims, **other)


def claim(ident, places="asad", force="us", *, when="2025-10-20/..", figure=None, **other):
    if "change" not in other:
        other.setdefault("status", "present")
    personnel = None if figure is None else parse_personnel(figure)
    return Claim(ident, tuple(places.split()), force, time=when and parse_when(when), when=when, personnel=personnel, **other)


def made(book, **chosen):
    recipe = Recipe("Title", "data", **chosen)
    return payload(book, resolve(book, by=recipe.by), recipe)


def ids(entries):
    return [entry["id"] for entry in entries]


def test_markup_and_line_separators_are_escaped():
    nasty = {"text": "</script><!--<script>&\u2028\u2029🚀"}
    text = encode(nasty)
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert "\\u2028" in text
    assert "\\u2029" in text
    assert json.loads(text) == {"text": "</script><!--<script>&\u2028\u2029🚀"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_encoding_is_json_that_cannot_end_a_script(value):
    text = encode(value)
    assert json.loads(text) == value
    assert text.isascii()
    assert not set("<>&") & set(text)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none_are_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        encode({"lat": [number]})


def test_no_data_at_all():
    content = made(ledger())
    assert content["places"] == content["claims"]["id"] == content["episodes"]["claim"] == []
    assert content["bounds"] == [0.0, 0.0, 43.7, 35.0]
    assert made(Ledger())["bounds"] == list(WORLD)
    assert made(Ledger())["range"] == [0, 0]


@settings(max_examples=50, deadline=None)
@given(ledgers())
def test_the_order_of_files_does_not_matter(book):
    turned = Ledger(*(dict(reversed(entries.items())) for entries in (book.places, book.forces, book.sources, book.reports)))
    assert encode(made(book)) == encode(made(turned))


@settings(max_examples=50, deadline=None)
@given(ledgers(), st.sampled_from(["publisher", "report", "voice"]))
def test_every_position_points_at_something(book, by):
    content = made(book, by=by)
    claims, episodes = content["claims"], content["episodes"]
    for column, entries in (("report", "reports"), ("force", "forces"), ("group", "groups"), ("voice", "sources")):
        assert all(0 <= code < len(content[entries]) for code in claims[column])
    assert all(len(column) == len(claims["id"]) for column in claims.values() if isinstance(column, list))
    assert len({len(column) for column in episodes.values()}) == 1
    assert all(episodes["place"][n] in claims["places"][code] for n, code in enumerate(episodes["claim"]))


def test_the_version_of_the_data_is_of_the_data():
    book = ledger(report("a", claim("a#1")))
    assert len(made(book)["data"]) == 12
    assert made(book)["data"] == made(book, subtitle="Other", day=1)["data"]
    assert made(book)["data"] != made(ledger(report("a", claim("a#1", quote="they stay"))))["data"]


def test_words_are_sent_once():
    claims = [claim(f"a-long-report-id#{n}", quote=f"quote {n}") for n in range(5)]
    text = encode(made(ledger(report("a-long-report-id", *claims, title="A Long Title"))))
    assert text.count("a-long-report-id") == text.count("A Long Title") == text.count("quote 3") == 1


def test_what_nobody_speaks_of_is_left_out():
    content = made(ledger(report("a", claim("a#1"))))
    assert ids(content["places"]) == ["asad", "iraq"]
    assert ids(content["forces"]) == ["coalition", "us"]
    assert ids(content["sources"]) == ids(content["groups"]) == ["courier"]


def test_places_and_forces_with_their_chains():
    content = made(ledger(report("a", claim("a#1"))))
    assert content["places"][0] == {
        "id": "asad", "name": "Asad", "names": [["Ayn", ""], ["عين", "ar"]], "kind": "air-base", "area": False, "within": [1],
        "lat": 33.8, "lon": 42.4, "show": True, "note": "in the desert",
    }  # fmt: skip
    assert content["forces"] == [
        {"id": "coalition", "name": "Coalition", "show": True},
        {"id": "us", "name": "US", "part_of": [0], "show": True},
    ]


def test_a_place_brings_what_lies_in_it_and_what_can_touch_it():
    book = ledger(report("a", claim("a#1"), claim("a#2", "iraq"), claim("a#3", "tanf"), claim("a#4", "syria", "coalition")))
    content = made(book, places=("asad",))
    assert [(place["id"], place["show"]) for place in content["places"]] == [("asad", True), ("iraq", False)]
    assert content["claims"]["id"] == ["1", "2"]
    assert ids(made(book, places=("syria",))["places"]) == ["syria", "tanf"]
    assert all(place["show"] for place in made(book, places=("syria",))["places"])
    assert ids(made(book, forces=("iraqi",))["places"]) == []


def test_a_force_brings_its_parts_and_what_contains_it():
    book = ledger(report("a", claim("a#1"), claim("a#2", force="coalition"), claim("a#3", force="iraqi")))
    shown = {force["id"]: force["show"] for force in made(book, forces=("us",))["forces"]}
    assert shown == {"coalition": False, "us": True}
    shown = {force["id"]: force["show"] for force in made(book, forces=("coalition",))["forces"]}
    assert shown == {"coalition": True, "us": True}


def test_places_that_share_a_figure_with_a_shown_one_come_along():
    book = ledger(report("a", claim("a#1", "asad tanf", figure="600"), claim("a#2", "syria", force="us", status="absent")))
    content = made(book, places=("iraq",))
    assert content["claims"]["places"] == [[0, 3], [2]]
    assert [place["show"] for place in content["places"]] == [True, True, False, False]


@pytest.mark.parametrize("excluded", ["courier", "minister"])
def test_an_excluded_publisher_or_voice_is_dropped(excluded):
    book = ledger(report("a", claim("a#1", by="minister")), report("b", claim("b#1"), publisher="gazette"))
    assert ids(made(book, exclude_sources=(excluded,))["reports"]) == ["b"]


def test_an_excluded_group_is_dropped():
    book = ledger(report("a", claim("a#1")), report("b", claim("b#1")))
    assert ids(made(book, by="report", exclude_sources=("a",))["reports"]) == ["b"]


def test_a_claim_that_withdraws_a_sent_one_can_be_named():
    late = report("b", claim("b#1", "tanf", replaces="a#1"), published="2025-11-01")
    content = made(ledger(report("a", claim("a#1")), late), places=("iraq",))
    assert content["claims"]["replaces"] == {"1": 0}
    assert content["claims"]["withdrawn_from"] == {"0": parse_day("2025-11-01")}
    assert set(content["episodes"]["claim"]) == {0}


def test_groups_by_publisher_report_and_voice():
    book = ledger(report("a", claim("a#1", by="minister"), claim("a#2", by="unnamed-official"), title="They stay"))
    (group,) = made(book)["groups"]
    assert group == {"id": "courier", "name": "Courier", "kind": "publisher", "reliability": "D"}
    (group,) = made(book, by="report")["groups"]
    assert group == {"id": "a", "name": "They stay", "kind": "report", "reliability": "D"}
    unnamed, minister = made(book, by="voice")["groups"]
    assert minister == {"id": "minister", "name": "The Minister", "kind": "person", "role": "Minister"}
    assert unnamed == {"id": "a/unnamed-official", "name": "unnamed official (to Courier)", "kind": "unnamed"}


def test_an_anonymous_voice_spoke_to_the_last_that_was_repeated():
    book = ledger(report("a", claim("a#1", by="unnamed"), repeats=("gazette",)))
    assert [source["name"] for source in made(book)["sources"]] == ["Courier", "Gazette", "unnamed (to Gazette)"]


def test_the_columns_of_claims():
    book = ledger(
        report(
            "a",
            claim("a#1", figure="~250..350", quote="about 250", says="some stay", where="p. 2", note="n", credibility=3),
            claim("a#2", change=parse_change("down"), modality="announced", when="2026-01?/.."),
            claim("a#3", status="absent", when=None, repeats=("gazette",)),
        )
    )
    claims = made(book)["claims"]
    assert claims["id"] == ["1", "2", "3"]
    assert (claims["status"], claims["modality"]) == ([1, None, 0], [3, 2, 3])
    assert (claims["low"], claims["high"]) == ([250, None, None], [350, -1, None])
    assert (claims["approx"], claims["qualified"]) == ({"0": True}, {"1": True})
    assert claims["figure"] == {"0": "~250..350", "1": "down"}
    assert claims["when"] == {"0": "2025-10-20/..", "1": "2026-01?/.."}
    assert claims["repeats"] == {"2": [1]}
    assert [claims[name]["0"] for name in ("quote", "says", "where", "note", "credibility")] == [
        "about 250",
        "some stay",
        "p. 2",
        "n",
        3,
    ]
    assert claims["certain_from"] == [parse_day("2025-10-20"), parse_day("2026-01-31"), parse_day("2025-10-21")]


def test_open_bounds_are_null():
    episodes = made(ledger(report("a", claim("a#1"), claim("a#2", when="../2011-12-18"))))["episodes"]
    assert episodes["valid_to"] == [None, parse_day("2011-12-18"), parse_day("2011-12-19")]
    assert episodes["valid_from"][1] is None
    assert episodes["known_to"] == [None, None, None]
    assert episodes["certainty"] == [2, 0, 2]


def test_the_range_and_the_first_view():
    book = ledger(report("a", claim("a#1", when="2025-01/2025-12-24"), claim("a#2", "tanf", when="2024-01-01/2027-01-01")))
    content = made(book, places=("iraq",))
    assert content["range"] == [parse_day("2025-01-01"), parse_day("2025-12-24")]
    assert content["recipe"]["day"] == parse_day("2025-12-24")
    assert content["bounds"] == [42.4, 33.8, 42.4, 33.8]
    late = made(
        book, places=("iraq",), day=parse_day("2026-02-01"), compare=parse_day("2024-06-01"), known=parse_day("2026-03-01")
    )
    assert late["range"] == [parse_day("2024-06-01"), parse_day("2026-03-01")]
    assert late["recipe"]["day"] == parse_day("2026-02-01")


def test_the_recipe_goes_along():
    recipe = made(ledger(), subtitle="S", notes="N", day=5, known=9, compare=2, stale_after_days=None, tiles="CartoDB.Positron")[
        "recipe"
    ]
    assert recipe == {
        "title": "Title", "subtitle": "S", "notes": "N", "day": 5, "known": 9, "compare": 2, "by": "publisher", "stale_after": None,
        "tiles": "CartoDB.Positron",
    }  # fmt: skip


@pytest.mark.parametrize("chosen", [{"places": ("atlantis",)}, {"forces": ("martians",)}])
def test_a_recipe_with_an_unknown_id_is_refused(chosen):
    with pytest.raises(UsageError, match=r"atlantis|martians"):
        made(ledger(), **chosen)


@settings(max_examples=50, deadline=None)
@given(ledgers())
def test_the_text_of_a_page_is_its_values_encoded(book):
    composed = compose(book, resolve(book), Recipe("A title", "data"))
    assert composed.text == encode(composed.values)
