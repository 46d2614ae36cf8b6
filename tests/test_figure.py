"""The printed figure: what stands on it, that nothing in the data is more than text, and the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from xml.etree import ElementTree as ET

import pytest

from geoposture.dates import parse_day, parse_period
from geoposture.errors import UsageError
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Place, Recipe, Report, Source
from geoposture.picturing import days_of_change, figure, save
from geoposture.resolution import resolve
from geoposture.sheet import encode
from geoposture.sheet.layout import Occupancy, beside_disc, overlap, spread
from geoposture.sheet.paper import width_of, wrapped
from geoposture.sheet.view import fit
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"
RECIPE = ROOT / "maps" / "iraq-before-after.yaml"
HOSTILE = r"Camp $\frac{$ </svg><script>alert(1)</script> & {{ 7*7 }} %s"


def texts(svg):
    """All words of an SVG, one string for each piece of text."""
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def ids(svg, kind):
    """Ids of the shapes of one kind: mark, badge or label; in order of panels."""
    return re.findall(rf'id="(panel\d+-{kind}-[a-z0-9-]+)"', svg.decode())


def drawn(ledger, recipe=None, **options):
    recipe = recipe or Recipe("A title", "data")
    return encode(figure(ledger, resolve(ledger, by=recipe.by), recipe, **options), "svg", title=recipe.title)


def small(name="Fort Ox", *, personnel="250..350", sources=1, area=False):
    """A ledger of one place, present since 2025-05-01 according to each source, and absent since 2025-06-01 to the first."""
    publishers = {f"s{number}": Source(f"s{number}", f"Source {number}", "publisher") for number in range(sources)}
    figured = parse_personnel(personnel) if personnel else None
    reports = {
        f"r-{source}": Report(
            f"r-{source}",
            source,
            "2025-05-01",
            parse_period("2025-05-01"),
            claims=(Claim(f"r-{source}#1", ("ox",), "red", status="present", personnel=figured),),
        )
        for source in publishers
    }
    reports["z"] = Report(
        "z", "s0", "2025-06-01", parse_period("2025-06-01"), claims=(Claim("z#1", ("ox",), "red", status="absent"),)
    )
    place = Place("ox", name, "region" if area else "camp", 33.8, 42.4)
    return Ledger({"ox": place}, {"red": Force("red", "Red")}, publishers, reports)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The SVG of the recipe that compares two days."""
    path = tmp_path_factory.mktemp("figure") / "figure.svg"
    save(RECIPE, path)
    return path.read_bytes()


def test_title_sentence_places_sources_and_footer_are_text(shipped):
    found = texts(shipped)
    assert "Iraq before and after the takeover of Ain al-Asad" in found
    assert "Situation on 21 Oct 2025 and on 20 Jan 2026, as known on 20 Jan 2026 (latest report)" in found
    assert {"Ain al-Asad Air Base", "Harir Air Base", "21 Oct 2025", "20 Jan 2026", "Rudaw", "Headline USA"} <= {*found}
    credits_line = next(words for words in found if words.startswith("Data "))
    assert "Natural Earth" in credits_line
    assert "GeoNames, CC BY 4.0" in credits_line
    assert "Borders and names carry no judgement" in credits_line


def test_a_panel_has_one_mark_for_each_site_and_badges_for_areas(shipped):
    marks, badges = ids(shipped, "mark"), ids(shipped, "badge")
    assert len(marks) == len({*marks})
    assert [mark for mark in marks if mark.endswith("-ain-al-asad")] == ["panel1-mark-ain-al-asad", "panel2-mark-ain-al-asad"]
    assert "panel2-badge-iraq" in badges
    areas = {"iraq", "federal-iraq", "kurdistan-region", "baghdad", "al-anbar", "erbil"}
    assert not {mark.partition("-mark-")[2] for mark in marks} & areas


def test_marks_agree_with_the_command_posture():
    ledger = small(sources=2)
    svg = drawn(ledger, days=[parse_day("2025-05-10"), parse_day("2025-06-10")])
    assert ids(svg, "mark") == ["panel1-mark-ox", "panel2-mark-ox"]
    assert "1 present" in texts(svg)
    assert "1 contested" in texts(svg) or "1 absent" in texts(svg)


def test_an_area_is_a_badge_with_its_figure_and_never_a_mark():
    svg = drawn(small("Marland", area=True), days=[parse_day("2025-05-10")])
    assert ids(svg, "mark") == []
    assert ids(svg, "badge") == ["panel1-badge-ox"]
    assert {"MARLAND", "250–350"} <= {*texts(svg)}


def test_one_panel_for_each_source_names_it():
    svg = drawn(small(sources=3), days=[parse_day("2025-05-10")], by_source=True)
    assert ids(svg, "mark") == ["panel1-mark-ox", "panel2-mark-ox", "panel3-mark-ox"]
    assert {"Source 0", "Source 1", "Source 2"} <= {*texts(svg)}


def test_sources_past_the_palette_have_letters():
    found = texts(drawn(small(sources=10), days=[parse_day("2025-05-10")]))
    assert [found.count(letter) for letter in "abc"] == [2, 2, 0]


@pytest.mark.parametrize("count", [14, 30])
def test_sources_are_named_while_there_is_room_and_the_rest_is_counted(count):
    found = texts(drawn(small(sources=count), days=[parse_day("2025-05-10")], size="4:3"))
    named = [words for words in found if words.startswith("Source ")]
    rest = [words for words in found if words.startswith("and ")]
    assert rest == ([] if count == 14 else [f"and {count - len(named)} more sources"])
    assert len(named) >= 14


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_the_same_bytes_in_another_zone_locale_and_year(form, tmp_path):
    program = (
        "import sys; from pathlib import Path; from geoposture.picturing import save;"
        "from geoposture.dates import parse_day;"
        "save(Path(sys.argv[1]), Path(sys.argv[2]), days=[parse_day('2026-01-20')])"
    )
    for number, zone in enumerate(("UTC", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": str(number), "TZ": zone, "SOURCE_DATE_EPOCH": str(number * 10**9)}
        path = tmp_path / f"{number}.{form}"
        subprocess.run([sys.executable, "-c", program, str(RECIPE), str(path)], env=environment, check=True)
    assert (tmp_path / f"0.{form}").read_bytes() == (tmp_path / f"1.{form}").read_bytes()


def test_the_users_own_settings_change_nothing():
    import matplotlib as mpl

    ledger, options = small(), {"days": [parse_day("2025-05-10")]}
    plain = drawn(ledger, **options)
    with mpl.rc_context(
        {"font.size": 30, "lines.linewidth": 9, "text.parse_math": True, "svg.fonttype": "path", "axes.grid": True}
    ):
        assert drawn(ledger, **options) == plain


def test_hostile_names_are_shown_as_they_are_written():
    svg = drawn(small(HOSTILE), Recipe(HOSTILE, "data", subtitle=HOSTILE, notes=HOSTILE), days=[parse_day("2025-05-10")])
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert b"<script" not in svg
    whole = " ".join(texts(svg))
    assert whole.count(r"$\frac{$ </svg><script>alert(1)</script>") >= 3


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_hostile_names_in_other_formats(form):
    ledger, recipe = small(HOSTILE), Recipe(HOSTILE, "data", notes="東京 العراق $x^$")
    content = encode(figure(ledger, resolve(ledger), recipe, days=[parse_day("2025-05-10")]), form, title=HOSTILE)
    assert content.startswith({"pdf": b"%PDF", "png": b"\x89PNG"}[form])


def test_a_pdf_has_no_date_and_its_map_is_vectors():
    ledger = small()
    content = encode(figure(ledger, resolve(ledger), Recipe("T", "data")), "pdf", title="T")
    assert b"CreationDate" not in content
    assert b"/Subtype /Image" not in content
    streams = [zlib.decompress(found) for found in re.findall(rb"FlateDecode >>\s*stream\r?\n(.*?)\r?\nendstream", content, re.S)]
    assert max(stream.count(b" l\n") for stream in streams) > 100


def test_a_day_of_which_nobody_speaks_is_an_empty_map():
    svg = drawn(small(), days=[parse_day("1999-01-01")])
    assert ids(svg, "mark") == []
    assert any(words.startswith("Situation on 1 Jan 1999, as known on 1 Jun 2025") for words in texts(svg))
    assert drawn(small(), days=[parse_day("1999-01-01")], by_source=True)


def test_an_empty_ledger_is_an_empty_map():
    assert ids(drawn(Ledger()), "mark") == []


def test_a_figure_as_it_was_known_earlier():
    ledger, day = small(), parse_day("2025-06-10")
    assert "250–350" in texts(drawn(ledger, days=[day], known=parse_day("2025-05-20")))
    later = texts(drawn(ledger, days=[day]))
    assert "250–350" not in later
    assert "Situation on 10 Jun 2025, as known on 1 Jun 2025 (latest report)" in later


@pytest.mark.parametrize(("lon", "lat"), [(179.99, 0.0), (-180.0, 84.9), (0.0, -89.0), (42.4, 33.8)])
def test_a_single_place_anywhere(lon, lat):
    ledger = small()
    far = Ledger({"ox": Place("ox", "Far", "camp", lat, lon)}, ledger.forces, ledger.sources, ledger.reports)
    for size in ("16:9", "4:3", "a4"):
        assert drawn(far, days=[parse_day("2025-05-10")], size=size)


def test_excluded_sources_have_no_part_in_it():
    recipe = Recipe("T", "data", exclude_sources=("s1",))
    found = texts(drawn(small(sources=2), recipe, days=[parse_day("2025-05-10")]))
    assert "Source 0" in found
    assert "Source 1" not in found


def test_days_of_change_are_those_on_which_the_picture_changes():
    ledger = small()
    recipe = Recipe("T", "data", day=parse_day("2025-07-01"))
    found = days_of_change(ledger, resolve(ledger), recipe)
    assert found == [parse_day("2025-05-01"), parse_day("2025-06-01")]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"size": "b5"}, "16:9, 4:3, a4"),
        ({"days": list(range(20_000, 20_017))}, "16 panels"),
        ({"days": [20_000, 20_001], "by_source": True}, "one day"),
    ],
)
def test_questions_that_cannot_be_drawn(options, says):
    with pytest.raises(UsageError, match=says):
        drawn(small(), **options)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("-o", "x.gif"), 2, ".svg, .pdf, .png"),
        (("-o", "x.svg", "--each", "month"), 2, "source, day"),
        (("-o", "x.svg", "--day", "soon"), 2, "YYYY-MM-DD"),
        (("-o", "missing/x.svg"), 1, "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_line(arguments, code, says, tmp_path):
    command = [sys.executable, "-m", "geoposture", "figure", str(RECIPE), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (result.returncode, result.stderr.count("\n")) == (code, 1)
    assert says in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_the_command_says_what_to_install(tmp_path):
    program = "import sys; sys.modules['matplotlib'] = None; from geoposture.cli import main; main()"
    command = [sys.executable, "-c", program, "figure", str(RECIPE), "-o", str(tmp_path / "x.svg")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "geoposture: A figure needs matplotlib, which is not installed: pip install 'geoposture[figure]'\n"


def test_discs_on_one_spot_move_apart_and_stay_on_the_paper():
    discs = [(5.0, 5.0, 6.0)] * 4 + [(90.0, 90.0, 6.0)]
    spots = spread(discs, (0, 0, 100, 100))
    assert spots[4] == (90.0, 90.0)
    for number, one in enumerate(spots[:4]):
        assert 6 <= one[0] <= 94
        assert 6 <= one[1] <= 94
        assert all((one[0] - x) ** 2 + (one[1] - y) ** 2 >= 11.5**2 for x, y in spots[:number])


def test_labels_take_room_once():
    taken = Occupancy((0, 0, 200, 100))
    found = [taken.first(beside_disc(100, 50, 6, 60, 12)) for _ in range(20)]
    boxes = [label.box for label in found if label]
    assert 4 <= len(boxes) < 20
    assert not any(overlap(one, other) for number, one in enumerate(boxes) for other in boxes[:number])


def test_wrapped_lines_fit_and_lose_nothing_until_they_must():
    words = "one two three " + "x" * 200
    lines = wrapped(words, 9, 100)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width_of(line, 9) <= 100 for line in lines)
    assert wrapped(words, 9, 100, most=2)[-1].endswith("…")


def test_a_view_shows_all_of_its_bounds():
    view = fit((35.0, 29.0, 48.0, 37.0), (10, 20, 410, 220), 20)
    for lon, lat in ((35.0, 29.0), (48.0, 37.0), (35.0, 37.0)):
        x, y = view.spot(lon, lat)
        assert 29.9 <= x <= 390.1
        assert 39.9 <= y <= 200.1
    west, south, east, north = view.box
    assert (west < 35, east > 48, south < 29, north > 37) == (True,) * 4
