"""The public functions: they take and give (Geo)DataFrames and days as people write them, and call the stations for the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from . import questions
from .area_totals import totals as totals_table
from .dates import EPOCH, parse_day
from .episodes import Episodes, Resolved
from .errors import UsageError, ValueProblem
from .formats import export as export_table
from .frames import CONTRACTS, ROWS, from_frame, to_frame
from .layers import export as export_layers
from .ledger import Ledger, Recipe
from .opening import open_ledger, open_resolved
from .posture import STALE_AFTER
from .posture import reconcile as reconcile_table
from .questions import Scope
from .resolution import resolve as resolve_ledger
from .timeslice import everything

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    import pandas as pd

Day = str | dt.date | int
"""YYYY-MM-DD, a date, or days since 1970-01-01."""


def read(data: str | Path = "data", *, gazetteer: str | Path | None = None) -> Ledger:
    """The checked ledger of a data folder, or of a claims file. Raises InputProblems with every problem of all files.

    `gazetteer` (a file, or a data folder) gives a claims file other places than its own.
    """
    return open_ledger(data, gazetteer)


def resolve(ledger: Ledger, *, by: str = "publisher") -> Episodes:
    """All episodes of a ledger; `by` chooses what counts as one source: publisher, report or voice."""
    return resolve_ledger(ledger, by=by)


def scan(data: str | Path, *, by: str | None = None, gazetteer: str | Path | None = None) -> Resolved:
    """What `resolve` gives, for any data: a resolved file (geoposture resolve) is asked without being loaded.

    `by` None is publisher, or what the file was resolved by. Raises InputProblems, and UsageError for another `by` than that.
    """
    return open_resolved(data, by, gazetteer)


def pack(ledger: Ledger, path: str | Path) -> int:
    """Write a ledger as a claims file (.parquet), which `read` and `scan` take; gives the number of rows.

    Raises WriteError where the file cannot be written.
    """
    from .packing.writing import pack as write

    return write(ledger, path)


def at(
    episodes: Resolved,
    day: Day,
    *,
    known: Day | None = None,
    places: Collection[str] = (),
    forces: Collection[str] = (),
) -> gpd.GeoDataFrame:
    """The claims in force on `day`, as known on `known` (default: everything): one row for each claim and place.

    `places` and `forces` keep these and what lies within them or is part of them. Columns: frames.ROWS; EPSG:4326.
    Reconcile the rows of all places and forces, and filter afterwards. Raises UsageError for a day or id that does not exist.
    """
    _check_ids(episodes, places, forces)
    return to_frame(questions.rows(episodes, as_day(day), Scope(_known(known), places=places, forces=forces)))


def reconcile(rows: gpd.GeoDataFrame, *, stale_after: int | None = STALE_AFTER) -> gpd.GeoDataFrame:
    """One line for each place and force, from all rows of one point. Columns: frames.POSTURE; EPSG:4326."""
    return to_frame(reconcile_table(from_frame(rows, ROWS), stale_after=stale_after))


def totals(rows: gpd.GeoDataFrame, area: str, *, stale_after: int | None = STALE_AFTER) -> pd.DataFrame:
    """What is stated of an area beside the sum of the sites in it, one row for each force. Columns: frames.TOTALS."""
    table = from_frame(rows, ROWS)
    frame: pd.DataFrame = to_frame(totals_table(table, reconcile_table(table, stale_after=stale_after), area))
    return frame


def compare(
    episodes: Resolved,
    before: Day,
    after: Day,
    *,
    known: Day | None = None,
    known_before: Day | None = None,
    stale_after: int | None = STALE_AFTER,
) -> gpd.GeoDataFrame:
    """What changed from day `before`, as known on `known_before`, to day `after`, as known on `known`.

    `known` defaults to everything, `known_before` to `known`. Columns: frames.CHANGES; EPSG:4326.
    """
    earlier = _known(known if known_before is None else known_before)
    scope = Scope(_known(known), stale_after)
    return to_frame(questions.changes(episodes, as_day(before), as_day(after), scope, known_before=earlier))


def timeline(
    episodes: Resolved, place: str, *, known: Day | None = None, stale_after: int | None = STALE_AFTER
) -> gpd.GeoDataFrame:
    """The history of one place: the longest runs of days in which its lines stay as they are. Columns: frames.TIMELINE."""
    _check_ids(episodes, (place,), ())
    return to_frame(questions.timeline(episodes, place, Scope(_known(known), stale_after)))


def frame(episodes: Episodes) -> gpd.GeoDataFrame:
    """All episodes, one row each. Columns: frames.EPISODES; EPSG:4326."""
    return to_frame(everything(episodes))


def draw(ledger: Ledger, recipe: Recipe | str | Path) -> folium.Map:
    """The briefing map of a recipe (or of the file of one) as a folium.Map: add layers, save it, show it in a notebook."""
    from .reading import read_recipe
    from .webmap import draw as draw_map

    chosen = recipe if isinstance(recipe, Recipe) else read_recipe(recipe, ledger)
    return draw_map(ledger, resolve_ledger(ledger, by=chosen.by), chosen)


def export(data: gpd.GeoDataFrame | Episodes, path: str | Path, *, layer: str | None = None) -> None:
    """Write rows, posture, changes, totals, a timeline or episodes to a file; its suffix names the format.

    Of episodes, a GeoPackage (.gpkg) gets all layers and Linked Places (.lpf.json, .jsonld) the gazetteer with its presence,
    others the `layer` episodes (default), rows, sites or areas. A frame is written as it is.
    Raises UsageError for another suffix or a foreign frame, WriteError where the file cannot be written.
    """
    if isinstance(data, Episodes):
        return export_layers(data, path, layer=layer)
    for columns in CONTRACTS.values():
        if set(columns) <= set(data.columns):
            return export_table(from_frame(data, columns), path)
    raise UsageError("The frame is none of this program's. Give what at, reconcile, compare, totals, timeline or frame returned.")


def as_day(day: Day) -> int:
    """Days since 1970-01-01. Raises UsageError if there is no such day."""
    if isinstance(day, dt.date):
        return day.toordinal() - EPOCH
    if isinstance(day, int):
        return day
    try:
        return parse_day(day)
    except ValueProblem as problem:
        raise UsageError(str(problem)) from problem


def _known(known: Day | None) -> int | None:
    return None if known is None else as_day(known)


def _check_ids(episodes: Resolved, places: Collection[str], forces: Collection[str]) -> None:
    for kind, wanted, known in (("place", places, episodes.ledger.places), ("force", forces, episodes.ledger.forces)):
        for name in wanted:
            if name not in known:
                raise UsageError(f'{kind} "{name}" is unknown.')
