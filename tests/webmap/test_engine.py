"""The page's engine gives what the Python package gives, on random ledgers; and its own tests pass."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.area_totals import totals
from geoposture.comparison import compare
from geoposture.dates import FIRST_DAY, LAST_DAY, show_day
from geoposture.figures import show, show_change
from geoposture.ledger import MODALITIES, Ledger, Recipe, area_chain, force_chain
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at
from geoposture.webmap.payload import payload
from tests.ledgers import BASE, FORCES, PLACES, ledgers
from tests.oracle import source_of, spoken

from .crowded import FORCES as CROWDED_FORCES
from .crowded import PLACES as CROWDED_PLACES
from .crowded import crowded_ledgers, sharing_ledgers

EVERYTHING = 10**6
V = st.integers(BASE - 3, BASE + 70)
K = st.one_of(st.none(), st.integers(BASE - 1, BASE + 45))
BY = st.sampled_from(["publisher", "report", "voice"])
STALE = st.sampled_from([365, 5, 0, None])
POINTS = st.tuples(V, K, BY, STALE)
UNSENT = ("place_name", "place_kind", "geometry")
ENGINE_TESTS = Path(__file__).parents[1] / "browser" / "engine"


def plain(rows):
    """Rows of a table as JSON gives them, without the columns that the engine leaves to its model."""
    return [
        {name: list(value) if isinstance(value, tuple) else value for name, value in row.items() if name not in UNSENT}
        for row in rows
    ]


def shown(rows, ledger, recipe, key="place"):
    """The rows that the recipe's places and forces leave."""
    return [
        row
        for row in rows
        if (not recipe.places or set(recipe.places) & {row[key], *area_chain(ledger, row[key])})
        and (not recipe.forces or set(recipe.forces) & {row["force"], *force_chain(ledger, row["force"])})
    ]


def recipes(places, forces):
    return st.builds(
        lambda by, some, few, excluded: Recipe("Test", "data", by=by, places=some, forces=few, exclude_sources=excluded),
        BY,
        st.one_of(st.just(()), st.lists(st.sampled_from(sorted(places)), max_size=2, unique=True).map(tuple)),
        st.one_of(st.just(()), st.lists(st.sampled_from(sorted(forces)), max_size=2, unique=True).map(tuple)),
        st.sampled_from([(), (), (), ("gazette",), ("r1", "r1/unnamed"), ("herald", "courier")]),
    )


def without(rows, excluded):
    return rows.where(set(excluded).isdisjoint((row["publisher"], row["voice"], row["source"])) for row in rows)


@settings(max_examples=500, deadline=None)
@given(ledgers(), POINTS)
def test_posture(engine, ledger, point):
    day, known, by, stale_after = point
    episodes = resolve(ledger, by=by)
    expected = plain(reconcile(at(episodes, day, known), stale_after=stale_after))
    question = {"ask": "posture", "day": day, "known": known, "stale_after": stale_after}
    assert engine.ask(payload(ledger, episodes, Recipe("Test", "data")), question) == [expected]


@settings(max_examples=300, deadline=None)
@given(crowded_ledgers(), st.integers(BASE, BASE + 12), K, STALE)
def test_posture_of_deep_chains(engine, ledger, day, known, stale_after):
    episodes = resolve(ledger)
    expected = plain(reconcile(at(episodes, day, known), stale_after=stale_after))
    question = {"ask": "posture", "day": day, "known": known, "stale_after": stale_after}
    assert engine.ask(payload(ledger, episodes, Recipe("Test", "data")), question) == [expected]


@settings(max_examples=400, deadline=None)
@given(st.data(), st.booleans())
def test_posture_of_a_recipe_that_shows_a_part(engine, data, crowded):
    ledger = data.draw(crowded_ledgers() if crowded else ledgers())
    recipe = data.draw(recipes(ledger.places, ledger.forces))
    day, known = data.draw(V), data.draw(K)
    episodes = resolve(ledger, by=recipe.by)
    rows = without(at(episodes, day, known), recipe.exclude_sources)
    expected = plain(shown(reconcile(rows), ledger, recipe))
    question = {"ask": "posture", "day": day, "known": known}
    assert engine.ask(payload(ledger, episodes, recipe), question) == [expected]


@settings(max_examples=200, deadline=None)
@given(ledgers(), POINTS, st.sets(st.sampled_from(MODALITIES)), st.sets(st.sampled_from(["courier", "gazette", "herald"])))
def test_posture_with_some_claims_switched_off(engine, ledger, point, modalities, publishers):
    day, known, by, stale_after = point
    episodes = resolve(ledger, by=by)
    off = [r.claim.id for r in episodes.records if r.claim.modality in modalities or r.publisher in publishers]
    rows = at(episodes, day, known)
    expected = plain(reconcile(rows.where(row["claim"] not in off for row in rows), stale_after=stale_after))
    question = {"ask": "posture", "day": day, "known": known, "stale_after": stale_after, "dropped": off}
    assert engine.ask(payload(ledger, episodes, Recipe("Test", "data")), question) == [expected]


@settings(max_examples=400, deadline=None)
@given(st.data(), st.booleans(), STALE)
def test_what_is_kept_from_step_to_step_is_what_is_worked_out_anew(engine, data, crowded, stale_after):
    ledger = data.draw(crowded_ledgers() if crowded else ledgers())
    recipe = data.draw(recipes(ledger.places, ledger.forces))
    ids = [claim.id for _, claim in ledger.claims()]
    drops = [[], data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))]
    moments = data.draw(st.lists(st.tuples(V, K, st.sampled_from([0, 0, 0, 1])), min_size=2, max_size=12))
    question = {"ask": "walk", "moments": moments, "drops": drops, "stale_after": stale_after}
    [answers] = engine.ask(payload(ledger, resolve(ledger, by=recipe.by), recipe), question)
    for kept, anew, untold in answers:
        assert kept == anew
        assert untold == []


def totals_of(engine, ledger, recipe, areas, day, known):
    episodes = resolve(ledger, by=recipe.by)
    rows = without(at(episodes, day, known), recipe.exclude_sources)
    expected = [plain(shown(totals(rows, reconcile(rows), area), ledger, recipe, "area")) for area in areas]
    questions = [{"ask": "totals", "day": day, "known": known, "area": area} for area in areas]
    assert engine.ask(payload(ledger, episodes, recipe), *questions) == expected
    return expected


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_totals(engine, data):
    ledger = data.draw(crowded_ledgers())
    recipe = data.draw(recipes(CROWDED_PLACES, CROWDED_FORCES))
    areas = [place.id for place in shown_areas(ledger, recipe)]
    totals_of(engine, ledger, recipe, areas, data.draw(st.integers(BASE, BASE + 8)), data.draw(st.sampled_from([None, BASE + 5])))


@settings(max_examples=500, deadline=None)
@given(sharing_ledgers(), st.integers(BASE, BASE + 8), st.sampled_from([(), ("shore",), ("land",)]))
def test_totals_with_shared_figures(engine, ledger, day, places):
    recipe = Recipe("Test", "data", places=places)
    totals_of(engine, ledger, recipe, [place.id for place in shown_areas(ledger, recipe)], day, None)


@settings(max_examples=200, deadline=None)
@given(ledgers(), POINTS)
def test_totals_of_all_kinds_of_claims(engine, ledger, point):
    totals_of(engine, ledger, Recipe("Test", "data", by=point[2]), ["land", "west"], point[0], point[1])


def shown_areas(ledger, recipe):
    chosen = set(recipe.places)
    return [
        place
        for place in ledger.places.values()
        if place.is_area and (not chosen or chosen & {place.id, *area_chain(ledger, place.id)})
    ]


@settings(max_examples=300, deadline=None)
@given(st.data(), V, K, V, K, STALE)
def test_compare(engine, data, first, known_before, second, known, stale_after):
    ledger = data.draw(ledgers())
    recipe = data.draw(recipes(PLACES, FORCES))
    compared(engine, ledger, recipe, ((first, known_before), (first, known), (second, known)), stale_after)


@settings(max_examples=500, deadline=None)
@given(st.one_of(sharing_ledgers(), crowded_ledgers()), st.tuples(*[st.integers(BASE, BASE + 8)] * 4))
def test_compare_of_figures(engine, ledger, days):
    first, known_before, second, known = days
    compared(engine, ledger, Recipe("Test", "data"), ((first, known_before), (first, known), (second, known)), 365)


def compared(engine, ledger, recipe, points, stale_after):
    episodes = resolve(ledger, by=recipe.by)
    postures = (reconcile(without(at(episodes, *point), recipe.exclude_sources), stale_after=stale_after) for point in points)
    expected = plain(shown(compare(*postures), ledger, recipe))
    question = {"ask": "compare", "before": points[0], "after": points[2], "stale_after": stale_after}
    assert engine.ask(payload(ledger, episodes, recipe), question) == [expected]


@settings(max_examples=60, deadline=None)
@given(ledgers(), K, STALE)
def test_nothing_changes_between_change_days(engine, ledger, known, stale_after):
    episodes = resolve(ledger)
    first, last = BASE - 40, BASE + 90
    questions = [{"ask": "posture", "day": day, "known": known, "stale_after": stale_after} for day in range(first, last)]
    ask = {"ask": "changes", "known": known, "stale_after": stale_after}
    changes, *postures = engine.ask(payload(ledger, episodes, Recipe("Test", "data")), ask, *questions)
    assert changes == sorted(set(changes))
    for lines in postures:
        for line in lines:
            del line["age_days"]
    changed = {first + n for n in range(1, len(postures)) if postures[n] != postures[n - 1]}
    assert changed <= set(changes)


@settings(max_examples=80, deadline=None)
@given(ledgers(), st.lists(st.tuples(V, K), min_size=1, max_size=30), STALE)
def test_the_belief_chart_says_what_posture_says(engine, ledger, points, stale_after):
    content = payload(ledger, resolve(ledger), Recipe("Test", "data"))
    asked = [{"ask": "posture", "day": day, "known": known, "stale_after": stale_after} for day, known in points]
    answers = engine.ask(content, *asked)
    keys = [(place, force) for place in PLACES for force in FORCES]
    chart = {"ask": "beliefPoints", "range": [BASE - 3, BASE + 70], "points": points, "stale_after": stale_after}
    charts = engine.ask(content, *({**chart, "place": place, "force": force} for place, force in keys))
    for (place, force), standings in zip(keys, charts, strict=True):
        lines = [[line for line in lines if (line["place"], line["force"]) == (place, force)] for lines in answers]
        assert standings == [found[0]["standing"] if found else None for found in lines]


@settings(max_examples=300, deadline=None)
@given(ledgers(), V, K, BY)
def test_why_claims_are_silent(engine, ledger, day, known, by):
    content = payload(ledger, resolve(ledger, by=by), Recipe("Test", "data"))
    (found,) = engine.ask(content, {"ask": "silent", "day": day, "known": known})
    upto = EVERYTHING if known is None else known
    claims = sorted(ledger.claims(), key=lambda pair: pair[1].id)
    expected = [
        [claim.id, place, silence(ledger, report, claim, place, day, upto, by)]
        for report, claim in claims
        for place in sorted(claim.places)
    ]
    assert found == expected


def silence(ledger, report, claim, place, day, known, by):
    """Why a claim gives no row at a place, straight from "A claim in force"; None if it does."""
    others = [(r.known_from, c.id, r, c) for r, c in ledger.claims() if r.known_from <= known]
    if report.known_from > known:
        return {"kind": "unknown", "day": report.known_from, "by": None}
    withdrawals = [(when, name) for when, name, _, c in others if c.replaces == claim.id]
    if withdrawals:
        return {"kind": "withdrawn", "day": min(withdrawals)[0], "by": min(withdrawals)[1]}
    if spoken(report, claim, day) is None:
        return {"kind": "elsewhen", "day": None, "by": None}
    withdrawn = {c.replaces for *_, c in others}
    newer = [
        (when, name)
        for when, name, r, c in others
        if place in c.places
        and c.force == claim.force
        and source_of(r, c, by) == source_of(report, claim, by)
        and when > report.known_from
        and MODALITIES.index(c.modality) >= MODALITIES.index(claim.modality)
        and spoken(r, c, day) == "certain"
        and name not in withdrawn
        and c.change is None
        and claim.change is None
    ]
    return {"kind": "replaced", "day": min(newer)[0], "by": min(newer)[1]} if newer else None


BOUNDS = (None, 0, 1, 5, 10, 11, 99, 100, 101, 999, 1000, 1001, 1999, 2500, 12_345, 9_999_999)
EMPTY = payload(Ledger(), resolve(Ledger()), Recipe("Test", "data"))


def test_figures_in_words(engine):
    figures = [(low, high, approx) for low in BOUNDS for high in BOUNDS for approx in (False, True)]
    (found,) = engine.ask(EMPTY, {"ask": "figures", "figures": figures})
    assert found == [show(low, high, approx=approx) for low, high, approx in figures]


def test_changes_in_words(engine):
    signed = [None, *(sign * bound for bound in BOUNDS if bound is not None for sign in (1, -1))]
    figures = [(low, high, approx) for low in signed for high in signed for approx in (False, True)]
    (found,) = engine.ask(EMPTY, {"ask": "changesInWords", "figures": figures})
    assert found == [show_change(low, high, approx=approx) for low, high, approx in figures]


def test_days_over_the_whole_calendar(engine):
    days = [*range(FIRST_DAY, LAST_DAY + 1, 97), *range(-1000, 30_000, 7), LAST_DAY]
    (found,) = engine.ask(EMPTY, {"ask": "days", "days": days})
    assert found == [[show_day(day), day] for day in days]


def test_the_engines_own_tests(node):
    files = sorted(map(str, ENGINE_TESTS.glob("*.test.js")))
    assert files
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["days", "figures", "model", "slice", "reconcile", "compare", "silent", "search"])
def test_there_is_a_test_of(name):
    assert (ENGINE_TESTS / f"{name}.test.js").exists()
