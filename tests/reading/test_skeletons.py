"""Skeletons: what check says as they stand, and that they pass when filled in."""

from __future__ import annotations

import re

import pytest

from geoposture.errors import UsageError
from geoposture.reading import KINDS, skeleton

HOMES = {
    "gazetteer": "data/gazetteer.yaml",
    "forces": "data/forces.yaml",
    "sources": "data/sources.yaml",
    "report": "data/reports/x.yaml",
    "recipe": "maps/x.yaml",
}
FILLED = {"place": "fort-ox", "id": "new", "kind": "site", "lat": "45", "lon": "5", "publisher": "courier", "force": "red"}
FILLED |= {"published": "2025-06-01", "status": "present", "url": "https://x.example", "name": "New", "title": "New"}
BLANK = re.compile(r"^( *)([a-z_]+): *(# .*)?$", re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_check_points_at_each_blank(found, kind):
    lines = skeleton(kind).splitlines()
    blanks = [
        f"{HOMES[kind]}:{number}:{len(blank[1]) + 1} value-missing"
        for number, line in enumerate(lines, 1)
        if (blank := BLANK.match(line)) and lines[number].strip() != "-"
    ]
    assert blanks
    assert [one for one in found({HOMES[kind]: skeleton(kind)}) if one.startswith(HOMES[kind])] == blanks


@pytest.mark.parametrize("kind", KINDS)
def test_filled_in_it_passes(found, kind):
    text = BLANK.sub(lambda line: f"{line[1]}{line[2]}: {FILLED[line[2]]}" if line[2] in FILLED else line[0], skeleton(kind))
    if kind == "sources":
        text = text.replace("kind: site", "kind: office")
    spots = [one for one in found({HOMES[kind]: text}) if one.startswith(HOMES[kind])]
    assert spots == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_shown_with_an_example_that_passes(found, kind):
    shown = re.sub(r"^( *)# ([a-z_]+: )", r"\1\2", skeleton(kind), flags=re.MULTILINE)
    shown = BLANK.sub(lambda line: f"{line[1]}{line[2]}: {FILLED[line[2]]}" if line[2] in FILLED else line[0], shown)
    spots = {one.split()[1] for one in found({HOMES[kind]: shown}) if one.startswith(HOMES[kind])}
    # The examples stand side by side here, and name people and places of another ledger.
    assert spots <= {
        *("place-unknown", "force-unknown", "source-unknown", "claim-unknown", "time-twice", "status-change", "value-unknown"),
        *("figure-both", "claim-plan"),
    }


def test_an_unknown_kind():
    with pytest.raises(UsageError):
        skeleton("map")
