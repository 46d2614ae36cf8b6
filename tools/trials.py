"""A copy of the tree in which tests try mutants, each in a process of its own that starts with the libraries already loaded."""

from __future__ import annotations

import importlib
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
LIBRARIES = (
    "hypothesis",
    "hypothesis.strategies",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "pytest",
    "edtf",
    "rich.text",
    "typer",
)
"""What the tests load of others; nothing of ours, so that each process loads the mutant."""
FEW, MORE = "40", "250"
"""The examples of each property test: a few to begin with, and more for what survives those. In CI it tries up to 1,500."""

Outcome = Literal["killed", "survived", "does not load"]


class Copy:
    """The package and its tests, away from those who work on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("geoposture", "tests"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "bad", "judges", "page"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        (folder / "benchmarks").mkdir()

    def source(self, path: str) -> str:
        """The module as it is, read from the tree."""
        return (ROOT / path).read_text(encoding="utf-8")

    def outcome(self, path: str, source: str, tests: Sequence[str], seconds: int) -> Outcome:
        """What the tests say of the module with this source: killed, should they fail or need more time of the processor."""
        before = self.source(path)
        (self.folder / path).write_text(source, encoding="utf-8")
        try:
            return self._run(FEW, tests, seconds) or self._run(MORE, tests, 5 * seconds) or "survived"
        finally:
            (self.folder / path).write_text(before, encoding="utf-8")

    def _run(self, examples: str, tests: Sequence[str], seconds: int) -> Outcome | None:
        """None if all is well."""
        child = os.fork()
        if child == 0:
            _try(self.folder, examples, tests, seconds)
        _, ending = os.waitpid(child, 0)
        if os.WIFSIGNALED(ending):
            return "killed"
        status = os.waitstatus_to_exitcode(ending)
        if status not in (0, 1, 2):
            raise RuntimeError(f"pytest ended with {status} for {tests}: {(self.folder / 'said').read_text()}")
        return (None, "killed", "does not load")[status]


@contextmanager
def copied() -> Iterator[Copy]:
    """A copy that lasts as long as the block."""
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for name in LIBRARIES:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        yield Copy(Path(folder))


def _try(folder: Path, examples: str, tests: Sequence[str], seconds: int) -> None:
    """Run the tests, until the first that fails, in a process that does nothing else."""
    status = 3
    try:
        said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(said, stream)
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        sys.dont_write_bytecode = True
        os.environ["GEOPOSTURE_EXAMPLES_MOST"] = examples
        import pytest

        options = ["-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin"]
        status = int(pytest.main([*options, *tests]))
        sys.stdout.flush()
    finally:
        os._exit(status)
