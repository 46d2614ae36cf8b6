"""Run the notebooks and store what they print; with --check, say instead whether they print what they show.

python tools/run_notebooks.py [--check]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ("docs/tutorial.ipynb", "examples/folium-and-geopandas.ipynb")


def run(path: Path) -> str:
    """The notebook as it is when all its cells have been run in its folder, without what differs from machine to machine."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as home:
        # Nothing of the user's own settings, no history, and no socket that others on the machine could reach.
        os.environ |= {"COLUMNS": "100", "IPYTHONDIR": home, "JUPYTER_RUNTIME_DIR": home}
        kernel = KernelManager(kernel_name="python3", transport="ipc", connection_file=f"{home}/kernel.json")
        # A print may arrive in pieces, as the kernel finds time to send it.
        options = {"resources": {"metadata": {"path": str(path.parent)}}, "timeout": 120, "coalesce_streams": True}
        NotebookClient(notebook, km=kernel, **options).execute()
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
    return nbformat.writes(notebook) + "\n"


def main() -> int:
    """Run them all; the number of those that show something else than they print."""
    stale = 0
    for name in NOTEBOOKS:
        path = ROOT / name
        text = run(path)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif text != path.read_text(encoding="utf-8"):
            stale += 1
            (ROOT / "build").mkdir(exist_ok=True)
            (ROOT / "build" / path.name).write_text(text, encoding="utf-8")
            print(f"{name}: shows something else than it prints, see build/{path.name}; python tools/run_notebooks.py renews it")
    return stale


if __name__ == "__main__":
    sys.exit(main())
