"""The plan for a billion claims, worked out from measured rates: python tools/scale_plan.py prints it, docs/scale.md shows it.

Put in the rates of your machine; everything else follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

CLAIMS = 1_000_000_000
PER_PARTITION = 2**19
"""Claims of a partition: geoposture.packing.spark.CLUSTER."""
ROW_GROUP = 2**15
"""Rows of a row group: geoposture.packing.resolving.ROW_GROUP."""


@dataclass(frozen=True)
class Rates:
    """What was measured, with the claims of benchmarks/lifetable.py; WORDS says what each is."""

    claims_per_core_second: float
    spark_core_seconds: float
    claim_bytes: float
    episode_bytes: float
    episodes_per_claim: float
    batch_memory: float


WORDS = {
    "claims_per_core_second": "`resolve`, Parquet to Parquet: claims for each processor second",
    "spark_core_seconds": "the same on Spark: times as many processor seconds",
    "claim_bytes": "claims table: bytes for each claim",
    "episode_bytes": "resolved table: bytes for each row",
    "episodes_per_claim": "resolved table: rows for each claim",
    "batch_memory": "memory in which `resolve` works, bytes",
}
MEASURED = Rates(
    claims_per_core_second=120_000,
    spark_core_seconds=1.1,
    claim_bytes=38.1,
    episode_bytes=49.1,
    episodes_per_claim=1.72,
    batch_memory=3.02e9,
)
ASSUMED: frozenset[str] = frozenset()
"""Rates that nobody has measured yet."""
MACHINES = ((1, 16), (10, 16), (50, 16))
"""Machines and cores of each."""


def plan(rates: Rates = MEASURED, claims: int = CLAIMS) -> str:
    """The rates and the plan as two tables."""
    lines = ["| rate | value | |", "| --- | ---: | --- |"]
    lines += [
        f"| {words} | {_number(getattr(rates, name))} | {'assumed' if name in ASSUMED else 'measured'} |"
        for name, words in WORDS.items()
    ]
    seconds = claims / rates.claims_per_core_second
    episodes = claims * rates.episodes_per_claim
    partitions = ceil(claims / PER_PARTITION)
    lines += [
        "",
        f"| {claims:,} claims | how | comes to |",
        "| --- | --- | ---: |",
        f"| claims file | claims × bytes | {_bytes(claims * rates.claim_bytes)} |",
        f"| resolved table | claims × episodes × bytes | {_bytes(episodes * rates.episode_bytes)} |",
        f"| its rows | claims × episodes | {episodes / 1e9:.2f} billion |",
        f"| its row groups | rows ÷ {ROW_GROUP:,} | {ceil(episodes / ROW_GROUP):,} |",
        f"| one machine, two cores busy | claims ÷ rate ÷ 2 | {_time(seconds / 2)} |",
        f"| Spark: partitions | claims ÷ {PER_PARTITION:,} | {partitions:,} |",
        "| Spark: moved between machines | nothing, where places stand together | 0 GB |",
        f"| Spark: memory of a worker's Python | half of `resolve`'s | {_bytes(rates.batch_memory / 2)} |",
    ]
    for machines, cores in MACHINES:
        rounds = ceil(partitions / (machines * cores))
        each = PER_PARTITION / rates.claims_per_core_second * rates.spark_core_seconds
        how = f"⌈{partitions:,} ÷ {machines * cores}⌉ = {rounds} rounds × {each:.0f} s"
        lines.append(f"| Spark: {machines} × {cores} cores | {how} | {_time(rounds * each)} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _bytes(count: float) -> str:
    return f"{count / 1e12:.1f} TB" if count >= 1e12 else f"{count / 1e9:.0f} GB" if count >= 1e10 else f"{count / 1e9:.1f} GB"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 3600:.1f} h" if seconds >= 5400 else f"{seconds / 60:.0f} min"


if __name__ == "__main__":
    print(plan())
