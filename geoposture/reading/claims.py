"""Rules about reports and their claims: ids, places, times, and which keys go together."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import Period, ValidTime, between
from ..errors import Problem, ValueProblem
from .codes import problem, value_problem
from .draft import Draft, DraftReport
from .entries import Part
from .parties import check_by, check_publisher, check_repeats
from .wording import shown

MOST_PLACES = 250
"""Of one claim: more than there are countries. Each place's row names all others that share the figure: their square."""


def check_reports(draft: Draft) -> Iterator[Problem]:
    """Everything about reports and claims but `replaces`."""
    by_id: dict[str, DraftReport] = {}
    for report in draft.reports:
        first = by_id.setdefault(report.id, report)
        if first is not report:
            what = f"the report {shown(report.id)} is {first.head.node.file} already, as well as {report.head.node.file}."
            yield problem(report.head.at("id"), "id-duplicate", what, "Give one of the two another id.")
        yield from check_publisher(draft, report.head)
        yield from check_repeats(draft, report.head, report.head.get("publisher"))
        yield from _check_ids(report)
        for _, claim in report.claims:
            yield from _check_claim(draft, report, claim)
        yield from _check_touching(report)


def _check_ids(report: DraftReport) -> Iterator[Problem]:
    """One id for one claim; a written id may not be the number that another claim has by default."""
    first: dict[str, Part] = {}
    for local, claim in report.claims:
        other = first.setdefault(local, claim)
        if other is claim:
            continue
        later, earlier = (claim, other) if "id" in claim.meant else (other, claim)
        why = "" if "id" in earlier.meant else ", which has its number for id"
        what = f"the claim {shown(local)} stands on line {earlier.node.line} already{why}."
        if earlier.node.line > later.node.line:
            what = f"{shown(local)} is the number, and so the id, of the claim on line {earlier.node.line}."
        yield problem(later.at("id"), "id-duplicate", what, "Give it another id.")


def _check_claim(draft: Draft, report: DraftReport, claim: Part) -> Iterator[Problem]:
    yield from _check_places(draft, claim)
    force = claim.get("force")
    if force is not None and (found := draft.forces.unknown(claim.at("force"), force)):
        yield found
    yield from check_by(draft, claim)
    yield from check_repeats(draft, claim, report.head.get("publisher"))
    yield from _check_keys(claim)
    yield from _check_time(report, claim)


def _check_places(draft: Draft, claim: Part) -> Iterator[Problem]:
    places: tuple[str, ...] = claim.get("place") or ()
    if len(places) > MOST_PLACES:
        what = f"the claim names {len(places):,} places, and {MOST_PLACES} are the most."
        fix = "Name the area that they lie in, or split the claim."
        yield problem(claim.at("place", item=MOST_PLACES), "list-long", what, fix)
    seen: set[str] = set()
    for number, place in enumerate(places):
        spot = claim.at("place", item=number)
        if place in seen:
            yield problem(spot, "list-twice", f"{shown(place)} is named twice.", "Remove one of the two.")
        elif found := draft.places.unknown(spot, place):
            yield found
        seen.add(place)
    if len(seen) > 1 and "change" in claim.meant:
        what = "a change is said of several places at once."
        yield problem(claim.at("change"), "change-places", what, "Name the one place, or the area, that it is about.")


def _check_keys(claim: Part) -> Iterator[Problem]:
    """Keys that exclude or need one another."""
    meant = claim.meant
    if "status" in meant and "change" in meant:
        yield problem(
            claim.at("change"), "status-change", 'the claim has both "status" and "change".', "Split it into two claims."
        )
    elif "personnel" in meant and "change" in meant:
        what = 'the claim has both "personnel" and "change".'
        yield problem(claim.at("change"), "figure-both", what, "Write the strength and the change as two claims.")
    elif not meant & {"status", "change"}:
        fix = "Write status: present." if "personnel" in meant else "Write status: present or absent, or a change."
        yield problem(claim.node, "status-missing", 'the claim has neither "status" nor "change".', fix)
    if claim.get("status") == "absent" and "personnel" in meant:
        fix = "Leave personnel out, or write status: present."
        yield problem(claim.at("personnel"), "figure-absent", '"personnel" stands with status: absent.', fix)
    if "when" in meant and meant & {"from", "to"}:
        other = "from" if "from" in meant else "to"
        yield problem(claim.at(other), "time-twice", f'"{other}" stands beside "when".', 'Keep "when", or "from" with "to".')
    elif "to" in meant and "from" not in meant:
        fix = f"Write from too, or when: ../{claim.written('to') or 'DAY'}."
        yield problem(claim.at("to"), "time-to-alone", '"to" stands without "from".', fix)


def time_of(claim: Part) -> ValidTime | None:
    """The time that a claim gives; None if it gives none. Raises ValueProblem if it ends before it can have started."""
    start: Period | None = claim.get("from")
    if start is None:
        when: ValidTime | None = claim.get("when")
        return when
    return between(start, claim.get("to"), f'"{when_text(claim)}"')


def when_text(claim: Part) -> str | None:
    """The time as tables show it: EDTF as written, or `from X`, or `from X to Y`; None if none is given."""
    if claim.get("from") is None:
        return claim.written("when")
    end = f" to {claim.written('to')}" if claim.get("to") is not None else ""
    return f"from {claim.written('from')}{end}"


def _check_time(report: DraftReport, claim: Part) -> Iterator[Problem]:
    try:
        time = time_of(claim)
    except ValueProblem as error:
        yield value_problem(claim.at("to"), error)
        return
    published: Period | None = report.head.get("published")
    if time is None or published is None or time.start.first <= published.last:
        return
    spot = claim.at("when" if claim.get("from") is None else "from")
    known = report.head.written("published")
    if time.ended:
        what = f"{when_text(claim)} says nothing beyond {known}, when it became known, so it never holds."
        yield problem(spot, "claim-never", what, f"Write {claim.written('when')}.. if it has no end.")
    elif claim.get("modality") == "reported":
        what = f"a reported fact that begins only after its publication on {known}."
        yield problem(spot, "claim-plan", what, "Is it a plan? Then write modality: announced, expected or possible.")


def _check_touching(report: DraftReport) -> Iterator[Problem]:
    """A state that ends on the very day its opposite begins: on that day both would hold."""
    by_line: dict[tuple[str, str], list[tuple[Part, Period, Period | None]]] = {}
    for _, claim in report.claims:
        bounds = _exact(report, claim)
        if bounds is None or claim.get("status") is None or claim.get("force") is None:
            continue
        for place in dict.fromkeys(claim.get("place") or ()):
            by_line.setdefault((place, claim.get("force")), []).append((claim, *bounds))
    warned: set[int] = set()
    for found in by_line.values():
        starts = {(claim.get("status"), start.first): claim for claim, start, _ in reversed(found) if start.first == start.last}
        for claim, _, end in found:
            opposite = "absent" if claim.get("status") == "present" else "present"
            if end is None or end.first != end.last or id(claim) in warned:
                continue
            if (other := starts.get((opposite, end.first))) is not None:
                warned.add(id(claim))
                yield _touching(claim, other)


def _touching(claim: Part, other: Part) -> Problem:
    key = "to" if claim.get("to") is not None else "when" if claim.get("when") is not None else "from"
    what = f"it ends on the very day on which {other.get('status')} begins, on line {other.node.line}."
    return problem(claim.at(key), "claim-touching", what, "End it the day before.")


def _exact(report: DraftReport, claim: Part) -> tuple[Period, Period | None] | None:
    """When a claim starts and ends; None if that cannot be read, or its start or its end is unknown."""
    try:
        time = time_of(claim)
    except ValueProblem:
        return None
    if time is None:
        published: Period | None = report.head.get("published")
        return None if published is None or claim.meant & {"when", "from", "to"} else (published, None)
    if time.ended:
        return None
    # `../B` has no start that its opposite could touch, but an end.
    return (Period(time.start.first, time.start.first + 1), time.end) if time.since_ever else (time.start, time.end)
