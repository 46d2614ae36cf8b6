"""Defects put into the engine on purpose: its tests notice each of them. tools/mutation.py tries all that cosmic-ray can think of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEFECTS = {
    "dates: every fourth year is a leap year": (
        "dates",
        "year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)",
        "year % 4 == 0",
    ),
    "dates: months end a day early": ("dates", "return 30 if month in (4, 6, 9, 11) else 31", "return 30"),
    "figures: a widened low is rounded up": ("figures", "floor = floor * 9 // 10", "floor = -(-floor * 9 // 10)"),
    "figures: ranges may be reversed": ("figures", "high is not None and low > high:", "high is not None and False:"),
    "stretches: an unknown end keeps the day itself": ("stretches", "time.start.last + 1, _after", "time.start.last, _after"),
    "grouping: equal codes count twice": (
        "grouping",
        "np.not_equal(key[1:], key[:-1], out=new[1:]",
        "np.equal(key[1:], key[1:], out=new[1:]",
    ),
    "comparison: up is down": ("comparison", 'return "up"', 'return "down"'),
    "resolution: equal runs are not joined": (
        "resolution",
        "goes_on = columns[4][:-1] == columns[3][1:]",
        "goes_on = columns[4][:-1] < columns[3][1:]",
    ),
    "posture: what became known on one day overtakes": (
        "posture/overtaking",
        "latest[line]) > known[others]",
        "latest[line]) >= known[others]",
    ),
}
TESTS = {
    "dates": "tests/test_dates.py",
    "figures": "tests/test_figures.py",
    "stretches": "tests/test_stretches.py",
    "grouping": "tests/test_grouping.py",
    "comparison": "tests/test_comparison.py",
    "resolution": "tests/test_resolution.py",
    "posture/overtaking": "tests/test_posture.py",
}
TRY = """
import sys
sys.path.insert(0, {tools!r})
from trials import copied
with copied() as copy:
    for path, old, new, test in {defects!r}:
        source = copy.source(path)
        assert source.count(old) == 1 or old == new, (path, old)
        print(copy.outcome(path, source.replace(old, new), [test], 20), flush=True)
"""


def outcomes(defects):
    """In a process of its own: it forks, and must not bring what pytest has loaded."""
    wanted = [(f"geoposture/{module}.py", old, new, TESTS[module]) for module, old, new in defects]
    code = TRY.format(tools=str(ROOT / "tools"), defects=wanted)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def found():
    """The outcomes by name, and what the tests say where nothing was changed."""
    unchanged = [(module, "import", "import") for module in ("figures", "comparison")]
    said = outcomes([*DEFECTS.values(), *unchanged])
    return dict(zip([*DEFECTS, *unchanged], said, strict=True))


@pytest.mark.parametrize("name", DEFECTS)
def test_each_defect_is_noticed(found, name):
    assert found[name] == "killed"


def test_nothing_is_noticed_where_there_is_nothing(found):
    assert [outcome for name, outcome in found.items() if name not in DEFECTS] == ["survived", "survived"]
