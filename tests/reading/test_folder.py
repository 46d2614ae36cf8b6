"""Which files of a folder are read, and which are said to lie idle."""

from __future__ import annotations

from pathlib import Path

import pytest

from geoposture.reading.codes import Refused
from geoposture.reading.folder import Folder, is_folder, yaml_files

GOOD = "publisher: courier\npublished: 2025\n"


def test_only_yaml_files_of_the_folder_itself_are_reports(folder):
    reports = folder / "data" / "reports"
    for name in ("x.yml", ".y.yaml", "z.YAML", "notes.md"):
        (reports / name).write_text(GOOD)
    (reports / "more").mkdir()
    (reports / "more" / "w.yaml").write_text(GOOD)
    assert yaml_files(Folder(Path("data")), "reports") == ["a.yaml", "b.yaml"]


def test_what_lies_idle_is_said(found):
    files = (
        "data/reports/x.yml",
        "data/reports/.y.yaml",
        "data/reports/z.YAML",
        "data/reports/notes.md",
        "data/reports/more/deep/w.yaml",
    )
    idle = [*files[:3], files[4], "data/gazetteer.yml", "data/claims.yaml"]
    assert sorted(found(dict.fromkeys([*files, *idle], GOOD))) == sorted(f"{name}:1:1 file-unused" for name in idle)


def test_a_folder_that_is_not_there_has_no_files(folder):
    assert yaml_files(Folder(folder), "nothing") == []


def test_a_folder_that_cannot_be_listed(folder, monkeypatch):
    def denied(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(Refused, match="Permission denied"):
        yaml_files(Folder(folder / "data"), "reports")


def test_names_are_shown_short(folder):
    assert Folder(Path("./data/")).shown("reports", "x.yaml") == "data/reports/x.yaml"
    assert Folder(Path("data/..")).shown("maps") == "maps"


def test_names_that_no_folder_can_have():
    assert not is_folder(Path("a" * 5000))
    assert not is_folder(Path("a\0"))
