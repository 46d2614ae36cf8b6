"""Three postures → what changed between two points, and whether the world changed or our knowledge (docs/semantics.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .figures import widen
from .frames import CHANGES, Table

_OPEN = ("contested", "unclear")
_FIGURES = ("standing", "low", "high", "figures")
_UNREPORTED: Mapping[str, Any] = {
    "standing": "unreported", "low": None, "high": None, "figures": "none", "approx": False, "claims": ()
}  # fmt: skip


def compare(before: Table, relearned: Table, after: Table) -> Table:
    """One row for each place and force with a line in any of three postures, by place and force.

    before: the first day as known then (P); relearned: the first day as known later (Q); after: the second day as known
    later (R). The columns are frames.CHANGES.
    """
    by_key = [{(line["place"], line["force"]): line for line in posture} for posture in (before, relearned, after)]
    keys = sorted({key for lines in by_key for key in lines})
    return Table.of(CHANGES, (_change(key, *(lines.get(key) for lines in by_key)) for key in keys))


def _change(
    key: tuple[str, str],
    then: Mapping[str, Any] | None,
    relearned: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
) -> dict[str, Any]:
    place = next(line for line in (now, relearned, then) if line is not None)
    before, between, after = (line or _UNREPORTED for line in (then, relearned, now))
    return {
        "place": key[0],
        "place_name": place["place_name"],
        "force": key[1],
        "before": before["standing"],
        "after": after["standing"],
        "low_before": before["low"],
        "high_before": before["high"],
        "low_after": after["low"],
        "high_after": after["high"],
        "delta_low": _difference(after["low"], before["high"]),
        "delta_high": _difference(after["high"], before["low"]),
        "change": _kind(before, after),
        "revised": any(before[name] != between[name] for name in _FIGURES),
        "evidence_before": before["claims"],
        "evidence_after": after["claims"],
        "geometry": place["geometry"],
    }


def _difference(later: int | None, earlier: int | None) -> int | None:
    return None if later is None or earlier is None else later - earlier


def _kind(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The first kind of change that fits."""
    was, becomes = before["standing"], after["standing"]
    if was == "unreported" and becomes in ("present", "absent", "unreported"):
        return {"present": "newly_present", "absent": "newly_absent", "unreported": "same"}[becomes]
    if becomes == "unreported":
        return "lapsed"
    if becomes in _OPEN and was not in _OPEN:
        return "disputed"
    if was in _OPEN and becomes not in _OPEN:
        return "settled"
    if (was, becomes) == ("absent", "present"):
        return "now_present"
    if (was, becomes) == ("present", "absent"):
        return "now_absent"
    return _strength_change(before, after) if (was, becomes) == ("present", "present") else "same"


def _strength_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if "none" in (before["figures"], after["figures"]):
        return "same"
    low_before, high_before = widen(before["low"], before["high"], approx=before["approx"])
    low_after, high_after = widen(after["low"], after["high"], approx=after["approx"])
    if high_before is not None and low_after > high_before:
        return "up"
    if high_after is not None and high_after < low_before:
        return "down"
    return "shifted" if (before["low"], before["high"]) != (after["low"], after["high"]) else "same"
