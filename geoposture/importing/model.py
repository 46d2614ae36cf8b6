"""The mapping that says how a table of anybody's becomes reports and claims, as pydantic models; JSON Schema comes from them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from ..dates import Period, parse_period
from ..errors import ValueProblem
from ..reading.structure import UNSET, Entry, ForceEntry, PlaceEntry, SourceEntry, schema_of
from ..reading.values import Id, PlaceKind, Text, misplaced, missing
from ..reading.wording import listed, nearest, shown
from .day_format import parse_format

SPLITS = ("none", "year", "quarter", "month")
PRECISIONS = ("exact", "within", "week", "month", "year")
ZEROS = ("absent", "unknown", "refuse")
ENCODINGS = ("utf-8", "latin-1", "cp1252", "cp1256", "utf-16")
FIELD = re.compile(r"\{([^{}]+)\}")
"""A column's name in a text that is put together from columns."""


def _one_of(*words: str) -> tuple[PlainValidator, WithJsonSchema]:
    def validate(value: object, info: ValidationInfo) -> str:
        if not isinstance(value, str) or value not in words:
            near = nearest(value, words) if isinstance(value, str) else None
            what = f'"{info.field_name}" is {shown(str(value))}, which is none of {listed(words)}.'
            raise ValueProblem("value-unknown", what, f"Write {near}." if near else "Write one of these.")
        return value

    return PlainValidator(validate), WithJsonSchema({"type": "string", "enum": list(words)})


def _word(value: object, info: ValidationInfo) -> str:
    """A cell as a table writes it; it may be empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise misplaced(info.field_name or "value", value, "a text", "Write it without brackets.")
    return value


def _texts(value: object, info: ValidationInfo) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(_word(item, info) for item in items)


def _columns(value: object, info: ValidationInfo) -> tuple[str, ...]:
    found = _texts(value, info)
    if not all(found) or not found:
        raise missing(info.field_name or "column")
    return found


def _conditions(value: object, info: ValidationInfo) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        raise misplaced(info.field_name or "where", value, "columns with values", 'Write {column: value} or {column: [a, ""]}.')
    return {str(column): _texts(words, info) for column, words in value.items()}


def _translations(value: object, info: ValidationInfo) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise misplaced(info.field_name or "values", value, "words with their meaning", "Write {word: meaning}.")
    return {str(word): _word(meaning, info) for word, meaning in value.items()}


def _constant(value: object, info: ValidationInfo) -> object:
    """A text stands for {constant: text}."""
    if isinstance(value, str):
        return {"constant": value}
    if not isinstance(value, dict):
        raise (
            missing(_key(info)) if value is None else misplaced(_key(info), value, "a text or a column", "Write {column: NAME}.")
        )
    if ("constant" in value) == ("column" in value):
        raise ValueProblem("value-kind", f'"{_key(info)}" wants one of constant and column.', "Write a text, or {column: NAME}.")
    return value


def _key(info: ValidationInfo) -> str:
    return info.field_name or "value"


def _one_char(value: object, info: ValidationInfo) -> str:
    """The sign between cells; a tab may be called so, for it cannot be seen."""
    sign = {"tab": "\t", "\\t": "\t"}.get(value, value) if isinstance(value, str) else value
    if not isinstance(sign, str) or len(sign) != 1 or sign in '"\r\n':
        raise ValueProblem("value-kind", f'"{_key(info)}" is {shown(str(value))}, no single sign.', 'Write ";", "|" or tab.')
    return sign


def _unit(value: object, info: ValidationInfo) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or not 0 < number <= 1_000_000:
        raise ValueProblem("number-syntax", f'"{info.field_name}" is {shown(str(value))}.', "Write 1, or 1000 for thousands.")
    return number


def _days(value: object, info: ValidationInfo) -> int:
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and 0 < int(value) < 40_000):
        raise ValueProblem("number-syntax", f'"{info.field_name}" is {shown(str(value))}, no number of days.', "Write 366.")
    return int(value)


def _published(value: object, info: ValidationInfo) -> object:
    """A constant day is checked here; a column's when the rows are read."""
    if isinstance(value, str):
        parse_period(value)
    return _constant(value, info)


_STRING = {"type": "string"}
_STRINGS = {"anyOf": [_STRING, {"type": "array", "items": _STRING}]}
Word = Annotated[tuple[str, ...], PlainValidator(_texts), WithJsonSchema(_STRINGS)]
Columns = Annotated[tuple[str, ...], PlainValidator(_columns), WithJsonSchema(_STRINGS)]
Conditions = Annotated[
    dict[str, tuple[str, ...]], PlainValidator(_conditions), WithJsonSchema({"type": "object", "additionalProperties": _STRINGS})
]
Translations = Annotated[
    dict[str, str], PlainValidator(_translations), WithJsonSchema({"type": "object", "additionalProperties": _STRING})
]
Sign = Annotated[str, PlainValidator(_one_char), WithJsonSchema(_STRING)]
DayFormat = Annotated[Text, AfterValidator(parse_format)]
Unit = Annotated[Decimal, PlainValidator(_unit), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
Days = Annotated[int, PlainValidator(_days), WithJsonSchema({"type": "integer", "minimum": 1})]
Split = Annotated[str, *_one_of(*SPLITS)]
Zero = Annotated[str, *_one_of(*ZEROS)]
Next = Annotated[str, *_one_of("next")]
Without = Annotated[str, *_one_of("skip", "present")]
Whole = Annotated[str, *_one_of("whole", "some")]
Thousands = Annotated[str, *_one_of("comma", "point")]
Encoding = Annotated[str, *_one_of(*ENCODINGS)]


def _or_text(schema: dict[str, Any]) -> None:
    """Let the schema of Value take a text alone, too."""
    spelled_out = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "minLength": 1}, spelled_out]


class Value(Entry):
    """A constant, or what a column says, if need be translated."""

    model_config = ConfigDict(json_schema_extra=_or_text)

    constant: Text = Field(UNSET, description="The same for all rows; a text alone means this.")
    column: Text = Field(UNSET, description="The column that says it.", examples=["side_a"])
    values: Translations = Field(UNSET, description="What words of the column mean.", examples=[{"Government of Iraq": "iraq"}])
    otherwise: Text = Field(UNSET, description="What every other word of the column means.", examples=["dmdc"])
    split: Text = Field(UNSET, description="The sign between several words in one cell.", examples=[";"])


ValueOf = Annotated[
    Value,
    BeforeValidator(_constant),
]
PublishedOf = Annotated[Value, BeforeValidator(_published)]


class TableSpec(Entry):
    """How the table's file is to be read."""

    encoding: Encoding = Field("utf-8", description="Of a CSV file.", examples=["latin-1"])
    delimiter: Sign = Field(UNSET, description="Between two cells of a CSV file; default: , or, for .tsv, a tab.", examples=[";"])
    sheet: Text = Field(UNSET, description="Of an Excel file that has several.", examples=["Data"])


class SkipSpec(Entry):
    """Rows that are left out, and why."""

    where: Conditions = Field(
        description="Columns with the value, or list of values, that such a row has in each of them; '' is unknown.",
        examples=[{"troops": ["0"], "source": [""]}],
    )
    why: Text = Field(description="The reason, as the summary and the list of rows left out will give it.")


class ReportSpec(Entry):
    """The publication that the table is."""

    title: Text = Field(UNSET, description="Title; the year or month is added where reports are split.")
    publisher: ValueOf = Field(description="Who publishes: a source id, or a column of names.")
    published: PublishedOf = Field(UNSET, description="EDTF day, or a column; --published says it for one edition.")
    dating: Text = Field(UNSET, description="Why this is the day of publication.")
    url: ValueOf = Field(UNSET, description="Address; http or https.")
    note: Text = Field(UNSET, description="Anything else worth knowing.")
    split: Split = Field("year", description="One file for each year, quarter or month that claims begin in, or one for all.")


class PlaceSpec(Entry):
    """Which place a row is about: the first of these that says so."""

    id: ValueOf = Field(UNSET, description="A place id for all rows, or a column of ids.")
    name: Text = Field(UNSET, description="The column of names; any spelling that the gazetteer has.", examples=["countryname"])
    iso: Text = Field(UNSET, description="The column of ISO 3166-1 codes, two letters or three.", examples=["iso3c"])
    icao: Text = Field(UNSET, description="The column of ICAO codes, for the gazetteer or airportsdata.", examples=["icao"])
    lat: Text = Field(UNSET, description="The column of latitudes: places with a name that is not known yet are made.")
    lon: Text = Field(UNSET, description="The column of longitudes.")
    kind: PlaceKind = Field("site", description="Of the places that are made.")
    within: Columns = Field(UNSET, description="Columns with the area's ISO code or name, the best first.")
    accuracy_km: ValueOf = Field(UNSET, description="Radius within which the location of places that are made is known.")
    reference: Text = Field(UNSET, description="Where the location of places that are made was published; {column} allowed.")


class FigureSpec(Entry):
    """How many people: one column, or those of the lowest and highest estimate."""

    column: Text = Field(UNSET, description="The column of figures: numbers, or as in reports (~2500, 250..350).")
    low: Text = Field(UNSET, description="The column of the lowest estimate.", examples=["low"])
    high: Text = Field(UNSET, description="The column of the highest estimate.", examples=["high"])
    best: Text = Field(UNSET, description="The column of the best estimate, for rows without a range.", examples=["best"])
    thousands: Thousands = Field(
        UNSET, description="comma: 1,000 and 0.5; point: 1.000 and 0,5. Default: comma, and 1.000 is refused.", examples=["point"]
    )
    unit: Unit = Field(Decimal(1), description="What one of the table's units is; 1000 for thousands.", examples=[1000])
    zero: Zero = Field("absent", description="What 0 means: absent, unknown (the row is left out), or refuse the row.")
    without: Without = Field("skip", description="A row without a figure: skip it, or it says present, of unknown strength.")
    about: Conditions = Field(UNSET, description="Rows whose figure is approximate.", examples=[{"source": "estimate"}])


class WhenSpec(Entry):
    """When it was so."""

    column: Text = Field(UNSET, description="The column of days or EDTF dates.", examples=["event_date"])
    start: Text = Field(UNSET, description="The column of first days.", examples=["date_start"])
    end: Text = Field(UNSET, description="The column of last days; empty: no end is claimed.", examples=["date_end"])
    format: DayFormat = Field(
        UNSET, description="How days are written, in the signs of strptime: %d %B %Y; no %y.", examples=["%d %B %Y"]
    )
    year: Text = Field(UNSET, description="The column of years.", examples=["year"])
    quarter: Text = Field(UNSET, description="The column of quarters, 1 to 4 or Q1 to Q4.", examples=["quarter"])
    month: Text = Field(UNSET, description="The column of months, as numbers or English names.", examples=["month"])
    covers: Whole = Field("whole", description="whole: it was so from the first day to the last; some: some time between.")
    precision: ValueOf = Field(
        UNSET, description="How well the day is known: exact, within (first and last day), week, month or year."
    )
    until: Next = Field(UNSET, description="next: possibly so until the day before the next row of this place and force.")
    most_days: Days = Field(366, description="With `until`: but no longer than so many days after the row's own.")


class ClaimSpec(Entry):
    """What each row says."""

    id: Text = Field(UNSET, description="The row's own id, {column} by {column}; default: place, force and days.")
    force: ValueOf = Field(description="A force id, or a column of ids or names.")
    status: ValueOf = Field(UNSET, description="present (default) or absent.")
    when: WhenSpec = Field(UNSET, description="When it was so; default: from the day of publication on.")
    modality: ValueOf = Field(UNSET, description="reported (default), announced, expected or possible.")
    personnel: FigureSpec = Field(UNSET, description="How many people.")
    by: ValueOf = Field(UNSET, description="Who says so: a source id, or a column of ids or names.")
    repeats: ValueOf = Field(UNSET, description="Whose reporting is passed on: source ids or names.")
    credibility: ValueOf = Field(UNSET, description="NATO Admiralty grade, 1 to 6.")
    says: Text = Field(UNSET, description="In our own words; {column} by {column}.", examples=["{best} killed"])
    where: Text = Field(UNSET, description="Where in the table or its source; {column} allowed.", examples=["row {id}"])
    note: Text = Field(UNSET, description="Anything else; {column} allowed.")


class MappingFile(Entry):
    """How the rows of one kind of table become places, reports and claims."""

    name: Id = Field(description="Lowercase slug; the reports begin with it.", examples=["troopdata"])
    about: Text = Field(UNSET, description="Which table this is for, and what was decided about it.")
    table: TableSpec = Field(default_factory=TableSpec, description="How the file is to be read.")
    unknown: Word = Field(("",), description="What cells say where nothing is known.", examples=[["", "NA"]])
    skip: tuple[SkipSpec, ...] = Field((), description="Rows that are left out, and why.")
    report: ReportSpec = Field(UNSET, description="The publication; left out: only the gazetteer is made.")
    place: PlaceSpec = Field(description="Which place a row is about.")
    claim: ClaimSpec = Field(UNSET, description="What each row says; left out: only the gazetteer is made.")
    places: tuple[PlaceEntry, ...] = Field((), description="Places that the table knows and the base map does not.")
    forces: tuple[ForceEntry, ...] = Field((), description="Forces of the table.")
    sources: tuple[SourceEntry, ...] = Field((), description="Publishers, offices and people of the table.")

    @property
    def makes_claims(self) -> bool:
        """Whether rows become claims, and not only places."""
        return self.claim is not None

    def day_of_publication(self) -> Period | None:
        """The one day on which the whole table was published; None if none is given, or each row has its own."""
        published = self.report.published if self.report is not None else None
        return parse_period(published.constant) if published is not None and published.constant is not None else None


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a mapping."""
    return schema_of(MappingFile, "mapping")
