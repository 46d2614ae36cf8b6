"""The kinds of single values in the files: each is a parser of its text and the JSON Schema that editors check it with.

Parsers get what stands in the tree: text for every single value, None for an empty one, a list or a dict. They raise
ValueProblem, which pydantic hands on with the place where it happened.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema

from ..dates import Period, ValidTime, parse_day, parse_period, parse_when
from ..errors import ValueProblem
from ..figures import Figure, parse_change, parse_personnel
from ..ledger import AREA_KINDS, GROUPINGS, MODALITIES, SITE_KINDS, Name
from .wording import listed, nearest, shown, slug

T = TypeVar("T")
Parse = Callable[[str, str], T]

SLUG = r"[a-z0-9][a-z0-9-]*"
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_LONGEST = 200
LONGEST_ID = 200
"""Letters of an id."""
_TEXT_OR_NUMBER = ["string", "integer"]


def missing(key: str) -> ValueProblem:
    """The problem of a key without a value."""
    return ValueProblem("value-missing", f'"{key}" has no value.', "Write one, or leave the key out.")


def misplaced(key: str, value: object, wanted: str, fix: str) -> ValueProblem:
    """The problem of a value of the wrong kind."""
    kind = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else shown(str(value))
    return ValueProblem("value-kind", f'"{key}" wants {wanted}, not {kind}.', fix)


def _single(parse: Parse[T]) -> PlainValidator:
    """A validator that lets `parse` see the text of a single value, with the name of its key."""

    def validate(value: object, info: ValidationInfo) -> T:
        key = _key(info)
        if value is None or (isinstance(value, str) and not value.strip()):
            raise missing(key)
        if not isinstance(value, str):
            raise misplaced(key, value, "a single value", "Write it without brackets.")
        return parse(value.strip(), key)

    return PlainValidator(validate)


def _key(info: ValidationInfo) -> str:
    return (info.field_name or "value").rstrip("_")


def _list(value: object, info: ValidationInfo) -> object:
    if value is None:
        raise missing(_key(info))
    if not isinstance(value, list):
        raise misplaced(
            _key(info), value, "a list", "Write it between brackets, as in [one, two], or one to a line after a hyphen."
        )
    return value


def _filled_list(value: object, info: ValidationInfo) -> object:
    if value == []:
        raise ValueProblem("list-empty", f'"{_key(info)}" is an empty list.', "Fill it, or leave the key out.")
    return _list(value, info)


def _one_or_list(value: object, info: ValidationInfo) -> object:
    return _filled_list([value] if isinstance(value, str) else value, info)


def _short(parse: Callable[[str], T]) -> Parse[T]:
    """A parser that is spared texts far longer than any sane one."""

    def guarded(text: str, key: str) -> T:
        if len(text) > _LONGEST:
            raise ValueProblem("value-long", f"{key} {shown(text)} has {len(text):,} characters.", "Shorten it.")
        return parse(text)

    return guarded


def _one_of(*words: str) -> Parse[str]:
    def parse(text: str, key: str) -> str:
        if text in words:
            return text
        near = nearest(text, words)
        fix = f"Write {near}." if near else "Write one of these."
        raise ValueProblem("value-unknown", f'"{key}" is {shown(text)}, which is none of {listed(words)}.', fix)

    return parse


def _pattern(pattern: str, code: str, what: str, fix: str) -> Parse[str]:
    compiled = re.compile(pattern)

    def parse(text: str, key: str) -> str:
        if len(text) > _LONGEST or not compiled.fullmatch(text):
            raise ValueProblem(code, f"{key} {shown(text)} is no {what}.", fix)
        return text

    return parse


def _number(text: str, key: str) -> float:
    if _NO_NUMBER.fullmatch(text):
        return math.nan
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        fix = f"Write {text.replace(',', '.')}." if re.fullmatch(r"-?[0-9]+,[0-9]+", text) else "Write a number, as in 33.786."
        raise ValueProblem("number-syntax", f"{key} {shown(text)} is no number.", fix)
    return float(text)


def _degrees(limit: int) -> Parse[float]:
    def parse(text: str, key: str) -> float:
        value = _number(text, key)
        if not -limit <= value <= limit:
            raise ValueProblem(
                "coordinate-range", f"{key} {shown(text)} is not on Earth.", f"Write degrees from -{limit} to {limit}."
            )
        return value

    return parse


def kilometres(text: str, key: str) -> float:
    """A radius. Raises ValueProblem if it is none."""
    value = _number(text, key)
    if not 0 < value <= 20_000:
        raise ValueProblem("number-range", f"{key} {shown(text)} is no radius.", "Write kilometres above 0, as in 1 or 0.5.")
    return value


def _whole(low: int, high: int) -> Parse[int]:
    def parse(text: str, key: str) -> int:
        if not re.fullmatch(r"[-+]?[0-9]{1,18}", text):
            raise ValueProblem("number-syntax", f"{key} {shown(text)} is no whole number.", f"Write one from {low} to {high}.")
        if not low <= int(text) <= high:
            raise ValueProblem("number-range", f"{key} is {text}.", f"Write a whole number from {low} to {high}.")
        return int(text)

    return parse


def _days(value: object, info: ValidationInfo) -> int | None:
    """A number of days, or null: the one value in all files that may be."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise misplaced(_key(info), value, "a number of days", "Write it without brackets.")
    if value == "never":
        raise ValueProblem("number-syntax", f'{_key(info)} "never" is no number.', "Write null.")
    return _whole(0, 4_000_000)(value.strip(), _key(info))


def _id(text: str, key: str) -> str:
    if len(text) > LONGEST_ID or not re.fullmatch(SLUG, text):
        fix = f"Write {slug(text)}." if slug(text) else "Write lowercase letters, digits and hyphens."
        raise ValueProblem("id-syntax", f"{key} {shown(text)} is no id.", fix)
    return text


def web_address(text: str, key: str) -> str:
    """An address of http or https. Raises ValueProblem if it is none."""
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", text, re.IGNORECASE):
        raise ValueProblem(
            "url-scheme", f"{key} {shown(text)} is no address of http or https.", "Write all of it, from https:// on."
        )
    return text


def _quote(text: str, key: str) -> str:
    if (words := len(text.split())) > 25:
        raise ValueProblem("quote-long", f"the {key} has {words} words, more than 25.", "Keep the words that carry the fact.")
    return text


def _file_name(text: str, key: str) -> str:
    parts = re.split(r"[/\\]", text)
    if ".." in parts or parts[0] == "" or ":" in parts[0] or "\x00" in text:
        raise ValueProblem("text-path", f"{key} {shown(text)} leads out of the folder of texts.", "Write the file's name alone.")
    return text


def _full_id(text: str, key: str) -> str:
    if len(text) > 2 * LONGEST_ID or not re.fullmatch(f"{SLUG}#{SLUG}", text):
        raise ValueProblem("replaces-syntax", f"{key} {shown(text)} is no full id of a claim.", "Write report#claim.")
    return text


def _names(value: object, info: ValidationInfo) -> tuple[Name, ...]:
    """One item of `names`: text, or text by language tag."""
    if isinstance(value, str) and value.strip():
        return (Name(value.strip()),)
    if not isinstance(value, dict) or not value:
        raise missing(_key(info)) if not value else misplaced(_key(info), value, "names", "Write text, or {ar: text}.")
    found = []
    for lang, text in value.items():
        if not isinstance(text, str) or not text.strip():
            raise missing(lang) if text in (None, "") else misplaced(_key(info), text, "names", "Write text, or {ar: text}.")
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
            raise ValueProblem("code-syntax", f"{shown(lang)} is no language tag.", "Write one such as ar, ckb or ku-Latn.")
        found.append(Name(text.strip(), lang))
    return tuple(found)


def _schema(kind: str | list[str], **rest: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **rest})


Text = Annotated[str, _single(lambda text, _key: text), _schema("string", minLength=1)]
Id = Annotated[str, _single(_id), _schema(_TEXT_OR_NUMBER, pattern=f"^{SLUG}$")]
Ref = Annotated[str, _single(lambda text, _key: text), _schema(_TEXT_OR_NUMBER, pattern=f"^{SLUG}$")]
SourceRef = Annotated[str, _single(lambda text, _key: text), _schema(_TEXT_OR_NUMBER, pattern=f"^{SLUG}(/{SLUG})?$")]
ClaimRef = Annotated[str, _single(_full_id), _schema("string", pattern=f"^{SLUG}#{SLUG}$")]
Latitude = Annotated[float, _single(_degrees(90)), _schema("number", minimum=-90, maximum=90)]
Longitude = Annotated[float, _single(_degrees(180)), _schema("number", minimum=-180, maximum=180)]
Kilometres = Annotated[float, _single(kilometres), _schema("number", exclusiveMinimum=0, maximum=20000)]
Credibility = Annotated[int, _single(_whole(1, 6)), _schema("integer", minimum=1, maximum=6)]
Days = Annotated[int | None, PlainValidator(_days), _schema(["integer", "null"], minimum=0)]

PLACE_KINDS = (*AREA_KINDS, *SITE_KINDS)
SOURCE_KINDS = ("publisher", "office", "person")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
PlaceKind = Annotated[str, _single(_one_of(*PLACE_KINDS)), _schema("string", enum=list(PLACE_KINDS))]
SourceKind = Annotated[str, _single(_one_of(*SOURCE_KINDS)), _schema("string", enum=list(SOURCE_KINDS))]
Reliability = Annotated[str, _single(_one_of(*RELIABILITIES)), _schema("string", enum=list(RELIABILITIES))]
Status = Annotated[str, _single(_one_of("present", "absent")), _schema("string", enum=["present", "absent"])]
Modality = Annotated[str, _single(_one_of(*reversed(MODALITIES))), _schema("string", enum=list(reversed(MODALITIES)))]
Grouping = Annotated[str, _single(_one_of(*GROUPINGS)), _schema("string", enum=list(GROUPINGS))]


def _code(pattern: str, what: str, fix: str) -> tuple[PlainValidator, WithJsonSchema]:
    return _single(_pattern(pattern, "code-syntax", what, fix)), _schema("string", pattern=f"^{pattern}$")


Iso = Annotated[str, *_code("[A-Z]{2}(-[A-Z0-9]{1,3})?", "ISO 3166 code", "Write one such as IQ or IQ-AN.")]
Country = Annotated[str, *_code("[A-Z]{2}", "ISO 3166-1 code", "Write two capital letters, as in US.")]
Icao = Annotated[str, *_code("[A-Z][A-Z0-9]{3}", "ICAO code", "Write four capital letters, as in ORAA.")]
Iata = Annotated[str, *_code("[A-Z]{3}", "IATA code", "Write three capital letters, as in IQA.")]

Url = Annotated[str, _single(web_address), _schema("string", pattern="^[Hh][Tt][Tt][Pp][Ss]?://")]
Quote = Annotated[str, _single(_quote), _schema("string", pattern=r"^\s*(\S+\s+){0,24}\S+\s*$")]
FileName = Annotated[str, _single(_file_name), _schema("string", minLength=1)]
Day = Annotated[int, _single(_short(parse_day)), _schema("string", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Published = Annotated[Period, _single(_short(parse_period)), _schema(_TEXT_OR_NUMBER, minLength=4)]
When = Annotated[ValidTime, _single(_short(parse_when)), _schema(_TEXT_OR_NUMBER, minLength=4)]

_SHORT_FIGURE = r"[0-9][0-9,]*(\.\.([0-9][0-9,]*)?)?|\.\.[0-9][0-9,]*|[<>]=?[0-9][0-9,]*"
_SIGNED = "[+-][0-9][0-9,]*"
Personnel = Annotated[
    Figure,
    _single(_short(parse_personnel)),
    _schema(_TEXT_OR_NUMBER, pattern=f"^(~?({_SHORT_FIGURE})|dozens|hundreds|thousands)$"),
]
Change = Annotated[
    Figure,
    _single(_short(parse_change)),
    _schema(_TEXT_OR_NUMBER, pattern=rf"^(~?([<>]=?)?{_SIGNED}|~?({_SIGNED})?\.\.({_SIGNED})?|up|down)$"),
]

Names = Annotated[
    tuple[
        Annotated[
            tuple[Name, ...],
            PlainValidator(_names),
            WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}),
        ],
        ...,
    ],
    BeforeValidator(_list),
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_list)]
SourceRefs = Annotated[tuple[SourceRef, ...], BeforeValidator(_list)]
_REFS = {"type": "array", "items": {"type": _TEXT_OR_NUMBER, "pattern": f"^{SLUG}$"}, "minItems": 1, "uniqueItems": True}
FilledRefs = Annotated[tuple[Ref, ...], BeforeValidator(_filled_list), WithJsonSchema(_REFS)]
OneOrRefs = Annotated[
    tuple[Ref, ...],
    BeforeValidator(_one_or_list),
    WithJsonSchema({"anyOf": [{"type": _TEXT_OR_NUMBER, "pattern": f"^{SLUG}$"}, _REFS]}),
]
