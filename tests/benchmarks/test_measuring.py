"""The measuring: turns, least and median, a child of its own."""

import os

import measuring
import numpy as np
import pytest


def test_ways_take_turns_and_the_first_round_does_not_count(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(measuring.time, "perf_counter", lambda: float(next(clock)))
    order = []
    ways = {"a": lambda: order.append("a"), "b": lambda: [order.append("b"), next(clock), next(clock)]}
    timed = measuring.interleaved(ways, repeat=3, warm=1)
    assert order == ["a", "b"] * 4
    assert timed["a"].wall == (1.0,) * 3
    assert timed["b"].least == timed["b"].median == 3.0


def test_least_and_median():
    timing = measuring.Timing((3.0, 1.0, 5.0), (2.0, 4.0, 3.0))
    assert (timing.least, timing.median, timing.least_cpu) == (1.0, 3.0, 2.0)


def _hold(megabytes):
    return os.getpid(), int(np.ones(megabytes * 2**20, dtype=np.uint8).sum())


def test_a_child_has_its_own_process_and_peak():
    small, large = measuring.in_child(_hold, 1), measuring.in_child(_hold, 200)
    assert small.result[0] != os.getpid()
    assert large.result[1] == 200 * 2**20
    assert large.peak - small.peak > 150 * 2**20


def _vanish():
    os._exit(3)


def test_a_child_that_vanishes_is_an_error():
    with pytest.raises(RuntimeError, match="status 3"):
        measuring.in_child(_vanish)


def test_tables_and_units():
    assert measuring.markdown(["way", "time"], [["a", "1 s"]]) == "| way | time |\n| --- | ---: |\n| a | 1 s |"
    assert [measuring.seconds(value) for value in (1234.5, 1.5, 0.0123, 2e-6, 5e-9)] == [
        "1,234 s",
        "1.5 s",
        "12.3 ms",
        "2 µs",
        "5 ns",
    ]


def test_the_machine_line_names_versions():
    assert f"numpy {np.__version__}" in measuring.machine("numpy")[1]
