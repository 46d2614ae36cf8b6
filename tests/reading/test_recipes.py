"""Recipes of maps, alone and with a ledger."""

from __future__ import annotations

import pytest

from geoposture.dates import parse_day
from geoposture.errors import InputProblems
from geoposture.ledger import Recipe
from geoposture.reading import read, read_recipe


def codes(path, ledger=None):
    with pytest.raises(InputProblems) as raised:
        read_recipe(path, ledger)
    return [(problem.line, problem.column, problem.code) for problem in raised.value.problems]


def test_a_recipe_in_full(folder):
    recipe = read_recipe(folder / "maps" / "base.yaml", read("data"))
    assert recipe == Recipe(
        title="Posture in Marland",
        data="../data",
        day=parse_day("2025-05-20"),
        known=parse_day("2025-06-30"),
        compare=parse_day("2025-05-01"),
        by="voice",
        forces=("alliance",),
        places=("marland",),
        exclude_sources=("wire/unnamed",),
        stale_after_days=None,
        tiles=None,
    )


def test_defaults(folder):
    path = folder / "r.yaml"
    path.write_text("title: A map\n")
    assert read_recipe(path) == Recipe(title="A map", data="../data")
    path.write_text("title: A map\ntiles: OpenStreetMap.Mapnik\nstale_after_days: 30\n")
    assert read_recipe(str(path)) == Recipe(title="A map", data="../data", tiles="OpenStreetMap.Mapnik", stale_after_days=30)


def test_ids_are_checked_with_a_ledger_only(folder):
    path = folder / "r.yaml"
    path.write_text("title: A map\nforces: [reds]\n")
    assert read_recipe(path).forces == ("reds",)
    assert codes(path, read("data")) == [(2, 10, "force-unknown")]


def test_names_of_sources_follow_by(folder):
    path, ledger = folder / "r.yaml", read("data")
    path.write_text("title: A map\nexclude_sources: [courier, a]\n")
    assert codes(path, ledger) == [(2, 28, "source-unknown")]
    path.write_text("title: A map\nby: report\nexclude_sources: [courier, a]\n")
    assert read_recipe(path, ledger).exclude_sources == ("courier", "a")
    path.write_text("title: A map\nby: voice\nexclude_sources: [a/unnamed-officials, b/minister]\n")
    assert codes(path, ledger) == [(3, 40, "source-unknown")]


def test_what_is_no_recipe(folder):
    assert codes(folder / "none.yaml") == [(1, 1, "file-missing")]
    assert codes(folder / "maps") == [(1, 1, "file-kind")]
    assert codes(folder / "data" / "forces.yaml") == [(1, 1, "key-missing"), (2, 5, "value-kind"), (3, 5, "value-kind")]


def test_a_recipe_of_other_data_is_left_alone(found, folder):
    (folder / "other").mkdir()
    assert found({"maps/x.yaml": "title: A map\ndata: ../other\nforces: [blue]\ncolour: red\n"}) == []


def test_recipes_can_be_left_out(found):
    broken = {"maps/x.yaml": "colour: red\n"}
    assert found(broken, recipes=False) == []
    assert found() == ["maps/x.yaml:1:1 key-missing", "maps/x.yaml:1:1 key-unknown"]


def test_broken_data_makes_no_ids_of_recipes_unknown(found):
    assert found({"data/gazetteer.yaml": "places: x\n", "data/forces.yaml": ""}) == [
        "data/forces.yaml:1:1 yaml-empty",
        "data/gazetteer.yaml:1:9 value-kind",
    ]


def test_a_linked_recipe_out_of_the_folder_is_refused(found, folder):
    (folder / "secret").write_text("title: A map\n")
    (folder / "maps" / "x.yaml").symlink_to("../secret")
    assert found() == ["maps/x.yaml:1:1 file-link"]
