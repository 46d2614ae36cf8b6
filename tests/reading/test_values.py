"""Single values: what each kind takes."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from geoposture.errors import ValueProblem
from geoposture.ledger import Name
from geoposture.reading import values


def read(kind, value):
    return TypeAdapter(kind).validate_python(value)


def code(kind, value):
    with pytest.raises(ValidationError) as raised:
        read(kind, value)
    cause = raised.value.errors()[0]["ctx"]["error"]
    assert isinstance(cause, ValueProblem)
    return cause.code


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (values.Latitude, "33.786", 33.786),
        (values.Latitude, "-90", -90.0),
        (values.Longitude, "+180.0", 180.0),
        (values.Longitude, "4.2e1", 42.0),
        (values.Longitude, ".5", 0.5),
        (values.Kilometres, "0.5", 0.5),
        (values.Credibility, "3", 3),
        (values.Days, None, None),
        (values.Days, "365", 365),
        (values.Days, "0", 0),
        (values.Id, "1", "1"),
        (values.Country, "NO", "NO"),
        (values.Iso, "IQ-AN", "IQ-AN"),
        (values.Iso, "IQ", "IQ"),
        (values.Url, "https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        (values.Url, "HTTP://x.example", "HTTP://x.example"),
        (values.Text, "  two words\n", "two words"),
        (values.FileName, "2025/x.txt", "2025/x.txt"),
        (values.Names, ["A", {"ar": "ب"}], ((Name("A"),), (Name("ب", "ar"),))),
    ],
)
def test_what_is_taken(kind, text, value):
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (values.Latitude, "91", "coordinate-range"),
        (values.Latitude, ".NaN", "coordinate-range"),
        (values.Longitude, "-Infinity", "coordinate-range"),
        (values.Longitude, "1_0", "number-syntax"),
        (values.Longitude, "0x1F", "number-syntax"),
        (values.Longitude, "٤٢", "number-syntax"),
        (values.Latitude, "33°47'", "number-syntax"),
        (values.Latitude, "3" * 400, "number-syntax"),
        (values.Kilometres, "-1", "number-range"),
        (values.Credibility, "0", "number-range"),
        (values.Credibility, "2.5", "number-syntax"),
        (values.Days, "-1", "number-range"),
        (values.Days, "never", "number-syntax"),
        (values.Days, ["1"], "value-kind"),
        (values.Id, "Å", "id-syntax"),
        (values.Id, "-a", "id-syntax"),
        (values.Id, "a_b", "id-syntax"),
        (values.Iso, "IRQ", "code-syntax"),
        (values.Country, "us", "code-syntax"),
        (values.Url, "ftp://x.example", "url-scheme"),
        (values.Url, "https://", "url-scheme"),
        (values.Url, "https://x.example/a b", "url-scheme"),
        (values.Url, "javascript://x.example/%0aalert(1)", "url-scheme"),
        (values.FileName, "a/../../b", "text-path"),
        (values.FileName, "..\\b", "text-path"),
        (values.FileName, "C:\\b", "text-path"),
        (values.Text, None, "value-missing"),
        (values.Text, " ", "value-missing"),
        (values.Text, {"a": "b"}, "value-kind"),
        (values.Names, "A", "value-kind"),
        (values.Names, None, "value-missing"),
        (values.Names, [["A"]], "value-kind"),
        (values.Names, [{}], "value-missing"),
        (values.Names, [{"ar": None}], "value-missing"),
        (values.Names, [{"ar": ["x"]}], "value-kind"),
        (values.Day, "2025-1-1", "day-syntax"),
        (values.Published, "2025-06-01/..", "date-open"),
        (values.OneOrRefs, [], "list-empty"),
        (values.OneOrRefs, {"a": "b"}, "value-kind"),
        (values.OneOrRefs, None, "value-missing"),
    ],
)
def test_what_is_refused(kind, value, expected):
    assert code(kind, value) == expected
