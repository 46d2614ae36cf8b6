"""Rules about sources, and about whom a report or claim names: publishers, voices, and those whose reporting is passed on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..errors import Problem
from ..ledger import ANONYMOUS
from .codes import problem
from .draft import Draft
from .entries import Part
from .gazetteer import duplicates
from .values import SLUG
from .wording import slug

_LONGEST_CHAIN = 20
_UNNAMED = re.compile(rf"{ANONYMOUS}(-{SLUG})?")


def check_sources(draft: Draft) -> Iterator[Problem]:
    """Duplicate ids, and ids that stand for anonymous voices."""
    yield from duplicates(draft.sources)
    for source in draft.sources.parts:
        if is_unnamed(source.get("id") or ""):
            what = f'"{source.get("id")}" stands for an anonymous voice.'
            yield problem(source.at("id"), "id-reserved", what, "Give the source another id.")


def is_unnamed(text: str) -> bool:
    """Whether the text stands for an anonymous voice: `unnamed`, or `unnamed-…`."""
    return text == ANONYMOUS or text.startswith(f"{ANONYMOUS}-")


def check_publisher(draft: Draft, head: Part) -> Iterator[Problem]:
    """`publisher` must be a source; that it is a person is a slip as a rule."""
    publisher = head.get("publisher")
    if publisher is None:
        return
    if found := draft.sources.unknown(head.at("publisher"), publisher):
        yield found
    source = draft.sources.by_id.get(publisher)
    if source is not None and source.get("kind") == "person":
        fix = f"Name the publisher, and write by: {publisher} in the claims."
        yield problem(head.at("publisher"), "publisher-person", f"{publisher} is a person.", fix)


def check_by(draft: Draft, claim: Part) -> Iterator[Problem]:
    """`by` must be a source, or an anonymous voice."""
    by = claim.get("by")
    if by is None or _UNNAMED.fullmatch(by):
        return
    if found := draft.sources.unknown(claim.at("by"), by):
        unnamed = slug(by)
        yield replace(found, fix=f"Write {unnamed}.") if is_unnamed(unnamed) else found


def check_repeats(draft: Draft, part: Part, publisher: str | None) -> Iterator[Problem]:
    """`repeats` must name sources, none of them twice, and not the publisher itself."""
    repeats: tuple[str, ...] = part.get("repeats") or ()
    seen: dict[str, int] = {}
    for number, name in enumerate(repeats):
        spot = part.at("repeats", item=number)
        if name == publisher:
            chain = _chain([name, *repeats[: number + 1]])
            yield problem(spot, "cycle", f"{chain}: the publisher repeats itself.", f"Remove {name} from repeats.")
        elif name in seen:
            chain = _chain(repeats[seen[name] : number + 1])
            yield problem(spot, "list-twice", f"{chain}: repeats names {name} twice.", "Remove one of the two.")
        elif found := draft.sources.unknown(spot, name):
            yield found
        seen.setdefault(name, number)


def _chain(names: Sequence[str]) -> str:
    return " → ".join(names if len(names) <= _LONGEST_CHAIN else [names[0], "…", names[-1]])
