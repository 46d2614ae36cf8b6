"""GeoParquet before geoparquet-validator, and opened by GeoPandas and GDAL."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest

VALIDATOR = Path(sysconfig.get_path("scripts")) / ("geoparquet-validator" + (".exe" if sys.platform == "win32" else ""))


def verdict(file, conformance):
    done = subprocess.run([VALIDATOR, "check", file, "--class", conformance], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("conformance", ["core", "covering"])
def test_every_file_with_geometry_conforms(conformance, exported):
    files = [file for file in sorted(exported.glob("*.parquet")) if "totals" not in file.name]
    for file in files:
        status, said = verdict(file, conformance)
        assert status == 0, said
    assert len(files) > 5


def test_geopandas_reads_points_days_and_boxes(exported):
    frame = gpd.read_parquet(exported / "rows.parquet", bbox=(42.4, 33.7, 42.5, 33.8))
    assert set(frame["place"]) == {"ain-al-asad"}
    assert frame.crs == "OGC:CRS84"


def no_primary_column(geo):
    del geo["primary_column"]


def unknown_encoding(geo):
    geo["columns"]["geometry"]["encoding"] = "WKX"


def other_kind_of_geometry(geo):
    geo["columns"]["geometry"]["geometry_types"] = ["Polygon"]


@pytest.mark.parametrize("defect", [no_primary_column, unknown_encoding, other_kind_of_geometry])
def test_sees_a_seeded_defect(defect, exported, tmp_path):
    table = pq.read_table(exported / "rows.parquet")
    geo = json.loads(table.schema.metadata[b"geo"])
    defect(geo)
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "broken.parquet")
    assert verdict(tmp_path / "broken.parquet", "core")[0] != 0


def test_the_statement_for_duckdb_in_the_docs_gives_what_at_lists(exported, monkeypatch):
    import duckdb

    page = (Path(__file__).parents[2] / "docs" / "gis.md").read_text(encoding="utf-8")
    statement = page.partition("```sql\n")[2].partition("```")[0]
    monkeypatch.chdir(exported)
    found = duckdb.sql(statement).fetchall()
    listed = json.loads((exported / "rows-of-a-day.json").read_text(encoding="utf-8"))
    columns = ("place", "force", "source", "status", "low", "high")
    assert found == [tuple(row[name] for name in columns) for row in listed if "iraq" in row["within"]]
