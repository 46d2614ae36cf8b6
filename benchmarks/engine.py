"""The engine beside pandas, polars, DuckDB and the reading of memory, in one run.

    python benchmarks/engine.py                                  # in memory, at 10 million claims
    python benchmarks/engine.py --claims 1000000
    python benchmarks/engine.py growth                           # resolving 1k to 10M claims, each in a process of its own
    python benchmarks/engine.py parquet --claims 100000000       # Parquet to Parquet, and slices of the resolved file
    python benchmarks/engine.py slices --claims 100000000        # slices of what that made

`reading` is the time to read the four day columns of the episodes once from memory (the fastest of several ways). The peers do
less than the rules in force: the latest claim of each publisher, place and force (peers.py says what is left out).
"""

from __future__ import annotations

import argparse
import ctypes
import json
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lifetable
import numpy as np
import pyarrow as pa
from measuring import in_child, interleaved, machine, markdown, peak, seconds
from peers import PACKAGES, POINTS, best, codes, every, reading

from geoposture.claims import Claims
from geoposture.dates import NO_END, parse_day
from geoposture.episodes import Episodes
from geoposture.history import timeline
from geoposture.packing.columns import claims_of
from geoposture.packing.parts import Parts
from geoposture.packing.registry import registered
from geoposture.packing.resolving import resolve_file
from geoposture.packing.slices import ResolvedFile
from geoposture.posture import reconciled
from geoposture.resolution import resolve
from geoposture.slicing import Slice, holding

DAYS = ("valid_from", "valid_to", "known_from", "known_to")
GROWTH = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
MONTHS = tuple(parse_day(f"{year}-{month:02}-01") for year in range(2005, 2025) for month in range(1, 13))
SLICE = ("claim", "place", "force", "source", "status", "certainty")
"""What a slice of a resolved file is asked for here: who says what of which place."""


def main() -> None:
    """One of the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", nargs="?", choices=("memory", "growth", "parquet", "slices"), default="memory")
    parser.add_argument("--claims", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path("build/bench"), help="where Parquet files are kept")
    asked = parser.parse_args()
    print(*machine(*PACKAGES), "", sep="\n")
    if asked.table == "memory":
        in_memory(asked.claims, asked.repeat)
    elif asked.table == "growth":
        growth()
    elif asked.table == "slices":
        slices_on_disk(asked.folder / f"episodes-{asked.claims}.parquet", asked.repeat)
    else:
        on_disk(asked.claims, asked.folder, asked.repeat)


def claims_in_memory(count: int) -> Claims:
    """So many claims as columns."""
    table = lifetable.table(count)
    return claims_of(table, registered("life", json.loads(table.schema.metadata[b"geoposture"])), "life")


def in_memory(count: int, repeat: int) -> None:
    """Slices, posture and timelines of one resolved table, beside the peers."""
    columns = codes(pa.concat_tables([part.select(_PEERS) for part in lifetable.batches(count)]))
    episodes = resolve(claims_in_memory(count))
    print(f"{count:,} claims, {len(episodes):,} episodes, {episodes.current:,} of them hold as everything is known\n")
    read = interleaved(reading([getattr(episodes, name) for name in DAYS]), repeat=3 * repeat)
    unit = min(timing.least for timing in read.values())
    rows = []
    for title, (day, known) in POINTS.items():
        asked = None if known == NO_END - 1 else known
        ways: dict[str, Callable[[], Any]] = {
            "slice": lambda day=day, asked=asked: holding(episodes, day, asked),
            "posture": lambda day=day, asked=asked: reconciled(Slice(episodes, day, asked), 365),
        }
        timed = interleaved(every(columns, day, known) | ways, repeat=repeat)
        peers = {peer: best(timed, peer)[1].least for peer in ("pandas", "polars", "DuckDB")}
        found = len(holding(episodes, day, asked))
        for name in ways:
            ours = timed[name].least
            beside = [f"{seconds(value)} ({value / ours:.1f}×)" for value in peers.values()]
            rows.append([f"{name}, {title}", f"{found:,}", seconds(ours), f"{ours / unit:.1f}", *beside])
    print(f"reading the four day columns: {seconds(unit)}\n")
    print(markdown(["work", "rows in force", "geoposture", "times reading", "pandas", "polars", "DuckDB"], rows), "\n")
    lines = _lines_of_months(episodes)
    print(markdown(["timeline", "runs", "timeline", "240 slices", "times", "240 postures", "times"], _timelines(episodes, lines)))


_PEERS = ["publisher", "place", "force", "known_from", "withdrawn_from", "possible_from", "possible_to"]


def _lines_of_months(episodes: Episodes) -> float:
    """Seconds of 240 slices with posture, which is what a timeline says: 20 times those of every twentieth month."""
    began = time.perf_counter()
    for day in MONTHS[::20]:
        reconciled(Slice(episodes, day), 365)
    return 20 * (time.perf_counter() - began)


def _timelines(episodes: Episodes, lines: float) -> list[list[str]]:
    """The history of the busiest site and of a middling one, beside one slice for each of 240 months."""
    claims = episodes.claims
    count = np.bincount(claims.place.codes, minlength=len(claims.board.places))
    sites = np.array([kind == "camp" for kind in claims.board.kinds])
    order = np.argsort(np.where(sites, count, -1))
    chosen = {"busiest site": order[-1], "site in the middle": order[len(order) - int(sites.sum()) // 2]}
    rows = []
    for title, code in chosen.items():
        place = claims.board.places[int(code)]
        timed = interleaved(
            {"timeline": lambda place=place: timeline(episodes, place), "slices": lambda code=code: _slices(episodes, int(code))},
            repeat=1,
            warm=0,
        )
        ours, theirs = timed["timeline"].least, timed["slices"].least
        rows.append([f"{title}, {count[code]:,} claims", f"{len(timeline(episodes, place)):,}", seconds(ours), seconds(theirs)])
        rows[-1] += [f"{theirs / ours:,.1f}", seconds(lines), f"{lines / ours:,.0f}"]
    return rows


def _slices(episodes: Episodes, code: int) -> int:
    """What 240 slices cost that find the rows of one place at the beginning of each month, without reconciling them."""
    place = episodes.claims.place.codes
    return sum(int(np.count_nonzero(place[episodes.row[holding(episodes, day)]] == code)) for day in MONTHS)


def growth() -> None:
    """Resolving in memory, each size in a process of its own."""
    rows, before = [], None
    for count in GROWTH:
        child = in_child(resolved_in_memory, count)
        spent, most, episodes = child.result
        times = "" if before is None else f"{spent / before:.1f}"
        rows.append(
            [f"{count:,}", f"{episodes:,}", seconds(spent), times, f"{count / spent / 1e6:.2f} M/s", f"{most / 2**30:.2f} GiB"]
        )
        before = spent
    print(markdown(["claims", "episodes", "resolve", "times the size before", "rate", "most memory meanwhile"], rows))


def resolved_in_memory(count: int) -> tuple[float, int, int]:
    """Seconds, the most memory of the process while it resolves (claims included), and the number of episodes."""
    claims = claims_in_memory(count)
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)
    spent = []
    for _ in range(3 if count < 10_000_000 else 1):
        _forget_peak()
        began = time.perf_counter()
        episodes = resolve(claims)
        spent.append(time.perf_counter() - began)
    return min(spent), peak(), len(episodes)


def _forget_peak() -> None:
    """Let VmHWM begin anew: what loading took and has given back is not what resolving takes."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def on_disk(count: int, folder: Path, repeat: int) -> None:
    """Parquet to Parquet, and slices of what comes out."""
    folder.mkdir(parents=True, exist_ok=True)
    source, target = folder / f"claims-{count}.parquet", folder / f"episodes-{count}.parquet"
    if not source.exists():
        lifetable.write(source, count, progress=True)
    if target.is_dir():
        shutil.rmtree(target)
    child = in_child(resolved_on_disk, source, target)
    size = sum(file.stat().st_size for file in ([target] if target.is_file() else target.iterdir()))
    print(f"claims {source.stat().st_size / 1e9:.2f} GB, episodes {size / 1e9:.2f} GB, {child.result:,} rows\n")
    rate = f"{count / child.wall / 1e6:.2f} M/s"
    row = [f"resolve {count:,} claims, Parquet to Parquet", seconds(child.wall), seconds(child.cpu), rate]
    print(markdown(["work", "time", "processor", "rate", "most memory"], [[*row, f"{child.peak / 2**30:.2f} GiB"]]), "\n")
    slices_on_disk(target, repeat)


def slices_on_disk(target: Path, repeat: int) -> None:
    """Slices of a resolved file, handed out part by part: with the ids of the claims, and with nothing but codes."""
    rows = []
    for title, (day, known) in POINTS.items():
        asked = None if known == NO_END - 1 else known
        for what, columns in {"": SLICE, " without claim ids": SLICE[1:]}.items():
            done = in_child(sliced_on_disk, target, day, asked, columns, repeat)
            spent, busy, found = done.result
            cells = [f"{found:,}", seconds(spent), seconds(busy), f"{done.peak / 2**30:.2f} GiB"]
            rows.append([f"slice{what}, {title}", *cells])
    print(markdown(["work", "rows", "time, opening included", "processor", "most memory, Python and libraries included"], rows))


def resolved_on_disk(source: Path, target: Path) -> int:
    """The number of episodes."""
    return resolve_file(source, target)


def sliced_on_disk(target: Path, day: int, known: int | None, columns: Sequence[str], repeat: int) -> tuple[float, float, int]:
    """Seconds and processor seconds of the fastest of several slices, and the number of rows."""

    def ask() -> int:
        return sum(map(len, ResolvedFile(Parts.of(target)).slices(day, known, columns)))

    timing = interleaved({"ask": ask}, repeat=repeat, warm=0)["ask"]
    return timing.least, timing.least_cpu, ask()


if __name__ == "__main__":
    main()
