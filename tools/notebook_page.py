"""A notebook as a page, with the outputs that it stores; a test runs the notebook and compares them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_HEAD = "---\nsearch: {{boost: 1.5}}\n---\n<!-- Made from {name} by tools/generated_docs.py. -->\n"
_FOOT = "This page is a notebook of the repository: `{name}`.\n"
_UNWANTED = re.compile(r"<style.*?</style>|<script.*?</script>|<div>|</div>|\n\s*(?=<)", re.DOTALL)


def page(notebook: Path, name: str) -> str:
    """The notebook's cells with what they gave; `name` is its path in the repository."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    parts = [part for cell in cells for part in _cell(cell, name)]
    return _HEAD.format(name=name) + "\n\n".join([*parts, _FOOT.format(name=name)])


def _cell(cell: Mapping[str, Any], name: str) -> Iterator[str]:
    source = _text(cell["source"]).strip()
    if cell["cell_type"] == "markdown":
        yield source
    elif cell["cell_type"] == "code" and source:
        yield f"<!-- run by: {name} -->\n```python\n{source}\n```"
        for output in cell["outputs"]:
            yield from _output(output)


def _output(output: Mapping[str, Any]) -> Iterator[str]:
    data = output.get("data", {})
    if output["output_type"] == "error":
        raise ValueError(f"a cell of the notebook ends with {output['ename']}: {output['evalue']}")
    if "dataframe" in _text(data.get("text/html", "")):
        yield f'<div class="frame">{_UNWANTED.sub("", _text(data["text/html"]))}</div>'
    elif "image/png" in data:
        yield f"![What the cell above draws](data:image/png;base64,{_text(data['image/png']).strip()})"
    elif "iframe" in _text(data.get("text/html", "")):
        yield "*(In the notebook, the map stands here.)*"
    elif text := _text(output.get("text") or data.get("text/plain", "")).strip("\n"):
        yield f"```text\n{text}\n```"


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
