"""What a correction may name."""

from __future__ import annotations

LATER = "publisher: {}\npublished: 2025-06-01\n{}claims:\n"
PLACE = "place: dun, force: red, status: present"


def test_the_same_voice_of_another_publisher(claims):
    # a#fort is the minister's, whoever prints it.
    assert claims(f"{PLACE}, by: minister, replaces: a#fort", head=LATER.format("gazette", "")) == []
    assert claims(f"{PLACE}, replaces: a#fort", head=LATER.format("gazette", "")) == ["4:57 replaces-other"]


def test_the_voice_of_what_is_repeated(claims):
    # a#3 has no voice of its own: it is the wire's.
    assert claims(f"{PLACE}, replaces: a#3", head=LATER.format("gazette", "repeats: [wire]\n")) == []


def test_an_anonymous_voice_is_one_of_whoever_heard_it(claims):
    head = LATER.format("gazette", "repeats: [wire]\n")
    assert claims(f"{PLACE}, by: unnamed-officials, replaces: a#2", head=head) == []
    assert claims(f"{PLACE}, by: unnamed, replaces: a#2", head=head) == ["5:70 replaces-other"]


def test_the_same_day_is_not_earlier(claims):
    head = "publisher: courier\npublished: 2025-04-20/2025-05-01\nclaims:\n"
    assert claims(f"{PLACE}, when: 2025-04, replaces: a#2", head=head) == ["4:72 replaces-earlier"]


def test_what_cannot_be_read_is_not_judged(found):
    text = LATER.format("gazette", "") + f"  - {{{PLACE}, replaces: a#2}}\n"
    assert found({"data/reports/x.yaml": text.replace("2025-06-01", "soon")}) == ["data/reports/x.yaml:2:12 date-syntax"]


def test_a_broken_claim_still_has_its_id(found):
    text = LATER.format("courier", "") + f"  - {{{PLACE}, personnel: lots}}\n"
    later = LATER.format("courier", "").replace("06-01", "06-02") + f"  - {{{PLACE}, replaces: x#1}}\n"
    assert found({"data/reports/x.yaml": text, "data/reports/y.yaml": later}) == ["data/reports/x.yaml:4:58 figure-syntax"]


def test_an_id_written_in_a_broken_file_is_known(found):
    text = 'id: other\npublisher: "courier\n'
    later = LATER.format("courier", "") + f"  - {{{PLACE}, replaces: other#1}}\n"
    assert found({"data/reports/x.yaml": text, "data/reports/y.yaml": later}) == ["data/reports/x.yaml:2:12 yaml-syntax"]
