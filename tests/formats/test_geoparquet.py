"""GeoParquet is read back without threads that could outlive the interpreter's lock."""

from __future__ import annotations

import subprocess
import sys

COUNTING = """
import io
import os

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from geoposture.formats import geoparquet

sink = io.BytesIO()
table = pa.table({name: list(range(1_000)) for name in "abcdefgh"})
pq.write_table(table, sink, row_group_size=300)
threads = psutil.Process().num_threads
before = threads()
print(geoparquet.count(sink.getvalue()), threads() - before)
pq.read_table(io.BytesIO(sink.getvalue()))
print(threads() - before, flush=True)
os._exit(0)  # without the end of Python, which a thread of the second reading may not survive
"""


def test_reading_back_starts_no_threads_that_would_hold_bytes_of_python():
    done = subprocess.run([sys.executable, "-c", COUNTING], capture_output=True, text=True, check=True)
    ours, plain = done.stdout.splitlines()
    assert ours == "1000 0"
    # What Arrow does by itself: at the end of Python such a thread could abort the process, after all was written.
    assert int(plain) > 0
