"""The five kinds of file as pydantic models: which keys there are, what each means and takes. JSON Schema comes from them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema

from ..errors import UsageError
from .values import (
    Change,
    ClaimRef,
    Country,
    Credibility,
    Day,
    Days,
    FileName,
    FilledRefs,
    Grouping,
    Iata,
    Icao,
    Id,
    Iso,
    Kilometres,
    Latitude,
    Longitude,
    Modality,
    Names,
    OneOrRefs,
    Personnel,
    PlaceKind,
    Published,
    Quote,
    Ref,
    Reliability,
    SourceKind,
    SourceRefs,
    Status,
    Text,
    Texts,
    Url,
    When,
)
from .wording import listed, nearest, shown

UNSET: Any = None
"""The default of a key that may be left out. In the files nothing may be empty, so None never comes from there."""


class Entry(BaseModel):
    """A mapping of a file. Assignments are validated, so that one can be filled key by key."""

    # Built when first used: commands that read no files need no models.
    model_config = ConfigDict(extra="forbid", validate_assignment=True, arbitrary_types_allowed=True, defer_build=True)


class Codes(Entry):
    """What an airport is called in flight plans and on tickets."""

    icao: Icao = Field(UNSET, description="ICAO location indicator.", examples=["ORAA"])
    iata: Iata = Field(UNSET, description="IATA airport code.", examples=["IQA"])


class PlaceEntry(Entry):
    """A site or an area."""

    id: Id = Field(description="Lowercase slug, unique among places.", examples=["ain-al-asad"])
    name: Text = Field(description="Name as it is to be shown.", examples=["Ain al-Asad Air Base"])
    kind: PlaceKind = Field(
        description="country, region and province are areas; every other kind is a site.", examples=["air-base"]
    )
    within: Ref = Field(UNSET, description="Id of the smallest area that contains it.", examples=["al-anbar"])
    iso: Iso = Field(UNSET, description="ISO 3166-1 alpha-2 or 3166-2 code.", examples=["IQ", "IQ-AN"])
    lat: Latitude = Field(description="Latitude in WGS 84 degrees; for an area: where its label stands.", examples=[33.786])
    lon: Longitude = Field(description="Longitude in WGS 84 degrees; for an area: where its label stands.", examples=[42.441])
    accuracy_km: Kilometres = Field(UNSET, description="Radius within which the published location is known.", examples=[1])
    names: Names = Field(
        (), description="Other spellings and scripts.", examples=[["Ayn al-Asad", {"ar": "قاعدة عين الأسد الجوية"}]]
    )
    codes: Codes = Field(UNSET, description="Codes of an airport.", examples=[{"icao": "ORAA", "iata": "IQA"}])
    references: Texts = Field((), description="Where the location was published.", examples=[["airportsdata ORAA"]])
    note: Text = Field(UNSET, description="Anything else worth knowing.", examples=["Not to be confused with the town."])


class ForceEntry(Entry):
    """Who is where."""

    id: Id = Field(description="Lowercase slug, unique among forces.", examples=["us"])
    name: Text = Field(description="Name as it is to be shown.", examples=["United States"])
    part_of: Ref = Field(UNSET, description="Id of the force that contains it.", examples=["coalition"])
    note: Text = Field(UNSET, description="Anything else worth knowing.", examples=["All branches."])


class SourceEntry(Entry):
    """A publisher, an office or a person who is quoted."""

    id: Id = Field(description="Lowercase slug, unique among sources.", examples=["headline-usa"])
    name: Text = Field(description="Name as it is to be shown.", examples=["Headline USA"])
    kind: SourceKind = Field(description="publisher, office or person.", examples=["publisher"])
    country: Country = Field(UNSET, description="ISO 3166-1 alpha-2 code.", examples=["US"])
    role: Text = Field(UNSET, description="What makes a person or an office worth quoting.", examples=["Prime Minister of Iraq"])
    reliability: Reliability = Field(
        UNSET, description='NATO Admiralty grade; F is "cannot be judged", not "worst".', examples=["D"]
    )
    url: Url = Field(UNSET, description="Address; http or https.", examples=["https://example.org/"])
    note: Text = Field(UNSET, description="Anything else worth knowing.", examples=["Repeats agencies."])


class ClaimEntry(Entry):
    """One statement of a report about one force at one place, or at several together."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["status"]}, {"required": ["change"]}],
            "dependentSchemas": {
                "to": {"required": ["from"]},
                "when": {"not": {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]}},
                "personnel": {"required": ["status"], "properties": {"status": {"const": "present"}}},
            },
        }
    )

    id: Id = Field(UNSET, description="Unique in the report; default: its number, 1, 2, …", examples=["stay-at-asad"])
    place: OneOrRefs = Field(
        description="A place id or a list; a figure given for a list is shared by all of it.", examples=["ain-al-asad"]
    )
    force: Ref = Field(description="A force id.", examples=["us"])
    status: Status = Field(UNSET, description="present or absent; not with `change`.", examples=["present"])
    when: When = Field(
        UNSET, description="EDTF; or `from` and `to`. Default: from `published` on.", examples=["2025-10-20/..", "2014/2017"]
    )
    from_: Published = Field(
        UNSET, alias="from", description="When it began: an EDTF date or closed interval.", examples=["2026-01-04/2026-01-10"]
    )
    to: Published = Field(UNSET, description="When it ended; left out: no end is claimed.", examples=["2026-01-16"])
    modality: Modality = Field("reported", description="How firmly it is said.", examples=["announced"])
    personnel: Personnel = Field(UNSET, description="How many people.", examples=["~2500", "250..350", ">1000", "hundreds"])
    change: Change = Field(
        UNSET, description="By how many the number changed; never with `personnel`.", examples=["-700", "down"]
    )
    by: Ref = Field(UNSET, description="Who says so: a source id, `unnamed`, or `unnamed-…`.", examples=["unnamed-officials"])
    repeats: FilledRefs = Field(UNSET, description="As for the report; this claim's own.", examples=[["stars-and-stripes"]])
    credibility: Credibility = Field(UNSET, description='NATO Admiralty grade, 1 to 6; 6 is "cannot be judged".', examples=[3])
    quote: Quote = Field(UNSET, description="Verbatim words that carry the fact, at most 25.", examples=["about 250 to 250"])
    says: Text = Field(UNSET, description="The same in our own words.", examples=["some stay to watch the border"])
    where: Text = Field(UNSET, description="Where in the document.", examples=["paragraph 2"])
    note: Text = Field(UNSET, description="Anything else worth knowing.", examples=["Other copies print 250 to 350."])
    replaces: ClaimRef = Field(
        UNSET,
        description="A correction: the claim, as report#claim, that is withdrawn from this publication on.",
        examples=["a#c1"],
    )


class ReportFile(Entry):
    """One published document, with the claims that it makes."""

    id: Id = Field(
        UNSET, description="Lowercase slug, unique among reports; default: the file's name.", examples=["courier-2025-10-21"]
    )
    title: Text = Field(UNSET, description="Title as printed.", examples=["US To Keep Troops at Ain al-Asad"])
    publisher: Ref = Field(description="A source id.", examples=["headline-usa"])
    author: Text = Field(UNSET, description="Who wrote it.", examples=["A. Writer"])
    url: Url = Field(UNSET, description="Address; http or https.", examples=["https://example.org/article"])
    published: Published = Field(
        description="EDTF day, or what is known of it, with a first and a last day.",
        examples=["2025-10-21", "2026-01-17/2026-01-20"],
    )
    dating: Text = Field(UNSET, description="Why this is the day of publication.", examples=["printed at the head of the page"])
    repeats: FilledRefs = Field(
        UNSET,
        description="Publishers whose reporting it passes on, nearest first.",
        examples=[["antiwar-com", "stars-and-stripes"]],
    )
    text: FileName = Field(UNSET, description="File of the archived text, for `check --texts`.", examples=["article.txt"])
    note: Text = Field(UNSET, description="Anything else worth knowing.", examples=["Rewritten from a wire."])
    claims: tuple[ClaimEntry, ...] = Field((), description="What it says, statement by statement.")


class GazetteerFile(Entry):
    """Places: sites and areas."""

    places: tuple[PlaceEntry, ...] = Field(description="Sites and areas.")


class ForcesFile(Entry):
    """Who is where, and which force is part of which."""

    forces: tuple[ForceEntry, ...] = Field(description="Forces.")


class SourcesFile(Entry):
    """Publishers, offices and people who are quoted."""

    sources: tuple[SourceEntry, ...] = Field(description="Publishers, offices and people.")


class RecipeFile(Entry):
    """One briefing map."""

    title: Text = Field(description="Title of the page.", examples=["US posture in Iraq, 2025–2026"])
    subtitle: Text = Field(UNSET, description="Line below the title.", examples=["Reported presence by source"])
    data: Text = Field("../data", description="Path from the recipe to the data folder.", examples=["../data"])
    day: Day = Field(
        UNSET, description="Where the slider starts; default: the last day any claim speaks of.", examples=["2026-01-20"]
    )
    known: Day = Field(UNSET, description="What was known on that day; default: everything published.", examples=["2026-01-31"])
    compare: Day = Field(UNSET, description="Open in comparison with this day.", examples=["2025-10-21"])
    by: Grouping = Field("publisher", description="What counts as one source.", examples=["voice"])
    forces: FilledRefs = Field((), description="Forces to show; default: all.", examples=[["us", "coalition"]])
    places: FilledRefs = Field(
        (), description="Places to show; an area brings what lies within it.", examples=[["iraq", "al-tanf"]]
    )
    exclude_sources: SourceRefs = Field((), description="Sources to leave out.", examples=[["courier"]])
    stale_after_days: Days = Field(
        365, description="A claim not renewed for so long does not decide; null: never.", examples=[365]
    )
    tiles: Text = Field("none", description="none, or the name of an xyzservices provider.", examples=["none"])
    notes: Text = Field(UNSET, description="Printed in the footer.", examples=["Borders carry no judgement."])


KINDS: dict[str, type[Entry]] = {
    "gazetteer": GazetteerFile,
    "forces": ForcesFile,
    "sources": SourcesFile,
    "report": ReportFile,
    "recipe": RecipeFile,
}
"""The kinds of file, by the name that `geoposture schema` and `geoposture new` take."""


def model_of(kind: str) -> type[Entry]:
    """The model of one kind of file. Raises UsageError if there is no such kind."""
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise UsageError(f"{shown(kind)} is no kind of file. Write {near or listed(KINDS)}.")
    return KINDS[kind]


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file. Raises UsageError if there is no such kind."""
    return schema_of(model_of(kind), kind)


def schema_of(model: type[Entry], kind: str) -> dict[str, Any]:
    """The JSON Schema of the model of one kind of file."""
    schema = model.model_json_schema(by_alias=True, schema_generator=_Schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"geoposture {kind}", **_tidy(schema)}


def schema_text(kind: str) -> str:
    """The JSON Schema as the text of its file. Raises UsageError if there is no such kind."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


class _Schema(GenerateJsonSchema):
    """Without defaults that stand for "left out"."""

    def default_schema(self, schema: Any) -> Any:
        found = super().default_schema(schema)
        if schema.get("default") in (None, ()):
            found.pop("default", None)
        return found


def _tidy(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without the titles that pydantic makes of the names of fields and classes."""
    schema.pop("title", None)
    for part in (*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()):
        _tidy(part)
    return schema
