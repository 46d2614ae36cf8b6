"""The shipped mappings, on rows of our own making in the form of their tables."""

from __future__ import annotations

import csv

import pytest

from geoposture.importing import import_table, read_mapping
from geoposture.reading import read


@pytest.fixture
def imported(tmp_path):
    def run(name, *rows, published="2026-01-31"):
        table = tmp_path / f"{name}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return import_table(table, read_mapping(name), output=tmp_path / name, published=published)

    return run


def troops(**cells):
    row = {
        "ccode": "1",
        "iso3c": "",
        "countryname": "",
        "year": "1990.0",
        "month": "June",
        "quarter": "2.0",
        "source": "June 1990",
    }
    return {**row, "troops_ad": "7.0", **cells}


def test_troopdata(imported):
    summary = imported(
        "troopdata",
        troops(countryname="Niger", iso3c="NER"),
        troops(countryname="South Vietnam", iso3c="VNM", source="Stepwise Imputation"),
        troops(countryname="Vietnam", source="Kane 2006", troops_ad="0.0"),
        troops(countryname="Antigua", source="", troops_ad="0.0"),
        troops(countryname="United States", iso3c="USA"),
        troops(countryname="US Virgin Islands", source="", troops_ad="9.0"),
    )
    found = {claim.places[0]: claim for _, claim in read(summary.folder).claims()}
    assert set(found) == {"niger", "south-vietnam", "vietnam", "us-virgin-islands"}
    assert (found["niger"].by, found["niger"].where) == ("dmdc", "June 1990")
    assert (found["south-vietnam"].by, found["south-vietnam"].personnel.approx) == ("troopdata", True)
    assert (found["vietnam"].by, found["vietnam"].status) == ("kane-2006", "absent")
    assert found["us-virgin-islands"].by is None
    assert dict(summary.counted("skipped")) == {
        "a 0 without a source was filled in, so the number is unknown": 1,
        "troops at home": 1,
    }


def test_troopdata_bases(imported):
    row = {"countryname": "", "iso3c": "", "basename": "", "lat": "", "lon": "", "base": "1.0"}
    summary = imported(
        "troopdata-bases",
        {**row, "countryname": "NIger", "iso3c": "NER", "basename": "Camp Één", "lat": "16.9", "lon": "8.0"},
        {
            **row,
            "countryname": "Bahamas, The",
            "iso3c": "BHS",
            "basename": "Camp Two; North, East",
            "lat": "24.7",
            "lon": "-77.5",
        },
        {**row, "countryname": "Korea, South", "iso3c": "KOR", "basename": "Camp Three"},
        {**row, "countryname": "Canada", "iso3c": "CAN", "lat": "56.1", "lon": "-106.3"},
    )
    places = read(summary.folder).places
    assert {ident: place.within for ident, place in places.items() if not place.is_area} == {
        "camp-een": "niger",
        "camp-two-north-east": "the-bahamas" if "the-bahamas" in places else "bahamas",
    }
    assert summary.number("refused") == 2


def event(**cells):
    row = {
        "id": "1",
        "side_a": "Government of Marland",
        "side_b": "Reds",
        "where_prec": "1",
        "where_coordinates": "Dun",
        "adm_1": "",
    }
    row |= {"latitude": "33.3", "longitude": "44.4", "country": "Iraq", "date_prec": "1", "low": "3", "high": "9", "best": "5"}
    return {
        **row,
        "date_start": "2014-06-10 00:00:00.000",
        "date_end": "2014-06-10 00:00:00.000",
        "source_office": "Courier;Gazette",
        **cells,
    }


def test_ucdp_ged(imported):
    summary = imported(
        "ucdp-ged",
        event(),
        event(
            id="2",
            where_prec="2",
            date_prec="3",
            date_start="2014-06-01",
            date_end="2014-06-07",
            where_coordinates="Ox",
            latitude="33.9",
        ),
        event(id="3", where_prec="6"),
        event(id="4", date_start="2014-07-09", date_end="2014-07-01"),
    )
    ledger = read(summary.folder)
    found = {claim.id.partition("#")[2]: claim for _, claim in ledger.claims()}
    assert set(found) == {"ged-1", "ged-2"}
    assert (found["ged-1"].when, found["ged-2"].when) == ("2014-06-10", "[2014-06-01..2014-06-07]")
    assert found["ged-1"].says == "Government of Marland against Reds; 3 to 9 people killed, best estimate 5"
    assert found["ged-1"].personnel is None
    assert found["ged-1"].repeats == ("courier", "gazette")
    assert (ledger.places["dun"].accuracy_km, ledger.places["ox"].accuracy_km, ledger.places["ox"].within) == (2, 25, "iraq")
    assert "before it begins" in summary.left_out[1].why


def test_acled(imported):
    row = {
        "event_id_cnty": "IRQ1",
        "event_date": "05 March 2024",
        "time_precision": "1",
        "actor1": "Military Forces of Marland",
        "actor2": "",
    }
    row |= {"inter1": "1", "country": "Iraq", "admin1": "", "location": "Dun", "latitude": "33.3", "longitude": "44.4"}
    row |= {"geo_precision": "1", "source": "Courier; Gazette", "sub_event_type": "Armed clash"}
    summary = imported(
        "acled",
        row,
        {**row, "event_id_cnty": "IRQ2", "time_precision": "2", "inter1": "External/Other forces", "event_date": "2024-03-05"},
        {**row, "event_id_cnty": "IRQ3", "time_precision": "3"},
        {**row, "event_id_cnty": "IRQ4", "inter1": "Rioters"},
        {**row, "event_id_cnty": "IRQ5", "geo_precision": "3"},
    )
    found = {claim.id.partition("#")[2]: claim for _, claim in read(summary.folder).claims()}
    assert {name: claim.when for name, claim in found.items()} == {
        "irq1": "2024-03-05",
        "irq2": "[2024-02-28..2024-03-11]",
        "irq3": "2024-03",
    }
    assert {claim.places for claim in found.values()} == {("dun",)}
    assert summary.number("skipped") == 2


def test_airportsdata(imported):
    summary = imported("airportsdata", {"icao": "ORAA"}, {"icao": "ZZZZ"}, {"icao": "orer"})
    places = read(summary.folder).places
    assert {place.codes["icao"] for place in places.values() if not place.is_area} == {"ORAA", "ORER"}
    assert {place.within for place in places.values() if not place.is_area} == {"iraq"}
    assert [left.line for left in summary.left_out] == [3]


def test_a_base_that_the_gazetteer_knows_is_found_by_its_name_and_its_point(tmp_path, worked):
    data = worked(5)
    ox = read(data).places["fort-ox"]
    table = tmp_path / "bases.csv"
    head = "countryname,iso3c,basename,lat,lon\n"
    table.write_text(
        f"{head}Marland,,FORT-ÓX airbase,{ox.lat + 0.01},{ox.lon}\nMarland,,Fort Ox,{ox.lat + 20},{ox.lon}\n", encoding="utf-8"
    )
    import_table(table, read_mapping("troopdata-bases"), data=data)
    assert {place.id for place in read(data).places.values() if "ox" in place.id} == {"fort-ox", "fort-ox-2"}
