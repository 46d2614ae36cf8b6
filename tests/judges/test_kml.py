"""KML before the schema of the Open Geospatial Consortium (ogckml22.xsd, as pykml ships it)."""

from __future__ import annotations

from importlib.resources import files

import pytest


@pytest.fixture(scope="module")
def schema():
    from lxml import etree

    # pykml itself is not imported: only the schema that it ships is wanted.
    return etree.XMLSchema(etree.parse(str(files("pykml") / "schemas" / "ogckml22.xsd"), etree.XMLParser(no_network=True)))


def parsed(content):
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(no_network=True, resolve_entities=False)).getroottree()


def test_every_file_is_valid(schema, exported):
    for file in sorted(exported.glob("*.kml")):
        assert schema.validate(parsed(file.read_bytes())), (file.name, schema.error_log)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<begin>2", "<begin>on 2"),
        ("<TimeSpan>", "<TimeSpan><span/>"),
        ("<coordinates>", "<extrude>yes</extrude><coordinates>"),
        ("<styleUrl>", "<styles>a</styles><styleUrl>"),
    ],
)
def test_sees_a_seeded_defect(old, new, schema, exported):
    text = (exported / "rows.kml").read_text(encoding="utf-8")
    assert old in text
    assert not schema.validate(parsed(text.replace(old, new, 1).encode()))
