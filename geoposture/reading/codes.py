"""Every code that reading can report: its cause and its cure. The one home of codes; `docs/problems.md` is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..errors import Problem, ValueProblem
from .wording import plain_line


class Code(NamedTuple):
    """What stands behind a code. A warning is suspicious, not wrong, and keeps nobody from reading the data."""

    cause: str
    cure: str
    warning: bool = False


@dataclass(slots=True)
class Spot:
    """Where something stands: the file as it is shown, line and column counted from 1.

    Every value of a file is one, up to a million: `frozen` would make each three times as slow to make. Nothing changes them.
    """

    file: str
    line: int = 1
    column: int = 1


def problem(spot: Spot, code: str, what: str, fix: str = "") -> Problem:
    """The finding at a spot; whether it is a warning is said by the registry. What others wrote is made harmless."""
    return Problem(
        plain_line(spot.file), spot.line, spot.column, code, plain_line(what), plain_line(fix), warning=CODES[code].warning
    )


class Refused(Exception):
    """A file cannot be used at all; `problem` says why."""

    def __init__(self, spot: Spot, code: str, what: str, fix: str = "") -> None:
        self.problem = problem(spot, code, what, fix)
        super().__init__(str(self.problem))


def value_problem(spot: Spot, error: ValueProblem) -> Problem:
    """The finding for a value that could not be read."""
    return problem(spot, error.code, error.what, error.fix)


def table() -> str:
    """All codes as the page `docs/problems.md`, each with an anchor of its own."""
    parts = [
        f"## {name}\n\n{'Warning' if code.warning else 'Error'}: {code.cause}\n\n*What to do:* {code.cure}\n"
        for name, code in sorted(CODES.items())
    ]
    return "\n".join([_HEAD, *parts])


_HEAD = """# Problems that `geoposture check` reports

One line for each: `file:line:column code: what is wrong. What to write instead.` Warnings say `warning` before the code;
they are suspicious, not wrong. The codes never change their meaning.

This page is made from `geoposture/reading/codes.py` by `tools/generated_docs.py`.
"""

CODES: dict[str, Code] = {
    # Files and folders
    "folder-missing": Code("The data folder does not exist, or is no folder.", "Name the folder that holds gazetteer.yaml."),
    "file-missing": Code(
        "A file that every data folder has is not there.", "Write it, with an empty list if there is nothing to say."
    ),
    "file-unreadable": Code("The system does not let the file or folder be read.", "Check its permissions."),
    "file-kind": Code("A folder, pipe or device stands where a file is wanted.", "Put a plain file there."),
    "file-link": Code("A symbolic link leads out of the folder.", "Copy the file into the folder."),
    "file-size": Code("The file is over 10 MB, or has over a million values.", "Split it; one report is one file."),
    "file-archive": Code("The file is a zip, gzip or other archive.", "Unpack it."),
    "file-encoding": Code("The text is not UTF-8.", "Save it as UTF-8."),
    "file-control": Code("A control character stands in the text.", "Remove it."),
    "file-unused": Code(
        "A YAML file lies where nothing reads it, or ends in .yml.", "Rename it to end in .yaml, or move it.", warning=True
    ),
    "file-name": Code("A report has no id, and its file's name is no id.", "Rename the file, or write an id into it."),
    "reports-missing": Code("There is no report yet.", "Write the first into reports/.", warning=True),
    # YAML
    "yaml-syntax": Code("The file is no YAML here.", "Often a quote, a space or an indentation is missing on this line."),
    "yaml-quotes": Code(
        "YAML reads this value as something else: it begins with `>` or another sign, or holds `: ` or, inside `{…}`, a `,`.",
        'Put it in quotes, as in `">1000"` or `"2,500"`.',
    ),
    "yaml-alias": Code("An alias `*name` is used.", "Write the value itself; if it is text, put it in quotes."),
    "yaml-anchor": Code("An anchor `&name` is used.", "Remove it; if it is text, put the value in quotes."),
    "yaml-merge": Code("The merge key `<<` is used.", "Write the keys themselves."),
    "yaml-tag": Code("A tag `!name` is used.", "Remove it; if it is text, put the value in quotes."),
    "yaml-directive": Code("A directive such as `%YAML` is used.", "Remove the line."),
    "yaml-depth": Code("Lists and mappings are nested deeper than 50.", "Remove the brackets."),
    "yaml-documents": Code("The file holds more than one document.", "Put each into its own file."),
    "yaml-empty": Code("The file holds nothing.", "Write it, or delete it."),
    "yaml-top": Code("The file is no mapping of keys to values.", "Begin it with a key, as in `places:`."),
    "yaml-key": Code("A key is empty, or is a list or a mapping.", "Write a word, followed by a colon and a space."),
    "yaml-duplicate": Code("A key stands twice in one mapping.", "Remove one of the two."),
    "yaml-many": Code(
        "The file has more than 200 faults of YAML, or a mapping of more than 100 keys.", "Mend those that are listed first."
    ),
    "text-control": Code("A value holds a control character or half of a character.", "Remove it."),
    "text-bidi": Code("A value holds an invisible sign that changes the direction of text.", "Remove it.", warning=True),
    "text-scripts": Code(
        "One word mixes letters of several scripts, which can imitate another word.", "Type the word anew.", warning=True
    ),
    # Keys and values
    "key-unknown": Code("A key that the format does not have.", "Write the key that was meant, or use `note`."),
    "key-missing": Code("A key that is required is not there.", "Write it."),
    "value-missing": Code("A key has no value.", "Write one, or leave the key out."),
    "value-kind": Code("A list, a mapping or a single value stands where another of these is wanted.", "Write the kind named."),
    "value-unknown": Code("The key takes one of a few words, and this is none of them.", "Write one of those listed."),
    "value-long": Code("A figure, date or id is far longer than any sane one.", "Shorten it."),
    "number-syntax": Code("A number is wanted.", "Write digits, with a point for decimals."),
    "number-range": Code("The number is outside of what makes sense.", "Check it."),
    "list-empty": Code("A list is empty that means nothing when empty.", "Fill it, or leave the key out."),
    "list-long": Code("A claim names more than 250 places.", "Name the area that they lie in, or split the claim."),
    "list-twice": Code("A list names the same thing twice.", "Remove one of the two."),
    "code-syntax": Code("The text is no such code: ISO 3166, ICAO, IATA or a language tag.", "Check the code."),
    "url-scheme": Code("The address is not one of http or https.", "Write the whole address, from https:// on."),
    "text-path": Code("`text` leads out of the folder of archived texts.", "Write the file's name alone."),
    # Ids and references
    "id-syntax": Code("The id is no lowercase slug.", "Write lowercase letters, digits and hyphens."),
    "id-reserved": Code("`unnamed` and `unnamed-…` stand for anonymous voices.", "Give the source another id."),
    "id-duplicate": Code("Two entries have the same id.", "Change one of the two."),
    "place-unknown": Code("No place has this id.", "Write the id of gazetteer.yaml, or add the place there."),
    "force-unknown": Code("No force has this id.", "Write the id of forces.yaml, or add the force there."),
    "source-unknown": Code("No source has this id.", "Write the id of sources.yaml, or add the source there."),
    "claim-unknown": Code("No claim has this id.", "Write report#claim."),
    "cycle": Code("Things contain, replace or repeat one another in a circle.", "Break the circle at one of its links."),
    "chain-long": Code(
        "A chain of `within` or `part_of` has more than 50 links.", "Leave out those between that nobody asks for."
    ),
    "within-site": Code("A place lies within a site.", "Name the smallest area that contains it."),
    "publisher-person": Code(
        "A person stands as publisher.", "Name the publisher, and the person as `by` of the claims.", warning=True
    ),
    # Places
    "coordinate-range": Code("The latitude or longitude is not on Earth.", "Write degrees: lat -90 to 90, lon -180 to 180."),
    "coordinate-zero": Code("The point is 0, 0 in the Gulf of Guinea.", "Write the place's coordinates.", warning=True),
    "coordinate-swapped": Code(
        "The point lies far from the labels of its areas, and near when lat and lon are exchanged.",
        "Exchange the two.",
        warning=True,
    ),
    # Figures
    "figure-syntax": Code("The text is no figure.", "Write 2500, ~2500, 250..350, <2000, >1000, 1000.., dozens, hundreds, …"),
    "figure-reversed": Code("The figure ends below its start.", "Exchange the two."),
    "figure-zero": Code("The figure means nobody, or a change by nothing.", "Write `status: absent`, or leave it out."),
    "figure-negative": Code("A strength below zero.", "Write `change` if it is one."),
    "figure-absurd": Code("More than 10 million.", "Check the digits."),
    "change-sign": Code("A change without its sign.", "Write + or - before it."),
    # Days
    "date-syntax": Code("The text is no EDTF date.", "Write 2025-10-20, 2026-01, 2025-10-20/.. and so on."),
    "date-impossible": Code("The day is not in the calendar.", "Check day and month."),
    "date-reversed": Code("The period ends before it can have started.", "Exchange the two."),
    "date-open": Code("A first or last day is missing.", "Say what is known, as in 2026-01-17/2026-01-20."),
    "date-season": Code("Seasons differ from one place to another.", "Write the months."),
    "date-time": Code("A time of day is written.", "Write the day alone."),
    "date-range": Code("The year is outside of 0001 to 9999.", "Write a year that it has."),
    "day-syntax": Code("The text is no exact day.", "Write YYYY-MM-DD."),
    # Claims
    "time-twice": Code("`when` stands beside `from` or `to`.", "Keep `when`, or `from` with `to`."),
    "time-to-alone": Code("`to` stands without `from`.", "Write `from` too, or `when: ../DAY`."),
    "status-missing": Code("The claim has neither `status` nor `change`.", "Write one of the two."),
    "status-change": Code("The claim has both `status` and `change`.", "Split it into two claims."),
    "figure-both": Code("The claim has both `personnel` and `change`.", "Split it into two claims."),
    "figure-absent": Code("`personnel` stands with `status: absent`.", "Leave the figure out, or write present."),
    "change-places": Code("A change is said of several places.", "Name the one place, or the area, that it is about."),
    "quote-long": Code("The quote has more than 25 words.", "Keep the words that carry the fact."),
    "replaces-syntax": Code("`replaces` is no full id of a claim.", "Write report#claim."),
    "replaces-other": Code(
        "The claim replaces one of another publisher and another voice.", "Let the other stand: the map shows both."
    ),
    "replaces-earlier": Code(
        "The claim replaces one that did not become known before it.", "Check `published` of both, or correct the claim itself."
    ),
    "claim-plan": Code(
        "A `reported` claim begins after its publication.",
        "If it is a plan, write announced, expected or possible.",
        warning=True,
    ),
    "claim-never": Code(
        "The claim can never hold: `A/` says nothing beyond the day it became known, and A is later.",
        "Write `A/..`, or check the dates.",
        warning=True,
    ),
    "claim-touching": Code(
        "In one report, a state ends on the very day its opposite begins.", "End it the day before.", warning=True
    ),
    # Archived texts
    "text-missing": Code("The archived text is not in the folder.", "Put it there, or correct `text`."),
    "text-none": Code(
        "A report with quotes names no archived text, so they are not verified.", "Write its file's name as `text`.", warning=True
    ),
    "quote-differs": Code("The archived text does not have these words.", "Copy the words from the text."),
    # Packed tables
    "table-file": Code("The file is no Parquet file, is damaged, or tells of more than it can hold.", "Pack the data anew."),
    "table-footer": Code(
        "The footer does not say what the file is, or its places, forces and sources are not right.", "Pack the data anew."
    ),
    "table-column": Code("A column is missing, or holds something of another kind.", "Write the column as docs/scale.md says."),
    "table-value": Code("A value of a column breaks the rules of docs/scale.md.", "Correct the program that made the table."),
    "table-order": Code("The rows of a place do not stand together.", "Sort the table by place, force and claim."),
    # Recipes
    "data-missing": Code("The recipe's `data` is no folder.", "Write the path from the recipe to the data folder."),
    "tiles-unknown": Code("No such tile provider is in xyzservices.", "Write none, or a name such as OpenStreetMap.Mapnik."),
}
