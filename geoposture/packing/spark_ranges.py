"""Claims whose places stand together, resolved on Spark without moving a row: each task reads its range and writes its part."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputProblems
from .parts import Parts
from .ranges import Range, Rows, ranges
from .resolving import Work
from .spark_errors import heard, told

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def work_in_ranges(source: Path, target: Path, by: str, size: int) -> Work | None:
    """The parts to write, of so many claims at most; None if the rows of a place do not stand together.

    Workers find the files where they are here. Raises InputProblems.
    """
    rows = Rows.of(Parts.of(source.absolute()))
    try:
        return Work(rows, by, target.absolute().with_name(f".{target.name}.parts"), tuple(ranges(rows, size)))
    except InputProblems as error:
        if [one.code for one in error.problems] != ["table-order"]:
            raise
        return None


def write_parts(spark: SparkSession, work: Work, source: Path) -> int:
    """Write the parts that are not there, each as a task of its own; gives the number of rows of all. Raises InputProblems."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    there = [work.done(one) for one in work.ranges]
    missing = [one for one in work.ranges if there[one.number] is None]
    shared = spark.sparkContext.broadcast(work)

    def write(one: Range) -> int:
        try:
            return shared.value.write(one)
        except InputProblems as error:
            raise told(error) from error

    try:
        written = spark.sparkContext.parallelize(missing, max(1, len(missing))).map(write).collect()
    except (Py4JJavaError, PySparkException) as error:
        problems = heard(str(error))
        if problems:
            raise InputProblems([replace(one, file=str(source)) for one in problems]) from error
        raise
    return sum(written) + sum(rows or 0 for rows in there)
