"""Importing tables: the traps that real tables have, and no row lost without a word."""

from __future__ import annotations

import csv
import io
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoposture.errors import InputProblems, UsageError
from geoposture.importing import import_table, outcome_lines, read_mapping, shipped
from geoposture.reading import check, read

from .counts import COUNTS, EXAMPLE, HEAD, claims, left_out


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


def test_a_table_without_a_row_that_can_be_used_writes_nothing(imported, tmp_path):
    with pytest.raises(InputProblems) as found:
        imported("Atlantis,,2006,1,G,5,,\n")
    assert str(found.value).startswith(f"{tmp_path / 'table.csv'}:2:1 row-refused: country ")
    with pytest.raises(UsageError, match="has no rows"):
        imported("")
    assert not (tmp_path / "out").exists()


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
