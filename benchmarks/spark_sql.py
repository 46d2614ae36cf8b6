"""The same slice by Spark SQL from Parquet, on local[2]: at once, and after a resolve of Spark's own kind.

    python benchmarks/spark_sql.py                             # 1M claims, some minutes; needs Java 17 or newer
    python benchmarks/spark_sql.py --claims 10000000 --repeat 2

At once: the latest claim of each publisher, place and force at (V, K), as in peers.py, grouped by the words of the claims
file and by whole-number codes. Resolved: LEAD over (publisher, place, force) gives each claim the day from which on a newer
one is known, written to Parquet; a slice is then a filter. This means less than the rules in force and differs from the
slice at once: a newer claim ends an older one even where the newer does not speak of the day.

Ours: resolve_on_spark of the claims, by all rules in force, Parquet to Parquet with every column of the claims; a slice is the
filter that docs/scale.md shows. Its rows are compared with those of the local runner before anything is timed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import lifetable
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from measuring import interleaved, machine, markdown, seconds
from peers import CODED, DAYS, HELD, POINTS
from pyspark.sql import DataFrame, SparkSession

from geoposture.dates import NO_END
from geoposture.packing.parts import Parts
from geoposture.packing.resolving import resolve_file
from geoposture.packing.slices import ResolvedFile
from geoposture.packing.spark import resolve_on_spark

SLICES = 20
"""Slices that share the cost of one resolve."""


def main() -> None:
    """Write the claims twice, with words and with codes; slice, resolve, slice again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--memory", default="6g")
    asked = parser.parse_args()
    print(*machine("pyspark", "pyarrow", "numpy"), "", sep="\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words, codes, led, ours = (folder / f"{part}.parquet" for part in ("claims", "codes", "led", "ours"))
        lifetable.write(words, asked.claims)
        write_codes(codes, asked.claims)
        spark = session(memory=asked.memory)
        try:
            measure(spark, words, codes, led, ours, asked.repeat)
        finally:
            spark.stop()


def measure(spark: SparkSession, words: Path, codes: Path, led: Path, ours: Path, repeat: int) -> None:
    """Check that all formulations agree, time them in turn, and print the table."""
    rows = []
    ways: dict[str, Callable[[], object]] = {}
    for title, (day, known) in POINTS.items():
        found = slices(spark, words, codes, day, known)
        sums = {name: checksum(frame) for name, frame in found.items()}
        if len(set(sums.values())) != 1:
            raise AssertionError(f"the formulations differ: {sums}")
        ways |= {f"{name}, {title}": lambda frame=frame: run(frame) for name, frame in found.items()}
    resolving = interleaved(
        {
            "LEAD": lambda: resolve_by_lead(spark, codes, led),
            "ours": lambda: resolve_on_spark(words, ours, master=spark.sparkContext.master),
        },
        repeat=repeat,
        warm=0,
    )
    for title, (day, known) in POINTS.items():
        check_ours(spark, words, ours, day, known)
        frames = {"LEAD": led_slice(spark, led, day, known), "ours": our_slice(spark, ours, day, known)}
        ways |= {f"filter of {name}, {title}": lambda frame=frame: run(frame) for name, frame in frames.items()}
    timed = interleaved(ways, repeat=repeat)
    rows = [[name, seconds(timing.least), seconds(timing.median)] for name, timing in timed.items()]
    for name, whole in resolving.items():
        rows.append([f"resolve: {name}, Parquet to Parquet", seconds(whole.least), seconds(whole.median)])
        for title in POINTS:
            parts = timed[f"filter of {name}, {title}"]
            least, median = (one + all_ / SLICES for one, all_ in ((parts.least, whole.least), (parts.median, whole.median)))
            rows.append([f"filter and {SLICES}th part of the resolve: {name}, {title}", seconds(least), seconds(median)])
    print(markdown(["Spark SQL", "least", "median"], rows))


def session(*, cores: int = 2, memory: str = "6g") -> SparkSession:
    """A quiet local Spark without a web page."""
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(2**16),
        "spark.sql.shuffle.partitions": str(4 * cores),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(f"local[{cores}]").appName("geoposture benchmark")
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def write_codes(path: Path, claims: int, *, seed: int = 1) -> None:
    """The columns of peers.load as Parquet: int32 codes in place of words, the claim's number in place of its id."""
    names = [*CODED, *DAYS]
    schema = pa.schema([(name, pa.int32()) for name in ("claim", *names)])
    begin = 0
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for part in lifetable.batches(claims, seed=seed):
            columns = [part[name].combine_chunks() for name in names]
            whole = [column.indices if pa.types.is_dictionary(column.type) else column for column in columns]
            claim = pa.array(np.arange(begin, begin + len(part), dtype=np.int32))
            writer.write_table(pa.table([claim, *whole], schema=schema), row_group_size=lifetable.BLOCK)
            begin += len(part)


def slices(spark: SparkSession, words: Path, codes: Path, day: int, known: int) -> dict[str, DataFrame]:
    """Every formulation of the slice at once: claim and known_from of the latest claims."""
    spark.read.parquet(str(words)).createOrReplaceTempView("words")
    spark.read.parquet(str(codes)).createOrReplaceTempView("codes")
    held, group = HELD.format(day=day, known=known), ", ".join(CODED)
    latest = f"select max_by(claim, struct(known_from, claim)) as claim, max(known_from) as known_from from {{}} where {held}"
    first = f"select claim, known_from, row_number() over (partition by {group} order by known_from desc, claim desc) as place_"
    packed = "max(shiftleft(cast(known_from as bigint), 32) + claim) as rank"
    line = "shiftleft(cast(place as bigint), 32) + shiftleft(cast(publisher as bigint), 8) + force"
    taken = "select cast(rank & 4294967295 as int) as claim, cast(shiftright(rank, 32) as int) as known_from"
    texts = {
        "max_by on words": f"{latest.format('words')} group by {group}",
        "max_by on codes": f"{latest.format('codes')} group by {group}",
        "row_number on codes": f"select claim, known_from from ({first} from codes where {held}) where place_ = 1",
        "max of a packed rank on codes": f"{taken} from (select {packed} from codes where {held} group by {group})",
        "the same by a packed key": f"{taken} from (select {packed} from codes where {held} group by {line})",
    }
    return {name: spark.sql(text) for name, text in texts.items()}


def resolve_by_lead(spark: SparkSession, codes: Path, led: Path) -> None:
    """Each claim with `known_to`, the day from which on a newer claim of its line is known, Parquet to Parquet."""
    spark.read.parquet(str(codes)).createOrReplaceTempView("codes")
    group = ", ".join(CODED)
    lead = f"lead(known_from, 1, {NO_END}) over (partition by {group} order by known_from, claim)"
    spark.sql(f"select *, {lead} as known_to from codes").write.mode("overwrite").parquet(str(led))


def led_slice(spark: SparkSession, led: Path, day: int, known: int) -> DataFrame:
    """The slice of what resolve_by_lead wrote: a filter."""
    frame = spark.read.parquet(str(led)).where(HELD.format(day=day, known=known)).where(f"known_to > {known}")
    return frame.select("claim", "known_from")


def our_slice(spark: SparkSession, ours: Path, day: int, known: int) -> DataFrame:
    """The slice of what resolve_on_spark wrote, as docs/scale.md has it."""
    held = f"{day} >= valid_from and {day} < valid_to and {known} >= episode_known_from and {known} < episode_known_to"
    return spark.read.parquet(str(ours)).where(held).select("claim", "known_from")


def check_ours(spark: SparkSession, words: Path, ours: Path, day: int, known: int) -> None:
    """Raises AssertionError unless Spark's table gives the rows that the local runner's gives."""
    local = ours.with_name("local.parquet")
    if not local.exists():
        resolve_file(words, local)
    here = ResolvedFile(Parts.of(local)).holding(day, known, columns=["known_from"]).column(0)
    there = checksum(our_slice(spark, ours, day, known))
    if (len(here), pc.sum(here).as_py()) != there:
        raise AssertionError(f"Spark gives {there}, the local runner {(len(here), pc.sum(here).as_py())}")


def run(frame: DataFrame) -> None:
    """Work a frame out to its last row and throw the rows away."""
    frame.write.format("noop").mode("overwrite").save()


def checksum(frame: DataFrame) -> tuple[int, int]:
    """How many rows, and the sum of their known_from: equal for words and codes."""
    row = frame.selectExpr("count(*) as rows", "sum(known_from) as days").first()
    assert row is not None
    return int(row["rows"]), int(row["days"])


if __name__ == "__main__":
    main()
