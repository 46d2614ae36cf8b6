"""Where an import goes: editions one after the other, folders that people work in, links and leftovers."""

from __future__ import annotations

import os

import pytest

from geoposture import questions
from geoposture.dates import parse_day
from geoposture.errors import InputProblems, UsageError
from geoposture.files import WriteError
from geoposture.importing import import_table, outcome_lines
from geoposture.questions import Scope
from geoposture.reading import read
from geoposture.resolution import resolve

from .counts import COUNTS, EXAMPLE

LEFT_OUT = "Guinea,GIN,2006,1,G,5,,\nAtlantis,,2006,1,G,5,,\n"
LISTED = "imports/counts-2010-01-15.csv"


def test_a_corrected_edition_is_shown_as_a_revision(tmp_path):
    out = tmp_path / "out"
    import_table(EXAMPLE / "counts.csv", COUNTS, output=out, published="2010-01-15")
    summary = import_table(EXAMPLE / "counts-corrected.csv", COUNTS, output=out, published="2012-06-30")
    assert (summary.claims, summary.revised, summary.unchanged) == (1, 1, 5)
    (changed,) = questions.changes(
        resolve(read(out)),
        parse_day("2006-08-15"),
        parse_day("2006-08-15"),
        Scope(places=("marland",)),
        known_before=parse_day("2011-01-01"),
    )
    assert (changed["revised"], changed["low_before"], changed["low_after"]) == (True, 4233, 1411)
    tail = questions.posture(resolve(read(out)), parse_day("2007-01-15"), Scope(places=("marland",)))
    assert [(row["low"], row["high"], row["figures"]) for row in tail] == [(1411, 1411, "agree")]


def test_editions_come_in_order_and_again_without_harm(imported):
    rows = "Guinea,GIN,2006,1,G,5,,\n"
    folder = imported(rows, published="2012").folder
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    summary = imported(rows, published="2012")
    assert summary.claims == 1
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    with pytest.raises(UsageError, match="in the order of their publication"):
        imported(rows, published="2011")


def test_what_an_edition_no_longer_has_is_said(imported):
    imported("Guinea,GIN,2006,1,G,5,,\nNiger,NER,2006,1,G,5,,\n", published="2010")
    summary = imported("Guinea,GIN,2006,1,G,5,,\n", published="2011")
    assert [name.partition("#")[2] for name in summary.missing] == ["niger-2006-q1"]
    assert any("stand" in line for line in outcome_lines(summary))


def test_an_edition_imported_again_leaves_no_report_behind(imported):
    folder = imported("Guinea,GIN,2006,1,G,5,,\nGuinea,GIN,2007,1,G,5,,\n").folder
    imported("Guinea,GIN,2006,1,G,5,,\n")
    assert [path.name for path in folder.glob("reports/*")] == ["counts-2010-01-15-2006.yaml"]


def test_people_files_only_grow(imported, worked):
    folder = worked(5)
    before = {path.name: path.read_text() for path in folder.glob("*.yaml")}
    imported("Guinea,GIN,2006,1,G,5,,\nMarland,,2006,1,G,5,,\n", data=folder)
    for name, text in before.items():
        assert (folder / name).read_text().startswith(text.rstrip("\n")), name
    ledger = read(folder)
    assert "guinea" in ledger.places
    assert "alliance" in ledger.forces
    # The folder has a Marland of its own, and it is the one that is meant.
    assert [claim.places for _, claim in ledger.claims() if claim.force == "alliance"] == [("guinea",), ("marland",)]


def test_what_people_changed_is_kept(imported):
    rows = "Guinea,GIN,2006,1,G,5,,\n"
    folder = imported(rows).folder
    report = folder / "reports" / "counts-2010-01-15-2006.yaml"
    report.write_text(report.read_text().replace("personnel: 5", "personnel: 6"))
    changed = report.read_bytes()
    with pytest.raises(UsageError, match="was changed since"):
        imported(rows)
    assert report.read_bytes() == changed
    assert not list(folder.parent.glob(".*.import"))


def test_a_folder_of_other_things_is_not_written_to(imported, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("x")
    with pytest.raises(UsageError, match="is no data folder"):
        imported("Guinea,GIN,2006,1,G,5,,\n")


@pytest.mark.parametrize("name", ["*", "**", "?ut", "[a-z]ut"])
def test_a_folder_of_any_name_sweeps_what_killed_runs_left_of_it_alone(name, imported, tmp_path):
    others = [tmp_path / ".cut.0a1b2c3d.import", tmp_path / f".{name}.my-notes.import"]
    left = tmp_path / f".{name}.0a1b2c3d.import"
    for folder in (*others, left):
        folder.mkdir()
    assert imported("Guinea,GIN,2006,1,G,5,,\n", output=tmp_path / name).claims == 1
    assert all(folder.is_dir() for folder in others)
    assert not left.exists()


@pytest.mark.parametrize("link", ["imports", LISTED])
def test_a_list_of_rows_left_out_is_not_written_through_a_link(link, imported, tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    imported("Guinea,GIN,2006,1,G,5,,\n")
    (out / link).parent.mkdir(exist_ok=True)
    (out / link).symlink_to(elsewhere if link == "imports" else elsewhere / "new.csv")
    with pytest.raises(InputProblems) as found:
        imported(LEFT_OUT)
    cure = "file-link: a symbolic link leads out of the folder. Copy what it leads to into the folder."
    assert str(found.value) == f"{out / LISTED}:1:1 {cure}"
    assert not list(elsewhere.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "out", "table.csv"]


def test_a_link_that_leads_to_itself_is_refused_where_a_list_is_to_be_written(imported, tmp_path):
    imported("Guinea,GIN,2006,1,G,5,,\n")
    (tmp_path / "out" / "imports").symlink_to("imports")
    with pytest.raises(InputProblems, match="file-unreadable"):
        imported(LEFT_OUT)


def test_a_link_to_another_folder_inside_is_followed(imported, tmp_path):
    imported("Guinea,GIN,2006,1,G,5,,\n")
    (tmp_path / "out" / "kept").mkdir()
    (tmp_path / "out" / "imports").symlink_to("kept")
    assert imported(LEFT_OUT).listing == tmp_path / "out" / LISTED
    assert [path.name for path in (tmp_path / "out" / "kept").iterdir()] == ["counts-2010-01-15.csv"]


@pytest.mark.parametrize("name", ["notes.yaml", "reports/.notes.yaml"])
def test_what_is_not_read_is_not_copied_for_the_check_either(name, imported, tmp_path):
    imported("Guinea,GIN,2006,1,G,5,,\n")
    (tmp_path / "out" / name).symlink_to(tmp_path / "nowhere")
    assert imported("Guinea,GIN,2006,1,G,6,,\n").claims == 1


def test_a_pipe_where_a_list_is_to_be_written_is_not_waited_for(imported, tmp_path):
    imported(LEFT_OUT)
    (tmp_path / "out" / LISTED).unlink()
    os.mkfifo(tmp_path / "out" / LISTED)
    with pytest.raises(WriteError, match="is not a file"):
        imported(LEFT_OUT)


def test_known_places_come_along_into_a_new_folder(imported, worked, tmp_path):
    mapping = COUNTS.model_copy(deep=True)
    mapping.places = ()
    summary = imported("fort ox,,2006,1,G,5,,\n", mapping=mapping, data=worked(5), output=tmp_path / "out")
    assert set(read(summary.folder).places) >= {"fort-ox", "marland"}


def test_somewhere_to_write_must_be_said(imported, tmp_path):
    with pytest.raises(UsageError, match="-o DIR"):
        import_table(EXAMPLE / "counts.csv", COUNTS, published="2010")
    with pytest.raises(UsageError, match="--published"):
        imported("Guinea,GIN,2006,1,G,5,,\n", published=None)
    with pytest.raises(UsageError, match="--published"):
        imported("Guinea,GIN,2006,1,G,5,,\n", published="2010/..")
    with pytest.raises(WriteError):
        imported("Guinea,GIN,2006,1,G,5,,\n", output=tmp_path / "table.csv" / "out")
