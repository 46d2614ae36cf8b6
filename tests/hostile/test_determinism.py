"""The same input gives the same bytes: over zones, locales, orders of hashes, folders and orders of their entries.

By default nine runs in which each value of each of the four meets each value of the others; GEOPOSTURE_FULL=1 runs all 36.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from .kinds import ROOT
from .writers import WRITERS, lay_out

ZONES = ("UTC", "Pacific/Kiritimati", "Etc/GMT+12")
"""In the second and the third it is never the same day."""
LOCALES = ("C", "C.UTF-8")
SEEDS = ("0", "1", "424242")
FOLDERS = ("a", "deep/er ü/b")
ALL = list(itertools.product(range(3), range(2), range(3), range(2)))
COVERING = [(zone, (zone + seed) % 2, seed, (zone + seed // 2) % 2) for zone in range(3) for seed in range(3)]


def pairs(runs):
    """Every pair of values of two of the four, as these runs have them."""
    return {(one, run[one], other, run[other]) for run in runs for one, other in itertools.combinations(range(4), 2)}


def test_nine_runs_have_every_pair_of_values():
    assert pairs(COVERING) == pairs(ALL)


@pytest.fixture
def folders(tmp_path):
    """Two folders with the same files, which were put there in another order."""
    found = []
    for number, name in enumerate(FOLDERS):
        folder = tmp_path / name
        folder.parent.mkdir(parents=True, exist_ok=True)
        lay_out(folder)
        reports = folder / "data" / "reports"
        content = {path.name: path.read_bytes() for path in reports.iterdir()}
        shutil.rmtree(reports)
        reports.mkdir()
        for report in sorted(content, reverse=bool(number)):
            (reports / report).write_bytes(content[report])
        shipped = folder.parent / f"{folder.name}-shipped"
        shutil.copytree(ROOT / "data", shipped / "data")
        shutil.copytree(ROOT / "maps", shipped / "maps", ignore=shutil.ignore_patterns("*.html"))
        found.append(folder)
    return found


def hashes(folders, tmp_path, number, run):
    """What one run prints. Runs at the same time have folders of their own: they write in them."""
    zone, locale, seed, folder = run
    place = folders[folder].parent / f"{folders[folder].name}{number}"
    shutil.copytree(folders[folder], place)
    shutil.copytree(folders[folder].parent / f"{folders[folder].name}-shipped", place.parent / f"{place.name}-shipped")
    settings = {
        "TZ": ZONES[zone],
        "LC_ALL": LOCALES[locale],
        "PYTHONHASHSEED": SEEDS[seed],
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }
    # What programs that make others reproducible set, and what a terminal says of itself, must not matter either.
    settings |= {"SOURCE_DATE_EPOCH": str(10**9 * seed), "COLUMNS": "100", "HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.hostile.printing_hashes", str(place), "absolute" if folder else "relative"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=os.environ | settings, text=True, check=False)
    assert done.returncode == 0, (run, done.stderr[-3000:])
    return json.loads(done.stdout)


def test_every_output_has_the_same_bytes(folders, tmp_path):
    runs = ALL if os.environ.get("GEOPOSTURE_FULL") else COVERING
    first = hashes(folders, tmp_path, 0, runs[0])
    assert {writer.name for writer in WRITERS} <= set(first)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda numbered: hashes(folders, tmp_path, *numbered), enumerate(runs[1:], 1)))
    different = {name for one in found for name in first if one[name] != first[name]}
    assert not different
    assert len(set(first.values())) > len(WRITERS), "hashes of different files differ"
