"""The share of defects that the tests of the engine notice: mutants of its modules, tried one by one (docs/security.md).

    python tools/mutation.py [--sample 40] [--seed 1] [MODULE…]

All mutants take hours. What is found is kept in build/mutation, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mutants import drawn
from trials import ROOT, Copy, copied

OUT = ROOT / "build" / "mutation"
SURVIVORS = ROOT / "tests" / "mutation_survivors.json"
"""Mutants that mean the same as the module: what they change, and why no test can tell."""


@dataclass(frozen=True)
class Target:
    """Modules that one set of tests answers for, within so many seconds of the processor's time for few examples."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    seconds: int = 20


def _posture() -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "geoposture" / "posture").glob("*.py")))


TARGETS = {
    "dates": Target(("geoposture/dates.py",), ("tests/test_dates.py",)),
    "figures": Target(("geoposture/figures.py",), ("tests/test_figures.py",)),
    "stretches": Target(("geoposture/stretches.py",), ("tests/test_stretches.py", "tests/test_resolution.py")),
    "grouping": Target(("geoposture/grouping.py",), ("tests/test_grouping.py", "tests/test_posture.py")),
    "crowding": Target(("geoposture/crowding.py",), ("tests/test_crowding.py", "tests/test_resolution.py")),
    "resolution": Target(("geoposture/resolution.py",), ("tests/test_resolution.py",)),
    "slices": Target(
        ("geoposture/layouts.py", "geoposture/lines.py", "geoposture/slicing.py"),
        ("tests/test_layouts.py", "tests/test_lines.py", "tests/test_posture.py", "tests/test_history.py"),
        40,
    ),
    "posture": Target(_posture(), ("tests/test_posture.py",)),
    "comparison": Target(("geoposture/comparison.py",), ("tests/test_comparison.py",)),
    "timeline": Target(
        ("geoposture/history.py", "geoposture/lifeline.py", "geoposture/rosters.py"),
        ("tests/test_rosters.py", "tests/test_history.py"),
        40,
    ),
}


def main() -> None:
    """Try the mutants of the targets that are named, and print what came of them."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("target", nargs="*", metavar="MODULE", help=f"of {', '.join(TARGETS)} (default: all)")
    arguments.add_argument("--sample", type=int, help="so many mutants of each (default: all)")
    arguments.add_argument("--seed", default="1", help="which ones")
    asked = arguments.parse_args()
    results: dict[str, list[dict[str, Any]]] = {}
    with copied() as copy:
        for name in asked.target or TARGETS:
            results[name] = list(_tried(copy, name, asked.sample, asked.seed))
    print(report(results))


def _tried(copy: Copy, name: str, sample: int | None, seed: str) -> Iterator[dict[str, Any]]:
    """Each mutant of a target with its outcome, from a run before this one if it is known."""
    target = TARGETS[name]
    sources = {path: copy.source(path) for path in target.modules}
    tests = [path for path in target.tests if (ROOT / path).exists()]
    first = target.modules[0]
    if (found := copy.outcome(first, sources[first], tests, target.seconds)) != "survived":
        sys.exit(f"{name}: the tests fail without a mutant ({found}): {(copy.folder / 'said').read_text()}")
    OUT.mkdir(parents=True, exist_ok=True)
    kept = OUT / f"{name}.jsonl"
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    known = {entry["key"]: entry for entry in map(json.loads, lines)}
    for mutant, changed in drawn(sources, sample, seed):
        difference = _difference(sources[mutant.path], changed)
        # A mutant that was killed stays so while the module is the same; one that survived is tried again with other tests.
        state = "".join(path.read_text(encoding="utf-8") for path in sorted((copy.folder / "tests").glob("*.py")))
        key, judged_by = _digest(f"{mutant.path}\n{changed}"), _digest(f"{target.tests}\n{state}")
        entry = known.get(key)
        if entry is None or (entry["outcome"] == "survived" and entry["tests"] != judged_by):
            outcome = copy.outcome(mutant.path, changed, tests, target.seconds)
            entry = {"key": key, "outcome": outcome, "tests": judged_by, "path": mutant.path}
            entry |= {"where": _where(sources[mutant.path], changed), "change": difference}
            with kept.open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(entry, ensure_ascii=False)}\n")
        print(f"{name}: {entry['outcome']}: {mutant.path} {' '.join(difference)}", flush=True)
        yield entry


def report(results: dict[str, list[dict[str, Any]]]) -> str:
    """A table of what became of the mutants, and those that survived and are not known to mean the same."""
    same = {(one["path"], one["where"], *one["change"]) for one in json.loads(SURVIVORS.read_text(encoding="utf-8"))}
    lines = ["", "| module | tried | do not load | mean the same | killed | survived | score | 95 % |", "| --- " * 8 + "|"]
    total: Counter[str] = Counter()
    missed: list[str] = []
    for name, entries in results.items():
        counts: Counter[str] = Counter()
        for one in entries:
            survived = one["outcome"] == "survived"
            known = survived and (one["path"], one["where"], *one["change"]) in same
            counts["same" if known else one["outcome"]] += 1
            if survived and not known:
                missed.append(f"{one['path']} {one['where']}: {' '.join(one['change'])}")
        total += counts
        lines.append(_line(name, counts))
    return "\n".join([*lines, _line("all", total), "", *(missed or ["Nothing else survived."])])


def _line(name: str, counts: Counter[str]) -> str:
    killed, survived = counts["killed"], counts["survived"]
    low, high = wilson(killed, killed + survived)
    score = f"{killed / (killed + survived):.1%}" if killed + survived else ""
    cells = (name, counts.total(), counts["does not load"], counts["same"], killed, survived, score, f"{low:.0%} to {high:.0%}")
    return f"| {' | '.join(map(str, cells))} |"


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not trials:
        return 0.0, 1.0
    z, share = 1.959964, hits / trials
    middle = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return (middle - spread) / (1 + z * z / trials), (middle + spread) / (1 + z * z / trials)


def _difference(before: str, after: str) -> list[str]:
    """The lines that differ, as they were and as they are."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:].strip()}" for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def _where(before: str, after: str) -> str:
    """The definition in which the first difference stands."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    line = next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 0)
    around = [
        node
        for node in ast.walk(ast.parse(before))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return ".".join(node.name for node in sorted(around, key=lambda node: node.lineno))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
