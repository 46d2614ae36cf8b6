"""Follow docs/first-map.md to the letter with a built wheel: in an empty folder and a fresh environment."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docs_blocks import blocks
from run_docs import ROOT, rewritten

PAGE = "docs/first-map.md"


def main() -> None:
    """Take the wheel that is named, and end with 1 if a line of output differs from the page."""
    (wheel,) = sys.argv[1:]
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "map"
        folder.mkdir()
        shutil.copy(wheel, folder)
        for block in blocks(text):
            if block.language == "sh":
                subprocess.run(["sh", "-ec", block.body], cwd=folder, env=environment, check=True)
        programs = folder / "tools" / "bin"
        home = subprocess.check_output(
            [programs / "python", "-c", "import geoposture; print(geoposture.__file__)"], cwd=folder, env=environment, text=True
        )
        if not Path(home).is_relative_to(folder):
            sys.exit(f"geoposture comes from {home.strip()}, not from the wheel")
        now = rewritten(PAGE, text, programs=programs, folder=folder)
        made = folder / "maps" / "first.html"
        if now != text or not made.stat().st_size:
            sys.exit("\n".join(difflib.unified_diff(text.splitlines(), now.splitlines(), PAGE, "now", lineterm="")))
        print(f"{PAGE}: every output as shown, from {Path(wheel).name}; the map has {made.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
