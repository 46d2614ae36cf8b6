"""A mapping of a file and its model: what can be read is kept, each fault is said once."""

from __future__ import annotations

from geoposture.reading.entries import read_part
from geoposture.reading.structure import ClaimEntry, PlaceEntry
from geoposture.reading.yaml_lines import parse


def part(text, model):
    tree, problems = parse(text, "f")
    found = read_part(tree, model, problems)
    return found, [(problem.line, problem.column, problem.code) for problem in problems]


def test_good_values_are_kept_beside_bad_ones():
    found, problems = part("place: [dun, quay]\nforce: red\nstatus: here\nfrom: 2025-01\ncredibility: 9\n", ClaimEntry)
    assert problems == [(3, 9, "value-unknown"), (5, 14, "number-range")]
    assert found.get("place") == ("dun", "quay")
    assert found.get("from") is not None
    assert found.get("status") is None
    assert found.meant == {"place", "force", "status", "from", "credibility"}
    assert not found.sound


def test_a_bad_value_does_not_become_its_default():
    found, _ = part("place: dun\nforce: red\nmodality: rumoured\n", ClaimEntry)
    assert found.get("modality") is None
    assert part("place: dun\nforce: red\n", ClaimEntry)[0].get("modality") == "reported"


def test_a_misspelt_key_counts_as_the_one_that_was_meant():
    found, problems = part("place: dun\nforce: red\nstauts: present\n", ClaimEntry)
    assert problems == [(3, 1, "key-unknown")]
    assert "status" in found.meant


def test_a_misspelt_key_beside_the_right_one_takes_nothing_away():
    found, problems = part("place: dun\nforce: red\nstatus: present\nstatuss: absent\n", ClaimEntry)
    assert problems == [(4, 1, "key-unknown")]
    assert found.get("status") == "present"


def test_what_yaml_refused_is_not_refused_again():
    found, problems = part("place: dun\nforce: &a red\nby: *a\nstatus: present\nrepeats: [wire, *a]\n", ClaimEntry)
    assert [code for _, _, code in problems] == ["yaml-anchor", "yaml-alias", "yaml-alias"]
    assert found.get("force") == "red"
    assert "by" in found.meant
    assert found.get("by") is None


def test_where_things_stand():
    found, _ = part("id: a\nname: A\nkind: site\nlat: 1\nlon: 2\nnames: [B, {ar: ب}]\ncodes: {icao: XMOX}\n", PlaceEntry)
    assert (found.at("names", item=1).line, found.at("names", item=1).column) == (6, 12)
    assert found.at("within") is found.node
    assert found.written("lat") == "1"
    assert found.written("names") is None
    assert found.get("codes") == {"icao": "XMOX"}
