"""One slice by plain means: the latest claim of each publisher, place and force, with pandas, polars and DuckDB.

    python benchmarks/peers.py                          # 1k, 10k, 100k, 1M and 10M claims
    python benchmarks/peers.py --claims 1000000 --all   # one size, every formulation

The question at (V, K), on claims that nobody has resolved: of the rows known by K, not withdrawn by K and possible on V,
the latest of each (publisher, place, force), among equals the greatest claim. It is less than the rules in force ask: no
firmness, no earlier claim where a later one is silent. All on whole-number codes in memory; the answers are compared
before anything is timed. A claim's code is its row, which inside a place ascends as the ids do.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import lifetable
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from measuring import Timing, interleaved, machine, markdown, seconds
from numpy.typing import NDArray

from geoposture.dates import NO_END, parse_day

Ints = NDArray[Any]
Columns = dict[str, Ints]
Way = Callable[[], Ints]
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
POINTS = {
    "everything known": (parse_day("2020-06-15"), NO_END - 1),
    "as of 2014": (parse_day("2014-06-15"), parse_day("2014-12-31")),
}
CODED = ("publisher", "place", "force")
DAYS = ("known_from", "withdrawn_from", "possible_from", "possible_to")
PACKAGES = ("numpy", "pandas", "polars", "duckdb", "pyarrow")
HELD = "known_from <= {known} and withdrawn_from > {known} and possible_from <= {day} and possible_to > {day}"


def main() -> None:
    """Every size at both points: the best formulation of each peer, and reading the day columns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=SIZES)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="print every formulation")
    asked = parser.parse_args()
    print(*machine(*PACKAGES), "", sep="\n")
    rows = []
    for claims in asked.claims:
        columns = load(claims)
        read = interleaved(reading([columns[name] for name in DAYS]), repeat=2 * asked.repeat)
        for title, (day, known) in POINTS.items():
            ways = every(columns, day, known)
            found = agreed(ways)
            timed = interleaved(ways, repeat=asked.repeat)
            rows.append([f"{claims:,}", title, f"{found:,}", *(_cell(timed, peer) for peer in ("pandas", "polars", "DuckDB"))])
            rows[-1].append(seconds(min(timing.least for timing in read.values())))
            if asked.all:
                print(f"{claims:,}, {title}", *_listed(timed), sep="\n")
        if asked.all:
            print("reading", *_listed(read), sep="\n")
    print("Wall time of the fastest run (processor time, both cores)", "", sep="\n")
    print(markdown(["claims", "point", "rows found", "pandas", "best polars", "best DuckDB", "reading four columns"], rows))


def load(claims: int, *, seed: int = 1) -> Columns:
    """Seven columns of such claims as int32, and `claim`, the number of the row."""
    names = [*CODED, *DAYS]
    table = pa.concat_tables([part.select(names) for part in lifetable.batches(claims, seed=seed)])
    return codes(table)


def codes(table: pa.Table) -> Columns:
    """The same seven columns of any claims table, from memory or from Parquet."""
    table = table.select([*CODED, *DAYS]).unify_dictionaries().combine_chunks()
    found = {name: table[name].combine_chunks().indices.to_numpy() for name in CODED}
    found |= {name: table[name].to_numpy() for name in DAYS}
    return {"claim": np.arange(len(table), dtype=np.int32)} | {name: np.ascontiguousarray(part) for name, part in found.items()}


def every(columns: Columns, day: int, known: int) -> dict[str, Way]:
    """Every formulation at (day, known), named after its peer; each gives the codes of the claims, in any order."""
    return pandas_ways(columns, day, known) | polars_ways(columns, day, known) | duckdb_ways(columns, day, known)


def agreed(ways: Mapping[str, Way]) -> int:
    """How many claims all ways give. Raises AssertionError where one gives others."""
    answers = {name: np.sort(way()) for name, way in ways.items()}
    first = next(iter(answers.values()))
    for name, answer in answers.items():
        if not np.array_equal(answer, first):
            raise AssertionError(
                f"{name} gives {len(answer)} claims with sum {answer.sum()}, not {len(first)} with {first.sum()}"
            )
    return len(first)


def best(timed: Mapping[str, Timing], peer: str) -> tuple[str, Timing]:
    """The fastest formulation of a peer: 'pandas', 'polars' or 'DuckDB'."""
    return min(((name, timing) for name, timing in timed.items() if name.startswith(peer)), key=lambda pair: pair[1].least)


# The peers


def pandas_ways(columns: Columns, day: int, known: int) -> dict[str, Way]:
    """What a good user of pandas writes first: a mask, sort_values, drop_duplicates."""
    frame = pd.DataFrame(columns)

    def held() -> pd.DataFrame:
        mask = (frame.known_from <= known) & (frame.withdrawn_from > known)
        return frame[mask & (frame.possible_from <= day) & (frame.possible_to > day)]

    def straightforward() -> Ints:
        latest = held().sort_values(["known_from", "claim"]).drop_duplicates([*CODED], keep="last")
        return latest["claim"].to_numpy()

    return {"pandas sort_values + drop_duplicates": straightforward}


def polars_ways(columns: Columns, day: int, known: int) -> dict[str, Way]:
    """Five ways to write it, lazily, each on the engine in memory and on the streaming one."""
    plain = pl.DataFrame(columns)
    rank = pl.col("known_from").cast(pl.Int64) * 2**32 + pl.col("claim")
    line = pl.col("place").cast(pl.Int64) * 2**32 + pl.col("publisher").cast(pl.Int64) * 2**8 + pl.col("force")
    packed = plain.select(*DAYS, rank=rank, line=line)
    held = (
        (pl.col("known_from") <= known)
        & (pl.col("withdrawn_from") > known)
        & (pl.col("possible_from") <= day)
        & (pl.col("possible_to") > day)
    )
    low = (pl.col("rank") & 0xFFFFFFFF).cast(pl.Int32).alias("claim")
    some, few = plain.lazy().filter(held), packed.lazy().filter(held)
    plans = {
        "max of a packed rank": some.group_by(*CODED).agg(rank.max().alias("rank")).select(low),
        "max_by": some.group_by(*CODED).agg(pl.col("claim").max_by(rank)).select("claim"),
        "sort + unique": some.sort("known_from", "claim").unique([*CODED], keep="last").select("claim"),
        "max of a packed rank by a packed key": some.group_by(line.alias("line")).agg(rank.max().alias("rank")).select(low),
        "the same, packed beforehand": few.group_by("line").agg(pl.col("rank").max()).select(low),
    }
    return {
        f"polars {name}, {engine}": lambda plan=plan, engine=engine: plan.collect(engine=engine)["claim"].to_numpy()
        for name, plan in plans.items()
        for engine in ("in-memory", "streaming")
    }


def duckdb_ways(columns: Columns, day: int, known: int) -> dict[str, Way]:
    """Four ways to write it, each on the Arrow table in place and on DuckDB's own table."""
    connection = duckdb.connect()
    connection.register("arrow", pa.table(columns))
    rank = "(known_from::bigint << 32 | claim)"
    line = "(place::bigint << 32 | publisher::bigint << 8 | force)"
    connection.execute(f"create table own as select *, {rank} as rank, {line} as line from arrow")
    connection.register("packed", connection.table("own").to_arrow_table())
    held = HELD.format(day=day, known=known)
    group = ", ".join(CODED)
    texts = {
        "arg_max over a packed rank": f"select arg_max(claim, {rank}) as claim from {{}} where {held} group by {group}",
        "max of a packed rank": f"select (max({rank}) & 4294967295)::integer as claim from {{}} where {held} group by {group}",
        "qualify row_number": f"select claim from {{}} where {held} qualify row_number() over "
        f"(partition by {group} order by known_from desc, claim desc) = 1",
    }
    before = f"select (max(rank) & 4294967295)::integer as claim from {{}} where {held} group by line"
    queries = {f"{name}, {table}": text.format(table) for name, text in texts.items() for table in ("arrow", "own")}
    queries |= {f"max of a rank by a key packed beforehand, {table}": before.format(table) for table in ("packed", "own")}
    return {
        f"DuckDB {name}": lambda query=query: connection.execute(query).fetchnumpy()["claim"] for name, query in queries.items()
    }


def reading(columns: Sequence[Ints]) -> dict[str, Callable[[], object]]:
    """Honest ways to look at every value of some int32 columns once, by one thread and by two."""
    arrows = [pa.array(column) for column in columns]
    pool = ThreadPoolExecutor(2)
    halves = [half for column in columns for half in np.array_split(column, 2)]
    return {
        "numpy max, one thread": lambda: [column.max() for column in columns],
        "numpy bitwise or, one thread": lambda: [np.bitwise_or.reduce(column) for column in columns],
        "pyarrow min_max, one thread": lambda: [pc.min_max(column) for column in arrows],
        "numpy max, two threads": lambda: list(pool.map(np.max, halves)),
    }


def _cell(timed: Mapping[str, Timing], peer: str) -> str:
    timing = best(timed, peer)[1]
    return f"{seconds(timing.least)} ({seconds(timing.least_cpu)})"


def _listed(timed: Mapping[str, Timing]) -> list[str]:
    lines = []
    for name, timing in sorted(timed.items(), key=lambda pair: pair[1].least):
        least, median, cpu = (f"{seconds(part):>8}" for part in (timing.least, timing.median, timing.least_cpu))
        lines.append(f"  {least} least, {median} median, {cpu} of processors: {name}")
    return lines


if __name__ == "__main__":
    main()
