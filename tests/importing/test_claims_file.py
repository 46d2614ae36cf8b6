"""Importing straight into a claims file: what comes out is what the folder packed would be, and nothing gets by the rules."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoposture.errors import InputProblems, UsageError
from geoposture.files import WriteError
from geoposture.importing import import_table, outcome_lines, read_mapping
from geoposture.importing.claimsfile import ClaimsFile
from geoposture.importing.datafolder import DataFolder
from geoposture.importing.publication import Filed
from geoposture.ledger import Force, Ledger, Place, Source
from geoposture.opening import check_data, open_ledger
from geoposture.packing import writing
from geoposture.packing.writing import pack

from .test_shipped import event, troops

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "import"
COUNTS = read_mapping(str(EXAMPLE / "counts.yaml"))
FIRST, SECOND = ("counts.csv", "2010-01-15"), ("counts-corrected.csv", "2012-06-30")


def imported(edition, **places):
    name, published = edition
    return import_table(EXAMPLE / name, COUNTS, published=published, **places)


def table_of(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def same_both_ways(folder, table, mapping, published):
    """Import a table into a folder and into a claims file, and hold files, lists and words together; gives the claims file."""
    one = import_table(table, mapping, output=folder / "out", published=published)
    two = import_table(table, mapping, output=folder / "out.parquet", published=published)
    assert [_named(line, one) for line in outcome_lines(one)] == [_named(line, two) for line in outcome_lines(two)]
    assert (one.listing is None) == (two.listing is None)
    if one.listing is not None and two.listing is not None:
        assert one.listing.read_bytes() == two.listing.read_bytes()
    pack(open_ledger(folder / "out"), folder / "packed.parquet")
    assert (folder / "out.parquet").read_bytes() == (folder / "packed.parquet").read_bytes()
    assert check_data(folder / "out.parquet") == []
    return folder / "out.parquet"


def _named(line, summary):
    return line.replace(str(summary.listing), "LIST").replace(str(summary.folder), "OUT")


def claims(path):
    return {claim.id: claim for _, claim in open_ledger(path).claims()}


def test_both_editions_of_the_example_and_the_second_one_again(tmp_path):
    for name, published in (FIRST, SECOND):
        made = same_both_ways(tmp_path, EXAMPLE / name, COUNTS, published)
    (new,) = (claim for name, claim in claims(made).items() if "2012" in name)
    assert (new.replaces, new.personnel.low) == ("counts-2010-01-15-2006#marland-2006-q3", 1411)
    before = made.read_bytes()
    again = imported(SECOND, output=made)
    assert (again.claims, again.unchanged, again.revised, again.new_places) == (1, 5, 1, 0)
    assert made.read_bytes() == before
    assert [path.name for path in sorted(tmp_path.glob("*.csv"))] == [
        "out.counts-2010-01-15.left-out.csv",
        "out.counts-2012-06-30.left-out.csv",
    ]


def test_the_same_edition_in_another_table_takes_the_place_of_the_first(tmp_path):
    rows = [troops(countryname="Niger", year=year) for year in ("1990", "1991")]
    mapping = read_mapping("troopdata")
    same_both_ways(tmp_path, table_of(tmp_path / "one.csv", rows), mapping, "2024-01-31")
    made = same_both_ways(tmp_path, table_of(tmp_path / "two.csv", rows[1:]), mapping, "2024-01-31")
    assert set(claims(made)) == {"troopdata-2024-01-31-1991#niger-1991-q2"}


def test_troopdata_corrects_iraq_in_a_second_edition(tmp_path):
    rows = [
        troops(countryname="Iraq", iso3c="IRQ", year="2006.0", quarter="3.0", source="DMDC", troops_ad="4233.0"),
        troops(countryname="Iraq", iso3c="IRQ", year="2006.0", quarter="4.0", source="DMDC", troops_ad="185500.0"),
        troops(countryname="South Vietnam", iso3c="VNM", source="Stepwise Imputation"),
        troops(countryname="Atlantis"),
        troops(countryname="Vietnam", source="Kane 2006", troops_ad="0.0"),
    ]
    mapping = read_mapping("troopdata")
    same_both_ways(tmp_path, table_of(tmp_path / "one.csv", rows), mapping, "2024-01-31")
    rows[0]["troops_ad"] = "141100.0"
    made = same_both_ways(tmp_path, table_of(tmp_path / "two.csv", rows), mapping, "2026-01-31")
    revised = {claim.replaces: claim.personnel.low for claim in claims(made).values() if claim.replaces}
    assert revised == {"troopdata-2024-01-31-2006#iraq-2006-q3": 141100}


ACLED = {"event_id_cnty": "IRQ1", "event_date": "05 March 2024", "time_precision": "1", "actor1": "Forces of Marland"}
ACLED |= {"actor2": "", "inter1": "1", "country": "Iraq", "admin1": "", "location": "Dun", "latitude": "33.3"}
ACLED |= {"longitude": "44.4", "geo_precision": "1", "source": "Courier; Gazette", "sub_event_type": "Armed clash"}
BASE = {"countryname": "NIger", "iso3c": "NER", "basename": "Camp Één", "lat": "16.9", "lon": "8.0", "base": "1.0"}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("troopdata-bases", [BASE, {**BASE, "basename": "Camp Two; North, East", "lat": "17"}, {**BASE, "lat": ""}]),
        (
            "ucdp-ged",
            [event(), event(id="2", where_prec="2", date_prec="3", date_end="2014-06-12"), event(id="3", where_prec="6")],
        ),
        ("acled", [ACLED, {**ACLED, "event_id_cnty": "IRQ2", "time_precision": "2"}, {**ACLED, "inter1": "Rioters"}]),
        ("airportsdata", [{"icao": "ORAA"}, {"icao": "ZZZZ"}, {"icao": "orer"}]),
    ],
)
def test_the_other_shipped_mappings(name, rows, tmp_path):
    table, mapping = table_of(tmp_path / "table.csv", rows), read_mapping(name)
    same_both_ways(tmp_path, table, mapping, "2026-01-31")
    same_both_ways(tmp_path, table, mapping, "2026-03-31" if mapping.makes_claims else None)


ROWS = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["Marland", "Niger", "Côte d'Ivoire", "Guinea", "Atlantis"]),
        "iso3": st.just(""),
        "year": st.sampled_from(["2006", "2007"]),
        "quarter": st.sampled_from(["1", "2", "Q3", "5"]),
        "source": st.sampled_from(["", "Gazette", "NA", "null", "Блок: №1 #2", "a\tb", "~", '"x"', "=1+1", "a\u202eb"]),
        "troops": st.sampled_from(["", "0", "5", "~40", "1e+02", "<7", "dozens", "many"]),
        "low": st.sampled_from(["", "3", "9"]),
        "high": st.sampled_from(["", "9", "20"]),
    }
)
SURE = {"country": "Mali", "iso3": "", "year": "2006", "quarter": "1", "source": "", "troops": "1", "low": "", "high": ""}


@settings(max_examples=10, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6), st.lists(ROWS, min_size=1, max_size=6))
def test_any_two_editions(one, two):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows, published in ((one, "2010-01-15"), (two, "2012-06-30")):
            table = table_of(folder / "table.csv", [SURE, *rows])
            same_both_ways(folder, table, COUNTS, published)


PLACES = {name: Place(name, name.title(), "country", 10.0 + number, 20.0) for number, name in enumerate(("dun", "ox"))}
FORCES = {"reds": Force("reds", "Reds")}
SOURCES = {name: Source(name, name.title(), "publisher") for name in ("courier", "gazette")}
HEAD = {"publisher": "courier", "published": "2020-01-01"}
FINE = {"id": "one", "place": "dun", "force": "reds", "status": "present", "when": "2019"}


def codes_of(target, *reports):
    target.add_places(PLACES)
    target.add_forces(FORCES)
    target.add_sources(SOURCES)
    target.add_reports(reports)
    with pytest.raises(InputProblems) as found:
        target.save()
    return [problem for problem in found.value.problems if not problem.warning]


def filed(name, *claims, **head):
    return Filed(name, {**HEAD, **head}, list(claims), [7 + number for number in range(len(claims))])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"quote": "word " * 26}, "quote-long"),
        ({"place": "nowhere"}, "place-unknown"),
        ({"place": ["dun", "dun"]}, "list-twice"),
        ({"force": "blues"}, "force-unknown"),
        ({"by": "nobody"}, "source-unknown"),
        ({"repeats": ["courier"]}, "cycle"),
        ({"status": "gone"}, "value-unknown"),
        ({"personnel": "lots"}, "figure-syntax"),
        ({"personnel": "90..20"}, "figure-reversed"),
        ({"personnel": "99999999"}, "figure-absurd"),
        ({"personnel": "5", "status": "absent"}, "figure-absent"),
        ({"when": "2019-02-30"}, "date-impossible"),
        ({"when": "2019/2018"}, "date-reversed"),
        ({"modality": "surely"}, "value-unknown"),
        ({"credibility": "7"}, "number-range"),
        ({"replaces": "no-id"}, "replaces-syntax"),
        ({"replaces": "report#none"}, "claim-unknown"),
        ({"replaces": "old#one"}, "replaces-other"),
        ({"replaces": "later#one"}, "replaces-earlier"),
        ({"id": "One"}, "id-syntax"),
        ({"says": "   "}, "value-missing"),
        ({"colour": "red"}, "key-unknown"),
    ],
)
def test_what_the_rules_of_files_refuse_is_refused_with_the_same_code_at_the_line_of_the_table(changes, code, tmp_path):
    reports = [
        filed("old", FINE, publisher="gazette", published="2018"),
        filed("later", FINE, published="2021"),
        filed("report", {**FINE, **changes}),
    ]
    by_files = codes_of(DataFolder(tmp_path / "out", Ledger()), *reports)
    direct = codes_of(ClaimsFile(tmp_path / "out.parquet", Ledger(), Path("table.csv")), *reports)
    assert code in {problem.code for problem in direct}
    assert sorted(problem.code for problem in direct) == sorted(problem.code for problem in by_files)
    assert {(problem.file, problem.line) for problem in direct} == {("table.csv", 7)}
    assert list(tmp_path.iterdir()) == []


def test_two_claims_of_one_id_and_a_sign_that_no_file_may_hold(tmp_path):
    target = ClaimsFile(tmp_path / "out.parquet", Ledger(), Path("table.csv"))
    found = codes_of(target, filed("report", FINE, FINE, {**FINE, "id": "two", "says": "a\x00b"}))
    assert {(problem.line, problem.code) for problem in found} == {(8, "id-duplicate"), (9, "text-control")}


def test_a_place_that_breaks_the_rules_is_a_problem_of_the_claims_file(tmp_path):
    target = ClaimsFile(tmp_path / "out.parquet", Ledger(), Path("table.csv"))
    target.add_places({"far": Place("far", "Far", "country", 95.0, 0.0, within="nowhere")})
    with pytest.raises(InputProblems) as found:
        target.save()
    assert [(problem.file, problem.code) for problem in found.value.problems] == [
        (str(tmp_path / "out.parquet"), "coordinate-range"),
        (str(tmp_path / "out.parquet"), "place-unknown"),
    ]


def test_a_file_that_cannot_be_read_back_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "out.parquet"
    imported(FIRST, output=path)
    before, whole = path.read_bytes(), writing.encoded
    monkeypatch.setattr(writing, "encoded", lambda table: whole(table[1:]))
    with pytest.raises(WriteError, match="6 of 7 rows could be read back"):
        imported(SECOND, output=path)
    assert path.read_bytes() == before
    assert not [left for left in tmp_path.iterdir() if left.name.startswith(".")]


def test_what_stands_in_the_way_is_refused_and_stays(tmp_path):
    path = tmp_path / "out.parquet"
    path.mkdir()
    (path / "_geoposture.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="is not a single file"):
        imported(FIRST, output=path)
    other = tmp_path / "other.parquet"
    other.write_bytes(b"a table of somebody")
    with pytest.raises(InputProblems, match="no Parquet file"):
        imported(FIRST, output=other)
    assert other.read_bytes() == b"a table of somebody"
    mine = tmp_path / "new.counts-2010-01-15.left-out.csv"
    mine.write_text("my own notes", encoding="utf-8")
    with pytest.raises(UsageError, match="is not a list of an import"):
        imported(FIRST, output=tmp_path / "new.parquet")
    assert mine.read_text(encoding="utf-8") == "my own notes"
    assert not (tmp_path / "new.parquet").exists()
    with pytest.raises(WriteError):
        imported(FIRST, output=tmp_path / "no-folder" / "new.parquet")


def test_editions_come_in_their_order(tmp_path):
    path = tmp_path / "out.parquet"
    imported(SECOND, output=path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="the edition of 2012-06-30 already"):
        imported(FIRST, output=path)
    assert path.read_bytes() == before


def test_claims_of_others_stay_and_their_places_and_names_are_used(tmp_path, worked):
    data = worked(5)
    pack(open_ledger(data), tmp_path / "own.parquet")
    own = open_ledger(tmp_path / "own.parquet")
    imported(FIRST, data=tmp_path / "own.parquet", output=tmp_path / "apart.parquet")
    imported(FIRST, data=tmp_path / "own.parquet")
    imported(FIRST, data=data)
    pack(open_ledger(data), tmp_path / "packed.parquet")
    assert (tmp_path / "own.parquet").read_bytes() == (tmp_path / "packed.parquet").read_bytes()
    grown = open_ledger(tmp_path / "own.parquet")
    assert own.reports.items() <= grown.reports.items()
    assert own.places.items() <= grown.places.items()
    assert not own.reports.keys() & open_ledger(tmp_path / "apart.parquet").reports.keys()
