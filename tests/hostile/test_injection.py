"""Hostile words in every field of every input: data to whatever reads it, in each output, on the terminal, in each message."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from types import CodeType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import geoposture
from geoposture.errors import InputProblems
from geoposture.ledger import Ledger, Recipe

from .asking import fault, run
from .payloads import COUNT, DAY, IDS, PAYLOADS, ident, world

WORDS = ("ran(", "ran 0", "ran21", "attacker.invalid", "Wortungeheuer", "7*191", "xxe")
"""Something of each payload that would do harm if it ran."""
STARTED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "socket.connect", "socket.getaddrinfo")
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


class Listener:
    """Every audit event of this process that starts something, or that is handed words of a payload to run, while it listens."""

    def __init__(self):
        self.on, self.found, self.events = False, [], 0
        sys.addaudithook(self._hear)

    def _hear(self, event, arguments):
        if not self.on:
            return
        self.events += 1
        if event in STARTED and arguments[0] != "fc-list":
            self.found.append((event, repr(arguments)[:300]))
        elif event in ("compile", "exec", "import", "pickle.find_class", "ctypes.dlopen", "builtins.eval"):
            said = " ".join(map(self._text, arguments))
            # Of what tests are made of themselves, pytest compiles the sources.
            if any(word in said for word in WORDS) and __doc__ not in said:
                self.found.append((event, said[:300]))

    def _text(self, argument):
        if isinstance(argument, CodeType):
            return repr(argument.co_consts)
        return (
            argument.decode("utf-8", "replace")
            if isinstance(argument, bytes)
            else str(argument)
            if isinstance(argument, str)
            else ""
        )


LISTENER = Listener()


@pytest.fixture(scope="module", autouse=True)
def nothing_runs():
    """In the builder: whatever the tests of this module do, no word of the data is ever compiled, run or started."""
    LISTENER.on = True
    yield
    LISTENER.on = False
    assert LISTENER.found == []
    assert LISTENER.events > 1000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("hostile")
    world().write(made)
    return made


@pytest.fixture(scope="module")
def packed(folder):
    """The same as one packed table."""
    done(folder, "pack", "-o", "claims.parquet")
    return folder / "claims.parquet"


@pytest.fixture(params=["data", "claims.parquet"])
def data(request, folder, packed):
    """The folder and the packed table: outputs hold the same words."""
    return request.param


def ended(folder, *command):
    """How a command ended in the folder: it did its work, or said in order why not."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        outcome = run(command)
    assert fault(command, outcome) is None
    return outcome


def done(folder, *command, status=0):
    """The same where it is known with which status it has to end."""
    outcome = ended(folder, *command)
    assert outcome.status == status, outcome
    return outcome


def exported(folder, form, data):
    done(folder, "export", "--data", data, "-o", f"out.{form}")
    return (folder / f"out.{form}").read_bytes()


def test_the_listener_hears():
    compile("'ran('", "<data>", "eval")
    assert LISTENER.found.pop()[0] == "compile"


def test_check_takes_them_and_warns_of_direction_marks(folder):
    lines = done(folder, "check").out.splitlines()
    assert {re.search(r"warning ([a-z-]+):", line)[1] for line in lines[:-1]} == {"text-bidi"}


def test_csv_holds_the_words_and_no_formula(folder, data):
    rows = list(csv.DictReader(io.StringIO(exported(folder, "csv", data).decode(), newline="")))
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    for column in ("quote", "says", "place_name"):
        assert {row[column].removeprefix("'") if row[column][:2] in ("'=", "'-") else row[column] for row in rows} >= set(
            PAYLOADS
        )
    done(folder, "export", "--data", data, "--raw", "-o", "raw.csv")
    raw = list(csv.DictReader(io.StringIO((folder / "raw.csv").read_bytes().decode(), newline="")))
    assert {row["quote"] for row in raw} == set(PAYLOADS)


def test_json_and_geojson_hold_the_words(folder, data):
    rows = json.loads(exported(folder, "json", data))
    features = json.loads(exported(folder, "geojson", data))["features"]
    for found in (rows, [feature["properties"] for feature in features]):
        for column in ("quote", "says"):
            assert {row[column] for row in found} == set(PAYLOADS)
        assert {row["place_name"] for row in found} == {*PAYLOADS, "Land"}
        assert {row["force"] for row in found} == {ident(number) for number in range(COUNT)}


def test_linked_places_holds_the_names(folder):
    features = json.loads(exported(folder, "lpf.json", "data"))["features"]
    names = {name["toponym"] for feature in features for name in feature["names"]}
    assert names >= {*PAYLOADS, *(f"Base {text}" for text in PAYLOADS)}
    assert set(PAYLOADS) <= {feature["properties"]["title"] for feature in features}


class Balloon(HTMLParser):
    """What a viewer would make of the HTML in a balloon."""

    ALLOWED = {"h3", "p", "blockquote", "table", "tr", "th", "td", "a"}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.texts, self.wrong = [], []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag not in self.ALLOWED or not set(names) <= {"align", "href"}:
            self.wrong.append((tag, attributes))
        if "href" in names and not names["href"].startswith("https://reader.example/"):
            self.wrong.append((tag, attributes))

    def handle_data(self, text):
        self.texts.append(text)

    def handle_comment(self, text):
        self.wrong.append(("comment", text))

    handle_decl = handle_pi = unknown_decl = handle_comment


def test_kml_holds_the_words_and_balloons_hold_nothing_else(folder, data):
    root = ET.fromstring(exported(folder, "kml", data))
    space = "{http://www.opengis.net/kml/2.2}"
    marks = list(root.iter(f"{space}Placemark"))
    quotes = {cell.text for mark in marks for cell in mark.iter(f"{space}SimpleData") if cell.get("name") == "quote"}
    assert quotes == set(PAYLOADS)
    for mark in marks:
        text = mark.find(f"{space}description").text
        # A viewer fills in $[name] before it reads the HTML.
        assert "$[" not in text
        balloon = Balloon()
        balloon.feed(text)
        balloon.close()
        assert balloon.wrong == []
    said = {found.strip("“”") for mark in marks for found in _told(mark.find(f"{space}description").text)}
    assert set(PAYLOADS) <= said


def _told(html):
    balloon = Balloon()
    balloon.feed(html)
    balloon.close()
    return ["".join(balloon.texts[:2])[len(balloon.texts[0]) :], *balloon.texts]


def test_geopackage_parquet_and_project_hold_the_words(folder, data):
    options = ("--project",) if data == "data" else ()
    done(folder, "export", "--data", data, *options, "-o", "out.gpkg")
    with sqlite3.connect(folder / "out.gpkg") as package:
        assert {quote for (quote,) in package.execute("SELECT quote FROM episodes")} == set(PAYLOADS)
        styles = [text for (text,) in package.execute("SELECT styleQML FROM layer_styles")]
    assert styles
    for text in styles:
        _no_expression_of_data(ET.fromstring(text))
    if options:
        with zipfile.ZipFile(folder / "out.qgz") as project:
            _no_expression_of_data(ET.fromstring(project.read(project.namelist()[0])))
    exported(folder, "parquet", data)
    assert set(pq.read_table(folder / "out.parquet")["quote"].to_pylist()) == set(PAYLOADS)


def _no_expression_of_data(root):
    """Values stand only where QGIS takes them as they are: never in an expression, a filter or a data source."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if (element.tag, name) not in (("category", "value"), ("category", "label")):
                assert not any(word in value for word in WORDS), (element.tag, name, value)


SHAPES = {"svg", "metadata", "RDF", "Work", "type", "format", "creator", "Agent", "title", "defs", "style", "g", "path", "rect", "text", "tspan", "use", "clipPath", "image", "circle", "linearGradient", "stop"}  # fmt: skip


def test_the_figure_holds_words_and_shapes_only(folder):
    done(folder, "figure", "maps/hostile.yaml", "-o", "figure.svg")
    root = ET.fromstring((folder / "figure.svg").read_bytes())
    for element in root.iter():
        assert element.tag.partition("}")[2] in SHAPES
        for name, value in element.attrib.items():
            bare = name.partition("}")[2] or name
            assert not bare.startswith("on")
            assert bare != "href" or value.startswith(("#", "data:image/png"))
            assert bare != "resource" or value.startswith("http://purl.org/")
            assert bare == "style" or not any(word in value for word in WORDS)
    texts = {" ".join("".join(element.itertext()).split()) for element in root.iter("{http://www.w3.org/2000/svg}text")}
    for number in (0, 4, 6, 17, 18, 20):
        assert " ".join(PAYLOADS[number].split()) in texts or any(PAYLOADS[number][:12] in text for text in texts)
    style = "".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}style"))
    assert not any(word in style for word in WORDS)


ASKED = (
    ("at", DAY),
    ("posture", DAY),
    ("compare", "2025-04-01", DAY),
    ("totals", "land", DAY),
    *(("timeline", ident(number)) for number in range(0, COUNT, 6)),
)


@pytest.mark.parametrize("asked", ASKED, ids="-".join)
def test_a_terminal_gets_printable_text(folder, data, asked, monkeypatch):
    plain = done(folder, *asked, "--data", data, "--format", "table").out
    assert not BIDI & set(plain)
    assert all(char.isprintable() or char == "\n" for char in plain)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "90")
    coloured = done(folder, *asked, "--data", data, "--format", "table").out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).replace("\n", "").isprintable()


def test_names_that_javascript_knows_are_names(folder):
    for name in IDS:
        done(folder, "timeline", name)


@pytest.mark.parametrize("number", range(COUNT))
def test_a_question_in_hostile_words_is_answered_in_one_line(folder, number):
    text = PAYLOADS[number]
    for command in (
        ("at", DAY, "--place", text),
        ("at", "--", text),
        ("timeline", "--", text),
        ("map", "--", text),
        ("at", DAY, "--data", text),
    ):
        assert not BIDI & set(ended(folder, *command).err)
    found = done(folder, "place", "--", text).out
    assert not BIDI & set(found)
    assert all(char.isprintable() or char == "\n" for char in found)


BROKEN = ("id", "publisher", "published", "url", "repeats", "text", "claims")
CLAIM = ("place", "force", "status", "when", "from", "to", "modality", "personnel", "change", "by", "repeats", "credibility", "replaces", "id")  # fmt: skip
PLACE = ("id", "kind", "within", "iso", "lat", "lon", "accuracy_km", "codes")


def broken(folder):
    """The hostile words where something else must stand: as ids, dates, figures, kinds and keys."""
    made = world()
    for number, text in enumerate(PAYLOADS):
        report = dict.fromkeys(BROKEN, text)
        report["claims"] = [{**dict.fromkeys(CLAIM, text), text: text}, {key: [text] for key in CLAIM}, text]
        made.reports[f"broken-{number}"] = report | {text: text}
        made.gazetteer["places"] += [{**dict.fromkeys(PLACE, text), "name": text, text: text}, {"id": text}]
        made.forces["forces"] += [{"id": f"f{number}", "name": text, "part_of": text}]
        made.sources["sources"] += [{"id": text, "name": text, "kind": text, "country": text, "reliability": text, "url": text}]
    return made.write(folder)


def test_every_message_is_one_printable_line(tmp_path):
    broken(tmp_path)
    lines = done(tmp_path, "check", status=1).out.splitlines()
    assert len(lines) > 20 * COUNT
    assert not BIDI & set("".join(lines))
    codes = {re.match(r"\S+?:\d+:\d+ (?:warning )?([a-z-]+): ", line)[1] for line in lines[:-1]}
    assert codes >= {"key-unknown", "id-syntax", "url-scheme", "value-unknown", "date-syntax", "figure-syntax", "number-syntax"}
    for word in ("cycler", "</script>", "onerror", "javascript:"):
        assert word in "".join(lines)


REFUSED = {
    "file-control": ["a\u2028ran(1)", "a\u2029b", "\x1b[31mred", "\x00", "\x07", "\x9b31m", "\x7f"],
    "text-control": ["\\u2028ran(1)", "\\u2029", "\\e[31m", "\\x07", "\\u009b"],
    "yaml-tag": ["!!python/object/apply:os.system ['ran']", "!!js/function 'ran(1)'"],
    "url-scheme": ["javascript:ran(1)", "data:text/html,ran(1)", "JaVaScRiPt:ran(1)", "vbscript:ran", "file:///etc/passwd", "//attacker.invalid"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in REFUSED.items() for text in texts])
def test_what_is_no_text_is_refused_by_name(tmp_path, code, text):
    world().write(tmp_path)
    forces = tmp_path / "data" / "forces.yaml"
    sources = tmp_path / "data" / "sources.yaml"
    if code == "url-scheme":
        sources.write_text(f'sources:\n  - {{id: s, name: S, kind: publisher, url: "{text}"}}\n', encoding="utf-8")
    elif code == "yaml-tag":
        forces.write_text(f"forces:\n  - id: us\n    name: {text}\n", encoding="utf-8")
    else:
        forces.write_text(f'forces:\n  - id: us\n    name: "{text}"\n', encoding="utf-8", newline="")
    lines = done(tmp_path, "check", status=1).out.splitlines()
    assert any(f" {code}: " in line for line in lines), lines[:3]


def test_cells_and_mappings_of_an_import_stay_words(tmp_path):
    """A table with a payload in each cell that takes text, and a mapping with all of them in its own texts."""
    everything = " ".join(PAYLOADS)
    # In some keys of a mapping braces name a column.
    unbraced = " ".join(text for text in PAYLOADS if "{" not in text)
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["country", "who", "words", PAYLOADS[4], "year"])
        for number, text in enumerate(PAYLOADS):
            rows.writerow(["Marland", text, text, text, 2001 + number])
    mapping = {
        "name": "hostile",
        "about": everything,
        "skip": [{"where": {"words": "none"}, "why": everything}],
        "report": {"title": unbraced, "publisher": "house", "dating": everything, "note": unbraced},
        "place": {"name": "country"},
        "claim": {
            "force": "us",
            "when": {"year": "year"},
            "personnel": {"column": "year"},
            "by": {"column": "who", "otherwise": "house"},
            "says": "{words}",
            "where": "{words}",
            "note": f"{{{PAYLOADS[4]}}}",
        },
        "places": [{"id": "marland", "name": "Marland", "kind": "country", "lat": 45.0, "lon": 5.0, "note": everything}],
        "forces": [{"id": "us", "name": everything}],
        "sources": [{"id": "house", "name": everything, "kind": "publisher", "note": everything}],
    }
    (tmp_path / "mapping.yaml").write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
    done(tmp_path, "import", "table.csv", "--map", "mapping.yaml", "-o", "made", "--published", "2030-01-31")
    ledger = geoposture.read(tmp_path / "made")
    claims = [claim for _, claim in ledger.claims()]
    assert (
        {claim.says for claim in claims} == {claim.where for claim in claims} == {claim.note for claim in claims} == set(PAYLOADS)
    )
    assert ledger.forces["us"].name == ledger.sources["house"].name == everything
    assert done(tmp_path, "check", "--data", "made").status == 0


def test_the_listed_reasons_of_an_import_are_lines(tmp_path):
    """Cells that are no date, figure, place or force: each is named in one line, or in the list of rows left out."""
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["country", "iso3", "year", "quarter", "source", "troops", "low", "high"])
        rows.writerows([[text] * 8 for text in PAYLOADS])
    counts = geoposture.__file__.replace("geoposture/__init__.py", "docs/examples/import/counts.yaml")
    command = ("import", "table.csv", "--map", counts, "-o", "made", "--published", "2030-01-31")
    outcome = ended(tmp_path, *command)
    assert not BIDI & set(outcome.out + outcome.err)
    assert all(char.isprintable() or char == "\n" for char in outcome.out)


CONTROL = "a\u2028ran(1)\u2029\x1b[31m\x07\x00\u202e end"


@pytest.mark.parametrize(
    "texts",
    [
        {"quote": CONTROL, "says": CONTROL, "note": CONTROL, "where": CONTROL, "title": CONTROL, "url": "javascript:ran(1)"},
        *({column: CONTROL} for column in ("claim", "report", "voice", "when", "published", "place", "force", "publisher")),
    ],
    ids="-".join,
)
def test_a_packed_table_of_others_with_what_no_file_could_hold(folder, packed, tmp_path, texts):
    """A Parquet file is not read as text, so that it may hold controls and addresses of any kind: shown without harm, or refused."""
    table = pq.read_table(packed)
    for column, text in texts.items():
        at, kind = table.schema.get_field_index(column), table.schema.field(column)
        table = table.set_column(at, kind, pa.array([text] * len(table), pa.string()).cast(kind.type))
    other = tmp_path / "claims.parquet"
    pq.write_table(table, other)
    outcome = ended(tmp_path, "at", DAY, "--data", "claims.parquet")
    assert all(char.isprintable() or char == "\n" for char in outcome.out)
    assert not BIDI & set(outcome.out + outcome.err)
    if ended(tmp_path, "export", "--data", "claims.parquet", "-o", "out.kml").status == 0:
        root = ET.fromstring((tmp_path / "out.kml").read_bytes())
        described = [element.text for element in root.iter("{http://www.opengis.net/kml/2.2}description")]
        assert described
        assert not any('href="javascript' in text for text in described)
    recipe = str(folder / "maps" / "hostile.yaml")
    if ended(tmp_path, "map", recipe, "--data", "claims.parquet", "-o", "page.html").status == 0:
        assert not {"\u2028", "\x1b", "\x00"} & set((tmp_path / "page.html").read_text(encoding="utf-8"))


def test_the_ledger_of_a_program_is_drawn_without_reading(folder):
    """The page is built from what a program hands over too; what it holds is ASCII between its own tags."""
    ledger = geoposture.read(folder / "data")
    page = geoposture.draw(ledger, folder / "maps" / "hostile.yaml").get_root().render()
    benign = geoposture.draw(Ledger(), Recipe("Plain", "data")).get_root().render()
    assert _tags(page) == _tags(benign)


def _tags(page):
    """How often each tag stands in the page, outside what scripts and styles hold."""
    counts = {}

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attributes):
            counts[tag] = counts.get(tag, 0) + 1

    Tags().feed(page)
    return counts


def test_a_problem_raised_in_python_is_safe_to_print(tmp_path):
    broken(tmp_path)
    with pytest.raises(InputProblems) as caught:
        geoposture.read(tmp_path / "data")
    assert not BIDI & set(str(caught.value))
    assert all(char.isprintable() or char == "\n" for char in str(caught.value))
