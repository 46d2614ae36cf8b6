"""Importing tables: the traps that real tables have, and no row lost without a word."""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoposture import questions
from geoposture.dates import parse_day
from geoposture.errors import InputProblems, UsageError
from geoposture.files import WriteError
from geoposture.importing import import_table, outcome_lines, read_mapping, shipped
from geoposture.questions import Scope
from geoposture.reading import check, read
from geoposture.resolution import resolve

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "import"
HEAD = "country,iso3,year,quarter,source,troops,low,high\n"
COUNTS = read_mapping(str(EXAMPLE / "counts.yaml"))


@pytest.fixture
def imported(tmp_path):
    """A function that imports rows of counts and returns the summary."""

    def run(rows, *, mapping=COUNTS, published="2010-01-15", encoding=None, **places):
        table = tmp_path / "table.csv"
        table.write_bytes((rows if rows.startswith("country") else HEAD + rows).encode(encoding or "utf-8"))
        if not places:
            places = {"output": tmp_path / "out"}
        return import_table(table, mapping, published=published, encoding=encoding, **places)

    return run


def claims(folder):
    return {claim.id.partition("#")[2]: claim for _, claim in read(folder).claims()}


def left_out(summary):
    return {left.line: (left.outcome, left.why) for left in summary.left_out}


def test_the_example_accounts_for_each_of_its_rows(tmp_path):
    summary = import_table(EXAMPLE / "counts.csv", COUNTS, output=tmp_path / "out", published="2010-01-15")
    assert (summary.rows, summary.claims, summary.number("skipped"), summary.number("refused")) == (10, 6, 2, 2)
    listed = list(csv.DictReader(io.StringIO(summary.listing.read_text(encoding="utf-8"))))
    assert [(row["line"], row["outcome"]) for row in listed] == [
        ("4", "skipped"),
        ("7", "skipped"),
        ("10", "refused"),
        ("11", "refused"),
    ]
    assert not [problem for problem in check(tmp_path / "out", recipes=False) if not problem.warning]
    assert any("2 rows refused" in line for line in outcome_lines(summary))


def test_a_zero_without_a_source_is_unknown_and_one_with_a_source_is_nobody(imported):
    summary = imported("Niger,NER,2006,2,,0.0,,\nNiger,NER,2006,3,Gazette,0.0,,\n")
    assert left_out(summary) == {2: ("skipped", "a 0 without a source was filled in, so the number is unknown")}
    (claim,) = claims(summary.folder).values()
    assert (claim.status, claim.personnel) == ("absent", None)


def test_na_is_unknown_where_the_mapping_says_so_and_namibia_and_niger_are_countries(imported):
    summary = imported("Namibia,NAM,2006,2,NA,5,,\nNIger,,2006,2,Gazette,6,,\nNiger,NER,2006,3,Gazette,7,,\n")
    found = claims(summary.folder)
    assert {claim.places for claim in found.values()} == {("namibia",), ("niger",)}
    assert found["namibia-2006-q2"].by is None
    assert found["niger-2006-q2"].by == "gazette"


def test_quarters_become_edtf_and_hold_possibly_until_the_next(imported):
    summary = imported("Niger,NER,2006,1,G,5,,\nNiger,NER,2006.0,Q2,G,6,,\nNiger,NER,2007,1.0,G,7,,\n")
    found = claims(summary.folder)
    assert [found[f"niger-{name}"].when for name in ("2006-q1", "2006-q2", "2007-q1")] == [
        "2006-01-01/2006-03-31",
        "from 2006-04-01 to 2006-06-30/2006-12-31",
        "from 2007-01-01 to 2007-03-31/2008-03-31",
    ]


def test_figures_of_other_programs(imported):
    summary = imported(
        'Niger,NER,2006,1,G,1e+05,,\nNiger,NER,2006,2,G,"1,200",,\nNiger,NER,2006,3,G,,40,60\n'
        "Niger,NER,2006,4,G,~250,,\nNiger,NER,2007,1,G,12.5,,\nNiger,NER,2007,2,G,-3,,\nNiger,NER,2007,3,G,60..40,,\nNiger,NER,2007,4,G,,,\n"
    )
    assert [claim.personnel.text for claim in claims(summary.folder).values()] == ["100000", "1200", "40..60", "~250"]
    assert [outcome for outcome, _ in left_out(summary).values()] == ["refused", "refused", "refused", "skipped"]
    assert "no whole number of people" in left_out(summary)[6][1]
    assert "Write 40..60" in left_out(summary)[8][1]


POINTED = [
    ("1.000", "1000"),
    ("2.500", "2500"),
    ("1.234.567", "1234567"),
    ("~12.000", "~12,000"),
    ("250..1.350", "250..1,350"),
    ("7", "7"),
]


def test_a_point_before_three_digits_is_read_as_the_mapping_says(imported):
    mapping = COUNTS.model_copy(deep=True)
    mapping.claim.personnel.thousands = "point"
    rows = "".join(f"Niger,NER,{2000 + at},1,G,{cell},,\n" for at, (cell, _) in enumerate(POINTED))
    summary = imported(f'{rows}Niger,NER,2010,1,G,"12,000",,\nNiger,NER,2011,1,G,1.5,,\n', mapping=mapping)
    found = claims(summary.folder).values()
    assert [claim.personnel.text for claim in found] == [*(figure for _, figure in POINTED), "12"]
    assert left_out(summary).keys() == {9}


def test_a_point_before_three_digits_is_refused_where_the_mapping_does_not_say(imported):
    cells = ("1.000", "12.000", "2.500")
    rows = "".join(f"Niger,NER,{2000 + at},1,G,{cell},,\n" for at, cell in enumerate(cells))
    summary = imported(f"{rows}Niger,NER,2010,1,G,1950.000,,\nNiger,NER,2011,1,G,7.0,,\n")
    assert [claim.personnel.text for claim in claims(summary.folder).values()] == ["1950", "7"]
    assert left_out(summary).keys() == {2, 3, 4}
    assert all("write thousands: point, or comma, into personnel" in why for _, why in left_out(summary).values())
    mapping = COUNTS.model_copy(deep=True)
    mapping.claim.personnel.thousands = "comma"
    assert imported(rows, mapping=mapping, output=summary.folder.with_name("comma")).claims == 2


def test_ids_that_depend_on_the_order_of_rows_are_counted(imported):
    summary = imported("Guinea,GIN,2006,1,G,5,,\nGuinea,GIN,2006,1,G,6,,\nGuinea,GIN,2006,1,G,7,,\n")
    assert list(claims(summary.folder)) == ["guinea-2006-q1", "guinea-2006-q1-2", "guinea-2006-q1-3"]
    (line,) = (line for line in outcome_lines(summary) if line.startswith("warning"))
    assert "2 claims got a number behind the id, by the order of rows" in line
    apart = imported("Guinea,GIN,2006,1,G,5,,\n", output=summary.folder.with_name("apart"))
    assert not any("warning" in line for line in outcome_lines(apart))


def test_thousands_are_units(imported):
    mapping = COUNTS.model_copy(deep=True)
    mapping.claim.personnel.unit = "1000"
    summary = imported("Niger,NER,2006,1,G,1.5,,\n", mapping=mapping)
    assert claims(summary.folder)["niger-2006-q1"].personnel.low == 1500


def test_country_rows_are_areas(imported):
    ledger = read(imported("Guinea,GIN,2006,2,G,5,,\n").folder)
    assert ledger.places["guinea"].is_area
    assert ledger.places["guinea"].iso == "GN"


def test_a_place_that_cannot_be_told_is_refused_and_named(imported):
    summary = imported("Congo-Atlantis,,2006,2,G,5,,\nVirgin Islands,,2006,2,G,5,,\nGuinea,GIN,2006,2,G,5,,\n")
    why = left_out(summary)
    assert "add it to places of the mapping" in why[2][1]
    assert "may be british-virgin-islands, united-states-virgin-islands" in why[3][1]


def test_names_go_before_codes_where_the_mapping_knows_them(imported):
    summary = imported("Marland,NER,2006,2,G,5,,\n")
    assert set(claims(summary.folder)) == {"marland-2006-q2"}


def test_lines_are_those_of_the_file(imported):
    summary = imported('Guinea,GIN,2006,1,"a\nb\nc",5,,\n\n\nNowhere,,2006,2,G,5,,\nGuinea,GIN,2006,2\n')
    assert left_out(summary).keys() == {7, 8}
    assert left_out(summary)[8][1] == "4 cells where the head has 8"
    assert summary.rows == 3


def test_quotes_that_never_close_lose_no_row_silently(imported):
    summary = imported('Guinea,GIN,2006,1,G,5,,\nGuinea,GIN,2006,2,"G,5,,\nGuinea,GIN,2006,3,G,5,,\n')
    assert "lines 3 to 4" in left_out(summary)[3][1]


def test_a_row_that_says_the_same_again_is_named_and_one_that_says_otherwise_stands(imported):
    summary = imported("Guinea,GIN,2006,1,G,5,,\nGuinea,GIN,2006,1,G,5,,\nGuinea,GIN,2006,1,G,6,,\n")
    assert left_out(summary) == {3: ("refused", "says the same as line 2")}
    assert set(claims(summary.folder)) == {"guinea-2006-q1", "guinea-2006-q1-2"}


def test_latin_1_is_declared(imported):
    rows = "Côte d'Ivoire,,2006,2,G,5,,\n"
    assert set(claims(imported(rows, encoding="latin-1").folder)) == {"cote-d-ivoire-2006-q2"}


def test_a_wrong_encoding_is_an_error_with_its_line(tmp_path):
    table = tmp_path / "t.csv"
    table.write_bytes((HEAD + "Guinea,GIN,2006,1,G,5,,\nCôte d'Ivoire,,2006,2,G,5,,\n").encode("latin-1"))
    with pytest.raises(InputProblems) as found:
        import_table(table, COUNTS, output=tmp_path / "out", published="2010")
    assert str(found.value).startswith(f"{table}:3:1 table-encoding: this is not utf-8: byte 0xf4.")
    assert "--encoding latin-1" in str(found.value)
    table.write_bytes((HEAD + "Côte d'Ivoire,,2006,2,G,5,,\n").encode())
    with pytest.raises(InputProblems, match="this is UTF-8 and not latin-1"):
        import_table(table, COUNTS, output=tmp_path / "out", published="2010", encoding="latin-1")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("bytes_of", ["utf-16-le", "utf-8"])
def test_utf_16_without_a_byte_order_mark_is_refused(bytes_of, tmp_path):
    table = tmp_path / "table.csv"
    table.write_bytes(f"{HEAD}Guinea,GIN,2006,1,G,5,,\n".encode(bytes_of))
    with pytest.raises(InputProblems) as found:
        import_table(table, COUNTS, output=tmp_path / "out", published="2010", encoding="utf-16")
    what = "table-encoding: this is not utf-16: it does not begin with a byte order mark. Say --encoding utf-8"
    assert str(found.value).startswith(f"{table}:1:1 {what}")


def test_missing_columns_are_named_together(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("country,iso3,years,quarter,troops,low,low\n")
    with pytest.raises(InputProblems) as found:
        import_table(table, COUNTS, output=tmp_path / "out", published="2010")
    text = str(found.value)
    assert 'asks for a column "year"; there is none. Did you mean "years"?' in text
    assert 'a column "source"' in text
    assert 'the column "low" stands twice' in text


def test_the_same_table_as_excel_and_parquet(tmp_path):
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(csv.reader(io.StringIO((EXAMPLE / "counts.csv").read_text(encoding="utf-8"))))
    typed = [
        rows[0],
        *([*row[:2], int(row[2]), float(row[3]), row[4], float(row[5]) if row[5] else None, *row[6:]] for row in rows[1:]),
    ]
    book = openpyxl.Workbook()
    for row in typed:
        book.active.append([cell if cell != "" else None for cell in row])
    book.save(tmp_path / "counts.xlsx")
    columns = {name: [row[spot] for row in typed[1:]] for spot, name in enumerate(rows[0])}
    pq.write_table(pa.table(columns), tmp_path / "counts.parquet")
    found = []
    for table in (EXAMPLE / "counts.csv", tmp_path / "counts.xlsx", tmp_path / "counts.parquet"):
        out = tmp_path / f"out-{table.suffix[1:]}"
        import_table(table, COUNTS, output=out, published="2010-01-15")
        found.append({name: (out / name).read_bytes() for name in ("gazetteer.yaml", "reports/counts-2010-01-15-2006.yaml")})
    assert found[0] == found[1] == found[2]


def test_a_book_of_several_sheets_asks_which(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.create_sheet("Data")
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(InputProblems, match="one of Sheet, Data"):
        import_table(tmp_path / "t.xlsx", COUNTS, output=tmp_path / "out", published="2010")


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.rds", "t.csv"])
def test_files_that_are_no_tables(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputProblems):
        import_table(tmp_path / name, COUNTS, output=tmp_path / "out", published="2010")


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


LEFT_OUT = "Guinea,GIN,2006,1,G,5,,\nAtlantis,,2006,1,G,5,,\n"
LISTED = "imports/counts-2010-01-15.csv"


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


def test_a_table_without_a_row_that_can_be_used_writes_nothing(imported, tmp_path):
    with pytest.raises(InputProblems) as found:
        imported("Atlantis,,2006,1,G,5,,\n")
    assert str(found.value).startswith(f"{tmp_path / 'table.csv'}:2:1 row-refused: country ")
    with pytest.raises(UsageError, match="has no rows"):
        imported("")
    assert not (tmp_path / "out").exists()


def test_somewhere_to_write_must_be_said(imported, tmp_path):
    with pytest.raises(UsageError, match="-o DIR"):
        import_table(EXAMPLE / "counts.csv", COUNTS, published="2010")
    with pytest.raises(UsageError, match="--published"):
        imported("Guinea,GIN,2006,1,G,5,,\n", published=None)
    with pytest.raises(UsageError, match="--published"):
        imported("Guinea,GIN,2006,1,G,5,,\n", published="2010/..")
    with pytest.raises(WriteError):
        imported("Guinea,GIN,2006,1,G,5,,\n", output=tmp_path / "table.csv" / "out")


CELLS = st.one_of(
    st.sampled_from(
        [
            "Guinea",
            "Marland",
            "Niger",
            "GIN",
            "NER",
            "2006",
            "2",
            "Q3",
            "G",
            "0",
            "5",
            "NA",
            "",
            "1e+05",
            "~7",
            "<9",
            ">9",
            "40..60",
        ]
    ),
    st.text(max_size=8),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=8))
def test_any_table_gives_sound_files_and_accounts_for_every_row(tmp_path, rows):
    out = tmp_path / "random"
    shutil.rmtree(out, ignore_errors=True)
    table = tmp_path / "random.csv"
    with table.open("w", encoding="utf-8", errors="ignore", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD.strip().split(","))
        writer.writerows([["Guinea", "GIN", "2006", "1", "G", "5", "", ""], *rows])
    summary = import_table(table, COUNTS, output=out, published="2010-01-15")
    assert summary.claims + summary.number("skipped") + summary.number("refused") == summary.rows
    assert not [problem for problem in check(out, recipes=False) if not problem.warning]


def test_all_shipped_mappings_are_sound():
    assert shipped() == ("acled", "airportsdata", "troopdata", "troopdata-bases", "ucdp-ged")
    assert all(read_mapping(name).about for name in shipped())


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("force: alliance", "force: {}", InputProblems, ':15:10 value-kind: "force" wants one of constant and column.'),
        ("force: alliance", "force: alliances", UsageError, 'names the force "alliances", which nothing has. Add to its forces.'),
        ("publisher: count-project", "publisher: nobody", UsageError, 'the source "nobody"'),
        ("otherwise: gazette", "otherwise: gazete", UsageError, 'the source "gazete"'),
        ("name: The Alliance}", "name: The Alliance, part_of: nato}", UsageError, 'the force "nato"'),
        (
            "kind: country, lat",
            "kind: country, within: nowhere, lat",
            UsageError,
            'the area "nowhere", which nothing has. Add to its places.',
        ),
        ("kind: country, lat: 45.0", "kind: country, lat: 95.0", InputProblems, "coordinate-range"),
        ("  iso: iso3", "  iso: iso3\n  lat: low", InputProblems, ":11:1 mapping-unclear: one of lat and lon is missing."),
        ("when: {year: year", "when: {start: low, year: year", InputProblems, '"when" wants one of column, start and year'),
        ('unknown: ["", NA]', 'table: {delimiter: ";;"}', InputProblems, '"delimiter" is ";;", no single sign'),
        ('unknown: ["", NA]', "table: {encoding: latin1}", InputProblems, "Write latin-1."),
        ("  publisher: count-project", "  publisher: count-project\n  published: 2010/..", InputProblems, "date-open"),
        ("force: alliance", "force: alliance\n  status: {column: source}", InputProblems, "is neither present nor absent"),
        (
            "when: {year",
            "when: {column: source, format: '%F %Y %m %d'}\n  # {year",
            InputProblems,
            ':16:34 value-unknown: "format"',
        ),
        (
            "when: {year",
            "when: {column: source, format: '%B %Y'}\n  # {year",
            InputProblems,
            ':16:26 mapping-unclear: "format" "%B %Y" says no day, only a month. Write precision: month too, or a day',
        ),
        (
            "when: {year",
            "when: {column: source, format: '%Y', precision: month}\n  # {year",
            InputProblems,
            "Write precision: year too",
        ),
        ("when: {year", "when: {column: source, format: '%d.%m.%Y'}\n  # {year", InputProblems, "is no day written as %d.%m.%Y"),
    ],
)
def test_a_mapping_with_a_slip_says_so_and_writes_nothing(old, new, code, says, tmp_path):
    text = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "counts.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(code) as found:
        import_table(
            EXAMPLE / "counts.csv", read_mapping(str(tmp_path / "counts.yaml")), output=tmp_path / "out", published="2010-01-15"
        )
    assert says in str(found.value)
    assert not (tmp_path / "out").exists()


def test_rows_that_name_their_own_publication(imported, tmp_path):
    text = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8")
    head = "  publisher: {column: source}\n  published: {column: low}\n  url: {column: high}"
    (tmp_path / "own.yaml").write_text(
        text.replace("  publisher: count-project", head).replace("{low: low, high: high, best: troops}", "{column: troops}"),
        encoding="utf-8",
    )
    summary = imported(
        "Guinea,GIN,2006,1,The Courier,5,2006-05-01,https://example.org/a\n"
        "Guinea,GIN,2006,2,Gazette of the Alliance,6,2006-05-02,\n"
        "Guinea,GIN,2006,3,Courier,7,spring,\n"
        "Guinea,GIN,2006,4,Courier,7,2006-05-02,ftp://example.org\n",
        mapping=read_mapping(str(tmp_path / "own.yaml")),
        published=None,
    )
    ledger = read(summary.folder)
    assert {(report.publisher, report.published, report.url) for report in ledger.reports.values()} == {
        ("the-courier", "2006-05-01", "https://example.org/a"),
        ("gazette", "2006-05-02", None),
    }
    assert left_out(summary).keys() == {4, 5}
    assert "courier" not in ledger.sources
    assert summary.listing.name == "counts.csv"


def test_weeks_at_both_ends_of_the_calendar(imported, tmp_path):
    text = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8")
    (tmp_path / "weeks.yaml").write_text(
        text.replace("{year: year, quarter: quarter, until: next}", "{column: source, precision: week}").replace(
            "by: {column: source, otherwise: gazette}", "by: gazette"
        ),
        encoding="utf-8",
    )
    summary = imported(
        "Guinea,GIN,,,0001-01-01,5,,\nGuinea,GIN,,,9999-12-31,5,,\n", mapping=read_mapping(str(tmp_path / "weeks.yaml"))
    )
    assert [claim.when for claim in claims(summary.folder).values()] == ["[0001-01-01..0001-01-07]", "[9999-12-25..9999-12-31]"]


@pytest.mark.parametrize(
    ("form", "precision", "when"), [("%B %Y", "month", "2006-03"), ("%b %Y", "year", "2006"), ("FY%Y", "year", "2006")]
)
def test_formats_without_a_day_where_the_precision_asks_for_none(form, precision, when, imported, tmp_path):
    text = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8")
    spec = f"{{column: low, format: '{form}', precision: {precision}}}"
    (tmp_path / "months.yaml").write_text(
        text.replace("{year: year, quarter: quarter, until: next}", spec).replace(
            "low: low, high: high, best: troops", "column: troops"
        ),
        encoding="utf-8",
    )
    cell = {"%B %Y": "March 2006", "%b %Y": "mar 2006", "FY%Y": "FY2006"}[form]
    summary = imported(f"Guinea,GIN,,,G,5,{cell},\n", mapping=read_mapping(str(tmp_path / "months.yaml")))
    assert [claim.when for claim in claims(summary.folder).values()] == [when]


@pytest.mark.parametrize(
    ("precision", "days", "when"),
    [
        ("month", "2006-03-30,2006-03-31", "2006-03"),
        ("month", "2006-03-30,2006-05-02", "[2006-03..2006-05]"),
        ("year", "2006-03-30,2006-05-02", "2006"),
        ("year", "2006-12-30,2008-01-02", "[2006..2008]"),
    ],
)
def test_vague_days_of_a_start_and_an_end_reach_to_the_end(precision, days, when, imported, tmp_path):
    text = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8")
    spec = f"{{start: low, end: high, precision: {precision}}}"
    (tmp_path / "vague.yaml").write_text(
        text.replace("{year: year, quarter: quarter, until: next}", spec).replace(
            "low: low, high: high, best: troops", "column: troops"
        ),
        encoding="utf-8",
    )
    summary = imported(f"Guinea,GIN,,,G,5,{days}\n", mapping=read_mapping(str(tmp_path / "vague.yaml")))
    (claim,) = claims(summary.folder).values()
    assert claim.when == when


OWN = """
name: own
report: {title: T, publisher: {column: pub}, published: {column: day}, url: {column: url}}
place: {name: country, lat: lat, lon: lon, accuracy_km: {column: km}}
claim: {force: {column: force}}
"""
LONG = "x" * 300


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"{LONG},1,1,2,{LONG},2020-01-01,https://x.org/,{LONG}", "place, force and day give an id of over 192 letters"),
        ("Fort,1,1,-5,Pub,2020-01-01,https://x.org/,F", 'accuracy_km "-5" is no radius. Write kilometres above 0'),
        ("Fort,1,1,ca. 5,Pub,2020-01-01,https://x.org/,F", 'accuracy_km "ca. 5" is no number'),
        ("Fort,1,1,1e60,Pub,2020-01-01,https://x.org/,F", "is no radius. Write kilometres above 0"),
        ("Fort,1,1,2,Pub,2020-01-01,https://a b,F", 'url "https://a b" is no address of http or https'),
        ("Fort,1,1,2,Pub,2020-01-01,https://?b,F", 'url "https://?b" is no address of http or https'),
    ],
)
def test_a_row_that_the_rules_of_files_would_refuse_is_refused_alone(row, why, tmp_path):
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "own.csv").write_text(
        f"country,lat,lon,km,pub,day,url,force\nGood,5,5,2,Pub,2020-01-01,HTTPS://x.org/,F\n{row}\n", encoding="utf-8"
    )
    summary = import_table(tmp_path / "own.csv", read_mapping(str(tmp_path / "own.yaml")), output=tmp_path / "out")
    assert (summary.claims, left_out(summary).keys()) == (1, {3})
    assert why in left_out(summary)[3][1]


def test_long_names_of_one_kind_alone_are_no_fault(tmp_path):
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    rows = [f"{LONG},1,1,2,Pub,2020-01-01,,F", f"Fort,1,1,2,{LONG},2020-01-01,,F", f"Fort,1,1,2,Pub,2020-01-01,,{LONG}"]
    (tmp_path / "own.csv").write_text("country,lat,lon,km,pub,day,url,force\n" + "\n".join(rows), encoding="utf-8")
    assert import_table(tmp_path / "own.csv", read_mapping(str(tmp_path / "own.yaml")), output=tmp_path / "out").claims == 3
