"""docs/scale.md says what schema.py has, and its plan follows from its rates."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geoposture.packing.resolving import ROW_GROUP
from geoposture.packing.schema import CLAIMS, RECTANGLES, REST
from geoposture.packing.spark import CLUSTER

from .conftest import ROOT

import scale_plan  # isort: skip
from scale_page import filled  # isort: skip

PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")


def test_every_column_of_the_schema_has_its_line():
    for name, parts in (("the claims table", (CLAIMS, REST)), ("the resolved table", (RECTANGLES,))):
        (part,) = re.findall(rf"<!-- {name}: made .*? -->(.*?)<!-- end -->", PAGE, re.DOTALL)
        named = re.findall(r"^\| \**`([a-z_]+)`", part, re.MULTILINE)
        assert named == [field.name for one in parts for field in one]


def test_the_plan_follows_from_its_rates():
    rates = scale_plan.MEASURED
    halved = scale_plan.plan(replace(rates, claims_per_core_second=rates.claims_per_core_second / 2))
    line = re.compile(r"two cores busy .*\| ([\d.]+) (h|min) \|")
    hours = [float(found[1]) / (60 if found[2] == "min" else 1) for found in map(line.search, (scale_plan.plan(), halved))]
    assert hours[1] == pytest.approx(2 * hours[0], rel=0.1)
    assert (scale_plan.PER_PARTITION, scale_plan.ROW_GROUP) == (CLUSTER, ROW_GROUP)
    assert set(scale_plan.WORDS) == set(vars(rates))


def test_a_part_must_have_its_place():
    with pytest.raises(KeyError):
        filled("no place", {"the plan": "x"})
