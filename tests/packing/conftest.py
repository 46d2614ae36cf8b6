"""One Spark for all tests that need it."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

MASTER = "local[2]"


@pytest.fixture(scope="session")
def session():
    if os.environ.get("GEOPOSTURE_NO_SPARK") == "1":
        pytest.skip("GEOPOSTURE_NO_SPARK=1")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.fail(
            "There is no Java for Spark. Run: sh tools/java.sh (or leave Spark out: GEOPOSTURE_NO_SPARK=1).", pytrace=False
        )
    from pyspark.sql import SparkSession

    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "3",
        # Batches smaller than a place, so that places are put together again.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(MASTER).appName("geoposture tests")
    for key, value in options.items():
        builder = builder.config(key, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("OFF")
    yield started
    started.stop()
