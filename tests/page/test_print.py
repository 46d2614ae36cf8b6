"""The printed sheet, as a reader of the PDF gets it: one landscape page with the sentence, the numbered sources and their addresses."""

from __future__ import annotations

import re
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

import geoposture
from geoposture.dates import parse_day, parse_period, parse_when
from geoposture.ledger import Claim, Force, Ledger, Place, Recipe, Report, Source

from .asking import lines
from .conftest import RECIPES


@pytest.fixture
def printed(show, tmp_path):
    """A function that prints a page and gives the sheet and its text, once with and once without its spaces."""

    def sheet(path, address="", **options):
        page = show(path, address=address, **options)
        target = tmp_path / "sheet.pdf"
        page.pdf(path=target, prefer_css_page_size=True)
        reader = PdfReader(target)
        (only,) = reader.pages
        # A font's "ﬁ" is one sign.
        words = unicodedata.normalize("NFKC", only.extract_text())
        return only, " ".join(words.split()), "".join(words.split())

    return sheet


@pytest.mark.parametrize("name", RECIPES)
def test_one_landscape_page_with_the_sentence_the_legend_and_the_notes(built, printed, name):
    only, text, _ = printed(built(name))
    assert (round(only.mediabox.width), round(only.mediabox.height)) == (842, 595)
    for words in ("as known today", "How to read a mark", "Borders and names carry no judgement", "100 km"):
        assert words in text
    assert "Compare" not in text


def test_every_report_that_decides_is_cited_with_its_address(built, printed, ledger):
    day = "2026-01-20"
    _, text, dense = printed(built("iraq-2025-2026"), f"#day={day}")
    deciding = {id_.split("#")[0] for line in lines(ledger, day) for id_ in line["claims"]}
    assert len(deciding) > 5
    addresses = [ledger.reports[report].url for report in deciding if ledger.reports[report].url]
    assert len(addresses) > 4
    assert [address for address in addresses if address not in dense] == []
    publishers = {ledger.sources[ledger.reports[report].publisher].name for report in deciding}
    assert [name for name in publishers if "".join(name.split()) not in dense] == []
    assert "more source" not in text


def test_the_numbers_beside_a_place_lead_to_its_sources(built, show, ledger):
    page = show(built("iraq-2025-2026"))
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="Numbered sources")).to_be_visible()
    cited = {
        int(item.locator(".cited-number").inner_text()): item.inner_text() for item in page.locator(".cited-list > li").all()
    }
    assert sorted(cited) == list(range(1, len(cited) + 1))
    deciding = {}
    for line in lines(ledger, "2026-01-20"):
        deciding.setdefault(line["place_name"], set()).update(id_.split("#")[0] for id_ in line["claims"])
    harir = page.locator(".finding").filter(has_text="Harir Air Base")
    numbers = set()
    for part in harir.locator("sup").inner_text().split(","):
        first, _, last = part.strip().partition("–")
        numbers |= set(range(int(first), int(last or first) + 1))
    assert len(numbers) == len(deciding["Harir Air Base"])
    for report in deciding["Harir Air Base"]:
        name = ledger.sources[ledger.reports[report].publisher].name
        assert any(name in cited[number] for number in numbers)


def test_an_area_is_printed_with_whose_figure_it_is(built, printed):
    _, text, _ = printed(built("iraq-2025-2026"))
    assert re.search(r"Iraq ≈ 2,500, United States, 2 sites present, no figures", text)
    _, text, _ = printed(built("iraq-before-after"))
    assert re.search(r"First reported present Erbil Governorate Global Coalition", text)


@pytest.fixture
def wordy(tmp_path):
    """More reports and places than a sheet has room for."""
    places = {f"p{i:03}": Place(f"p{i:03}", f"Place number {i}", "camp", 33 + i % 15 / 5, 42 + i // 15 / 5) for i in range(200)}
    reports = {
        f"r{i:03}": Report(
            f"r{i:03}",
            "s",
            "2025-10-21",
            parse_period("2025-10-21"),
            url=f"https://example.org/{i:03}/" + "long-address-" * 9,
            claims=(Claim(f"r{i:03}#c", (f"p{i:03}",), "us", "present", time=parse_when("2025-10-20/.."), when="2025-10-20/.."),),
        )
        for i in range(200)
    }
    book = Ledger(places, {"us": Force("us", "US")}, {"s": Source("s", "S", "publisher")}, reports)
    target = tmp_path / "wordy.html"
    geoposture.draw(book, Recipe("Wordy", "data", day=parse_day("2025-10-22"))).save(target)
    return target


def test_what_has_no_room_is_counted(wordy, printed):
    _, text, dense = printed(wordy)
    cited = len(re.findall(r"https://example\.org/[0-9]{3}/(?:long-address-){9}", dense))
    assert cited > 10
    assert f"and {200 - cited} more sources" in text
    named = len(re.findall(r"Place number [0-9]+(?= [0-9]+(?: ·|$| and))", text))
    assert named > 20
    assert re.search(r"and [0-9]+ more places", text)


def test_the_page_comes_back_as_it_was(built, show):
    page = show(built("iraq-2025-2026"))
    page.get_by_role("button", name="Zoom in").click()
    before = page.evaluate("[map_geoposture.getZoom(), map_geoposture.getSize().x]")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("region", name="Numbered sources")).to_be_visible()
    expect(page.get_by_role("slider", name="Day shown")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("region", name="Numbered sources")).to_be_hidden()
    assert page.evaluate("[map_geoposture.getZoom(), map_geoposture.getSize().x]") == before


def test_a_dark_page_is_printed_light(built, show):
    page = show(built("iraq-2025-2026"), color_scheme="dark")
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="Numbered sources")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#ffffff"
