"""The contract of each frame: its columns in order, what each holds, its units and its coordinate system.

Inside the program a frame is a `Table`: plain columns, so that a command answers without loading a data frame library.
`to_frame` makes the documented (Geo)DataFrame of it, EPSG:4326, and `from_frame` takes one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .dates import parse_day, show_day
from .errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "day", "int", "bool", "list", "point", "number", "outline"]
"""text: str; day: int days since 1970-01-01; int: whole number; bool; list: tuple of str; point: (lon, lat) in WGS 84 degrees;
number: float; outline: the borders of an area as a well-known binary MultiPolygon (bytes), WGS 84.

Every kind but bool and list may be None: empty.
"""

Columns = Mapping[str, Kind]


def _columns(**kinds: str) -> dict[str, Kind]:
    """Columns by kind, in the order in which they are written: text='a b', int='c'."""
    return {name: kind.rstrip("_0123456789") for kind, names in kinds.items() for name in names.split()}  # type: ignore[misc]


_CLAIM_HEAD = _columns(
    text="claim report source publisher voice place place_name place_kind",
    list="within",
    text_2="force",
    list_2="part_of",
    text_3="status modality certainty",
)
_CLAIM_TAIL = _columns(
    bool="qualified",
    int="low high",
    bool_2="approx",
    int_2="change_low change_high shared_low shared_high",
    list="shared_with",
    text="when published",
    day="known_from certain_from valid_from valid_to",
)
_CLAIM_END = _columns(text="reliability", int="credibility", text_2="quote says url", point="geometry")

ROWS: Columns = {**_CLAIM_HEAD, **_columns(text="basis"), **_CLAIM_TAIL, **_columns(int="age_days"), **_CLAIM_END}
"""`at`: one row for each claim in force and place."""

EPISODES: Columns = {**_CLAIM_HEAD, **_CLAIM_TAIL, **_CLAIM_END, **_columns(day="episode_known_from episode_known_to")}
"""`export`: one row for each episode."""

POSTURE: Columns = _columns(
    text="place place_name place_kind force standing certainty basis",
    int="low high",
    bool="approx",
    text_2="figures",
    int_2="outlook_low outlook_high",
    text_3="outlook_figures",
    int_3="reports sources origins",
    day="fresh",
    int_4="age_days",
    list="claims implied overtaken stale changes outlook",
    point="geometry",
)
"""`reconcile`: one row for each place and force."""

CHANGES: Columns = _columns(
    text="place place_name force before after",
    int="low_before high_before low_after high_after delta_low delta_high",
    text_2="change",
    bool="revised",
    list="evidence_before evidence_after",
    point="geometry",
)
"""`compare`: one row for each place and force."""

TOTALS: Columns = _columns(
    text="area force standing",
    int="stated_low stated_high sites_low sites_high",
    list="sites",
    text_2="explained",
)
"""`totals`: one row for each force."""

TIMELINE: Columns = {
    **_columns(text="place place_name place_kind force", day="from to"),
    **{name: kind for name, kind in POSTURE.items() if name not in {"place", "place_name", "place_kind", "force", "age_days"}},
}
"""`timeline`: one row for each longest run of days `[from, to)` in which a line of posture stays as it is."""

SITES: Columns = _columns(
    text="place place_name place_kind",
    list="within names languages",
    text_2="iso",
    list_2="codes references",
    number="accuracy_km",
    text_3="note",
    point="geometry",
)
"""Sites of the gazetteer. `languages` runs beside `names`, empty where none is said; `codes` are written kind=code."""

AREAS: Columns = {
    **{name: kind for name, kind in SITES.items() if name not in {"accuracy_km", "geometry"}},
    **_columns(number="label_lon label_lat", text="outline", outline="geometry"),
}
"""Areas of the gazetteer. The label stands at (label_lon, label_lat); `outline` says in codes what the geometry is, if any."""

LAND: Columns = _columns(text="country iso", outline="geometry")
"""Countries of the base map, to be drawn below all else."""

CONTRACTS: Mapping[str, Columns] = {
    "episodes": EPISODES,
    "rows": ROWS,
    "posture": POSTURE,
    "timeline": TIMELINE,
    "changes": CHANGES,
    "totals": TOTALS,
    "sites": SITES,
    "areas": AREAS,
    "land": LAND,
}
"""Every contract by its name; a frame is of the first whose columns it has."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A frame as plain columns of equal length: `columns` is its contract, `data` holds one list for each column."""

    columns: Columns
    data: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(next(iter(self.data.values())))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict."""
        names = list(self.columns)
        for values in zip(*(self.data[name] for name in names), strict=True):
            yield dict(zip(names, values, strict=True))

    @classmethod
    def of(cls, columns: Columns, rows: Iterable[Mapping[str, Any]]) -> Table:
        """A table of rows given as mappings."""
        rows = list(rows)
        return cls(columns, {name: [row[name] for row in rows] for name in columns})

    def where(self, keep: Iterable[bool]) -> Table:
        """The rows for which `keep` is true, in order."""
        kept = [number for number, wanted in enumerate(keep) if wanted]
        return Table(self.columns, {name: [column[number] for number in kept] for name, column in self.data.items()})


def to_frame(table: Table) -> Any:
    """The table as a GeoDataFrame (EPSG:4326), or as a DataFrame where the contract has no geometry.

    text: str or None; day: datetime64[s]; int: Int64; bool: bool; list: list of str; geometry: Point.
    """
    import geopandas as gpd
    import pandas as pd

    columns: dict[str, Any] = {name: _series(kind, table.data[name]) for name, kind in table.columns.items()}
    if "geometry" not in columns:
        return pd.DataFrame(columns)
    return gpd.GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326")


def from_frame(frame: pd.DataFrame, columns: Columns) -> Table:
    """The table of a (Geo)DataFrame that `to_frame` made, whatever was filtered or added since.

    Raises UsageError that names the columns that are missing.
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise UsageError(f"The frame lacks the columns {', '.join(missing)}. Give the frame of an earlier step as it was.")
    return Table(columns, {name: [_plain(kind, value) for value in frame[name]] for name, kind in columns.items()})


def _series(kind: Kind, values: Sequence[Any]) -> Any:
    import geopandas as gpd
    import pandas as pd

    if kind == "point":
        return gpd.points_from_xy(*zip(*values, strict=True)) if values else gpd.GeoSeries([])
    if kind == "outline":
        return gpd.GeoSeries.from_wkb(list(values))
    if kind == "day":
        return pd.Series([None if value is None else show_day(value) for value in values], dtype="datetime64[s]")
    if kind == "list":
        return pd.Series([list(value) for value in values], dtype=object)
    dtypes: Mapping[Kind, Any] = {"int": "Int64", "bool": bool, "text": object, "number": "Float64"}
    return pd.Series(list(values), dtype=dtypes[kind])


def _plain(kind: Kind, value: Any) -> Any:
    if kind == "list":
        return tuple(value)
    if kind == "point":
        return (value.x, value.y)
    if kind == "bool":
        return bool(value)
    if _is_empty(value):
        return None
    if kind == "outline":
        return bytes(value.wkb)
    if kind == "day":
        return parse_day(value.strftime("%Y-%m-%d"))
    if kind == "number":
        return float(value)
    return int(value) if kind == "int" else str(value)


def _is_empty(value: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(value))
