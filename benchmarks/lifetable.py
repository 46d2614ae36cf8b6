"""A seeded claims table like life, of any size, made block by block on whole columns .

    python benchmarks/lifetable.py 10000000 build/claims10m.parquet

A block is some million rows with whole places, and depends on nothing but the seed, the sizes and its number: a hundred
million claims stream to Parquet within the memory of one block. How the world is: a few hot places with thousands of
claims, few common forces, papers that come back to the same place, briefings repeated by eight of them, corrections,
plans, vague years, and open ends.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from lifetimes import DEFAULT, EPOCH_DAY, KNOWN_DAY, KNOWN_DAYS, NAMED_DAYS, Times, six_bounds, the_calendar, times, unit
from lifeworld import OFFICES, World, claims_of_places, place_ids, places_for, registry_metadata
from numpy.typing import NDArray

from geoposture.dates import NO_END
from geoposture.figures import Figure, parse_change, parse_personnel

Ints = NDArray[Any]
BLOCK = 1_000_000
ROW_GROUP = 131_072
_STATUSES = pa.array(["present", "absent"])
_MODALITIES = pa.array(["possible", "expected", "announced", "reported"])
ARTICLES = (1,) * 15 + (2, 2, 3, 8, 8)
FIGURES = ("~900", "250..350", "1200", "<200", "dozens", "hundreds", "50", "~2500", ">=1000", "300", "~120", "8", "4000..6000")
CHANGES = ("-700", "~-700", "up", "down", "+500", "-1200..-1000")
QUOTES = tuple(f"They are still {where}, and they will stay for {n} weeks" for n in range(2, 66) for where in ("here", "there"))

_CODES = pa.dictionary(pa.int32(), pa.string())
COLUMNS = pa.schema(
    [
        pa.field("claim", pa.string(), nullable=False),
        *(pa.field(name, _CODES, nullable=False) for name in ("place", "force", "report", "publisher", "voice")),
        pa.field("status", _CODES),
        pa.field("modality", _CODES, nullable=False),
        pa.field("qualified", pa.bool_(), nullable=False),
        pa.field("low", pa.int32()),
        pa.field("high", pa.int32()),
        pa.field("approx", pa.bool_(), nullable=False),
        *(pa.field(name, pa.int32()) for name in ("change_low", "change_high", "shared_low", "shared_high")),
        pa.field("shared_with", pa.list_(pa.string()), nullable=False),
        pa.field("when", _CODES),
        pa.field("published", _CODES, nullable=False),
        pa.field("known_from", pa.int32(), nullable=False),
        pa.field("withdrawn_from", pa.int32(), nullable=False),
        pa.field("unbounded_from", pa.int32(), nullable=False),
        pa.field("possible_from", pa.int32(), nullable=False),
        pa.field("certain_from", pa.int32()),
        pa.field("certain_to", pa.int32()),
        pa.field("possible_to", pa.int32(), nullable=False),
        pa.field("unbounded_to", pa.int32(), nullable=False),
        pa.field("credibility", pa.int8()),
        pa.field("quote", pa.string()),
        pa.field("says", pa.string()),
        pa.field("url", _CODES),
        pa.field("place_number", pa.int16()),
    ]
)
"""The columns of every table, in order."""


def main() -> None:
    """Write so many claims to a Parquet file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--places", type=int, help="default: one for 200 claims, from 20 through 100,000")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.path.parent.mkdir(parents=True, exist_ok=True)
    write(asked.path, asked.claims, places=asked.places, seed=asked.seed, progress=True)


def batches(
    claims: int, *, places: int | None = None, forces: int = 50, publishers: int = 5000, seed: int = 1
) -> Iterator[pa.Table]:
    """The claims, in tables of about a million rows with whole places, in the order of the places and claim ids."""
    sites = places_for(claims) if places is None else places
    world = World(place_ids(sites), forces, publishers, seed)
    counts = claims_of_places(claims, sites, seed)
    begins = np.cumsum(counts) - counts
    edges = np.flatnonzero(np.diff(begins // BLOCK, prepend=-1)).tolist()
    for number, (first, stop) in enumerate(zip(edges, [*edges[1:], len(counts)], strict=True)):
        if counts[first:stop].sum():
            yield _block(world, number, first, counts[first:stop])


def table(claims: int, *, places: int | None = None, forces: int = 50, publishers: int = 5000, seed: int = 1) -> pa.Table:
    """All of them in one table, with the metadata of a claims file."""
    found = batches(claims, places=places, forces=forces, publishers=publishers, seed=seed)
    whole = pa.concat_tables(list(found)) if claims else COLUMNS.empty_table()
    return whole.replace_schema_metadata(registry_metadata(places_for(claims) if places is None else places, forces, publishers))


def write(path: Path, claims: int, *, places: int | None = None, seed: int = 1, progress: bool = False) -> None:
    """The same as Parquet, in the memory of one block: row groups of 128 Ki rows, zstd level 1."""
    metadata = registry_metadata(places_for(claims) if places is None else places, 50, 5000)
    done, began = 0, time.perf_counter()
    with pq.ParquetWriter(path, COLUMNS.with_metadata(metadata), compression="zstd", compression_level=1) as writer:
        for part in batches(claims, places=places, seed=seed):
            for start in range(0, len(part), ROW_GROUP):
                writer.write_table(compact(part.slice(start, ROW_GROUP)), row_group_size=ROW_GROUP)
            done += len(part)
            if progress:
                rate = done / (time.perf_counter() - began)
                print(f"\r{done:>13,} of {claims:,} claims, {rate / 1e6:.2f} M/s ", end="", file=sys.stderr, flush=True)
    if progress:
        print(file=sys.stderr)


def compact(part: pa.Table) -> pa.Table:
    """The same rows with only the dictionary values that they use: a row group writes the whole dictionary of its columns."""
    columns = []
    for column in part.combine_chunks().columns:
        chunk = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        if pa.types.is_dictionary(chunk.type) and len(chunk.dictionary) > 64:
            codes = chunk.indices.fill_null(0).to_numpy()
            used = np.zeros(len(chunk.dictionary), dtype=bool)
            used[codes] = True
            fresh = (np.cumsum(used) - 1).astype(np.int32)[codes]
            kept = chunk.dictionary.take(pa.array(np.flatnonzero(used)))
            chunk = pa.DictionaryArray.from_arrays(pa.array(fresh, mask=_nulls(chunk)), kept)
        columns.append(chunk)
    return pa.table(columns, schema=part.schema)


def _nulls(chunk: pa.Array) -> Any:
    return np.asarray(chunk.is_null()) if chunk.null_count else None


# One block


@dataclass(frozen=True, slots=True)
class _Events:
    """What happened or was said to happen, one entry each; several papers can write about one."""

    force: Ints
    day: Ints
    status: Ints
    modality: Ints
    figure: Ints
    change: Ints
    office: Ints
    times: Times


def _block(world: World, number: int, first_place: int, counts: Ints) -> pa.Table:
    dice = np.random.default_rng([world.seed, 1 + number])
    rows = int(counts.sum())
    place = np.repeat(np.arange(first_place, first_place + len(counts), dtype=np.int32), counts)
    ends = np.cumsum(counts)
    event_at = _event_starts(dice, rows, (ends - counts)[counts > 0])
    events = _events(world, dice, place[event_at], np.diff(event_at, append=rows))
    event = np.repeat(np.arange(len(event_at), dtype=np.int32), np.diff(event_at, append=rows))
    known = np.minimum(events.day[event] + (4 * unit(dice, rows) ** 2).astype(np.int32), KNOWN_DAYS - 1)
    paper = _papers(dice, place, len(world.publishers) - 1)

    original, copy = _pairs_of_places(counts)
    shared = np.concatenate([original, copy])
    paper[shared] = len(world.publishers) - 1  # the last paper alone writes about two places at once, and sorts last in both
    order = np.argsort(((place - first_place).astype(np.int64) << 26) | (paper.astype(np.int64) << 13) | known)
    event, known, paper = event[order], known[order], paper[order]
    for column in (event, known, paper):
        column[copy] = column[original]
    columns = _columns(world, dice, f"b{number:04}", events, event, known, paper, original, copy)
    columns["place"] = _coded(place, world.places)
    columns["place_number"] = _place_number(rows, original, copy)
    columns["shared_with"] = _shared_with(world, place, original, copy, columns["shared_low"], columns["shared_high"])
    return pa.table([columns[name] for name in COLUMNS.names], schema=COLUMNS)


def _place_number(rows: int, original: Ints, copy: Ints) -> pa.Array:
    number = np.zeros(rows, dtype=np.int16)
    number[original], number[copy] = 1, 2
    return pa.array(number, mask=number == 0)


def _event_starts(dice: np.random.Generator, rows: int, place_starts: Ints) -> Ints:
    """Where a new event begins: after 1, 2, 3 or 8 articles, and with each place."""
    sizes = np.array(ARTICLES)[dice.integers(0, len(ARTICLES), rows, dtype=np.uint8)]
    begins = np.cumsum(sizes)
    starts = np.zeros(rows, dtype=bool)
    starts[begins[: np.searchsorted(begins, rows)]] = True
    starts[place_starts] = True
    return np.flatnonzero(starts)


def _papers(dice: np.random.Generator, place: Ints, papers: int) -> Ints:
    """Half of the claims are by the thirty papers nearest to a place, the first of which write most; else by big papers."""
    u = unit(dice, len(place))
    near = (place.astype(np.int64) * 7919 + (30 * u**3).astype(np.int64)) % papers
    big = np.minimum(np.exp(u * np.float32(np.log(papers + 1))).astype(np.int32) - 1, papers - 1)
    return np.where(unit(dice, len(place)) < 0.5, near, big).astype(np.int32)


def _pairs_of_places(counts: Ints) -> tuple[Ints, Ints]:
    """Rows that are one claim about two places: one in a hundred of two neighbours, last in each of the two."""
    even = len(counts) // 2 * 2
    many = np.minimum(counts[0:even:2], counts[1:even:2]) // 100
    ends = np.cumsum(counts)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return (np.repeat(ends[part:even:2] - many, many) + within for part in (0, 1))  # type: ignore[return-value]


def _mixed(*parts: Ints) -> NDArray[np.uint32]:
    """A number that looks random but is the same for the same parts."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint32)
    for part in parts:
        mixed = (mixed ^ part.astype(np.uint32)) * np.uint32(0x9E3779B1)
        mixed ^= mixed >> np.uint32(15)
    return mixed


def _events(world: World, dice: np.random.Generator, place: Ints, articles: Ints) -> _Events:
    count = len(place)
    u = unit(dice, count)
    common = (len(world.forces) ** u).astype(np.int32) - 1
    force = np.where(unit(dice, count) < 0.6, _mixed(place) % 1024 % np.uint32(min(12, len(world.forces))), common)
    force = np.minimum(force, len(world.forces) - 1).astype(np.int32)
    day = (KNOWN_DAYS * unit(dice, count) ** np.float32(0.8)).astype(np.int32)
    day = np.minimum(day, KNOWN_DAYS - 1)

    # A force stays or is gone for some two years; now and then somebody says otherwise.
    era = (day + (_mixed(place, force) % 700).astype(np.int32)) // 700
    gone = np.where(unit(dice, count) < 0.1, unit(dice, count) * 100, _mixed(place, force, era) % 100) < 21
    changed = unit(dice, count) < 0.05
    status = np.where(changed, -1, gone).astype(np.int8)
    modality = np.searchsorted(np.array([0.04, 0.10, 0.20], np.float32), unit(dice, count), side="right").astype(np.int8)

    figured = (status == 0) & (unit(dice, count) < 0.4)
    figure = (_mixed(place, force) + dice.integers(0, 3, count, dtype=np.uint8)) % len(FIGURES)
    change = dice.integers(0, len(CHANGES), count, dtype=np.int8)
    quoted = (articles > 1) | (unit(dice, count) < 0.2)
    office = (_mixed(force, place // 8) + dice.integers(0, 4, count, dtype=np.uint8)) % OFFICES
    return _Events(
        force,
        day,
        status,
        modality,
        np.where(figured, figure, -1).astype(np.int8),
        np.where(changed, change, -1).astype(np.int8),
        np.where(quoted, office, -1).astype(np.int32),
        times(dice, modality, day),
    )


def _columns(
    world: World,
    dice: np.random.Generator,
    mark: str,
    events: _Events,
    event: Ints,
    known: Ints,
    paper: Ints,
    original: Ints,
    copy: Ints,
) -> dict[str, pa.Array]:
    """Every column but place and shared_with. What is drawn for a claim is the same in each of its places."""
    rows = len(event)
    number = np.arange(rows, dtype=np.int32)
    chance, luck, delay = unit(dice, rows), unit(dice, rows), dice.standard_exponential(rows, dtype=np.float32)
    for column in (number, chance, luck, delay):
        column[copy] = column[original]
    several = np.zeros(rows, dtype=bool)
    several[original] = several[copy] = True

    status, change = events.status[event], events.change[event]
    status[several & (status < 0)] = 0
    change[several] = -1
    office = events.office[event]
    day = known + KNOWN_DAY
    kind, anchor = events.times.kind[event], events.times.anchor[event]
    report, report_ids = _reports(world, paper, known, mark)
    withdrawn = np.where(luck < 0.03, day + 1 + (delay * 60).astype(np.int32), NO_END).astype(np.int32)
    sayings = pa.array(QUOTES, pa.string())
    saying = ((chance * 1e6).astype(np.int32)) % len(QUOTES)
    columns = {
        "claim": _texts(_joined(report_ids[report], b"#", _numbers(-(-rows // BLOCK) * BLOCK)[number])),
        "force": _coded(events.force[event], world.forces),
        "report": _coded(report, _texts(report_ids)),
        "publisher": _coded(paper, world.publishers),
        "voice": _coded(np.where(office < 0, paper, office + len(world.publishers)).astype(np.int32), world.voices),
        "status": _coded(np.maximum(status, 0).astype(np.int32), _STATUSES, status < 0),
        "modality": _coded(events.modality[event].astype(np.int32), _MODALITIES),
        "when": _coded(events.times.written[event], events.times.texts, kind == DEFAULT),
        "published": _coded(known, _calendar_days()),
        "known_from": pa.array(day),
        "withdrawn_from": pa.array(withdrawn),
        "credibility": pa.array((1 + luck * 600 % 6).astype(np.int8), mask=chance >= 0.1),
        "quote": sayings.take(pa.array(saying, mask=chance >= 0.2)),
        "says": sayings.take(pa.array(saying, mask=chance <= 0.9)),
        "url": _coded(report, _texts(_joined(b"https://example.org/", report_ids))),
    }
    columns["qualified"] = pa.array((anchor >= NAMED_DAYS) & (anchor < 2 * NAMED_DAYS) & (kind != DEFAULT))
    columns |= _figures(events.figure[event], change, several)
    return columns | six_bounds(kind, events.modality[event] == 3, day, anchor, events.times.end[event])


def _figures(figure: Ints, change: Ints, several: Ints) -> dict[str, pa.Array]:
    strengths, shifts = _figure_table(tuple(map(parse_personnel, FIGURES))), _figure_table(tuple(map(parse_change, CHANGES)))
    none, still = figure < 0, change < 0
    columns = {"approx": pa.array(strengths[2][figure] & ~none | shifts[2][change] & ~still)}
    for name, table_, code, hidden in (
        ("", strengths, figure, none | several),
        ("change_", shifts, change, still),
        ("shared_", strengths, figure, none | ~several),
    ):
        for part, bound in enumerate(("low", "high")):
            value, unknown = table_[part]
            columns[name + bound] = pa.array(value[code], mask=hidden | unknown[code])
    return columns


@cache
def _figure_table(figures: tuple[Figure, ...]) -> tuple[Any, Any, Ints]:
    """(low, whether it is open), (high, whether it is open), approx; one more entry stands for none."""
    bounds = [[each.low for each in figures] + [None], [each.high for each in figures] + [None]]
    low, high = (
        (np.array([bound or 0 for bound in part], dtype=np.int32), np.array([bound is None for bound in part])) for part in bounds
    )
    return low, high, np.array([each.approx for each in figures] + [False])


def _shared_with(world: World, place: Ints, original: Ints, copy: Ints, low: pa.Array, high: pa.Array) -> pa.Array:
    """The other place of each row with a shared figure; an empty list for all other rows."""
    other = np.full(len(place), -1, dtype=np.int32)
    other[original], other[copy] = place[copy], place[original]
    figured = np.asarray(low.is_valid()) | np.asarray(high.is_valid())
    other[~figured] = -1
    offsets = np.concatenate([[0], np.cumsum(other >= 0)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), world.places.take(pa.array(other[other >= 0])))


def _reports(world: World, paper: Ints, known: Ints, mark: str) -> tuple[Ints, Ints]:
    """One report for each paper and day of a block: codes and ids (as bytes of one width, in their order)."""
    key = paper * KNOWN_DAYS + known
    order = np.argsort(key)
    ordered = key[order]
    fresh = np.diff(ordered, prepend=-1) > 0
    code = np.empty(len(key), dtype=np.int32)
    code[order] = np.cumsum(fresh, dtype=np.int32) - 1
    keys = ordered[fresh]
    days = _fixed(_calendar_days())[keys % KNOWN_DAYS]
    return code, _joined(_fixed(world.publishers)[keys // KNOWN_DAYS], b"-", days, f"-{mark}".encode())


def _joined(*parts: Ints | bytes) -> Ints:
    """Texts of one width, written side by side; at least one part is a column."""
    columns = [np.asarray(part) for part in parts]
    joined = np.empty(max(column.size for column in columns), dtype=[(f"f{n}", column.dtype) for n, column in enumerate(columns)])
    for name, column in zip(joined.dtype.names, columns, strict=True):
        joined[name] = column
    return joined.view(f"S{joined.itemsize}")


def _fixed(texts: pa.Array) -> Ints:
    """Texts of one width as bytes."""
    return np.asarray(texts.to_pylist(), dtype=bytes)


def _texts(fixed: Ints) -> pa.Array:
    """Bytes of one width as texts, without copying them."""
    offsets = np.arange(len(fixed) + 1, dtype=np.int32) * fixed.itemsize
    return pa.StringArray.from_buffers(len(fixed), pa.py_buffer(offsets), pa.py_buffer(fixed))


@cache
def _numbers(count: int) -> Ints:
    """0000000 upwards."""
    return np.char.zfill(np.arange(count).astype("S7"), 7)


@cache
def _calendar_days() -> pa.Array:
    """Every day on which a report can be published, as text."""
    return the_calendar().text.slice(KNOWN_DAY - EPOCH_DAY, KNOWN_DAYS)


def _coded(codes: Ints, values: pa.Array, nulls: Ints | None = None) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=nulls), values)


if __name__ == "__main__":
    main()
