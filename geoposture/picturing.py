"""Recipe → picture: asks the posture of each day or source, and has one sheet of paper drawn of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from . import posture as _posture
from . import timeslice as _timeslice
from .dates import NO_END, NO_START
from .episodes import Episodes
from .errors import UsageError
from .files import spare, write
from .ledger import Ledger, Recipe
from .mapping import read_maps
from .questions import Scope, shown
from .resolution import resolve
from .style import source_colours

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .sheet import Panel, Scene, Sheet, Speaker

EACH = ("source", "day")
"""What small multiples may show one panel for."""
DAYS_OF_CHANGE = 6
"""How many of the latest days of change make small multiples where no day is named."""
NO_JUDGEMENT = "Borders and names carry no judgement"


@dataclass(frozen=True, slots=True)
class _Question:
    """What a figure is asked: `content` is the page's payload, whose choice of places, sources and colours it shares."""

    episodes: Episodes
    recipe: Recipe
    known: int | None
    content: Mapping[str, Any]

    @property
    def ledger(self) -> Ledger:
        return self.episodes.ledger


def save(
    recipe: Path,
    output: Path,
    *,
    data: Path | None = None,
    gazetteer: Path | None = None,
    days: Sequence[int] = (),
    known: int | None = None,
    each: str | None = None,
    size: str = "16:9",
) -> None:
    """Draw the figure of a recipe's file and write it to `output`, whose suffix names the format: .svg, .pdf or .png.

    Raises InputProblems, UsageError for a question that cannot be asked or if matplotlib is missing, WriteError.
    """
    _require_matplotlib()
    from .sheet import FORMATS, encode

    form = output.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise UsageError(f"{output}: the suffix names the format. Write {', '.join(f'.{name}' for name in FORMATS)}.")
    spare(output, recipe)
    ((_, found, ledger),) = read_maps([recipe], data, gazetteer)
    episodes = resolve(ledger, by=found.by)
    if each == "day" and not days:
        days = days_of_change(ledger, episodes, found, known=known)
    drawn = figure(ledger, episodes, found, days=days, known=known, by_source=each == "source", size=size)
    write(output, encode(drawn, form, title=found.title))


def figure(
    ledger: Ledger,
    episodes: Episodes,
    recipe: Recipe,
    *,
    days: Sequence[int] | None = None,
    known: int | None = None,
    by_source: bool = False,
    basemap: Mapping[str, Any] | None = None,
    size: str = "16:9",
) -> Figure:
    """The posture of a recipe as a matplotlib figure: one map, one panel for each day, or one for each source.

    `days` (days since 1970-01-01) default to the recipe's two days if it compares, else to its day; `known` to the recipe's,
    else to everything. `basemap` is a clip of the base map; by default it is cut to what the panels show. `size`: 16:9, 4:3, a4.

    Raises UsageError if there are more panels than a sheet takes, or if matplotlib is missing.
    """
    _require_matplotlib()
    from .sheet import SIZES, draw, extent
    from .webmap.basemap_clip import clip

    if size not in SIZES:
        raise UsageError(f'--size "{size}" is unknown. Write one of {", ".join(SIZES)}.')
    sheet = _sheet(ledger, episodes, recipe, days=days, known=known, by_source=by_source, size=size)
    return draw(sheet, clip(extent(sheet), margin=0.02) if basemap is None else basemap)


def days_of_change(ledger: Ledger, episodes: Episodes, recipe: Recipe, *, known: int | None = None) -> list[int]:
    """The latest days, at most six, through the recipe's day, on which what the map shows is not what it showed before."""
    question = _question(ledger, episodes, recipe, known)
    last = question.content["recipe"]["day"]
    bounds = {int(day) for column in (episodes.valid_from, episodes.valid_to) for day in column}
    found: list[int] = []
    for day in sorted((day for day in bounds if NO_START < day <= last and day != NO_END), reverse=True):
        if len(found) == DAYS_OF_CHANGE:
            break
        if _drawn(_scene(question, day)) != _drawn(_scene(question, day - 1)):
            found.append(day)
    return sorted(found) or [last]


def _sheet(
    ledger: Ledger,
    episodes: Episodes,
    recipe: Recipe,
    *,
    days: Sequence[int] | None,
    known: int | None,
    by_source: bool,
    size: str,
) -> Sheet:
    from .sheet import Sheet, long_day, situation

    question = _question(ledger, episodes, recipe, known)
    content = question.content
    chosen = _days(days, recipe, content["recipe"]["day"], by_source=by_source)
    names, ranks = {group["id"]: group["name"] for group in content["groups"]}, _ranks(content)
    panels = list(_of_sources(question, chosen[0], names, ranks) if by_source else _of_days(question, chosen))
    heard: Counter[str] = Counter()
    for panel in panels:
        heard.update(dict(panel.scene.heard))
    latest = max((record.known_from for record in episodes.records), default=chosen[-1])
    first, last = content["range"]
    return Sheet(
        title=recipe.title,
        subtitle=recipe.subtitle or "",
        sentence=situation(chosen, latest if question.known is None else question.known, latest=question.known is None),
        notes=recipe.notes or "",
        credits=(f"Data {content['data']}, {long_day(first)} to {long_day(last)}", *_credits(), NO_JUDGEMENT),
        bounds=tuple(content["bounds"]),
        most=_most_people(content),
        speakers=_speakers(
            _ranked(heard, ranks, content), names, ranks, heard if len(panels) == 1 else None, letters=not by_source
        ),
        panels=panels,
        size=size,
    )


def _speakers(
    order: Sequence[str], names: Mapping[str, str], ranks: Mapping[str, int], heard: Mapping[str, int] | None, *, letters: bool
) -> list[Speaker]:
    from .sheet import Speaker

    grey = [source for source in order if ranks[source] < 0 and letters]
    letter = dict(zip(grey, ascii_lowercase, strict=False))
    return [
        Speaker(source, names[source], ranks[source], letter.get(source, ""), None if heard is None else heard[source])
        for source in order
    ]


def _credits() -> Sequence[str]:
    from .webmap.basemap_clip import CREDITS

    return CREDITS


def _question(ledger: Ledger, episodes: Episodes, recipe: Recipe, known: int | None) -> _Question:
    from .webmap.payload import payload

    return _Question(episodes, recipe, recipe.known if known is None else known, payload(ledger, episodes, recipe))


def _days(days: Sequence[int] | None, recipe: Recipe, default: int, *, by_source: bool) -> list[int]:
    from .sheet import MOST_PANELS

    chosen = sorted(set(days or ()))
    if not chosen and recipe.compare is not None and not by_source:
        chosen = sorted({recipe.compare, default})
    if by_source and len(chosen) > 1:
        raise UsageError("One panel for each source is drawn for one day. Name one day, or leave --each source out.")
    if len(chosen) > MOST_PANELS:
        raise UsageError(f"A sheet takes {MOST_PANELS} panels, not {len(chosen)}. Name fewer days.")
    return chosen or [default]


def _of_days(question: _Question, days: Sequence[int]) -> Iterator[Panel]:
    from .sheet import Panel, long_day

    for day in days:
        yield Panel(long_day(day), _scene(question, day))


def _of_sources(question: _Question, day: int, names: Mapping[str, str], ranks: Mapping[str, int]) -> Iterator[Panel]:
    """One panel for each source that has something to show; an empty map if there is none."""
    from .sheet import MOST_PANELS, Panel

    heard = _scene(question, day).heard
    order = _ranked(heard, ranks, question.content)
    if len(order) > MOST_PANELS:
        raise UsageError(f"A sheet takes {MOST_PANELS} panels, and {len(order)} sources speak. Leave some out: exclude_sources.")
    for source in order:
        yield Panel(names[source], _scene(question, day, source), ranks[source])
    if not order:
        yield Panel("", _scene(question, day))


def _scene(question: _Question, day: int, source: str | None = None) -> Scene:
    """What is shown of one day, worked out from all sources that the recipe does not exclude, or from one."""
    from .sheet import scene

    rows = _timeslice.at(question.episodes, day, question.known)
    excluded = set(question.recipe.exclude_sources)
    rows = rows.where(
        excluded.isdisjoint((row["publisher"], row["voice"], row["source"])) and source in (None, row["source"]) for row in rows
    )
    lines = _posture.reconcile(rows, stale_after=question.recipe.stale_after_days)
    scope = Scope(places=question.recipe.places, forces=question.recipe.forces)
    return scene(rows, shown(lines, question.ledger, scope), question.ledger)


def _drawn(found: Scene) -> list[tuple[Any, ...]]:
    return [(spot.place, spot.standing, spot.layer, spot.words) for spot in (*found.marks, *found.badges)]


def _ranks(content: Mapping[str, Any]) -> dict[str, int]:
    """Each source's position in the palette, the same as on the page."""
    ids = [group["id"] for group in content["groups"]]
    claims = dict.fromkeys(ids, 0) | Counter(ids[group] for group in content["claims"]["group"])
    return source_colours(claims)


def _ranked(heard: Mapping[str, int], ranks: Mapping[str, int], content: Mapping[str, Any]) -> list[str]:
    """The sources that are heard: by colour, and those that share the grey by their claims."""
    order = [group["id"] for group in content["groups"]]
    return sorted((id_ for id_ in order if heard.get(id_)), key=lambda id_: (ranks[id_] % 1000, -heard[id_], id_))


def _most_people(content: Mapping[str, Any]) -> float:
    """The largest figure that any claim gives for one shown site: the scale of the marks, the same on every sheet of a recipe."""
    claims, places = content["claims"], content["places"]
    middles = [0.0]
    for status, named, low, high in zip(claims["status"], claims["places"], claims["low"], claims["high"], strict=True):
        place = places[named[0]]
        bounds = [bound for bound in (low, high) if bound is not None]
        if status is not None and len(named) == 1 and place["show"] and not place["area"] and bounds:
            middles.append(sum(bounds) / len(bounds))
    return max(middles)


def _require_matplotlib() -> None:
    try:
        import matplotlib  # noqa: F401, ICN001 - only whether it is there
    except ImportError as error:
        raise UsageError("A figure needs matplotlib, which is not installed: pip install 'geoposture[figure]'") from error
