"""The corpus of bad input is large enough, and each case has a good twin: what the rule wants, seen to pass.

Cases that are tables, most of them found by fuzzing, have a question of their own: they are asked it here (tools/bad_tables.py
writes them), and the others in tests/reading/test_bad_input.py.
"""

from __future__ import annotations

import shutil

import pytest

from geoposture.reading import check, read

from .asking import run
from .kinds import BASE, ROOT

CASES = sorted(path for path in (ROOT / "tests" / "bad").iterdir() if path.is_dir())
TABLES = [case for case in CASES if (case / "asked.txt").exists()]


def asked(case, folder, *laid):
    """Ask the question of a case in the good folder, over which these folders are laid."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for one in laid:
        shutil.copytree(one, folder, dirs_exist_ok=True)
    return run((case / "asked.txt").read_text(encoding="utf-8").split())


def test_the_corpus_has_at_least_150_cases():
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", TABLES, ids=[case.name for case in TABLES])
def test_a_table_is_refused_as_expected(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = asked(case, tmp_path, case)
    assert (found.status, found.crash) == (1, "")
    said = "".join(found.out.splitlines(keepends=True)[:-1]) if found.out else found.err
    assert said == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_good_twin_passes(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if case in TABLES:
        found = asked(case, tmp_path, case, case / "good")
        assert (found.status, found.crash) == (0, "")
        return
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(case / "good", tmp_path, dirs_exist_ok=True)
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
