"""The slow oracle: the rules of semantics.md, claim by claim and day by day, written straight from the page."""

from __future__ import annotations

from geoposture.dates import NO_END, NO_START
from geoposture.ledger import MODALITIES, Ledger, voice_of

LAST = 2_932_896


def spoken(report, claim, day):
    """'certain', 'possible', 'unbounded' or None: what the claim says of a day, from the table in "Days"."""
    known = report.period.last
    time = claim.time
    if time is None:
        if day < report.period.first:
            return None
        return "certain" if day >= report.period.last else "possible"
    start, end = time.start, time.end
    if time.ended and day > known:
        return None
    if time.since_ever and day < start.first:
        return "unbounded"
    if time.ended and day > start.last:
        return "unbounded"
    if day < start.first or (end is not None and day > end.last):
        return None
    latest_start = start.last
    if end is None and claim.modality == "reported" and known >= start.first:
        latest_start = min(latest_start, known)
    if day >= latest_start and (end is None or day <= end.first):
        return "certain"
    return "possible"


def source_of(report, claim, by):
    return {"publisher": report.publisher, "report": report.id, "voice": voice_of(report, claim)}[by]


def in_force(ledger: Ledger, day: int, known: int, by: str = "publisher"):
    """{(claim id, place): certainty} for all rows at (V, K)."""
    everything = list(ledger.claims())
    withdrawn = {c.replaces for r, c in everything if c.replaces and r.known_from <= known}
    rows = {}
    for report, claim in everything:
        for place in claim.places:
            certainty = spoken(report, claim, day)
            if report.known_from > known or certainty is None or claim.id in withdrawn:
                continue
            if any(
                place in other.places
                and other.force == claim.force
                and source_of(r, other, by) == source_of(report, claim, by)
                and report.known_from < r.known_from <= known
                and MODALITIES.index(other.modality) >= MODALITIES.index(claim.modality)
                and spoken(r, other, day) == "certain"
                and other.id not in withdrawn
                and claim.change is None
                and other.change is None
                for r, other in everything
            ):
                continue
            rows[claim.id, place] = certainty
    return rows


def breakpoints(ledger: Ledger):
    """Every day at which anything may change, and the days around: (days V, days K)."""
    valid, known = set(), set()
    for report, claim in ledger.claims():
        known |= {report.known_from - 1, report.known_from}
        valid |= {report.period.first, report.period.last, report.known_from + 1}
        if claim.time is not None:
            for period in (claim.time.start, claim.time.end):
                if period is not None:
                    valid |= {period.first, period.last, period.first + 1, period.last + 1}
    valid |= {min(valid) - 1, max(valid) + 1}
    return sorted(valid), sorted(known)


def episodes(ledger: Ledger, by: str = "publisher"):
    """The rectangles, cut in the one canonical way: {(claim, place, valid_from, valid_to, known_from, known_to, certainty)}."""
    valid, known = breakpoints(ledger)
    known = [known[0] - 1, *known]
    found = set()
    running: dict[tuple, int] = {}
    for k in known:
        runs = _runs(ledger, valid, k, by)
        for run in [run for run in running if run not in runs]:
            found.add((*run[:4], running.pop(run), k, run[4]))
        for run in runs:
            running.setdefault(run, k)
    for run, since in running.items():
        found.add((*run[:4], since, NO_END, run[4]))
    return found


def _runs(ledger, valid, known, by):
    """The longest runs of V with one certainty at K: {(claim, place, from, to, certainty)}."""
    runs, open_runs = set(), {}
    for day in valid:
        rows = in_force(ledger, day, known, by)
        for key in [key for key, (_, certainty) in open_runs.items() if rows.get(key) != certainty]:
            start, certainty = open_runs.pop(key)
            runs.add((*key, start, day, certainty))
        for key, certainty in rows.items():
            # Before the first breakpoint nothing changes: what holds on the day before it holds since ever.
            open_runs.setdefault(key, (NO_START if day == valid[0] else day, certainty))
    runs |= {(*key, start, NO_END, certainty) for key, (start, certainty) in open_runs.items()}
    return runs
