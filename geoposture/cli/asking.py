"""The commands that answer with a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from . import completing
from .answers import answer
from .app import command
from .options import (
    ByOpt,
    DataOpt,
    DayArg,
    ForceOpt,
    FormatOpt,
    GazetteerOpt,
    KnownOpt,
    OutOpt,
    PlaceOpt,
    RawOpt,
    StaleOpt,
    ask,
    check_id,
    read_day,
)


@command(panel="Ask", example="geoposture at 2025-10-21 --known 2025-10-31 --place ain-al-asad")
def at(
    day: DayArg,
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    known: KnownOpt = None,
    by: ByOpt = None,
    force: ForceOpt = None,
    place: PlaceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """List the claims in force on a day: who says what of which place."""
    from ..questions import rows

    when = read_day(day)
    episodes, scope = ask(data, gazetteer, known=known, by=by, stale_after=stale_after, forces=force, places=place, output=output)
    answer(rows(episodes, when, scope), episodes.ledger, form, output, raw=raw, head=_sentence(day, known))


@command(panel="Ask", example="geoposture posture 2026-01-20 --place iraq --force us")
def posture(
    day: DayArg,
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    known: KnownOpt = None,
    by: ByOpt = None,
    force: ForceOpt = None,
    place: PlaceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Reconcile the claims of a day: one line for each place and force."""
    from ..questions import posture as lines

    when = read_day(day)
    episodes, scope = ask(data, gazetteer, known=known, by=by, stale_after=stale_after, forces=force, places=place, output=output)
    answer(lines(episodes, when, scope), episodes.ledger, form, output, raw=raw, head=_sentence(day, known))


@command(panel="Ask", example="geoposture compare 2025-10-21 2026-01-20 --place iraq")
def compare(
    before: Annotated[str, typer.Argument(metavar="DAY", help="The first day, YYYY-MM-DD.", autocompletion=completing.days)],
    after: Annotated[str, typer.Argument(metavar="DAY", help="The second day, YYYY-MM-DD.", autocompletion=completing.days)],
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    known: KnownOpt = None,
    known_before: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The first day as known then (default: --known).", autocompletion=completing.days),
    ] = None,
    by: ByOpt = None,
    force: ForceOpt = None,
    place: PlaceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Compare two days: what changed, and what we only learned since."""
    from ..questions import changes

    first, second = read_day(before), read_day(after)
    earlier = known if known_before is None else known_before
    known_then = None if earlier is None else read_day(earlier)
    episodes, scope = ask(data, gazetteer, known=known, by=by, stale_after=stale_after, forces=force, places=place, output=output)
    table = changes(episodes, first, second, scope, known_before=known_then)
    head = f"From {before}{_as_known(earlier)} to {after}{_as_known(known)}"
    answer(table, episodes.ledger, form, output, raw=raw, head=head)


def _as_known(known: str | None) -> str:
    return "" if known is None else f" (as known on {known})"


@command(panel="Ask", example="geoposture totals iraq 2026-01-20 --force us")
def totals(
    area: Annotated[
        str, typer.Argument(metavar="AREA", help="The id of a country, region or province.", autocompletion=completing.areas)
    ],
    day: DayArg,
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    known: KnownOpt = None,
    by: ByOpt = None,
    force: ForceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Set what is stated of an area beside the sum of its sites."""
    from ..questions import totals as lines

    when = read_day(day)
    episodes, scope = ask(data, gazetteer, known=known, by=by, stale_after=stale_after, forces=force, output=output)
    check_id("place", area, episodes.ledger.places)
    if not episodes.ledger.places[area].is_area:
        raise UsageError(f'"{area}" is a site, not an area. Name a country, a region or a province.')
    answer(lines(episodes, area, when, scope), episodes.ledger, form, output, raw=raw, head=_sentence(day, known))


@command(panel="Ask", example="geoposture timeline ain-al-asad --force us")
def timeline(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="The id of a place.", autocompletion=completing.places)],
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
    known: KnownOpt = None,
    by: ByOpt = None,
    force: ForceOpt = None,
    stale_after: StaleOpt = "365",
    form: FormatOpt = None,
    output: OutOpt = None,
    raw: RawOpt = False,
) -> None:
    """Tell the history of one place: every stretch of days with one posture."""
    from ..questions import timeline as runs

    episodes, scope = ask(data, gazetteer, known=known, by=by, stale_after=stale_after, forces=force, output=output)
    check_id("place", place, episodes.ledger.places)
    head = "Everything known" if known is None else f"As known on {known}"
    answer(runs(episodes, place, scope), episodes.ledger, form, output, raw=raw, head=head)


def _sentence(day: str, known: str | None) -> str:
    return f"Situation on {day}, " + ("everything known" if known is None else f"as known on {known}")
