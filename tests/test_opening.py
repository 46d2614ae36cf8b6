"""One door: a folder, a claims file and a resolved file give the same answers, and say what they cannot give."""

from __future__ import annotations

import shutil

import pytest

from geoposture import questions
from geoposture.dates import parse_day
from geoposture.errors import InputProblems, UsageError
from geoposture.opening import check_data, open_ledger, open_resolved, open_whole
from geoposture.packing.resolving import resolve_file
from geoposture.packing.writing import pack
from geoposture.timeslice import everything

from .conftest import ROOT

DATA = ROOT / "data"
DAY, BEFORE = parse_day("2026-01-20"), parse_day("2025-10-21")


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The shipped data in its three forms."""
    folder = tmp_path_factory.mktemp("packed")
    claims, episodes = folder / "claims.parquet", folder / "episodes.parquet"
    pack(open_ledger(DATA), claims)
    resolve_file(claims, episodes)
    return {"folder": DATA, "claims": claims, "episodes": episodes}


@pytest.mark.parametrize("form", ["claims", "episodes"])
def test_every_form_gives_the_same_answers(places, form):
    folder, packed = open_resolved(places["folder"]), open_resolved(places[form])
    scope = questions.Scope(known=parse_day("2026-01-18"))
    for ask in (
        lambda episodes: questions.rows(episodes, DAY, scope),
        lambda episodes: questions.posture(episodes, DAY, scope),
        lambda episodes: questions.changes(episodes, BEFORE, DAY, scope),
        lambda episodes: questions.totals(episodes, "iraq", DAY, scope),
        lambda episodes: questions.timeline(episodes, "ain-al-asad", scope),
        lambda episodes: everything(open_whole(places["folder" if episodes is folder else form])),
    ):
        assert list(ask(packed)) == list(ask(folder))


def test_a_gazetteer_stands_in_for_the_places_of_a_file(places, tmp_path):
    text = (DATA / "gazetteer.yaml").read_text(encoding="utf-8")
    gazetteer = tmp_path / "places.yaml"
    gazetteer.write_text(text.replace("name: Iraq\n", "name: Republic of Iraq\n"), encoding="utf-8")
    found = open_resolved(places["claims"], gazetteer=gazetteer)
    assert found.ledger.places["iraq"].name == "Republic of Iraq"
    assert found.ledger.sources.keys() == open_resolved(places["claims"]).ledger.sources.keys()


def test_a_folder_stands_in_for_the_footer_of_a_foreign_table(places, tmp_path):
    import pyarrow.parquet as pq

    foreign = tmp_path / "foreign.parquet"
    pq.write_table(pq.read_table(places["claims"]).replace_schema_metadata(None), foreign)
    with pytest.raises(InputProblems, match="table-footer"):
        open_resolved(foreign)
    found = open_resolved(foreign, gazetteer=DATA)
    assert list(questions.rows(found, DAY)) == list(questions.rows(open_resolved(DATA), DAY))


def test_a_gazetteer_without_the_place_is_refused(places, tmp_path):
    gazetteer = tmp_path / "places.yaml"
    gazetteer.write_text("places:\n  - {id: moon, name: Moon, kind: camp, lat: 1, lon: 1}\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="place-unknown"):
        open_resolved(places["claims"], gazetteer=gazetteer)


def test_what_a_form_cannot_give_is_said(places):
    with pytest.raises(UsageError, match="Leave --gazetteer out"):
        open_ledger(DATA, DATA)
    with pytest.raises(UsageError, match="is resolved already"):
        open_ledger(places["episodes"])
    with pytest.raises(UsageError, match="was resolved by publisher, not by voice"):
        open_resolved(places["episodes"], "voice")


def test_checking_a_packed_table(places, tmp_path):
    assert check_data(places["claims"]) == []
    torn = tmp_path / "torn.parquet"
    shutil.copyfile(places["claims"], torn)
    torn.write_bytes(torn.read_bytes()[:2000])
    assert [problem.code for problem in check_data(torn)] == ["table-file"]
    with pytest.raises(UsageError, match="--texts"):
        check_data(places["claims"], texts=tmp_path)
