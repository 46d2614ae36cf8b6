"""Every folder of tests/bad: files laid over the good base folder, and the lines that check must print.

Those with a question of their own (`asked.txt`), which are about tables, are asked it in tests/hostile/test_corpus.py.
"""

from __future__ import annotations

import shutil

import pytest

from geoposture.errors import InputProblems
from geoposture.reading import check, read
from geoposture.reading.codes import CODES

from .conftest import TESTS

EVERY = sorted(path for path in (TESTS / "bad").iterdir() if path.is_dir())
CASES = [case for case in EVERY if not (case / "asked.txt").exists()]
MADE_HERE = {"file-link", "file-size", "file-unreadable"}
"""Codes of files that no repository can hold, which test_files.py makes."""


def laid_over(case, folder):
    """Put the files of a case over the good folder, and take away those that it names in removed.txt."""
    for name in ("data", "maps", "texts"):
        if (case / name).is_dir():
            shutil.copytree(case / name, folder / name, dirs_exist_ok=True)
    removed = case / "removed.txt"
    for name in removed.read_text(encoding="utf-8").split() if removed.is_file() else []:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_check_prints_what_is_expected(case, folder, capsys):
    laid_over(case, folder)
    texts = "texts" if (folder / "texts").is_dir() else None
    problems = check("data", texts=texts)
    assert [str(problem) for problem in problems] == (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    errors = [problem for problem in problems if not problem.warning and problem.file.startswith("data")]
    if errors:
        with pytest.raises(InputProblems) as raised:
            read("data", texts=texts)
        assert set(errors) <= set(raised.value.problems)
    else:
        read("data", texts=texts)
    assert capsys.readouterr() == ("", "")


def test_every_code_has_a_case():
    # Imports have codes of their own.
    cases = [case for case in EVERY if not case.name.startswith("import-")]
    text = "\n".join((case / "expected.txt").read_text(encoding="utf-8") for case in cases)
    seen = {line.split(": ")[0].split()[-1] for line in text.splitlines() if line}
    assert seen | MADE_HERE == set(CODES)


def test_messages_are_lines_of_plain_text():
    for case in EVERY:
        text = (case / "expected.txt").read_text(encoding="utf-8")
        assert all(char.isprintable() for line in text.split("\n") for char in line), case.name
