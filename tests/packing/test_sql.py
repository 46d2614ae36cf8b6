"""The statements of docs/scale.md, word for word but for the file and the days, give the rows of `at`."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from geoposture.dates import parse_day, show_day
from geoposture.packing import resolving, writing
from geoposture.packing.resolving import resolve_file
from geoposture.packing.writing import pack
from geoposture.reading import read
from geoposture.resolution import resolve
from geoposture.timeslice import at

from ..conftest import ROOT
from ..ledgers import ledgers
from .asking import days, knowns

STATEMENTS = re.findall(
    r"<!-- run by: tests/packing/test_sql.py -->\n```sql\n(.*?)```", (ROOT / "docs" / "scale.md").read_text("utf-8"), re.DOTALL
)
DUCK, DUCK_LATEST, PLACES, SPARK, SPARK_LATEST, TO_CSV, POSTGIS = STATEMENTS
COLUMNS = ("claim", "place", "force", "source", "status", "modality", "low", "high", "certainty")
V, K = "2025-12-01", "2026-01-20"


def asked(statement, path, day=V, known=K):
    return statement.replace("episodes.parquet", str(path)).replace(V, day).replace(K, known)


def expected(episodes, day, known):
    return [tuple(row[name] for name in COLUMNS) for row in at(episodes, day, known)]


def duck(statement):
    with duckdb.connect() as connection:
        return connection.sql(statement).fetchall()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The shipped data, packed and resolved."""
    folder = tmp_path_factory.mktemp("shipped")
    ledger = read(ROOT / "data")
    pack(ledger, folder / "claims.parquet")
    resolve_file(folder / "claims.parquet", folder / "episodes.parquet")
    return folder / "episodes.parquet", resolve(ledger)


def test_duckdb_gives_the_rows_of_at(shipped):
    path, episodes = shipped
    rows = expected(episodes, parse_day(V), parse_day(K))
    assert len(rows) > 50
    assert duck(asked(DUCK, path)) == rows
    assert duck(asked(DUCK_LATEST, path)) == expected(episodes, parse_day(V), None)


@settings(max_examples=12, deadline=None)
@given(ledgers(), days, knowns)
def test_duckdb_gives_the_rows_of_at_anywhere(ledger, day, known):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolving, "BATCH", 1)
        patch.setattr(writing, "ROW_GROUP", 2)
        folder = Path(name)
        pack(ledger, folder / "claims.parquet")
        resolve_file(folder / "claims.parquet", folder / "episodes.parquet")
        path = folder / "episodes.parquet"
        path = path / "part-*.parquet" if path.is_dir() else path
        known_text = K if known is None else show_day(known)
        statement = asked(DUCK_LATEST if known is None else DUCK, path, show_day(day), known_text)
        assert duck(statement) == expected(resolve(ledger), day, known)


def test_duckdb_gives_the_places(shipped):
    path, episodes = shipped
    found = duck(asked(PLACES, path))
    places = sorted(episodes.ledger.places.values(), key=lambda place: place.id)
    assert found == [(one.id, one.name, one.kind, one.lat, one.lon, one.within) for one in places]


def test_what_is_loaded_into_postgis(shipped, tmp_path):
    """The CSV has the columns of CREATE TABLE, and over it the statement gives the rows; of PostgreSQL itself nothing is tested."""
    path, episodes = shipped
    target = tmp_path / "episodes.csv"
    duck_copy = asked(TO_CSV, path).replace("episodes.csv", str(target))
    with duckdb.connect() as connection:
        connection.execute(duck_copy)
    (created,) = re.findall(r"CREATE TABLE episodes \((.*?)\)", (ROOT / "docs" / "scale.md").read_text("utf-8"), re.DOTALL)
    with target.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == [column.split()[0] for column in created.split(",")]
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE episodes ({created})")
        connection.execute(f"COPY episodes FROM '{target}' (FORMAT csv, HEADER)")
        assert connection.sql(POSTGIS).fetchall() == expected(episodes, parse_day(V), parse_day(K))


def test_spark_gives_the_rows_of_at(session, shipped):
    path, episodes = shipped
    found = [tuple(row) for row in session.sql(asked(SPARK, path)).collect()]
    assert found == expected(episodes, parse_day(V), parse_day(K))
    found = [tuple(row) for row in session.sql(asked(SPARK_LATEST, path)).collect()]
    assert found == expected(episodes, parse_day(V), None)


def test_the_statements_name_columns_that_are_there(shipped):
    assert set(COLUMNS) <= set(pq.read_schema(shipped[0]).names)
    assert all(", ".join(COLUMNS) in " ".join(one.split()) for one in STATEMENTS if one != PLACES)
