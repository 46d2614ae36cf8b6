"""Ledger → claims file: one row for each claim and place, and nothing of what people wrote is lost."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ..claims import CHANGED, NOTHING, OWN, SHARED, STATUSES, Claims, Record, Texts, records, tabulate
from ..columns import Ints
from ..files import write
from ..formats import geoparquet
from ..ledger import MODALITIES, Ledger
from .groups import write_groups
from .registry import footer
from .schema import CLAIMS, REST

ROW_GROUP = 2**17
"""Rows of a row group: some megabytes, so that a reader can skip what it does not need."""


def pack(ledger: Ledger, path: str | Path) -> int:
    """Write the claims of a ledger, with its places, forces and sources, as a claims file; gives the number of rows.

    Raises WriteError where the file cannot be written.
    """
    table = packed(ledger)
    write(path, encoded(table), check=lambda content: _check(content, len(table)))
    return len(table)


def encoded(table: pa.Table) -> bytes:
    """The table as a Parquet file."""
    sink = io.BytesIO()
    write_groups(table, sink, ROW_GROUP)
    return sink.getvalue()


def _check(content: bytes, rows: int) -> None:
    """Raises OSError, for which the old file stays, if the new one cannot be read to its end."""
    try:
        found = geoparquet.count(content)
    except pa.ArrowException as error:
        raise OSError("what was written cannot be read back") from error
    if found != rows:
        raise OSError(f"{found} of {rows} rows could be read back")


def packed(ledger: Ledger) -> pa.Table:
    """The claims of a ledger as a table with the columns CLAIMS and REST, by place, force and claim id."""
    claims = tabulate(ledger)
    found = records(ledger)
    columns = _claims(claims) | _rest(claims, found)
    schema = pa.schema([*CLAIMS, *REST]).with_metadata(footer(ledger, "claims"))
    return pa.table([columns[field.name].cast(field.type) for field in schema], schema=schema)


def _claims(claims: Claims) -> dict[str, pa.Array]:
    rows = np.arange(len(claims))
    words: dict[str, Texts] = {
        name: getattr(claims, name)
        for name in "claim place force report publisher voice when published quote says url".split()  # noqa: SIM905
    }
    never = claims.bounds[2] >= claims.bounds[3]
    return {
        **{name: _words(column.take(rows).tolist()) for name, column in words.items()},
        "status": _words([STATUSES[code] for code in claims.status.tolist()]),
        "modality": _words([MODALITIES[code] for code in claims.firmness.tolist()]),
        "qualified": pa.array(claims.qualified),
        "approx": pa.array(claims.approx),
        **_figures(claims),
        "shared_with": pa.array(_shared_with(claims, rows), pa.list_(pa.string())),
        "known_from": pa.array(claims.known_from),
        "withdrawn_from": pa.array(claims.withdrawn_from),
        "unbounded_from": pa.array(claims.bounds[0]),
        "possible_from": pa.array(claims.bounds[1]),
        "certain_from": pa.array(claims.bounds[2], mask=never),
        "certain_to": pa.array(claims.bounds[3], mask=never),
        "possible_to": pa.array(claims.bounds[4]),
        "unbounded_to": pa.array(claims.bounds[5]),
        "credibility": pa.array(claims.credibility, mask=claims.credibility == 0),
    }


def _figures(claims: Claims) -> dict[str, pa.Array]:
    kinds = {OWN: ("low", "high"), CHANGED: ("change_low", "change_high"), SHARED: ("shared_low", "shared_high")}
    return {
        name: pa.array(values, mask=(claims.figure != kind) | (values == NOTHING))
        for kind, names in kinds.items()
        for name, values in zip(names, (claims.low, claims.high), strict=True)
    }


def _shared_with(claims: Claims, rows: Ints) -> list[list[str]]:
    places = claims.place.take(rows)
    together = claims.sharing.take(rows)
    shared = claims.figure == SHARED
    return [
        [other for other in others if other != place] if one else []
        for one, place, others in zip(shared.tolist(), places, together, strict=True)
    ]


def _rest(claims: Claims, found: Sequence[Record]) -> dict[str, pa.Array]:
    spread = [found[number] for number in claims.claim.codes.tolist()]
    places = claims.place.take(np.arange(len(claims)))

    def words(read: Callable[[Record], Any]) -> pa.Array:
        return _words([read(record) for record in spread])

    def lists(read: Callable[[Record], Any]) -> pa.Array:
        return pa.array([read(record) for record in spread], pa.list_(pa.string()))

    return {
        "place_number": pa.array(
            [_number(record.claim.places, place) for record, place in zip(spread, places, strict=True)], pa.int16()
        ),
        "figure": words(lambda record: (record.claim.personnel or record.claim.change or _NO_FIGURE).text or None),
        "title": words(lambda record: record.report.title),
        "author": words(lambda record: record.report.author),
        "dating": words(lambda record: record.report.dating),
        "text": words(lambda record: record.report.text),
        "report_note": words(lambda record: record.report.note),
        "report_repeats": lists(lambda record: record.report.repeats or None),
        "by": words(lambda record: record.claim.by),
        "repeats": lists(lambda record: record.claim.repeats),
        "where": words(lambda record: record.claim.where),
        "note": words(lambda record: record.claim.note),
        "replaces": words(lambda record: record.claim.replaces),
    }


def _number(places: Sequence[str], place: str) -> int | None:
    """Which of several places it is, from 1."""
    distinct = list(dict.fromkeys(places))
    return distinct.index(place) + 1 if len(distinct) > 1 else None


def _words(values: Sequence[str | None]) -> pa.Array:
    return pa.array(values, pa.string())


class _NO_FIGURE:  # noqa: N801
    text = None
