"""Random ledgers for the property tests: small and dense, so that every rule meets every other one."""

from __future__ import annotations

from hypothesis import strategies as st

from geoposture.dates import between, parse_period, parse_when, show_day
from geoposture.figures import parse_change, parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Place, Report, Source

PLACES = {
    place.id: place
    for place in (
        Place("land", "Land", "country", 45.0, 5.0),
        Place("west", "West", "region", 45.1, 4.5, within="land"),
        Place("dun", "Camp Dun", "camp", 45.2, 4.6, within="west"),
        Place("ox", "Fort Ox", "air-base", 45.0, 4.4, within="west"),
        Place("quay", "Old Quay", "port", 44.8, 5.3, within="land"),
    )
}
FORCES = {
    force.id: force for force in (Force("all", "The Alliance"), Force("red", "Red", part_of="all"), Force("other", "Others"))
}
SOURCES = {name: Source(name, name.title(), "publisher") for name in ("courier", "gazette", "herald")}

BASE = 20_000
"""All days lie within a few dozen after this one, so that claims overlap."""
days = st.integers(BASE, BASE + 40)
figures = st.one_of(
    st.none(),
    st.sampled_from(["100", "~100", "110", "90..120", "~90..120", "<100", ">100", "hundreds", "1000..", "..95", "~105"]).map(
        parse_personnel
    ),
)
changes = st.sampled_from(["-50", "+20", "up", "down", "~-30"]).map(parse_change)


@st.composite
def times(draw):
    """A ValidTime of every form that the grammar has, and None for the default."""
    start, length, slack = draw(days), draw(st.integers(0, 25)), draw(st.integers(0, 8))
    one, two = show_day(start), show_day(start + length)
    late = show_day(start + slack)
    form = draw(st.integers(0, 9))
    if form == 0:
        return None
    if form <= 3:
        return parse_when(f"{one}/..")
    if form == 4:
        return parse_when(f"{one}/{two}")
    if form == 5:
        return parse_when(
            draw(st.sampled_from([f"../{two}", f"{one}/", "2024-10", "2024-10/", "../2024-10", "2024-10/..", "2024-10/2024-11"]))
        )
    if form == 6:
        return between(parse_period(f"{one}/{late}"), None, "")
    if form == 7:
        return between(parse_period(f"{one}/{late}"), parse_period(f"{two}/{show_day(start + length + slack)}"), "")
    if form == 8:
        return parse_when(one)
    return parse_when(f"{one}/..")


@st.composite
def ledgers(draw, *, max_reports=6, max_claims=3, meeting=False):
    """A whole ledger; `replaces` keeps the rules that `check` enforces. `meeting`: claims about few lines, nearly all with figures."""
    reports = {}
    known: list[tuple[str, int, str]] = []
    for number in range(draw(st.integers(1, max_reports))):
        first = draw(days)
        last = first + draw(st.sampled_from([0, 0, 0, 2]))
        published = show_day(first) if first == last else f"{show_day(first)}/{show_day(last)}"
        publisher = draw(st.sampled_from(sorted(SOURCES)))
        period = parse_period(published)
        claims = []
        for position in range(draw(st.integers(1, max_claims))):
            older = [ident for ident, day, who in known if day < last and who == publisher]
            replaces = draw(st.sampled_from(older)) if older and draw(st.integers(0, 3)) == 0 else None
            claims.append(draw((_meeting if meeting else _claims)(f"r{number}#{position}", replaces)))
        known += [(claim.id, last, publisher) for claim in claims]
        repeats = draw(st.sampled_from([(), (), ("gazette",), ("herald", "courier")]))
        repeats = tuple(name for name in repeats if name != publisher)
        reports[f"r{number}"] = Report(f"r{number}", publisher, published, period, repeats=repeats, claims=tuple(claims))
    return Ledger(PLACES, FORCES, SOURCES, reports)


@st.composite
def _claims(draw, ident, replaces):
    kind = draw(st.sampled_from(["state", "state", "state", "state", "change"]))
    force = draw(st.sampled_from(sorted(FORCES)))
    modality = draw(st.sampled_from(["reported", "reported", "reported", "announced", "expected", "possible"]))
    common = {"force": force, "modality": modality, "time": draw(times()), "replaces": replaces}
    common["by"] = draw(st.sampled_from([None, None, "herald", "unnamed"]))
    if kind == "change":
        return Claim(ident, (draw(st.sampled_from(sorted(PLACES))),), change=draw(changes), **common)
    places = tuple(draw(st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=3, unique=True)))
    status = draw(st.sampled_from(["present", "present", "absent"]))
    return Claim(ident, places, status=status, personnel=draw(figures) if status == "present" else None, **common)


@st.composite
def _meeting(draw, ident, replaces):
    """A claim that has something to do with most others: it is about one of two places, and says from some day on how many there are."""
    start = draw(days)
    force = draw(st.sampled_from(["red", "red", "red", "all"]))
    modality = draw(st.sampled_from(["reported", "reported", "reported", "reported", "announced"]))
    time = draw(
        st.sampled_from([None, f"{show_day(start)}/..", f"{show_day(start)}/..", f"{show_day(start)}/{show_day(start + 30)}"])
    )
    common = {"force": force, "modality": modality, "replaces": replaces, "time": time and parse_when(time)}
    places = (draw(st.sampled_from(["dun", "dun", "dun", "west"])),)
    if draw(st.integers(0, 3)) == 0:
        return Claim(ident, places, status="absent", **common)
    figure = draw(st.sampled_from([None, "100", "~100", "110", "200..300", "~95..120", "<90", ">250", "hundreds"]))
    return Claim(ident, places, status="present", personnel=figure and parse_personnel(figure), **common)
