"""Recipes to pages: all recipes are checked before the first page is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from geoposture.errors import InputProblems
from geoposture.mapping import build


def recipe(folder, name, text):
    (folder / "maps").mkdir(exist_ok=True)
    path = folder / "maps" / f"{name}.yaml"
    path.write_text(text)
    return path


def test_each_page_stands_beside_its_recipe_and_is_the_same_twice(worked, tmp_path):
    worked(5)
    one = recipe(tmp_path, "one", "title: One\ndata: ../data\n")
    two = recipe(tmp_path, "two", "title: Two\ndata: ../data\nplaces: [westreach]\n")
    pages = list(build([one, two]))
    assert [page.path for page in pages] == [one.with_suffix(".html"), two.with_suffix(".html")]
    first = pages[0].path.read_bytes()
    assert len(first) == pages[0].size
    assert next(iter(build([one]))).path.read_bytes() == first


def test_data_and_output_may_be_named(worked, tmp_path):
    data = worked(5)
    (tmp_path / "elsewhere").mkdir()
    lonely = recipe(tmp_path / "elsewhere", "one", "title: One\ndata: ../nowhere\n")
    (page,) = build([lonely], data=data, output=tmp_path / "page.html")
    assert page.path == tmp_path / "page.html"
    assert page.path.exists()


def test_problems_of_all_recipes_come_together_and_nothing_is_written(worked, tmp_path):
    worked(5)
    good = recipe(tmp_path, "good", "title: Good\ndata: ../data\n")
    bad = recipe(tmp_path, "bad", "title: Bad\ndata: ../data\nplaces: [westreech]\n")
    worse = recipe(tmp_path, "worse", "titel: Worse\ndata: ../data\nday: 2025-02-30\n")
    with pytest.raises(InputProblems) as caught:
        list(build([good, bad, worse]))
    files = {Path(problem.file).name for problem in caught.value.problems}
    assert files == {"bad.yaml", "worse.yaml"}
    assert "westreach" in str(caught.value)
    assert not list(tmp_path.glob("maps/*.html"))


def test_a_missing_recipe_is_a_problem_of_its_own(tmp_path):
    with pytest.raises(InputProblems, match="none"):
        list(build([tmp_path / "none.yaml"]))
