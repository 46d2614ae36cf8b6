"""When it was so: the days, quarters and years of tables as EDTF."""

from __future__ import annotations

import pytest

from geoposture.importing import read_mapping

from .counts import EXAMPLE, claims, left_out


@pytest.fixture
def days_of(imported, tmp_path):
    """A function that imports rows whose days are told as `when` says, and returns the days of the claims."""

    def run(when, rows):
        text = (EXAMPLE / "counts.yaml").read_text(encoding="utf-8")
        for old, new in (
            ("{year: year, quarter: quarter, until: next}", when),
            ("{low: low, high: high, best: troops}", "{column: troops}"),
            ("by: {column: source, otherwise: gazette}", "by: gazette"),
        ):
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "days.yaml").write_text(text, encoding="utf-8")
        summary = imported(rows, mapping=read_mapping(str(tmp_path / "days.yaml")))
        return [claim.when for claim in claims(summary.folder).values()]

    return run


def test_quarters_become_edtf_and_hold_possibly_until_the_next(imported):
    summary = imported("Niger,NER,2006,1,G,5,,\nNiger,NER,2006.0,Q2,G,6,,\nNiger,NER,2007,1.0,G,7,,\n")
    found = claims(summary.folder)
    assert [found[f"niger-{name}"].when for name in ("2006-q1", "2006-q2", "2007-q1")] == [
        "2006-01-01/2006-03-31",
        "from 2006-04-01 to 2006-06-30/2006-12-31",
        "from 2007-01-01 to 2007-03-31/2008-03-31",
    ]


def test_a_year_that_may_have_a_point_between_thousands_is_refused(imported):
    summary = imported("Niger,NER,2.000,1,G,5,,\nNiger,NER,2000.0,1,G,6,,\n")
    assert list(claims(summary.folder)) == ["niger-2000-q1"]
    ((outcome, why),) = left_out(summary).values()
    assert outcome == "refused"
    assert "point between thousands" in why


def test_weeks_at_both_ends_of_the_calendar(days_of):
    rows = "Guinea,GIN,,,0001-01-01,5,,\nGuinea,GIN,,,9999-12-31,5,,\n"
    found = days_of("{column: source, precision: week}", rows)
    assert found == ["[0001-01-01..0001-01-07]", "[9999-12-25..9999-12-31]"]


@pytest.mark.parametrize(
    ("form", "precision", "cell", "when"),
    [
        ("%B %Y", "month", "March 2006", "2006-03"),
        ("%b %Y", "year", "mar 2006", "2006"),
        ("FY%Y", "year", "FY2006", "2006"),
    ],
)
def test_formats_without_a_day_where_the_precision_asks_for_none(form, precision, cell, when, days_of):
    spec = f"{{column: low, format: '{form}', precision: {precision}}}"
    assert days_of(spec, f"Guinea,GIN,,,G,5,{cell},\n") == [when]


@pytest.mark.parametrize(
    ("precision", "days", "when"),
    [
        ("month", "2006-03-30,2006-03-31", "2006-03"),
        ("month", "2006-03-30,2006-05-02", "[2006-03..2006-05]"),
        ("year", "2006-03-30,2006-05-02", "2006"),
        ("year", "2006-12-30,2008-01-02", "[2006..2008]"),
    ],
)
def test_vague_days_of_a_start_and_an_end_reach_to_the_end(precision, days, when, days_of):
    assert days_of(f"{{start: low, end: high, precision: {precision}}}", f"Guinea,GIN,,,G,5,{days}\n") == [when]
