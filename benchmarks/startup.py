"""How long a command takes, from the start of the process to its end, beside a Python that imports what such a command needs.

    python benchmarks/startup.py [RUNS]

Each pair is run in turn, after one run that is not counted; the ratio is that of processor seconds, pair by pair.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAIRS = (
    ("geoposture --help", ("--help",), "pass", 12.0),
    ("at DAY --format json", ("at", "2026-01-20", "--format", "json"), "import pandas", 1.5),
    ("map, the shipped recipes", ("map",), "import geopandas, folium", 3.0),
)
"""What is measured, its arguments, what it is measured against, and the bar for the ratio."""


def seconds(command: list[str], folder: str) -> float:
    """Processor seconds of one whole process, user and system."""
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print a row for each pair."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(platform.machine(), "Python", platform.python_version(), "load", round(os.getloadavg()[0], 1))
    print("| command | s | beside | s | times | bar |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").symlink_to(ROOT / "data")
        # The pages are written into a folder of their own, not beside the shipped recipes.
        (Path(folder) / "maps").mkdir()
        for recipe in (ROOT / "maps").glob("*.yaml"):
            (Path(folder) / "maps" / recipe.name).write_bytes(recipe.read_bytes())
        for name, words, code, bar in PAIRS:
            ours = [str(Path(sys.executable).with_name("geoposture")), *words]
            theirs = [sys.executable, "-c", code]
            measured = [(seconds(ours, folder), seconds(theirs, folder)) for _ in range(runs + 1)][1:]
            ratio = statistics.median(a / b for a, b in measured)
            mine, base = (statistics.median(side) for side in zip(*measured, strict=True))
            print(f"| `{name}` | {mine:.2f} | `{code}` | {base:.2f} | {ratio:.1f} | {bar:g} |")


if __name__ == "__main__":
    main()
