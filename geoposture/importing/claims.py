"""Rows → claims of the ledger, as drafts that become YAML: force, figure, time, voice; or why a row makes none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from ..errors import ValueProblem
from ..figures import parse_personnel
from ..ledger import MODALITIES
from ..reading.values import LONGEST_ID, SLUG
from ..reading.wording import shown, slug
from .cells import Cells, Refusal, Skipped, decimal
from .model import ClaimSpec, FigureSpec
from .moments import Moment, moment
from .parties import Parties

_LONGEST_NAME = LONGEST_ID - len("-1000000")
"""What is left of an id for the number that tells it from others of its name."""

_UNCLEAR = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""Nobody counts people to three decimals, and half of Europe writes 1.000 for a thousand."""
_PARTED = re.compile(r"(?<=[0-9])[.,](?=[0-9])")


@dataclass(slots=True)
class Draft:
    """One claim to be: what it says in the words of the format, and what it needs to be put into order."""

    line: int
    name: str
    place: str
    force: str
    moment: Moment | None
    status: str
    personnel: str | None = None
    rest: dict[str, str | list[str]] = field(default_factory=dict)
    time: dict[str, str] = field(default_factory=dict)

    def voices(self) -> tuple[str, ...]:
        """The sources that it names."""
        return tuple(name for key in ("by", "repeats") for name in _listed(self.rest.get(key, ())))

    def content(self) -> dict[str, str | list[str]]:
        """The keys of the claim, without its id."""
        figure: dict[str, str | list[str]] = {} if self.personnel is None else {"personnel": self.personnel}
        return {"place": self.place, "force": self.force, "status": self.status, **self.time, **figure, **self.rest}


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def draft(spec: ClaimSpec, cells: Cells, place: str, parties: Parties) -> Draft:
    """The claim that a row makes. Raises Refusal if it makes none."""
    force = parties.force(cells.value(spec.force))
    status = cells.value(spec.status) or "present"
    if status not in ("present", "absent"):
        raise Refusal(f"status {shown(status)} is neither present nor absent")
    figure = _figure(spec.personnel, cells)
    if figure == "0":
        status, figure = "absent", None
    elif figure is None and spec.personnel is not None and spec.personnel.without == "skip" and status == "present":
        raise Skipped("the figure is unknown")
    when = moment(spec.when, cells)
    found = Draft(cells.line, _name(spec, cells, place, force, when), place, force, when, status)
    found.personnel = figure if status == "present" else None
    found.time = {} if when is None else {"when": when.when}
    found.rest = dict(_rest(spec, cells, parties))
    return found


def _name(spec: ClaimSpec, cells: Cells, place: str, force: str, when: Moment | None) -> str:
    """The id of the claim in its report: the row's own, or place, force and days, so that it is the same in each edition."""
    own = cells.filled(spec.id)
    if spec.id is not None and (own is None or not slug(own)):
        raise Refusal("the row has no id of its own")
    if own is not None:
        return slug(own)
    constant = spec.force.constant is not None
    made = "-".join(filter(None, (place, None if constant else force, when.name if when else None)))
    if len(made) > _LONGEST_NAME:
        raise Refusal(f"place, force and day give an id of over {_LONGEST_NAME} letters; write id into claim of the mapping")
    return made


def _rest(spec: ClaimSpec, cells: Cells, parties: Parties) -> Iterator[tuple[str, str | list[str]]]:
    modality = cells.value(spec.modality) or "reported"
    if modality not in MODALITIES:
        raise Refusal(f"modality {shown(modality)} is none of {', '.join(reversed(MODALITIES))}")
    if modality != "reported":
        yield "modality", modality
    if by := cells.value(spec.by):
        yield "by", parties.source(by)
    if repeats := [parties.source(name) for name in cells.values(spec.repeats)]:
        yield "repeats", list(dict.fromkeys(repeats))
    if (grade := cells.value(spec.credibility)) is not None:
        if not re.fullmatch("[1-6]", grade):
            raise Refusal(f"credibility {shown(grade)} is no number from 1 to 6")
        yield "credibility", grade
    for key in ("says", "where", "note"):
        if text := cells.filled(getattr(spec, key)):
            yield key, text


def _figure(spec: FigureSpec | None, cells: Cells) -> str | None:
    """The figure as in reports; None if it is unknown, "0" for nobody. Raises Refusal if it is none."""
    if spec is None:
        return None
    text = _range(spec, cells) if spec.column is None else _number(spec, cells, spec.column)
    if text == "0":
        if spec.zero == "refuse":
            raise Refusal(f"{spec.column or spec.low} is 0")
        return "0" if spec.zero == "absent" else None
    if text is None:
        return None
    if spec.about is not None and cells.holds(spec.about) and not text.startswith("~") and text[0] in "0123456789<>.":
        text = f"~{text}"
    try:
        parse_personnel(text)
    except ValueProblem as error:
        raise Refusal(f"{error.what} {error.fix}".strip()) from error
    return text


def _range(spec: FigureSpec, cells: Cells) -> str | None:
    """`low..high`, `high` or `low` alone as an open end; the best estimate where there is no range."""
    low, high = (None if column is None else _number(spec, cells, column) for column in (spec.low, spec.high))
    if low is None and high is None:
        return None if spec.best is None else _number(spec, cells, spec.best)
    for text, column in ((low, spec.low), (high, spec.high)):
        if text is not None and not text.isdigit():
            raise Refusal(f"{column} {shown(text)} is no whole number")
    if high is None:
        return f"{low}.." if low != "0" else None
    if low is None:
        return f"..{high}" if high != "0" else "0"
    return low if low == high else f"{low}..{high}"


def _number(spec: FigureSpec, cells: Cells, column: str) -> str | None:
    text = cells.text(column)
    if not text:
        return None
    if spec.thousands is None and spec.unit == 1 and _UNCLEAR.fullmatch(text):
        said = "its thousands or its decimals behind the point; write thousands: point, or comma, into personnel of the mapping"
        raise Refusal(f"{column} {shown(text)} may have {said}")
    if spec.thousands == "point":
        text = _PARTED.sub(lambda found: {".": ",", ",": "."}[found[0]], text)
    number = decimal(text)
    if number is None:
        # A figure as people write it, which the rules of figures judge.
        return text
    people: Decimal = number * spec.unit
    if people != people.to_integral_value():
        raise Refusal(f"{column} {shown(text)} is no whole number of people")
    if people < 0:
        raise Refusal(f"{column} {shown(text)} is below zero")
    return str(int(people))


def carry(drafts: Sequence[Draft], most_days: int) -> None:
    """Let each claim possibly hold until the day before the next of its place and force, but no longer than so many days."""
    lines: dict[tuple[str, str], list[Draft]] = {}
    for found in drafts:
        if found.moment is not None and found.moment.whole:
            lines.setdefault((found.place, found.force), []).append(found)
    for line in lines.values():
        starts = sorted({found.moment.first for found in line if found.moment is not None})
        following: Mapping[int, int] = dict(pairwise(starts))
        for found in line:
            if found.moment is not None and found.moment.last is not None:
                last = found.moment.last + most_days
                found.time = found.moment.until(min(last, following.get(found.moment.first, last + 1) - 1))


def name_apart(drafts: Sequence[Draft]) -> int:
    """Give each claim an id of its own: of several with one name, the second gets -2. Returns how many got a number so."""
    taken: set[str] = set()
    numbered = 0
    for found in drafts:
        base = found.name if re.fullmatch(SLUG, found.name) else slug(found.name) or "row"
        name, number = base, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name)
        found.name = name
        numbered += number > 2
    return numbered
