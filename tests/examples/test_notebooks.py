"""The notebooks print what they show, and show nothing of the machine that ran them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ("docs/tutorial.ipynb", "examples/folium-and-geopandas.ipynb")


def test_they_print_what_they_show():
    command = [sys.executable, str(ROOT / "tools" / "run_notebooks.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (result.returncode, result.stdout) == (0, ""), result.stdout + result.stderr[-2000:]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_of_a_machine_is_in_them(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"(?:/home/|/root/|/tmp/|/work/|/Users/|site-packages|Warning|0x[0-9a-f]{6})[^\"]*", text) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_was_run_in_order_and_answers(name):
    notebook = nbformat.read(ROOT / name, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(cell.outputs for cell in code)
    assert not [one for cell in code for one in cell.outputs if one.output_type == "error" or one.get("name") == "stderr"]
