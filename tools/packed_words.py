"""What each column of the packed tables says, for docs/scale.md. The columns are those of geoposture/packing/schema.py."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
from column_words import WORDS

PACKED: dict[str, str] = {
    "withdrawn_from": "Day from which a correction of its publisher withdraws it; no end if none does.",
    "unbounded_from": "First day of which it speaks at all.",
    "possible_from": "First day on which it may hold.",
    "certain_from": "First day on which it certainly holds; empty if there is none.",
    "certain_to": "First day after those on which it certainly holds; empty if there is none.",
    "possible_to": "First day on which it can no longer be known to hold.",
    "unbounded_to": "First day of which it no longer speaks.",
    "known_from": "Day on which the claim became known: the last that `published` can mean.",
    "certainty": "certain, possible or unbounded.",
    "place_number": "For a claim that names several places: which of them this is, from 1. Otherwise empty.",
    "figure": "The figure as written.",
    "title": "Title of the report.",
    "author": "Author of the report.",
    "dating": "Why this is the day of publication.",
    "text": "File of the archived text.",
    "report_note": "What the coder remarks about the report.",
    "report_repeats": "Publishers whose reporting the report passes on, nearest first.",
    "by": "Who says so, as written in the claim.",
    "repeats": "The same for this claim, where it is another chain than the report's.",
    "where": "Where in the document.",
    "note": "What the coder remarks about the claim.",
    "replaces": "Id of the claim that it corrects.",
    "valid_from": "First day on which it holds.",
    "valid_to": "First day on which it no longer holds.",
    "episode_known_from": "First day on which this was known so.",
    "episode_known_to": "First day on which it was known otherwise.",
}
"""The words that are not those of docs/columns.md, where empty cells mean other things."""


def columns(*parts: Iterable[pa.Field], may_miss: Iterable[pa.Field] = ()) -> str:
    """A table of columns. Raises KeyError for one that nobody has put into words."""
    lines = ["| column | holds | may be empty | says |", "| --- | --- | :---: | --- |"]
    missing = {field.name for field in may_miss}
    for field in (field for part in parts for field in part):
        name = f"`{field.name}`" if field.name in missing else f"**`{field.name}`**"
        says = PACKED.get(field.name) or WORDS[field.name]
        lines.append(f"| {name} | {_kind(field.type)} | {'yes' if field.nullable else ''} | {says} |")
    return "\n".join(lines)


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "list of text"
    if pa.types.is_string(kind):
        return "text"
    if pa.types.is_boolean(kind):
        return "true or false"
    return "text, dictionary" if pa.types.is_dictionary(kind) else str(kind)
