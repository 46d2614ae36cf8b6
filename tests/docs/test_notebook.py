"""A notebook becomes a page: words, code and what it gave."""

from __future__ import annotations

import json

import pytest

from . import conftest  # noqa: F401 - puts the tools on the path

from notebook_page import page  # isort: skip


def code(source, *outputs):
    return {"cell_type": "code", "source": [source], "outputs": list(outputs)}


def shown(**data):
    return {"output_type": "execute_result", "data": {name.replace("_", "/"): value for name, value in data.items()}}


@pytest.fixture
def made(tmp_path):
    def of(*cells):
        path = tmp_path / "tutorial.ipynb"
        path.write_text(json.dumps({"cells": list(cells)}), encoding="utf-8")
        return page(path, "docs/tutorial.ipynb")

    return of


def test_words_code_and_what_it_prints(made):
    printed = {"output_type": "stream", "text": ["21\n"]}
    text = made({"cell_type": "markdown", "source": ["# Title\n", "Words."]}, code("print(21)", printed))
    assert text.endswith(
        "# Title\nWords.\n\n<!-- run by: docs/tutorial.ipynb -->\n```python\nprint(21)\n```\n\n```text\n21\n```\n\nThis page is a notebook of the repository: `docs/tutorial.ipynb`.\n"
    )


def test_a_table_keeps_its_cells_and_loses_its_style(made):
    table = '<div>\n<style scoped>x</style>\n<table class="dataframe">\n  <tr><td>7</td></tr></table></div>'
    assert '<div class="frame"><table class="dataframe"><tr><td>7</td></tr></table></div>' in made(
        code("rows", shown(text_html=table, text_plain="7"))
    )


def test_a_map_is_named_and_a_value_shown(made):
    assert "the map stands here" in made(code("chart", shown(text_html="<iframe srcdoc='…'>", text_plain="<folium.Map>")))
    assert "```text\n[1]\n```" in made(code("[1]", shown(text_plain="[1]")))


def test_a_notebook_with_an_error_is_no_page(made):
    failed = {"output_type": "error", "ename": "KeyError", "evalue": "'x'"}
    with pytest.raises(ValueError, match="KeyError"):
        made(code("{}['x']", failed))
