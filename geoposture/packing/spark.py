"""Claims file → resolved file on Spark: whole places for each task, and there the very function that resolves locally.

Claims whose places stand together are read by the tasks themselves, range by range, and nothing is moved. All others, and those
at addresses that only Spark can open, are brought together by Spark.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace as replaced
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import InputProblems, UsageError
from ..files import WriteError
from ..ledger import GROUPINGS
from .parts import ABOUT, Parts, folder_about
from .placing import refuse, replace, write_whole
from .registry import Registry, registered
from .resolved import resolved_groups, resolved_schema
from .resolving import BATCH, ROW_GROUP, claims_to_resolve, keeping
from .schema import CLAIMS, REST, check_columns
from .spark_errors import first_line, heard, told
from .spark_files import FarFiles
from .spark_ranges import work_in_ranges, write_parts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CLUSTER = BATCH // 2
"""Claims of a partition, on average: so that most partitions are one batch, and the days of most row groups lie together."""

_ARROW_ROWS = 2**16


def resolve_on_spark(
    source: Path | str, target: Path | str, *, by: str = "publisher", master: str, partitions: int | None = None
) -> int:
    """Resolve a claims file with Spark to `target`: a folder of parts, or one file if there is one; gives the number of episodes.

    `source` and `target` are paths, or addresses that Spark can read and write (s3a://…, hdfs://…). A folder on this machine
    takes its place whole; on object storage the folder is complete once it has the file `_geoposture.json`. `partitions` None
    chooses them so that each has half a million claims. The session that is active is used, else one is started at `master`,
    and stopped. Raises InputProblems, UsageError, WriteError.
    """
    try:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("Spark is not installed. Install it: pip install 'geoposture[spark]', and Java 17 or newer.") from error
    if by not in GROUPINGS:
        raise UsageError(f'by "{by}" is unknown. Write one of {", ".join(GROUPINGS)}.')
    far = [_address(path) for path in (source, target)]
    if far[0] is None:
        claims_to_resolve(Path(source), by)
    if far[1] is None:
        refuse(Path(target), Path(source))
    running = SparkSession.getActiveSession()
    spark = running or _session(master)
    try:
        return _resolve(spark, (source, target), far, by, partitions)
    except (PySparkException, Py4JJavaError) as error:
        raise WriteError(f"{target}: Spark cannot make it: {first_line(error)}") from error
    finally:
        if running is None:
            spark.stop()


def _resolve(
    spark: SparkSession, paths: tuple[Path | str, Path | str], far: list[str | None], by: str, partitions: int | None
) -> int:
    source, target = paths
    if far == [None, None]:
        found = _in_ranges(spark, Path(source), Path(target), by, partitions)
        if found is not None:
            return found
    said = FarFiles(spark).about(far[0]) if far[0] else Parts.of(Path(source)).about
    claims = _claims(spark, far[0] or Path(source).resolve().as_uri(), str(source))
    count = partitions or max(spark.sparkContext.defaultParallelism, -(-claims.count() // CLUSTER))
    resolved = _resolved(spark, claims, said, by, str(source), count)
    made = folder_about({**said, "kind": "episodes", "by": by})
    if far[1]:
        return _write_far(spark, resolved, far[1], made)
    return _write_here(resolved, Path(target), made)


def _in_ranges(spark: SparkSession, source: Path, target: Path, by: str, partitions: int | None) -> int | None:
    """The number of episodes; None if the rows of a place do not stand together."""
    rows = Parts.of(source).rows()
    size = -(-rows // (partitions or max(spark.sparkContext.defaultParallelism, -(-rows // CLUSTER))))
    work = work_in_ranges(source, target, by, size)
    if work is None:
        return None
    with keeping(work, target):
        work.prepare()
        count = write_parts(spark, work, source)
        work.finish(target)
    return count


def _session(master: str) -> SparkSession:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("geoposture resolve")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(_ARROW_ROWS))
    # The workers have no word about pandas either.
    builder = builder.config("spark.executorEnv.PYTHONWARNINGS", "ignore::FutureWarning:pyspark.testing.utils")
    if master.startswith("local"):
        # On this machine the workers are the very Python that asks.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    with _no_word_about_pandas():
        try:
            return builder.getOrCreate()
        except PySparkException as error:
            raise UsageError(f"Spark cannot be started at {master}. Is there a Java 17 or newer? {first_line(error)}") from error


@contextmanager
def _no_word_about_pandas() -> Iterator[None]:
    """No pandas takes part: what Spark says of its version does not matter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def _address(path: Path | str) -> str | None:
    """The path as an address that only Spark can open; None if it is a path on this machine. Path writes s3a:/ for s3a://."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):/+", str(path))
    if found is None:
        return None
    slashes = ":///" if found[1] in ("file", "hdfs") and not re.match(r"[^:]+://[^/]", str(path)) else "://"
    return found[1] + slashes + str(path)[found.end() :]


def _claims(spark: SparkSession, address: str, path: str) -> DataFrame:
    """The claims as Spark reads them, with the columns that are ours. Raises InputProblems if one is missing."""
    frame = spark.read.parquet(address)
    check_columns(path, _arrow_schema(frame), list(CLAIMS))
    return frame.select(*(f"`{field.name}`" for field in (*CLAIMS, *REST) if field.name in frame.columns))


def _resolved(spark: SparkSession, claims: DataFrame, said: Mapping[str, Any], by: str, path: str, partitions: int) -> DataFrame:
    """The episodes, partition by partition: all claims about a place are in one, and stand together there."""
    fields = resolved_schema(pa.schema([(name, pa.null()) for name in claims.columns]))
    schema = pa.schema([pa.field(field.name, _plain(field.type)) for field in fields])
    broadcast = spark.sparkContext.broadcast(folder_about(said))

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        registry = _registry(path, broadcast.value)
        for whole in whole_places(batches):
            try:
                for group in resolved_groups(whole, registry, by, path, ROW_GROUP):
                    yield from group.cast(schema).to_batches(max_chunksize=_ARROW_ROWS)
            except InputProblems as error:
                # Of rows that have been moved nobody knows where in the file they stood.
                raise told(InputProblems([replaced(one, line=1) for one in error.problems])) from error

    together = claims.repartition(partitions, "place").sortWithinPartitions("place")
    with _no_word_about_pandas():
        return together.mapInArrow(work, _spark_schema(schema))


@lru_cache(maxsize=1)
def _registry(path: str, said: bytes) -> Registry:
    """The places, forces and sources, read once by each worker."""
    return Registry.of(registered(path, json.loads(said)))


def last_place(table: pa.Table) -> int:
    """The row on which the last place begins."""
    place = table.column("place").cast(pa.string()).combine_chunks()
    other = np.flatnonzero(np.asarray(pc.not_equal(place, place[-1])))
    return int(other[-1]) + 1 if len(other) else 0


def whole_places(batches: Iterator[pa.RecordBatch], size: int = BATCH) -> Iterator[pa.Table]:
    """Batches sorted by place as tables of whole places of some `size` rows; the last place of each waits for the rest of it."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += len(batch)
        if rows >= size:
            whole = pa.Table.from_batches(held)
            cut = last_place(whole)
            if cut:
                yield whole.slice(0, cut)
                held, rows = whole.slice(cut).to_batches(), rows - cut
    if rows:
        yield pa.Table.from_batches(held)


def _write_here(resolved: DataFrame, target: Path, made: bytes) -> int:
    """Written beside the target, and renamed when it is complete."""
    beside = target.with_name(f".{target.name}.spark")
    try:
        _write(resolved, beside.resolve().as_uri())
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    for crumb in (*beside.glob(".*.crc"), beside / "_SUCCESS"):
        crumb.unlink(missing_ok=True)
    write_whole(beside / ABOUT, lambda path: path.write_bytes(made))
    count = Parts.of(beside).rows()
    replace(beside, target)
    return count


def _write_far(spark: SparkSession, resolved: DataFrame, target: str, made: bytes) -> int:
    """Written in place: the file that says what the folder holds goes first and comes last."""
    files = FarFiles(spark)
    files.remove(f"{target}/{ABOUT}")
    _write(resolved, target)
    files.write(f"{target}/{ABOUT}", made)
    return spark.read.parquet(target).count()


def _write(resolved: DataFrame, address: str) -> None:
    from pyspark.errors import PythonException

    options: dict[str, Any] = {"compression": "zstd", "parquet.compression.codec.zstd.level": "1"}
    options["parquet.block.row.count.limit"] = str(ROW_GROUP)
    try:
        resolved.write.mode("overwrite").options(**options).parquet(address)
    except PythonException as error:
        problems = heard(str(error))
        if problems:
            raise InputProblems(problems) from error
        raise


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _spark_schema(schema: pa.Schema) -> str:
    """The columns as Spark writes them down."""
    names: Callable[[pa.DataType], str] = lambda kind: _SPARK.get(str(kind), "array<string>")  # noqa: E731
    return ", ".join(f"`{field.name}` {names(field.type)}" for field in schema)


_SPARK = {"string": "string", "bool": "boolean", "int8": "tinyint", "int16": "smallint", "int32": "int"}


def _arrow_schema(frame: DataFrame) -> pa.Schema:
    """The columns of a frame of Spark as ours are called."""
    kinds = {word: pa.type_for_alias(name) for name, word in _SPARK.items()}
    fields = []
    for name, word in frame.dtypes:
        kind = pa.list_(pa.string()) if word == "array<string>" else kinds.get(word, pa.null())
        fields.append(pa.field(name, kind))
    return pa.schema(fields)
