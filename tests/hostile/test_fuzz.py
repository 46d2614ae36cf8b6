"""Mutants of good files through every command: each is done, or ends in coded problems. `make fuzz` tries a million."""

from __future__ import annotations

import importlib
import io
import multiprocessing as mp
import os
import re
import zipfile

import pytest

from . import asking, fuzz
from .asking import Outcome, fault
from .kinds import KINDS, mutant
from .trial import ROOM, Finding, Ground, TooLong, time_limit

MUTANTS = int(os.environ.get("GEOPOSTURE_MUTANTS", "20000"))


def test_no_mutant_gets_more_than_an_answer_or_coded_problems():
    total = fuzz.fuzz("tests", fuzz.left(MUTANTS, set()), workers=min(2, os.cpu_count() or 1))
    assert not total.findings, "\n".join(total.lines())
    assert total.mutants == MUTANTS
    assert total.endings["done"] > MUTANTS * 0.1, "most mutants must not be refused at the door"
    assert total.most_memory * 1000 < ROOM


def test_a_mutant_is_made_again_from_its_number():
    for number in range(300):
        first, second = mutant("x", number), mutant("x", number)
        assert (first[0].name, first[1]) == (second[0].name, second[1])
    assert {mutant("x", number)[0].name for number in range(2000)} == {kind.name for kind in KINDS}


def test_a_book_does_not_say_when_it_was_made():
    (seed,) = next(kind for kind in KINDS if kind.name == "excel").seeds()
    with zipfile.ZipFile(io.BytesIO(seed)) as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert set(re.findall(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}", book.read("docProps/core.xml"))) == {b"2007-01-31"}


def test_a_worker_that_dies_is_a_finding_and_the_others_are_tried_all_the_same():
    killed = []

    def kill_once(chunk, tally):
        if not killed:
            killed.append(True)
            for child in mp.active_children():
                child.kill()

    total = fuzz.fuzz("x", [range(5), range(5, 400), range(400, 405)], workers=1, done=kill_once)
    assert [found.kind for found in total.findings] == ["?"]
    assert "died, exit code -9" in total.findings[0].fault
    assert total.mutants == 405


def test_what_is_through_is_not_tried_again(tmp_path):
    log = fuzz.Log(tmp_path / "log")
    log.write(range(500), fuzz.Tally(500, findings=[Finding(7, "csv", "import", "it broke")]))
    log.write(range(700, 1000), fuzz.Tally(300))
    total, through = log.read()
    assert (total.mutants, [found.number for found in total.findings]) == (800, [7])
    assert list(fuzz.left(1200, through)) == [range(500, 700), range(1000, 1200)]


@pytest.mark.parametrize(
    ("command", "outcome", "wrong"),
    [
        ("check", Outcome(0, "data: no errors, no warnings\n", ""), None),
        ("check", Outcome(1, "a.yaml:1:2 cycle: a → a. Break it.\ndata: 1 error, no warnings\n", ""), None),
        ("check", Outcome(1, "a.yaml:1:2 no-such-code: x\ndata: 1 error, no warnings\n", ""), "no problem"),
        ("check", Outcome(1, "a.yaml:1:2 cycle: \x1b[31m\ndata: 1 error, no warnings\n", ""), "not plain"),
        ("check", Outcome(0, "data: no errors, no warnings\n", "Warning: x\n"), "stderr"),
        ("at", Outcome(1, "", "geoposture: out.csv: cannot be written: No space left on device.\n"), None),
        ("at", Outcome(1, "", "Aborted!\n"), "no problem"),
        ("at", Outcome(1, "", ""), "without a word"),
        ("at", Outcome(2, "", 'geoposture: place "x" is unknown.\n'), None),
        ("at", Outcome(2, "", "Usage: geoposture at\nError\n"), "not one line"),
        ("at", Outcome(-11, "", ""), "exit status"),
        ("at", Outcome(None, "", "", "Traceback …"), "Traceback"),
    ],
)
def test_the_judge_sees_what_is_no_good_order(command, outcome, wrong):
    found = fault((command,), outcome)
    assert (found is None) if wrong is None else wrong in (found or "")


def test_a_defect_in_a_reader_is_found(tmp_path, monkeypatch):
    # The room's function of this name hides its module.
    check = importlib.import_module("geoposture.reading.check")
    monkeypatch.chdir(tmp_path)
    kinds = tuple(kind for kind in KINDS if kind.name == "sources")
    ground = Ground(tmp_path / "ground", kinds)
    monkeypatch.setattr(check, "check_sources", lambda draft: 1 / 0)
    assert "ZeroDivisionError" in ground.try_mutant("x", 1).finding.fault


def test_the_clock_ends_what_takes_too_long():
    def forever():
        while True:
            pass

    with pytest.raises(TooLong), time_limit(0.05):
        forever()


def test_a_command_that_ends_by_an_error_is_caught_whole(monkeypatch):
    class Broken:
        def main(self, *_, **__):
            raise RuntimeError("broken")

    monkeypatch.setattr(asking, "_application", Broken)
    assert "RuntimeError: broken" in asking.run(["check"]).crash
