"""Claims file → ledger: reports and claims as people wrote them, for what needs more of them than their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ..claims import Claims, tabulate
from ..dates import ValidTime, between, parse_period, parse_when
from ..errors import InputProblems, Problem, ValueProblem
from ..figures import Figure, parse_change, parse_personnel
from ..ledger import Claim, Ledger, Report
from ..reading.codes import Spot, problem
from ..reading.parties import is_unnamed
from .columns import claims_of
from .parts import Parts, read_group
from .schema import CLAIMS, REST, spot

Row = Mapping[str, Any]

_DERIVED = ("known_from", "withdrawn_from", "bounds", "status", "firmness", "figure", "low", "high", "approx", "qualified")
"""Columns of Claims that follow from what people wrote."""


def read_table(parts: Parts) -> pa.Table:
    """All rows of all files, with the columns CLAIMS and those of REST that are there."""
    names = [field.name for field in (*CLAIMS, *REST)]
    tables = [
        read_group(path, file, range(file.num_row_groups), names)
        for path, file in zip(parts.files, parts.opened([*CLAIMS, *REST]), strict=True)
    ]
    return pa.concat_tables(tables, promote_options="default") if len(tables) > 1 else tables[0]


def read_claims(parts: Parts) -> Claims:
    """All claims of a claims file, as columns. Raises InputProblems."""
    return claims_of(read_table(parts), parts.ledger, parts.path)


def unpacked(parts: Parts) -> Ledger:
    """The whole ledger of a claims file. Raises InputProblems with every row that cannot be read."""
    table = read_table(parts)
    claims_of(table, parts.ledger, parts.path)
    by_claim: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in enumerate(table.to_pylist(), 1):
        by_claim[row["claim"]].append((number, row))
    problems: list[Problem] = []
    heads: dict[str, Row] = {}
    found: dict[str, list[Claim]] = defaultdict(list)
    for name, rows in sorted(by_claim.items()):
        number, row = min(rows, key=lambda one: (one[1]["place_number"] or 0, one[0]))
        heads.setdefault(row["report"], row)
        try:
            claim = _claim(name, row, _places(rows))
        except ValueProblem as error:
            problems.append(problem(spot(parts.path, number), error.code, error.what, error.fix))
            continue
        found[row["report"]].append(claim)
        problems += _unknown(spot(parts.path, number), {row.get("by"), *(claim.repeats or ())}, parts.ledger)
    reports: dict[str, Report] = {}
    for name, head in sorted(heads.items()):
        try:
            reports[name] = _report(name, head, found[name])
        except ValueProblem as error:
            problems.append(problem(spot(parts.path), error.code, error.what, error.fix))
            continue
        problems += _unknown(spot(parts.path), reports[name].repeats, parts.ledger)
    if problems:
        raise InputProblems(problems)
    return replace(parts.ledger, reports=reports)


def _unknown(where: Spot, named: Iterable[str | None], ledger: Ledger) -> Iterator[Problem]:
    """Who is said to have spoken, or to be repeated, and is no source of the footer."""
    for name in sorted({one for one in named if one is not None and not is_unnamed(one)} - ledger.sources.keys()):
        yield problem(where, "source-unknown", f'"{name}" is unknown.', "Add it to the sources, and pack anew.")


def drifted(parts: Parts) -> list[Problem]:
    """Columns of a claims file that do not follow from what people wrote: the first row of each."""
    claims, again = read_claims(parts), tabulate(unpacked(parts))
    rows = np.arange(len(claims))
    if len(again) != len(claims) or claims.claim.take(rows).tolist() != again.claim.take(rows).tolist():
        return [problem(spot(parts.path), "table-value", "a claim stands there twice for one place.", "Pack the data anew.")]
    return list(_differences(parts.path, claims, again))


def _differences(path: Path, claims: Claims, again: Claims) -> Iterator[Problem]:
    rows = np.arange(len(claims))
    for name in _DERIVED:
        one, two = getattr(claims, name), getattr(again, name)
        wrong = np.any(one != two, axis=0) if one.ndim > 1 else one != two
        if wrong.any():
            claim = claims.claim.take(rows[wrong][:1])[0]
            many = np.count_nonzero(wrong)
            count = f" ({many:,} rows)" if many > 1 else ""
            what = f"{name.replace('_', ' ')} of {claim} does not follow from what the row says{count}."
            yield problem(spot(path), "table-value", what, "Pack the data anew.")
    for name in ("voice", "publisher", "report"):
        if getattr(claims, name).take(rows).tolist() != getattr(again, name).take(rows).tolist():
            yield problem(spot(path), "table-value", f"{name} does not follow from what the rows say.", "Pack the data anew.")


def _places(rows: Sequence[tuple[int, Row]]) -> tuple[str, ...]:
    ordered = sorted(rows, key=lambda one: (one[1]["place_number"] or 0, one[0]))
    return tuple(dict.fromkeys(row["place"] for _, row in ordered))


def _report(name: str, row: Row, claims: Sequence[Claim]) -> Report:
    return Report(
        name,
        row["publisher"],
        row["published"],
        parse_period(row["published"]),
        title=row.get("title"),
        author=row.get("author"),
        url=row["url"],
        dating=row.get("dating"),
        repeats=tuple(row.get("report_repeats") or ()),
        text=row.get("text"),
        note=row.get("report_note"),
        claims=tuple(claims),
    )


def _claim(name: str, row: Row, places: tuple[str, ...]) -> Claim:
    repeats = row.get("repeats")
    by = row.get("by")
    if "by" not in row and row["voice"] != row["publisher"]:
        by = row["voice"]
    return Claim(
        name,
        places,
        row["force"],
        status=row["status"],
        modality=row["modality"],
        time=_time(row["when"]),
        when=row["when"],
        personnel=None if row["status"] is None else _personnel(row),
        change=_change(row) if row["status"] is None else None,
        by=by,
        repeats=None if repeats is None else tuple(repeats),
        credibility=row["credibility"],
        quote=row["quote"],
        says=row["says"],
        where=row.get("where"),
        note=row.get("note"),
        replaces=row.get("replaces"),
    )


def _time(when: str | None) -> ValidTime | None:
    """The time behind `when` as `at` shows it: EDTF, or `from X`, or `from X to Y`."""
    if when is None or not when.startswith("from "):
        return None if when is None else parse_when(when)
    start, _, end = when.removeprefix("from ").partition(" to ")
    return between(parse_period(start), parse_period(end) if end else None, when)


def _personnel(row: Row) -> Figure | None:
    if row.get("figure"):
        return parse_personnel(row["figure"])
    bounds = (row["low"], row["high"]) if not row["shared_with"] else (row["shared_low"], row["shared_high"])
    return None if bounds == (None, None) else Figure(*bounds, row["approx"])


def _change(row: Row) -> Figure:
    if row.get("figure"):
        return parse_change(row["figure"])
    return Figure(row["change_low"], row["change_high"], row["approx"])
