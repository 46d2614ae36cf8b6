"""Rules about claims: what is allowed beside what is refused (tests/bad has the refusals in full)."""

from __future__ import annotations

import pytest

PLACE = "place: dun, force: red"


@pytest.mark.parametrize(
    "line",
    [
        "status: present",
        "status: absent, when: 2025-04",
        "status: present, personnel: dozens",
        'status: present, personnel: ">1000"',
        "change: down",
        "change: -700, modality: announced, when: 2026-01",
        "status: present, from: 2025-01/2025-02",
        "status: present, from: 2025-01-05/2025-01-10, to: 2025-01-08/2025-01-09",
        "status: present, when: ../2011",
        "status: present, when: 2014-03-01/",
        "status: present, when: 2025-06-01/..",
        "status: present, when: 2025-06/..",
        "status: present, when: 2025-07/.., modality: expected",
        "status: present, when: 2025?/2026~",
        "status: present, by: unnamed",
        "status: present, by: unnamed-us-officials",
        "status: present, repeats: [wire, gazette], by: gazette",
        "status: present, replaces: a#2",
        "status: present, id: '0'",
    ],
)
def test_what_is_allowed(claims, line):
    assert claims(f"{PLACE}, {line}") == []


@pytest.mark.parametrize("by", ["unnamed-", "unnamedofficials", "Unnamed"])
def test_what_is_no_anonymous_voice(claims, by):
    assert claims(f"{PLACE}, status: present, by: {by}") == ["4:51 source-unknown"]


def test_a_list_of_one_place_may_change(claims):
    assert claims("place: [dun], force: red, change: -5") == []


def test_the_report_may_say_as_late_as_its_latest_day(claims):
    head = "publisher: courier\npublished: 2025-06-01/2025-06-10\nclaims:\n"
    assert claims(f"{PLACE}, status: present, when: 2025-06-10/..", head=head) == []
    assert claims(f"{PLACE}, status: present, when: 2025-06-11/..", head=head) == ["4:53 claim-plan"]


def test_an_end_without_a_known_start_can_touch(claims):
    found = claims(f"{PLACE}, status: present, when: ../2025-05-20", f"{PLACE}, status: absent, when: 2025-05-20/..")
    assert found == ["4:53 claim-touching"]


def test_what_does_not_touch(claims):
    ends = f"{PLACE}, status: present, when: 2025-01-01/2025-05-20"
    assert claims(ends, f"{PLACE}, status: absent, when: 2025-05-21/..") == []
    assert claims(ends, f"{PLACE}, status: present, when: 2025-05-20/..") == []
    assert claims(ends, "place: quay, force: red, status: absent, when: 2025-05-20/..") == []
    assert claims(ends, "place: dun, force: alliance, status: absent, when: 2025-05-20/..") == []
    assert claims(ends, f"{PLACE}, status: absent, when: 2025-05/..") == []
    assert claims(ends, f"{PLACE}, status: absent, when: 2025-05-20/") == []
    assert claims(ends, f"{PLACE}, change: down, when: 2025-05-20/..") == []
    assert claims(f"{PLACE}, status: present, when: 2025-05-20/", f"{PLACE}, status: absent, when: 2025-05-20/..") == []


def test_the_default_time_can_be_touched(claims):
    found = claims(f"{PLACE}, status: present, when: 2025-01-01/2025-06-01", f"{PLACE}, status: absent")
    assert found == ["4:53 claim-touching"]


def test_a_written_id_may_be_its_own_number(claims):
    assert claims(f"id: 1, {PLACE}, status: present", f"id: two, {PLACE}, status: absent, when: 2024") == []


def test_a_number_taken_by_an_earlier_id(claims):
    assert claims(f"id: 2, {PLACE}, status: present", f"{PLACE}, status: absent, when: 2024") == ["4:10 id-duplicate"]


def test_a_broken_id_still_counts_as_a_claim(claims):
    found = claims(f"id: A, {PLACE}, status: present", f"{PLACE}, status: present, when: 2024, replaces: x#a")
    assert found == ["4:10 id-syntax"]
