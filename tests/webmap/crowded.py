"""Random ledgers with deep chains and many shared figures: what tests/ledgers.py has too few places and forces for."""

from __future__ import annotations

from hypothesis import strategies as st

from geoposture.dates import parse_period, parse_when, show_day
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Place, Report, Source
from tests.ledgers import BASE

PLACES = {
    place.id: place
    for place in (
        Place("far", "Far", "country", 50.0, 9.0),
        Place("far-post", "Far Post", "outpost", 50.1, 9.1, within="far"),
        Place("land", "Land", "country", 45.0, 5.0),
        Place("shore", "Shore", "province", 45.1, 4.4, within="west"),
        Place("west", "West", "region", 45.1, 4.5, within="land"),
        *(Place(name, name.title(), "camp", 45.2, 4.6, within="shore") for name in ("dun", "ox", "pier", "quay")),
        Place("gate", "Gate", "site", 45.2, 5.6, within="land"),
    )
}
FORCES = {
    force.id: force
    for force in (
        Force("all", "All"),
        Force("guard", "Guard", part_of="red"),
        Force("red", "Red", part_of="all"),
        Force("sea", "Sea"),
    )
}
SOURCES = {
    name: Source(name, name.title(), "publisher", reliability=grade)
    for name, grade in (("courier", "A"), ("gazette", None), ("herald", "F"))
}
SITES = ("dun", "ox", "pier", "quay", "gate")
days = st.integers(BASE, BASE + 6)
VAGUE = ("2024-10", "2024-10/2024-11", "2024-10-01/2024-10")
"""Times around BASE, 2024-10-04, of which a claim is possible only, or certain on the first day only."""
figures = st.sampled_from([None, None, None, "100", "~100", "250..350", "<200", ">1000", "dozens", "~..50", "5", "~5", "600"])

SHARED = ("0..3", "<200", "<=5", "~5", "~100", "100", "105", "95", "150..", "90..110", "~..50", "600")


@st.composite
def crowded_ledgers(draw):
    """Nearly all claims are reported and hold on all days, most are about two sites at once: many decide together."""
    reports = {}
    for number in range(draw(st.integers(1, 5))):
        day = draw(days)
        claims = tuple(draw(_claims(f"r{number}#{position}")) for position in range(draw(st.integers(1, 3))))
        publisher = draw(st.sampled_from(sorted(SOURCES)))
        published = show_day(day)
        reports[f"r{number}"] = Report(f"r{number}", publisher, published, parse_period(published), claims=claims)
    return Ledger(PLACES, FORCES, SOURCES, reports)


@st.composite
def sharing_ledgers(draw):
    """All about one force at a few sites, nearly all present: shared figures are used in totals more often than not."""
    reports = {}
    for number in range(draw(st.integers(1, 4))):
        day = draw(days)
        published = show_day(day)
        claims = tuple(draw(_sharing_claims(f"r{number}#{position}", published)) for position in range(draw(st.integers(1, 2))))
        publisher = draw(st.sampled_from(sorted(SOURCES)))
        reports[f"r{number}"] = Report(f"r{number}", publisher, published, parse_period(published), claims=claims)
    return Ledger(PLACES, FORCES, SOURCES, reports)


@st.composite
def _sharing_claims(draw, ident, published):
    places = draw(
        st.sampled_from(
            [("dun", "ox")] * 5
            + [("ox",)] * 3
            + [("land",)] * 3
            + [("gate",), ("gate", "quay"), ("ox", "pier"), ("dun", "shore")]
        )
    )
    bare = len(places) == 1 and places != ("land",) and draw(st.integers(0, 3)) > 0
    status = draw(st.sampled_from(["present"] * 9 + ["absent"]))
    return Claim(
        ident,
        places,
        "red",
        status=status,
        time=parse_when(f"{published}/.."),
        personnel=None if bare or status == "absent" else parse_personnel(draw(st.sampled_from(SHARED))),
    )


@st.composite
def _claims(draw, ident):
    force = draw(st.sampled_from(["red", "red", "red", "all", "guard", "sea"]))
    status = draw(st.sampled_from(["present"] * 5 + ["absent"]))
    figure = draw(figures) if status == "present" else None
    places = draw(
        st.one_of(
            st.sampled_from(
                [("dun", "ox"), ("dun", "ox"), ("ox", "pier"), ("dun", "ox", "pier"), ("dun", "far-post"), ("dun", "shore")]
            ),
            st.sampled_from(["dun", "dun", "ox", "ox", *sorted(PLACES)]).map(lambda place: (place,)),
        )
    )
    return Claim(
        ident,
        places,
        force,
        status=status,
        modality=draw(st.sampled_from(["reported"] * 7 + ["expected", "announced"])),
        time=parse_when(draw(st.one_of(days.map(lambda day: f"{show_day(day)}/.."), st.sampled_from(VAGUE)))),
        personnel=figure and parse_personnel(figure),
    )
