"""A new project: it passes its check without a warning, its map builds, its schemas accept its files, and nothing is written over."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from geoposture.errors import UsageError
from geoposture.files import WriteError
from geoposture.reading import KINDS, check, json_schema
from geoposture.scaffolding import project_files, start_project


def run(*words, cwd):
    command = [sys.executable, "-m", "geoposture", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def test_a_new_project_from_nothing_to_a_map(tmp_path):
    made = run("new", "project", "mine", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert "cd mine && geoposture map" in made.stdout
    project = tmp_path / "mine"
    files = {str(file.relative_to(project)).replace(os.sep, "/") for file in project.rglob("*") if file.is_file()}
    assert files == set(project_files())
    assert {".gitignore", ".vscode/settings.json", "README.md", "data/gazetteer.yaml", "maps/first.yaml"} <= files
    checked = run("check", cwd=project)
    assert (checked.returncode, checked.stdout) == (0, "data: no errors, no warnings\n")
    built = run("map", cwd=project)
    assert (built.returncode, built.stderr) == (0, "")
    page = (project / "maps" / "first.html").read_text(encoding="utf-8")
    assert "US forces in Iceland, 2006" in page
    posture = run("posture", "2006-06-01", "--format", "json", cwd=project)
    (line,) = json.loads(posture.stdout)
    assert (line["place"], line["standing"], line["low"]) == ("keflavik", "present", 1200)


def test_the_commands_of_its_readme_run(tmp_path):
    start_project(tmp_path / "mine")
    text = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^geoposture ([^#\n]+)", text, re.MULTILINE)
    assert len(commands) == 6
    for command in commands:
        words = command.split()
        if "--watch" in words or "ICAO" in words:
            continue
        result = run(*[word for word in words if word != "--open"], cwd=tmp_path / "mine")
        assert (result.returncode, result.stderr) == (0, ""), command


def test_each_yaml_file_names_the_schema_of_its_kind_and_the_editor_is_told_the_same(tmp_path):
    project = tmp_path / "mine"
    start_project(project)
    settings = json.loads((project / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert [*settings] == [f"./schema/{kind}.schema.json" for kind in ("gazetteer", "forces", "sources", "report", "recipe")]
    for schema, pattern in settings.items():
        (file,) = project.glob(pattern)
        first = file.read_text(encoding="utf-8").splitlines()[0]
        named = (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        assert named == (project / schema).resolve()
        kind = Path(schema).name.partition(".")[0]
        assert json.loads(named.read_text(encoding="utf-8")) == json_schema(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_its_files_are_valid_by_their_schemas(kind):
    file = {"report": "data/reports/example-courier-2006-03-16.yaml", "recipe": "maps/first.yaml"}.get(kind, f"data/{kind}.yaml")
    # Dates are strings in these files, as the format says.
    content = yaml.load(project_files()[file], Loader=yaml.BaseLoader)
    for place in content.get("places", ()) if kind == "gazetteer" else ():
        place["lat"], place["lon"] = float(place["lat"]), float(place["lon"])
    jsonschema.validate(content, json_schema(kind))


@pytest.mark.parametrize("thing", ["file", "folder", "empty", "link"])
def test_nothing_is_written_over(thing, tmp_path):
    target = tmp_path / "mine"
    if thing == "file":
        target.write_text("x")
    elif thing == "link":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
        if thing == "folder":
            (target / "a").write_text("x")
    before = sorted(tmp_path.rglob("*"))
    result = run("new", "project", "mine", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, "geoposture: mine: exists. Name a new folder.\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_it_is_all_or_nothing(tmp_path, monkeypatch):
    from geoposture import files

    written = []

    def full(path, content):
        written.append(path)
        if len(written) == 5:
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr(files, "_write_synced", full)
    with pytest.raises(WriteError, match="No space left on device"):
        start_project(tmp_path / "mine")
    assert [*tmp_path.iterdir()] == []


def test_what_a_killed_run_left_is_swept(tmp_path):
    (tmp_path / ".mine.01234567.tmp" / "data").mkdir(parents=True)
    (tmp_path / ".other.01234567.tmp").mkdir()
    start_project(tmp_path / "mine")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".other.01234567.tmp", "mine"]


def test_a_folder_that_is_missing(tmp_path):
    with pytest.raises(WriteError, match="cannot be written"):
        start_project(tmp_path / "none" / "mine")
    with pytest.raises(UsageError, match="exists"):
        start_project(tmp_path)


def test_the_same_bytes_every_time_and_no_warning(tmp_path):
    start_project(tmp_path / "a")
    start_project(tmp_path / "b")
    for name in project_files():
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert check(tmp_path / "a" / "data") == []
