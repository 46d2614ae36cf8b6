"""Rules about `replaces`: the other claim exists, has the same publisher or voice, and became known before."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import show_day
from ..errors import Problem
from ..ledger import Claim, Report, voice_of
from .build import build_head
from .codes import Spot, problem
from .cycles import circles, drawn
from .draft import Draft, DraftReport
from .entries import Part
from .wording import nearest, shown

_MOST_HINTS = 20
Found = tuple[DraftReport, Part]


def check_replaces(draft: Draft) -> Iterator[Problem]:
    """All findings about `replaces`; those about claims that cannot be read in full are left out."""
    claims: dict[str, Found] = {}
    for report, full_id, claim in draft.claims():
        claims.setdefault(full_id, (report, claim))
    links = {full_id: claim.get("replaces") for full_id, (_, claim) in claims.items() if claim.get("replaces") is not None}
    circular: set[str] = set()
    for members in circles({one: other for one, other in links.items() if other in claims}):
        circular.update(members)
        what = f"{drawn(members)}: {'each replaces the next' if len(members) > 1 else 'it replaces itself'}."
        yield problem(claims[members[0]][1].at("replaces"), "cycle", what, "Break the circle at one replaces.")
    looked_up = 0
    for full_id, target in links.items():
        report, claim = claims[full_id]
        if target not in claims:
            looked_up += 1
            yield from _unknown(draft, claims if looked_up < _MOST_HINTS else {}, claim, target)
        elif full_id not in circular:
            yield from _check_pair(claim.at("replaces"), (report, claim), claims[target], full_id, target)


def _unknown(draft: Draft, claims: dict[str, Found], claim: Part, target: str) -> Iterator[Problem]:
    name, _, _ = target.partition("#")
    reports = [report for report in draft.reports if report.id == name]
    if name in draft.broken or any(not report.complete for report in reports):
        return
    same = [full_id for full_id in claims if full_id.startswith(f"{name}#")]
    near = nearest(target, same or claims)
    fix = f"Write {near}." if near else "Write report#claim."
    yield problem(claim.at("replaces"), "claim-unknown", f"there is no claim {shown(target)}.", fix)


def _check_pair(spot: Spot, one: Found, other: Found, full_id: str, target: str) -> Iterator[Problem]:
    later, earlier = _built(one, full_id), _built(other, target)
    if later is not None and earlier is not None:
        yield from check_pair(spot, later, earlier)


def check_pair(spot: Spot, later: tuple[Report, Claim], earlier: tuple[Report, Claim]) -> Iterator[Problem]:
    """What stands against it that the later claim replaces the earlier one."""
    target = earlier[1].id
    if later[0].publisher != earlier[0].publisher and voice_of(*later) != voice_of(*earlier):
        what = f"{target} is of publisher {earlier[0].publisher} and voice {voice_of(*earlier)}, this claim of neither."
        yield problem(spot, "replaces-other", what, "Let the other stand: the map shows both.")
    if later[0].known_from <= earlier[0].known_from:
        what = f"{target} became known on {show_day(earlier[0].known_from)}, this claim on {show_day(later[0].known_from)}."
        yield problem(spot, "replaces-earlier", what, "Check published of both; a claim of the same report can be mended itself.")


def _built(found: Found, full_id: str) -> tuple[Report, Claim] | None:
    """Report and claim, as far as voice and day need them; None if a value that they need cannot be read."""
    draft, part = found
    head = draft.head
    if head.get("publisher") is None or head.get("published") is None:
        return None
    if any(key in one.meant and one.get(key) is None for one in (head, part) for key in ("repeats", "by")):
        return None
    claim = Claim(id=full_id, places=(), force="", by=part.get("by"), repeats=part.get("repeats"))
    return build_head(draft), claim
