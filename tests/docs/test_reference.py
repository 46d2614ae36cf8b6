"""What people look up is all there: codes, commands, options, columns, keys, functions, words."""

from __future__ import annotations

import re

import pytest
import typer.main

import geoposture
from geoposture.cli import app
from geoposture.frames import CONTRACTS
from geoposture.importing import mapping_schema
from geoposture.reading import KINDS, json_schema
from geoposture.reading.codes import CODES
from geoposture.terminal import CHANGE_WORDS, STANDINGS

from .conftest import ROOT

import reference_pages  # isort: skip
from column_words import TABLES, WORDS  # isort: skip
from doc_pictures import drawings  # isort: skip
from generated_docs import pages  # isort: skip

DOCS = ROOT / "docs"
COMMANDS = typer.main.get_command(app).commands


def text(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_generated_pages_are_those_of_the_code():
    for path, made in pages().items():
        assert path.read_text(encoding="utf-8") == made, f"run make docs for {path.name}"


def test_drawings_are_those_of_the_code():
    for name, svg in drawings().items():
        assert (DOCS / "pictures" / f"{name}.svg").read_text(encoding="utf-8") == svg, f"run make pictures for {name}"


def test_every_message_has_cause_and_cure():
    page = text("problems.md")
    for name, code in CODES.items():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert code.cause in section
        assert code.cure in section


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_with_every_option_and_argument(name):
    section = text("commands.md").split(f"\n## geoposture {name}\n")[1].split("\n## ")[0]
    for one in COMMANDS[name].params:
        if one.param_type_name == "option" and one.name != "help":
            assert all(f"`{option}`" in section for option in one.opts)
        assert one.help in section.replace("\\|", "|")


def test_every_column_of_every_table():
    page = text("columns.md")
    assert set(TABLES) == set(CONTRACTS)
    assert set(WORDS) == {column for columns in CONTRACTS.values() for column in columns}
    for name, columns in CONTRACTS.items():
        section = page.split(f"\n## {name.capitalize()}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(columns)


def test_a_column_without_words_is_an_error(monkeypatch):
    monkeypatch.delitem(WORDS, "basis")
    with pytest.raises(KeyError, match="basis"):
        reference_pages.columns()


def test_every_key_of_every_schema():
    page = text("keys.md")
    schemas = [*(json_schema(kind) for kind in KINDS), mapping_schema()]
    for schema in schemas:
        for entry in (schema, *schema.get("$defs", {}).values()):
            for key, field in entry.get("properties", {}).items():
                assert re.search(
                    rf"^\| (\*\*)?`{key}`(\*\*)? \| {re.escape(field.get('description', ''))}", page, re.MULTILINE
                ), key


def test_every_public_function_and_error():
    assert set(re.findall(r"^::: geoposture\.(\w+)$", text("api.md"), re.MULTILINE)) == set(geoposture.__all__) - {"__version__"}


def test_every_standing_and_every_word_of_change_is_explained():
    table = re.findall(r"^\| (\w+) \| ", text("standing.md"), re.MULTILINE)
    assert set(STANDINGS) <= set(table)
    page = text("comparing.md")
    for name, words in CHANGE_WORDS.items():
        assert f"`{name}`" in page
        assert words in page


def test_every_picture_says_what_it_shows():
    found = [
        (page.name, words, path)
        for page in [ROOT / "README.md", *DOCS.glob("*.md")]
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert len(found) > 20
    assert [name for name, words, _ in found if len(words) < 20] == []
    shown = {path.rpartition("/")[2] for _, _, path in found}
    assert {f"{name}.svg" for name in drawings()} <= shown


def test_the_files_that_the_format_page_shows_are_read(tmp_path):
    from geoposture.reading import check

    blocks = re.findall(r"^## ([^\n:]+)[^\n]*\n```yaml\n(.*?)^```", text("data-format.md"), re.DOTALL | re.MULTILINE)
    assert [name for name, _ in blocks] == ["gazetteer.yaml", "forces.yaml", "sources.yaml", "reports/*.yaml", "maps/*.yaml"]
    for name, body in blocks:
        path = tmp_path / ("" if name.startswith("maps") else "data") / name.replace("*", "shown")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    # Excerpts name places and sources that they do not show; nothing else may be wrong with them.
    excused = {"place-unknown", "source-unknown", "force-unknown", "claim-unknown", "url-scheme"}
    found = [str(problem) for problem in check(tmp_path / "data") if problem.code not in excused]
    assert found == []
