"""The slow oracle of posture: the nine rules of semantics.md, one after the other, on the rows of tests/oracle.py."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf

from geoposture.ledger import Ledger, area_chain, force_chain, voice_of

from .oracle import in_force, source_of, spoken


def widened(figure):
    low, high = figure.low or 0, inf if figure.high is None else figure.high
    if not figure.approx:
        return low, high
    return floor(Fraction(9, 10) * low), high if high == inf else ceil(Fraction(11, 10) * high)


def overlap(figures):
    bounds = [widened(figure) for figure in figures]
    return max(low for low, _ in bounds) <= min(high for _, high in bounds)


def certain_from(report, claim):
    start = report.period.last if claim.time is None else claim.time.start.first
    return next((day for day in range(start, start + 400) if spoken(report, claim, day) == "certain"), None)


class Entry:
    """A row on a line."""

    def __init__(self, ledger, by, claim_id, certainty, day, own):
        self.report, self.claim = next((r, c) for r, c in ledger.claims() if c.id == claim_id)
        self.id, self.certainty, self.own = claim_id, certainty, own
        self.kf = self.report.known_from
        self.age = max(0, day - self.kf)
        self.carried = day > self.kf
        self.source = source_of(self.report, self.claim, by)
        self.figure = self.claim.personnel if own and len(self.claim.places) == 1 else None


def posture(ledger: Ledger, day, known, by="publisher", stale_after=365):
    """{(place, force): {column: value}} for every line at (V, K)."""
    rows = in_force(ledger, day, known, by)
    claims = {c.id: c for _, c in ledger.claims()}
    own = {}
    for (claim_id, place), certainty in rows.items():
        own.setdefault((place, claims[claim_id].force), {})[claim_id] = certainty
    keys = [key for key, found in own.items() if any(certainty != "unbounded" for certainty in found.values())]
    lines = {}
    for place, force in keys:
        entries = [Entry(ledger, by, c, certainty, day, own=True) for c, certainty in own[place, force].items()]
        seen = set(own[place, force])
        for (claim_id, at), certainty in rows.items():
            claim = claims[claim_id]
            if claim_id in seen or claim.modality != "reported" or claim.change is not None:
                continue
            down = at in {place, *area_chain(ledger, place)} and claim.force in {force, *force_chain(ledger, force)}
            up = place in {at, *area_chain(ledger, at)} and force in {claim.force, *force_chain(ledger, claim.force)}
            if (claim.status == "absent" and down) or (claim.status == "present" and up):
                seen.add(claim_id)
                entries.append(Entry(ledger, by, claim_id, certainty, day, own=False))
        lines[place, force] = line(entries, stale_after)
    return lines


def line(entries, stale_after):
    entries = [e for e in entries if e.certainty != "unbounded"]
    stale = [e for e in entries if stale_after is not None and e.carried and e.age > stale_after]
    rest = [e for e in entries if e not in stale]
    changes = [e for e in rest if e.claim.change is not None]
    rest = [e for e in rest if e not in changes]
    overtaken = [r for r in rest if any(overtakes(s, r) for s in rest)]
    left = [e for e in rest if e not in overtaken]
    deciding = [e for e in left if e.claim.modality == "reported"]
    outlook = [e for e in left if e.claim.modality != "reported"]
    standing = standing_of(deciding)
    strength = (None, None, "none", False)
    if standing == "absent":
        strength = (0, 0, "none", False)
    elif standing in ("present", "contested"):
        strength = strength_of(deciding)
    own = [e for e in deciding if e.own] or deciding
    return {
        "standing": standing,
        "certainty": None if not deciding else "certain" if any(e.certainty == "certain" for e in deciding) else "possible",
        "basis": None if not deciding else "cited" if any(not e.carried for e in deciding) else "carried",
        "low": strength[0], "high": strength[1], "figures": strength[2], "approx": strength[3],
        **dict(zip(("outlook_low", "outlook_high", "outlook_figures"), strength_of(outlook), strict=False)),
        "reports": len({e.report.id for e in own}),
        "sources": len({e.report.publisher for e in own}),
        "origins": len({voice_of(e.report, e.claim) for e in own}),
        "fresh": max((e.kf for e in deciding), default=None),
        "age_days": min((e.age for e in deciding), default=None),
        "claims": ids(deciding), "implied": ids(e for e in entries if not e.own), "overtaken": ids(overtaken),
        "stale": ids(stale), "changes": ids(changes), "outlook": ids(outlook),
    }  # fmt: skip


def overtakes(s, r):
    if s.claim.modality != "reported" or s.certainty != "certain" or s.kf <= r.kf:
        return False
    if s.source == r.source and s.own and r.own:
        return False
    start = certain_from(s.report, s.claim)
    if start is None or start <= r.kf:
        return False
    if s.claim.status != r.claim.status:
        return True
    if s.claim.status != "present" or s.figure is None or r.figure is None:
        return False
    return not overlap([s.figure, r.figure])


def standing_of(deciding):
    if not deciding:
        return "unreported"
    certain = {e.claim.status for e in deciding if e.certainty == "certain"}
    every = {e.claim.status for e in deciding}
    if certain:
        return "contested" if len(certain) == 2 else next(iter(certain))
    return "unclear" if len(every) == 2 else next(iter(every))


def strength_of(entries):
    figured = [e for e in entries if e.claim.status == "present" and e.figure is not None]
    certain = [e for e in figured if e.certainty == "certain"]
    figures = [e.figure for e in (certain or figured)]
    if not figures:
        return None, None, "none", False
    lows, highs = [f.low for f in figures], [f.high for f in figures]
    return (
        None if None in lows else min(lows),
        None if None in highs else max(highs),
        "agree" if overlap(figures) else "disagree",
        any(f.approx for f in figures),
    )


def ids(entries):
    return tuple(sorted({e.id for e in entries}))
