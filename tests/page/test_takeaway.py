"""What a reader takes away: the rows of every line as CSV and GeoJSON, equal to the package's, and one printed sheet."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .asking import lines

PARTS = {"claims": "deciding", "overtaken": "overtaken", "stale": "stale", "changes": "changes", "outlook": "outlook"}


@pytest.fixture(params=[("2026-01-20", None), ("2025-12-01", "2026-01-10")])
def point(request):
    return request.param


def saved(page, form):
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save the current rows as {form}").click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_the_files_have_the_rows_of_the_package(built, show, ledger, point):
    day, known = point
    page = show(built("iraq-2025-2026"), address=f"#day={day}" + (f"&known={known}" if known else ""))
    claims = {claim.id: (report, claim) for report, claim in ledger.claims()}
    found = lines(ledger, day, known)
    expected = {
        (id_, line["place"], line["force"], part, line["standing"])
        for line in found
        for own, part in PARTS.items()
        for id_ in line[own]
        if id_ not in line["implied"]
    }
    rows = list(csv.DictReader(saved(page, "CSV").splitlines(keepends=True)))
    assert {(row["claim"], row["place"], row["force"], row["part"], row["standing"]) for row in rows} == expected
    assert len(rows) == len(expected)
    for row in rows:
        report, claim = claims[row["claim"]]
        figure = claim.personnel
        assert (row["day"], row["known"]) == (day, known or "")
        assert (row["publisher"], row["published"], row["modality"]) == (report.publisher, report.published, claim.modality)
        assert [row["low"], row["high"]] == [
            "" if bound is None else str(bound) for bound in ((figure.low, figure.high) if figure else (None, None))
        ]
        assert row["quote"].removeprefix("'") == (claim.quote or "")
    features = json.loads(saved(page, "GeoJSON"))["features"]
    assert [[one["properties"][name] for name in ("claim", "place", "force", "part")] for one in features] == [
        [row[name] for name in ("claim", "place", "force", "part")] for row in rows
    ]
    for feature in features:
        place = ledger.places[feature["properties"]["place"]]
        assert feature["geometry"] == {"type": "Point", "coordinates": [place.lon, place.lat]}


def test_print_is_one_landscape_sheet(built, show):
    page = show(built("iraq-2025-2026"))
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    left, bottom, right, top = map(float, re.search(rb"/MediaBox\s*\[([^\]]+)\]", sheet)[1].split())
    assert right - left > top - bottom


def test_the_sheet_has_the_sentence_the_key_and_the_notes(built, show):
    page = show(built("iraq-before-after"))
    page.emulate_media(media="print")
    expect(page.locator(".headline-sentence")).to_have_text("From 21 Oct 2025 to 20 Jan 2026, as known today")
    expect(page.locator("#colophon .print-notes")).to_contain_text("The first day is the day after")
    expect(page.locator("#legend")).to_be_visible()
    expect(page.get_by_role("button", name="Compare")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.get_by_role("button", name="Compare")).to_be_visible()
