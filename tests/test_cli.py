"""The command line: what it prints, its exit status, and what it does not load."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from geoposture.frames import CHANGES, EPISODES, POSTURE, ROWS, TOTALS

from .hostile import asking


def run(*arguments, cwd=".", code=None):
    """What a command prints, in this process: starting one takes ten times as long as most commands."""
    with contextlib.chdir(cwd):
        done = asking.run([*map(str, arguments)])
    assert done.crash == ""
    if code is not None:
        assert done.status == code, done
    return done.out, done.err


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        (("at", "2025-05-10"), ROWS),
        (("posture", "2025-05-10"), POSTURE),
        (("compare", "2025-05-01", "2025-05-10"), CHANGES),
        (("totals", "marland", "2025-05-10"), TOTALS),
    ],
)
def test_json_has_the_documented_columns_in_order(command, columns, worked):
    out, _ = run(*command, "--data", worked(5), "--format", "json", code=0)
    rows = json.loads(out)
    assert rows
    assert all(list(row) == list(columns) for row in rows)


def test_the_columns_of_the_page():
    """The lists of columns that other people's programs rely on."""
    assert " ".join(ROWS) == (
        "claim report source publisher voice place place_name place_kind within force part_of status modality certainty basis "
        "qualified low high approx change_low change_high shared_low shared_high shared_with when published known_from "
        "certain_from valid_from valid_to age_days reliability credibility quote says url geometry"
    )
    assert " ".join(POSTURE) == (
        "place place_name place_kind force standing certainty basis low high approx figures outlook_low outlook_high "
        "outlook_figures reports sources origins fresh age_days claims implied overtaken stale changes outlook geometry"
    )
    assert " ".join(CHANGES) == (
        "place place_name force before after low_before high_before low_after high_after delta_low delta_high change revised "
        "evidence_before evidence_after geometry"
    )
    assert " ".join(TOTALS) == "area force standing stated_low stated_high sites_low sites_high sites explained"
    assert [*EPISODES] == [name for name in ROWS if name not in ("basis", "age_days")] + [
        "episode_known_from",
        "episode_known_to",
    ]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("at", "2025-02-30"), "2025-02-30"),
        (("at", "yesterday"), "YYYY-MM-DD"),
        (("at", "2025-05-10", "--known", "2025"), "YYYY-MM-DD"),
        (("at", "2025-05-10", "--place", "fort-oxx"), "Did you mean fort-ox?"),
        (("at", "2025-05-10", "--force", "blue"), "blue"),
        (("at", "2025-05-10", "--by", "author"), "publisher, report, voice"),
        (("at", "2025-05-10", "--stale-after", "soon"), "never"),
        (("at", "2025-05-10", "--stale-after", "-1"), "never"),
        (("at", "2025-05-10", "--format", "xml"), "geojson"),
        (("at", "2025-05-10", "-o", "rows.shp"), ".geojson"),
        (("at", "2025-05-10", "-o", "rows.csv", "--format", "json"), "does not fit"),
        (("totals", "dun", "2025-05-10"), "dun"),
        (("totals", "atlantis", "2025-05-10"), "atlantis"),
        (("timeline", "atlantis"), "atlantis"),
        (("schema", "report-s"), "recipe"),
        (("at",), "DAY"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_line_that_helps(command, says, worked):
    data = worked(5)
    options = () if command[0] in ("schema", "nonsense") else ("--data", data)
    out, err = run(*command, *options, cwd=data, code=2)
    assert says in err
    assert out == ""


def test_problems_are_exit_1_and_all_are_listed(worked):
    data = worked(1)
    for name, text in (("x", "publisher: courrier\npublished: 2025-13-01\n"), ("y", "publisher: gazette\npublished: [\n")):
        (data / "reports" / f"{name}.yaml").write_text(text)
    out, _ = run("check", "--data", data, code=1)
    assert "x.yaml:1:" in out
    assert "x.yaml:2:" in out
    assert "y.yaml:" in out
    for command in (("at", "2025-05-10"), ("compare", "2025-05-01", "2025-05-10"), ("timeline", "dun")):
        out, err = run(*command, "--data", data, "--format", "json", code=1)
        assert out == ""
        assert "x.yaml:1:" in err


def test_files_are_written_by_suffix(worked, tmp_path):
    data = worked(1)
    run("posture", "2025-06-15", "--data", data, "-o", tmp_path / "lines.json", code=0)
    out, _ = run("posture", "2025-06-15", "--data", data, "--format", "json", code=0)
    assert (tmp_path / "lines.json").read_text() == out
    run("export", "-o", tmp_path / "all.geojson", "--data", data, code=0)
    assert len(json.loads((tmp_path / "all.geojson").read_text())["features"]) == 2


def test_export_writes_linked_places_and_a_project_beside_a_package(worked, tmp_path):
    data = worked(1)
    run("export", "-o", tmp_path / "a.lpf.json", "--data", data, code=0)
    assert json.loads((tmp_path / "a.lpf.json").read_text(encoding="utf-8"))["features"]
    run("export", "-o", tmp_path / "b.gpkg", "--project", "--data", data, code=0)
    assert (tmp_path / "b.qgz").exists()
    _, err = run("export", "-o", tmp_path / "b.kml", "--project", "--data", data, code=2)
    assert ".gpkg" in err
    _, err = run("at", "2025-05-10", "-o", tmp_path / "rows.lpf.json", "--data", data, code=2)
    assert "geoposture export" in err


def test_force_and_place_keep_what_is_part_of_them(worked):
    data = worked(1)
    out, _ = run("posture", "2025-06-15", "--data", data, "--force", "alliance", "--place", "marland", "--format", "json", code=0)
    assert [(line["place"], line["force"]) for line in json.loads(out)] == [("fort-ox", "red"), ("westreach", "alliance")]
    out, _ = run("posture", "2025-06-15", "--data", data, "--force", "red", "--format", "json", code=0)
    assert [line["force"] for line in json.loads(out)] == ["red"]


def test_new_writes_a_skeleton_once(tmp_path):
    run("new", "report", tmp_path / "mine.yaml", code=0)
    assert "published:" in (tmp_path / "mine.yaml").read_text()
    _, err = run("new", "report", tmp_path / "mine.yaml", code=2)
    assert "exists" in err


def test_output_does_not_depend_on_the_locale_or_the_hash_seed(worked):
    import os

    data = worked(9)
    seen = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Baghdad"), ("2", "C", "America/New_York")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        for form in ("json", "csv", "geojson", "table"):
            command = [sys.executable, "-m", "geoposture", "at", "2025-06-25", "--data", str(data), "--format", form]
            result = subprocess.run(command, capture_output=True, check=True, env=environment)
            seen.add((form, result.stdout))
    assert len(seen) == 4


HEAVY = ("folium", "matplotlib", "geopandas", "pandas", "shapely", "jinja2", "branca", "pyspark")


@pytest.mark.parametrize(
    "code",
    [
        "import geoposture",
        "import geoposture.cli as c; c.app(['check', '--data', DATA], standalone_mode=False)",
        "import geoposture.cli as c; c.app(['at', '2025-06-15', '--format', 'json', '--data', DATA], standalone_mode=False)",
        "import geoposture.cli as c; c.app(['posture', '2025-06-15', '--format', 'csv', '--data', DATA], standalone_mode=False)",
    ],
)
def test_a_command_loads_no_heavy_library(code, worked):
    tail = f"\nimport sys; loaded = [name for name in {HEAVY!r} if name in sys.modules]; assert not loaded, loaded"
    script = f"DATA = {str(worked(1))!r}\n{code}{tail}"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode()


def test_a_place_is_found_by_its_spelling(worked):
    out, _ = run("place", "FORT OX", "--data", worked(5), code=0)
    assert out.startswith("fort-ox  Fort Ox Air Base  ")


def test_a_place_that_cannot_be_told_is_not_chosen(worked):
    out, _ = run("place", "Atlantis", "--data", worked(5), code=1)
    assert "No place is called" in out


def test_a_table_is_imported(tmp_path):
    example = Path(__file__).parents[1] / "docs" / "examples" / "import"
    out, _ = run(
        "import",
        example / "counts.csv",
        "--map",
        example / "counts.yaml",
        "-o",
        "out",
        "--published",
        "2010",
        cwd=tmp_path,
        code=0,
    )
    assert out.startswith("10 rows read, 3 places named, 3 of them new in out\n6 claims made in 1 report\n")
    run("check", "--data", "out", cwd=tmp_path, code=0)


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--map", "troopdatta", "-o", "out"), 2, "Did you mean troopdata?"),
        (("--map", "troopdata"), 2, "-o DIR"),
        (("--map", "troopdata", "-o", "out"), 2, "--published YYYY-MM-DD"),
        (("--map", "troopdata", "-o", "out", "--published", "soon"), 2, "--published"),
        (("--map", "troopdata", "-o", "out", "--published", "2026", "--encoding", "klingon"), 2, "latin-1"),
        (
            ("--map", "troopdata", "-o", "out", "--published", "2026"),
            1,
            't.csv:1:1 column-unknown: the mapping asks for a column "troops_ad"',
        ),
        (("--map", "bad.yaml", "-o", "out"), 1, 'bad.yaml:2:1 key-unknown: "plaice" is no key here. Write place.'),
    ],
)
def test_a_table_that_cannot_be_imported_says_why(options, code, says, tmp_path):
    (tmp_path / "t.csv").write_text("country,troops\nMarland,5\n")
    (tmp_path / "bad.yaml").write_text("name: bad\nplaice: {name: country}\n")
    _, err = run("import", "t.csv", *options, cwd=tmp_path, code=code)
    assert says in err
    assert not (tmp_path / "out").exists()


def test_an_airport_is_drafted_for_the_gazetteer(tmp_path):
    out, _ = run("new", "place", "egul", cwd=tmp_path, code=0)
    assert out.startswith("  - id: raf-lakenheath\n    name: RAF Lakenheath\n")
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "gazetteer.yaml").write_text(f"places:\n{out}")
    (tmp_path / "data" / "forces.yaml").write_text("forces: []\n")
    (tmp_path / "data" / "sources.yaml").write_text("sources: []\n")
    run("check", cwd=tmp_path, code=0)
    _, err = run("new", "place", "EGUL", cwd=tmp_path, code=2)
    assert "has this airport already, as raf-lakenheath" in err
    _, err = run("new", "place", "ZZZZ", cwd=tmp_path, code=2)
    assert "No airport has the ICAO code" in err
