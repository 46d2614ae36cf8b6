"""The models of the files, and the JSON Schema that comes from them."""

from __future__ import annotations

import json
import re

import pytest

from geoposture.errors import UsageError
from geoposture.reading import KINDS, json_schema, schema_text
from geoposture.reading.structure import model_of

NULLABLE = {"stale_after_days"}


def fields(schema):
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part["properties"].items()


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained_and_nothing_else_is_allowed(kind):
    schema = json_schema(kind)
    assert schema["$schema"].endswith("2020-12/schema")
    assert all(part["additionalProperties"] is False for part in (schema, *schema.get("$defs", {}).values()))
    for name, field in fields(schema):
        assert field["description"].endswith(".") or "…" in field["description"], name
        assert "examples" in field or field.get("type") == "array", name
        assert ("null" in json.dumps(field)) == (name in NULLABLE), name


@pytest.mark.parametrize("kind", KINDS)
def test_examples_fit_their_own_patterns_and_models(kind):
    for name, field in fields(json_schema(kind)):
        for example in field.get("examples", ()):
            if "pattern" in field:
                assert re.search(field["pattern"], str(example)), name
            if "enum" in field:
                assert example in field["enum"], name


def keys(model):
    return {info.alias or name for name, info in model.model_fields.items()}


def test_keys_are_those_of_the_format():
    from geoposture.reading.structure import ClaimEntry, ForceEntry, PlaceEntry, RecipeFile, ReportFile, SourceEntry

    assert keys(PlaceEntry) == {
        "id",
        "name",
        "names",
        "kind",
        "within",
        "iso",
        "lat",
        "lon",
        "accuracy_km",
        "codes",
        "references",
        "note",
    }
    assert keys(ForceEntry) == {"id", "name", "part_of", "note"}
    assert keys(SourceEntry) == {"id", "name", "kind", "country", "role", "reliability", "url", "note"}
    assert keys(ReportFile) == {
        "id",
        "title",
        "publisher",
        "author",
        "url",
        "published",
        "dating",
        "repeats",
        "text",
        "note",
        "claims",
    }
    assert keys(ClaimEntry) == {
        "id",
        "place",
        "force",
        "status",
        "when",
        "from",
        "to",
        "modality",
        "personnel",
        "change",
        "by",
        "repeats",
        "credibility",
        "quote",
        "says",
        "where",
        "note",
        "replaces",
    }
    assert keys(RecipeFile) == {
        "title",
        "subtitle",
        "data",
        "day",
        "known",
        "compare",
        "by",
        "forces",
        "places",
        "exclude_sources",
        "stale_after_days",
        "tiles",
        "notes",
    }


def test_what_is_required():
    assert json_schema("gazetteer")["$defs"]["PlaceEntry"]["required"] == ["id", "name", "kind", "lat", "lon"]
    assert json_schema("report")["required"] == ["publisher", "published"]
    assert json_schema("report")["$defs"]["ClaimEntry"]["required"] == ["place", "force"]
    assert json_schema("recipe")["required"] == ["title"]


def test_the_text_of_a_schema_is_json():
    assert json.loads(schema_text("report")) == json_schema("report")


def test_an_unknown_kind_names_the_nearest():
    with pytest.raises(UsageError, match="Write report"):
        json_schema("reports")
    with pytest.raises(UsageError, match="gazetteer, forces, sources, report or recipe"):
        model_of("zzz")


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        (
            "personnel",
            [
                "2500",
                "2,500",
                "~2500",
                "250..350",
                "~250..350",
                "<2000",
                "<=2000",
                ">1000",
                "~>=1000",
                "1000..",
                "..2000",
                "dozens",
            ],
            ["-5", "many", "~dozens", ".."],
        ),
        ("change", ["-700", "~-700", "-1200..-1000", "+500", "up", "down", "~-1,200..-1,000"], ["lots", "~up"]),
        ("replaces", ["a#1", "a-b#c1"], ["a", "A#1"]),
        ("by", ["unnamed", "unnamed-us-officials", "minister"], ["The Minister"]),
        ("quote", ["one two", " ".join("x" * 25)], [" ".join("x" * 26)]),
    ],
)
def test_patterns_of_a_claim(key, good, bad):
    pattern = json_schema("report")["$defs"]["ClaimEntry"]["properties"][key]["pattern"]
    assert [text for text in good if not re.search(pattern, text)] == []
    assert [text for text in bad if re.search(pattern, text)] == []
