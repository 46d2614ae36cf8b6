"""From a folder to a ledger or to findings: what comes out, in what order, and that nothing else can come out."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoposture.dates import parse_when
from geoposture.errors import InputProblems
from geoposture.figures import Figure
from geoposture.ledger import Claim, Force, Ledger, Name, Place, Source, voice_of
from geoposture.reading import check, read

from .conftest import BASE, HEAD, TESTS

FILES = sorted(path.relative_to(BASE) for path in BASE.rglob("*.yaml"))
ODD = [
    b"\x00",
    b"\xff",
    b"\t",
    b"&a ",
    b"*a",
    b"!!x ",
    b"{",
    b"[",
    b"]",
    b": ",
    b"- ",
    b'"',
    b"'",
    b"|",
    b">",
    b"#",
    b"~",
    b"<<: x\n",
    b"-1",
    b"9" * 30,
]


def test_the_good_folder_has_no_findings(folder):
    assert check("data") == []


def test_every_value_arrives(folder):
    ledger = read("data")
    assert isinstance(ledger, Ledger)
    assert ledger.places["fort-ox"] == Place(
        id="fort-ox",
        name="Fort Ox Air Base",
        kind="air-base",
        lat=45.0,
        lon=4.4,
        within="westreach",
        names=(Name("Ox Field"), Name("Base aérienne du Bœuf", "fr"), Name("قاعدة الثور الجوية", "ar")),
        accuracy_km=0.5,
        codes={"icao": "XMOX", "iata": "OXF"},
        references=("invented",),
    )
    assert ledger.forces["red"] == Force("red", "Red forces", part_of="alliance")
    assert ledger.sources["courier"] == Source(
        "courier", "The Courier", "publisher", country="NO", reliability="B", url="https://courier.example/"
    )
    report = ledger.reports["a"]
    assert (report.title, report.published, report.repeats) == ("Red leaves the fort", "2025-05-01", ("wire",))
    assert report.claims[0] == Claim(
        id="a#fort",
        places=("fort-ox",),
        force="red",
        status="present",
        time=parse_when("2025-04/.."),
        when="2025-04/..",
        personnel=Figure(1200, 1200, approx=True, text="~1,200"),
        by="minister",
        credibility=2,
        quote="about 1,200 soldiers",
    )
    assert [claim.id for claim in report.claims] == ["a#fort", "a#2", "a#3"]
    assert voice_of(report, report.claims[1]) == "wire/unnamed-officials"


def test_times_are_kept_as_written(folder):
    claims = read("data").reports["b"].claims
    assert claims[1].when == "from 2025-05-01/2025-05-03 to 2025-05-09"
    assert claims[1].time.start.last - claims[1].time.start.first == 2
    assert claims[2].repeats == ("courier",)
    assert read("data").reports["a"].claims[1].time is None


def test_everything_is_in_the_order_of_ids(folder):
    (folder / "data" / "reports" / "0.yaml").write_text("id: zz\npublisher: courier\npublished: 2025\n")
    ledger = read("data")
    for mapping in (ledger.places, ledger.forces, ledger.sources, ledger.reports):
        assert list(mapping) == sorted(mapping)
    assert list(ledger.reports) == ["a", "b", "zz"]


def test_a_report_needs_no_claims_title_or_url(found):
    assert found({"data/reports/x.yaml": "publisher: courier\npublished: 2025\n"}) == []


def test_empty_lists_are_a_folder_without_anything(folder):
    for name in ("places", "forces", "sources"):
        (folder / "data" / f"{'gazetteer' if name == 'places' else name}.yaml").write_text(f"{name}: []\n")
    for path in (folder / "data" / "reports").iterdir():
        path.unlink()
    assert read("data") == Ledger()


def test_warnings_do_not_keep_from_reading(claims, folder):
    assert claims("place: dun, force: red, status: absent, when: 2027-01-01/..") == ["4:52 claim-plan"]
    assert "x" in read("data").reports


def test_errors_come_with_the_warnings(claims, folder):
    claims("place: dun, force: red, status: absent, when: 2027-01-01/..", "place: don, force: red, status: absent")
    with pytest.raises(InputProblems) as raised:
        read("data")
    assert [problem.code for problem in raised.value.problems] == ["claim-plan", "place-unknown"]


def test_findings_are_sorted_by_file_and_line(found):
    texts = found({"data/reports/x.yaml": HEAD + "  - {place: dun}\n" * 12, "data/forces.yaml": "x: y\nz: a\n"})
    keys = [(file, int(line), int(column)) for file, line, column in (text.split()[0].split(":") for text in texts)]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("given_as", "shown"),
    [("data", "data/forces.yaml"), ("./data/", "data/forces.yaml"), (".", "forces.yaml"), ("../data", "../data/forces.yaml")],
)
def test_files_are_shown_as_the_folder_was_given(folder, monkeypatch, given_as, shown):
    (folder / "data" / "forces.yaml").write_text("")
    (folder / "maps" / "base.yaml").write_text("colour: red\n")
    if given_as.startswith(".") and given_as != "./data/":
        monkeypatch.chdir(folder / "data")
    assert {problem.file for problem in check(given_as)} == {
        shown,
        shown.replace("data/forces", "maps/base") if "data" in shown else "../maps/base.yaml",
    }


def test_an_absolute_folder(folder):
    (folder / "data" / "forces.yaml").write_text("")
    assert [problem.file for problem in check(folder / "data")] == [f"{folder}/data/forces.yaml"]


def test_strange_file_names(folder):
    name = os.fsdecode(b"a\n\xff\xe2\x80\xae.yaml")
    (folder / "data" / "reports" / name).write_text("publisher: courier\npublished: 2025\n")
    (line,) = [str(problem) for problem in check("data")]
    assert line.startswith("data/reports/a\\n\\udcff\\u202e.yaml:1:1 file-name:")
    assert line.isprintable()


@pytest.mark.parametrize("name", ["", "\0", "a" * 5000, "no/such", "/dev/null"])
def test_folders_that_are_none(folder, monkeypatch, name):
    monkeypatch.chdir(folder / "maps")
    problems = check(name)
    assert problems
    assert {problem.code for problem in problems} <= {"folder-missing", "file-missing", "reports-missing", "file-unused"}


def test_the_shipped_data_has_no_errors():
    root = TESTS.parent
    assert [str(problem) for problem in check(root / "data") if not problem.warning] == []


def test_the_same_input_gives_the_same_lines(folder):
    (folder / "data" / "reports" / "x.yaml").write_text(HEAD + "  - {plce: dun, force: reds, stauts: x}\n" * 5)
    program = "from geoposture.reading import check\nprint(*check('data'), sep='\\n')"
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_reading_imports_nothing_heavy():
    program = "import sys, geoposture.reading; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()
    assert not {"pandas", "geopandas", "folium", "edtf", "pyparsing", "xyzservices", "shapely", "numpy"} & set(loaded)


def spoilt(content, seed):
    """The content of a file after one to four random mutations of bytes or lines."""
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        at, to = sorted((rng.randrange(len(content) + 1), rng.randrange(len(content) + 1)))
        lines = content.splitlines(keepends=True) or [b""]
        line = rng.randrange(len(lines))
        match rng.randrange(7):
            case 0:
                content = content[:at] + content[to:]
            case 1:
                content = content[:at] + content[at:to] * 2 + content[to:]
            case 2:
                content = content[:at] + rng.choice(ODD) + content[at:]
            case 3:
                content = content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]
            case 4:
                content = b"".join(lines[:line] + lines[line + 1 :])
            case 5:
                content = b"".join(lines[:line] + [lines[line]] * 2 + lines[line + 1 :])
            case _:
                content = b"".join([*lines[:line], b" " * rng.randrange(5) + lines[line].strip() + b"\n", *lines[line + 1 :]])
    return content


@given(name=st.sampled_from(FILES), seed=st.integers(0, 2**32))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spoilt_files_are_read_or_refused(folder, name, seed):
    path = folder / name
    whole = (BASE / name).read_bytes()
    try:
        path.write_bytes(spoilt(whole, seed))
        problems = check("data")
        assert all(str(problem).isprintable() for problem in problems)
        if any(not problem.warning for problem in problems if problem.file.startswith("data")):
            with pytest.raises(InputProblems):
                read("data")
        else:
            read("data")
    finally:
        path.write_bytes(whole)
