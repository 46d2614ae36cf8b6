"""Rows of counts, imported."""

from __future__ import annotations

import pytest

from geoposture.importing import import_table

from .counts import COUNTS, HEAD


@pytest.fixture
def imported(tmp_path):
    """A function that imports rows of counts and returns the summary."""

    def run(rows, *, mapping=COUNTS, published="2010-01-15", encoding=None, **places):
        table = tmp_path / "table.csv"
        table.write_bytes((rows if rows.startswith("country") else HEAD + rows).encode(encoding or "utf-8"))
        if not places:
            places = {"output": tmp_path / "out"}
        return import_table(table, mapping, published=published, encoding=encoding, **places)

    return run
