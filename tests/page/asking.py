"""What the package answers for the shipped recipes, to hold the page against."""

from __future__ import annotations

from pathlib import Path

from geoposture import questions
from geoposture.dates import parse_day
from geoposture.posture import reconcile
from geoposture.resolution import resolve
from geoposture.timeslice import at

ROOT = Path(__file__).parents[2]
IRAQ = {"places": ("iraq",), "forces": ("coalition",)}
"""The scope of the recipes about Iraq."""
RANK = ("contested", "present", "unclear", "absent", "unreported")


def scope(known=None):
    return questions.Scope(known=known and parse_day(known), **IRAQ)


def lines(ledger, day, known=None, keep=None):
    """The lines of Iraq's recipes; `keep` says which rows take part."""
    rows = at(resolve(ledger), parse_day(day), known and parse_day(known))
    if keep:
        rows = rows.where(keep(row) for row in rows)
    return list(questions.shown(reconcile(rows), ledger, scope()))


def standings(found):
    """The standing that leads at each place, by the place's name."""
    leading = {}
    for line in found:
        before = leading.get(line["place_name"], "unreported")
        leading[line["place_name"]] = min(before, line["standing"], key=RANK.index)
    return leading
