"""The corpus of bad input is large enough, and each case has a good twin: what the rule wants, seen to pass."""

from __future__ import annotations

import shutil

import pytest

from geoposture.reading import check, read

from .kinds import BASE, ROOT

CASES = sorted(path for path in (ROOT / "tests" / "bad").iterdir() if path.is_dir())


def test_the_corpus_has_at_least_150_cases():
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_good_twin_passes(case, tmp_path, monkeypatch):
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(case / "good", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    texts = "texts" if (tmp_path / "texts").is_dir() else None
    assert [str(problem) for problem in check("data", texts=texts)] == []
    read("data", texts=texts)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_twin_is_another(case):
    """A twin that had the bad file itself, or nothing, would show nothing."""
    twin = {
        path.relative_to(case / "good").as_posix(): path.read_bytes() for path in (case / "good").rglob("*") if path.is_file()
    }
    bad = {path.relative_to(case).as_posix(): path.read_bytes() for path in case.rglob("*") if path.is_file()}
    assert twin
    assert any(bad.get(name) != content for name, content in twin.items())
