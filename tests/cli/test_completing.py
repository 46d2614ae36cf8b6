"""Completion: what the shell proposes, from the data folder that was named, whatever its files are like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geoposture.cli import completing, writing
from geoposture.formats import PRINTED
from geoposture.layers import LAYERS
from geoposture.ledger import GROUPINGS
from geoposture.picturing import EACH
from geoposture.reading import KINDS, read
from geoposture.sheet import SIZES

ROOT = Path(__file__).parents[2]


def proposed(line, cwd=ROOT):
    """What bash is told for a command line whose last word is being typed."""
    environment = os.environ | {
        "_GEOPOSTURE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
    }
    script = "import sys; sys.argv = ['geoposture']; import geoposture.cli as c; c.app(prog_name='geoposture')"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=cwd, check=False, env=environment)
    assert result.stderr == ""
    return result.stdout.split()


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("geoposture comp", ["compare"]),
        ("geoposture at --place ain", ["ain-al-asad"]),
        ("geoposture posture 2025-10-21 --force coal", ["coalition", "coalition-allies"]),
        ("geoposture totals feder", ["federal-iraq"]),
        ("geoposture totals ain", []),
        ("geoposture timeline hari", ["harir"]),
        ("geoposture at 2025-10-2", ["2025-10-20", "2025-10-21", "2025-10-22"]),
        ("geoposture compare 2025-10-21 2026-01-20 --known 2026-01-2", ["2026-01-20"]),
        ("geoposture at 2025-10-21 --format geo", ["geojson"]),
        ("geoposture at 2025-10-21 --by ", [*GROUPINGS]),
        ("geoposture figure --size ", [*SIZES]),
        ("geoposture figure --each ", [*EACH]),
        ("geoposture export --layer ", [*LAYERS]),
        ("geoposture new pro", ["project"]),
        ("geoposture schema re", ["report", "recipe"]),
        ("geoposture import x.csv --map troopdata-", ["troopdata-bases"]),
    ],
)
def test_values_are_proposed(line, values):
    assert proposed(line) == values


def test_the_data_folder_that_was_named_is_looked_through(worked):
    data = worked(5)
    assert proposed(f"geoposture at --data {data} --place fort", cwd="/") == ["fort-ox"]


def test_fixed_lists_are_those_of_the_program():
    assert set(writing._KINDS) == set(KINDS)
    assert completing.one_of("table", *PRINTED)("") == ["table", "json", "csv", "geojson"]


class Context:
    def __init__(self, data):
        self.params = {"data": data}


def test_all_ids_and_names_of_the_shipped_data_are_found():
    ledger, context = read(ROOT / "data"), Context(ROOT / "data")
    for propose, known in (
        (completing.places, ledger.places),
        (completing.forces, ledger.forces),
        (completing.sources, ledger.sources),
    ):
        assert dict(propose(context, "")) == {one.id: one.name for one in known.values()}
    assert {id_ for id_, _ in completing.areas(context, "")} == {one.id for one in ledger.places.values() if one.is_area}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00id: x", b"places:\n  - id: \n  - {id: [", b"[" * 40_000, b"- id: &a x\n- *a\n", None]
)
def test_broken_data_proposes_nothing_and_says_nothing(content, tmp_path):
    (tmp_path / "reports").mkdir()
    for name in ("gazetteer.yaml", "forces.yaml", "sources.yaml", "reports/a.yaml"):
        if content is None:
            os.mkfifo(tmp_path / name)
        else:
            (tmp_path / name).write_bytes(content)
    context = Context(tmp_path)
    assert completing.places(context, "") == completing.forces(context, "") == completing.sources(context, "") == []
    assert completing.areas(context, "") == completing.days(context, "") == []


def test_a_folder_that_is_none_proposes_nothing(tmp_path):
    for data in (tmp_path / "none", "a\0b", "x" * 5000):
        assert completing.places(Context(data), "") == completing.days(Context(data), "") == []


def test_a_proposal_loads_neither_yaml_nor_models():
    script = (
        "import sys, geoposture.cli.completing as c\n"
        f"class X: params = {{'data': {str(ROOT / 'data')!r}}}\n"
        "assert c.places(X, 'ain') and c.days(X, '2025')\n"
        "assert not {'yaml', 'pydantic', 'numpy', 'geoposture.reading'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_long_lines_of_blanks_are_looked_through(tmp_path):
    (tmp_path / "data").mkdir()
    blank = " " * 1_000_000
    (tmp_path / "data" / "gazetteer.yaml").write_text(f"- id: a{blank}\n{blank}\n-{blank}\n{{{blank}\n{blank}name:")
    # A pattern that tries again from every blank would take hours.
    assert completing.places(Context(tmp_path / "data"), "") == [("a", "")]
