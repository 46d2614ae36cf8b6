"""Table of claims → Claims: words become codes, and every value is held to the rules of the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..claims import CHANGE, CHANGED, NO_FIGURE, NOTHING, OWN, SHARED, Claims, Texts, Words
from ..columns import Codes, Ints, Mask
from ..dates import FIRST_DAY, LAST_DAY, NO_END, NO_START
from ..errors import InputProblems
from ..figures import LARGEST
from ..ledger import MODALITIES, Ledger
from .cells import Cells, Packed
from .registry import Registry
from .schema import CLAIMS, check_columns

BOUNDS = ("unbounded_from", "possible_from", "certain_from", "certain_to", "possible_to", "unbounded_to")
_STATUS = {"absent": 0, "present": 1}


def claims_of(table: pa.Table, ledger: Ledger, path: Path | str) -> Claims:
    """The claims of a table with the columns CLAIMS, whose places, forces and sources stand in a ledger.

    The rows may stand in any order. Raises InputProblems that names the columns and the first row that is wrong in each.
    """
    return ordered_claims(table, Registry.of(ledger), path)[0]


def ordered_claims(
    table: pa.Table, registry: Registry, path: Path | str, *, first: int = 0, unread: Collection[str] = ()
) -> tuple[Claims, Ints | None]:
    """The same, and the row of the table that each of its rows was; None if they stood in order.

    `first` is the row of the file that the table begins with, which problems count from. Of the columns of words `unread` are
    those that the claims are not asked for: they are empty there.
    """
    check_columns(path, table.schema, CLAIMS)
    found = Cells(table, path, first, unread)
    ledger, board = registry.ledger, registry.board
    place = found.coded("place", registry.places)
    force = found.coded("force", registry.forces)
    status = found.coded("status", _STATUS, empty=CHANGE)
    firmness = found.coded("modality", {name: code for code, name in enumerate(MODALITIES)})
    publisher = found.words("publisher")
    found.known("publisher", publisher, ledger.sources)
    claim = found.column("claim").cast(pa.string())
    found.wrong("claim", np.asarray(claim.is_null()), "is empty", "Write it in every row.")
    several = found.several()
    figure, low, high = _figure(found)
    claims = Claims(
        ledger,
        board,
        Texts(place, Words.of(board.places)),
        Texts(force, Words.of(board.forces)),
        Texts(_claim_codes(claim, several), Packed(claim)),
        several,
        found.words("report"),
        publisher,
        found.words("voice"),
        status.astype(np.int8),
        firmness.astype(np.int8),
        found.flags("qualified"),
        figure,
        low,
        high,
        found.flags("approx"),
        _listed(found.column("shared_with")),
        found.words("when", empty=True),
        found.words("published"),
        found.numbers("known_from"),
        found.numbers("withdrawn_from"),
        _bounds(found),
        found.numbers("credibility", empty=0).astype(np.int8),
        found.texts("quote"),
        found.texts("says"),
        found.words("url", empty=True),
    )
    _check_days(found, claims)
    if found.problems:
        raise InputProblems(found.problems)
    order = _order(claims, claim)
    return (claims, None) if order is None else (_taken(claims, order), order)


def _claim_codes(claim: pa.Array, several: Mask) -> Codes:
    """The row of each claim, the first one for claims of several rows: equal where the ids are."""
    codes = np.arange(len(claim), dtype=np.int32)
    rows = np.flatnonzero(several)
    if len(rows):
        # Empty ids have been reported; here they are alike.
        alike = np.asarray(claim.take(pa.array(rows)).dictionary_encode(null_encoding="encode").indices)
        codes[rows] = rows[np.unique(alike, return_index=True)[1][alike]]
    return codes


def _figure(found: Cells) -> tuple[NDArray[np.int8], NDArray[np.int32], NDArray[np.int32]]:
    """What the figure is, and its bounds: there are not two figures in a row."""
    names = {OWN: ("low", "high"), CHANGED: ("change_low", "change_high"), SHARED: ("shared_low", "shared_high")}
    figure = np.full(len(found.column("low")), NO_FIGURE, dtype=np.int8)
    low, high = (np.full(len(figure), NOTHING, dtype=np.int32) for _ in range(2))
    for kind, (lowest, highest) in names.items():
        one, two = found.numbers(lowest, empty=NOTHING), found.numbers(highest, empty=NOTHING)
        there = (one != NOTHING) | (two != NOTHING)
        found.wrong(lowest, there & (figure != NO_FIGURE), "stands beside another figure", "Leave one of them out.")
        found.wrong(lowest, there & (one != NOTHING) & (two != NOTHING) & (one > two), "is above its end", "Turn them round.")
        large = (np.abs(one.astype(np.int64)) > LARGEST) & (one != NOTHING)
        found.wrong(lowest, large | ((np.abs(two.astype(np.int64)) > LARGEST) & (two != NOTHING)), "is absurd")
        figure[there], low[there], high[there] = kind, one[there], two[there]
    shared = np.asarray(pc.list_value_length(found.column("shared_with")).fill_null(0)) > 0
    found.wrong("shared_with", (figure == SHARED) & ~shared, "is empty beside a shared figure", "Name the other places.")
    figure[shared & (figure == NO_FIGURE)] = SHARED
    return figure, low, high


def _listed(column: Any) -> Texts:
    """The other places of each shared figure."""
    codes = np.arange(len(column), dtype=np.int32)
    return Texts(np.where(np.asarray(pc.list_value_length(column).fill_null(0)) > 0, codes, np.int32(-1)), Packed(column))


def _bounds(found: Cells) -> NDArray[np.int32]:
    """The six bounds; a claim that never is certain has no certain stretch at the end of its possible one."""
    sure = ("certain_from", "certain_to")
    columns = {name: found.numbers(name, empty=NOTHING if name in sure else None) for name in BOUNDS}
    never = np.asarray(found.column("certain_from").is_null())
    found.wrong("certain_to", never != np.asarray(found.column("certain_to").is_null()), "stands alone", "Write both, or none.")
    for name in sure:
        columns[name] = np.where(never, columns["possible_to"], columns[name])
    return np.stack([columns[name] for name in BOUNDS])


def _check_days(found: Cells, claims: Claims) -> None:
    """Remember days that are none or in the wrong order."""
    bounds, known = claims.bounds, claims.known_from
    inner = _no_day(bounds[1:5], NO_END) & (bounds[1:5] != NO_START)
    checks = {
        "known_from": ((known < FIRST_DAY) | (known > LAST_DAY), "is no day"),
        "withdrawn_from": (claims.withdrawn_from <= known, "is not after known_from"),
        "possible_from": (np.any(bounds[1:] < bounds[:-1], axis=0), "and the other bounds are not in their order"),
        "unbounded_from": (_no_day(bounds[0], NO_START), "is no day"),
        "unbounded_to": (_no_day(bounds[5], NO_END), "is no day"),
        "possible_to": (np.any(inner, axis=0), "or a bound before it is no day"),
        "credibility": ((claims.credibility < 0) | (claims.credibility > 6), "is none of 1 to 6"),
        "status": ((claims.status == CHANGE) & np.isin(claims.figure, (OWN, SHARED)), "is empty beside a strength"),
    }
    for name, (wrong, what) in checks.items():
        found.wrong(name, wrong, what, "Pack the data anew.")


def _no_day(days: NDArray[np.int32], none: int) -> Mask:
    wrong: Mask = ((days < FIRST_DAY) | (days > LAST_DAY + 1)) & (days != none)
    return wrong


def _order(claims: Claims, claim: pa.Array) -> Ints | None:
    """The rows by place, force and claim id; None if they stand so."""
    place, force = claims.place.codes.astype(np.int64), claims.force.codes
    line = place * max(1, len(claims.board.forces)) + force
    if len(claims) > 1:
        later = np.asarray(pc.greater_equal(claim[1:], claim[:-1]))
        if bool(np.all((line[1:] > line[:-1]) | ((line[1:] == line[:-1]) & later))):
            return None
        if bool(np.all((place[1:] > place[:-1]) | ((place[1:] == place[:-1]) & later))):
            # By place and claim id: the order of the rows settles what place and force leave open.
            return np.argsort(line, kind="stable")
    ordered = pc.sort_indices(pa.table({"line": line, "claim": claim}), [("line", "ascending"), ("claim", "ascending")])
    return np.asarray(ordered).astype(np.int64)


def _taken(claims: Claims, order: Ints) -> Claims:
    """The claims in another order."""
    changed: dict[str, Any] = {}
    for name in Claims.__slots__:
        column = getattr(claims, name)
        if isinstance(column, Texts):
            changed[name] = Texts(column.codes[order], column.names)
        elif isinstance(column, np.ndarray):
            # Indexing the last axis would leave the rows of `bounds` strewn, and everything after it slow.
            changed[name] = column.take(order, axis=-1)
    return replace(claims, **changed)
