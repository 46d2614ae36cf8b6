"""The balloon of a row in a globe viewer: what is said, who says it and in which words, as HTML without anything that runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from ..dates import show_day
from ..figures import show, show_change
from ..frames import Columns, Kind

Row = Mapping[str, Any]

_TOLD = ("quote", "says", "url", "note")
"""Columns that stand above the list of all others."""


def headline(row: Row) -> str:
    """One line for a row: its place, then what is said of it and by whom, or what has become of it."""
    place = row.get("place_name") or row.get("place") or row.get("area") or row.get("country") or ""
    said = [row.get("force"), row.get("status") or row.get("standing") or row.get("change"), _figure(row)]
    if "before" in row:
        said = [row["force"], str(row["change"]).replace("_", " ")]
    text = " ".join(part for part in said if part)
    return f"{place}: {text}" + (f" ({row['source']})" if row.get("source") else "") if text else str(place)


def balloon(columns: Columns, row: Row) -> str:
    """HTML of paragraphs and one table; every value is escaped, and links are http or https only."""
    rows = "".join(
        f"<tr><th align='left'>{name.replace('_', ' ')}</th><td>{_html(_plain(kind, row[name]))}</td></tr>"
        for name, kind in columns.items()
        if kind not in ("point", "outline") and name not in _TOLD and row[name] not in (None, ())
    )
    return f"<h3>{_html(headline(row))}</h3>{''.join(_told(row))}<table>{rows}</table>"


def _told(row: Row) -> Iterator[str]:
    if row.get("quote"):
        yield f"<blockquote>“{_html(row['quote'])}”</blockquote>"
    for name in ("says", "note"):
        if row.get(name):
            yield f"<p>{_html(row[name])}</p>"
    if row.get("url"):
        yield f"<p>{_link(row['url'])}</p>"


def _link(url: str) -> str:
    text = _html(url)
    return f'<a href="{text}">{text}</a>' if url.startswith(("https://", "http://")) else text


def _html(text: str) -> str:
    # A viewer puts values in place of $[name] wherever it finds it, also in what people wrote.
    return escape(text).replace("$[", "$&#91;")


def _figure(row: Row) -> str:
    if row.get("change_low") is not None or row.get("change_high") is not None:
        return show_change(row["change_low"], row["change_high"], approx=bool(row["approx"]))
    if row.get("low") is not None or row.get("high") is not None:
        return show(row["low"], row["high"], approx=bool(row["approx"]))
    if row.get("shared_low") is not None or row.get("shared_high") is not None:
        return show(row["shared_low"], row["shared_high"], approx=bool(row["approx"])) + " shared"
    return ""


def _plain(kind: Kind, value: Any) -> str:
    if kind == "day":
        return show_day(value)
    if kind == "bool":
        return "yes" if value else "no"
    return ", ".join(value) if kind == "list" else str(value)
