"""The public Python: frames in, frames out."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest

import geoposture as gp
from geoposture.frames import EPISODES, POSTURE, ROWS, TIMELINE, TOTALS


@pytest.fixture
def episodes(worked):
    return gp.resolve(gp.read(worked(5)))


def test_rows_are_a_geodataframe_in_wgs84(episodes):
    rows = gp.at(episodes, "2025-05-10")
    assert isinstance(rows, gpd.GeoDataFrame)
    assert list(rows.columns) == list(ROWS)
    assert rows.crs == "EPSG:4326"
    quay = rows[rows.place == "quay"].iloc[0]
    assert (quay.geometry.x, quay.geometry.y) == (5.3, 44.8)
    assert quay.low == 350
    assert quay.known_from == pd.Timestamp("2025-05-01")
    assert quay.valid_to is pd.NaT
    assert quay.within == ["marland"]
    assert str(rows.low.dtype) == "Int64"
    assert str(rows.known_from.dtype) == "datetime64[s]"


def test_days_may_be_dates_and_ids_are_checked(episodes):
    assert gp.at(episodes, dt.date(2025, 5, 10)).equals(gp.at(episodes, "2025-05-10"))
    with pytest.raises(gp.UsageError):
        gp.at(episodes, "2025-02-30")
    with pytest.raises(gp.UsageError, match="atlantis"):
        gp.at(episodes, "2025-05-10", places=["atlantis"])
    with pytest.raises(gp.UsageError, match="columns"):
        gp.reconcile(pd.DataFrame({"claim": []}))


def test_reconcile_and_totals_take_the_frame_of_at(episodes):
    rows = gp.at(episodes, "2025-05-10")
    lines = gp.reconcile(rows)
    assert list(lines.columns) == list(POSTURE)
    assert list(lines.place) == ["dun", "fort-ox", "marland", "quay"]
    total = gp.totals(rows, "marland")
    assert list(total.columns) == list(TOTALS)
    assert total.iloc[0].explained == "within"
    assert list(gp.reconcile(rows.sample(frac=1, random_state=1)).place) == list(lines.place)


def test_an_empty_frame_keeps_its_columns(episodes):
    rows = gp.at(episodes, "1999-01-01")
    assert len(rows) == 0
    assert list(rows.columns) == list(ROWS)
    assert len(gp.reconcile(rows)) == 0


def test_compare_timeline_and_all_episodes(episodes, tmp_path):
    changes = gp.compare(episodes, "2025-04-01", "2025-05-10")
    assert set(changes.change) == {"newly_present"}
    assert list(gp.timeline(episodes, "quay").columns) == list(TIMELINE)
    everything = gp.frame(episodes)
    assert list(everything.columns) == list(EPISODES)
    gp.export(everything, tmp_path / "all.csv")
    gp.export(episodes, tmp_path / "same.csv")
    assert (tmp_path / "all.csv").read_bytes() == (tmp_path / "same.csv").read_bytes()
    with pytest.raises(gp.UsageError, match="none of this program's"):
        gp.export(gpd.GeoDataFrame({"a": [1]}), tmp_path / "other.csv")


def test_reading_raises_all_problems(tmp_path):
    with pytest.raises(gp.InputProblems) as caught:
        gp.read(tmp_path / "nowhere")
    assert caught.value.problems


def test_every_public_name_is_there():
    assert all(hasattr(gp, name) for name in gp.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        gp.nonsense  # noqa: B018
