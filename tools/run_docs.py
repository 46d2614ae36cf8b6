"""Runs the commands in the ```console blocks of the documentation and writes down what they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/tour.md")
BLOCK = re.compile(r"```console\n(\$ geoposture [^\n]*)\n.*?```", re.DOTALL)


def run(command: str) -> str:
    """What a `$ geoposture …` line prints, 100 columns wide, without colours."""
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    words = [sys.executable, "-m", *shlex.split(command.removeprefix("$ "))]
    result = subprocess.run(words, capture_output=True, check=True, cwd=ROOT, env=environment)
    return "\n".join(line.rstrip() for line in result.stdout.decode().splitlines()).strip()


def rewritten(page: str) -> str:
    """The page with every output as it is now."""
    return BLOCK.sub(lambda found: f"```console\n{found[1]}\n{run(found[1])}\n```", page)


def main() -> None:
    """Rewrite the pages in place."""
    for name in PAGES:
        path = ROOT / name
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
