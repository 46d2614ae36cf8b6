"""What is said where YAML gives up."""

from __future__ import annotations

import pytest

from geoposture.reading.yaml_advice import advise, unclosed


@pytest.mark.parametrize(
    ("line", "column", "code", "fix"),
    [
        ("    personnel: >1000", 16, "yaml-quotes", 'Write ">1000".'),
        ("    personnel: >=1,000  # so", 15, "yaml-quotes", 'Write ">=1,000".'),
        ("  - {personnel: >1000, force: us}", 16, "yaml-quotes", 'Write ">1000".'),
        ("title: US: they stay", 9, "yaml-quotes", "Write 'US: they stay'."),
        ("says: it's so: they stay", 13, "yaml-quotes", "Put quotes around the whole value."),
        ("says: *really*", 13, "yaml-quotes", "Write '*really*'."),
        ("\tpublished: 2025", 0, "yaml-syntax", "Indent with spaces."),
        ('title: "C:\\Red"', 10, "yaml-syntax", "Write the character, or put the text between ' and '."),
        ("place: - dun", 7, "yaml-syntax", "Write it as [one, two], or below."),
        ("publisher:courier", 9, "yaml-syntax", "Write a colon and a space."),
        ("note: [sic] more", 12, "yaml-syntax", "Close them, or quote the value if it is text."),
        ("", 0, "yaml-syntax", "Look for a missing quote, bracket, colon or space on this line or above it."),
    ],
)
def test_the_likeliest_fault(line, column, code, fix):
    advice = advise(line, column)
    assert (advice.code, advice.fix) == (code, fix)


def test_the_line_above_is_looked_at():
    assert "line above" in advise("published: 2025", 0, "publisher:courier").what
    assert "above" in advise("published: 2025", 0, "title: [Red").what


@pytest.mark.parametrize(("opening", "word"), [("[", "bracket"), ("{", "bracket"), ('"', "quote"), ("'", "quote")])
def test_what_is_never_closed(opening, word):
    assert word in unclosed(opening).what
