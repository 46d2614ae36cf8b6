"""The page's engine, running in node, as a fixture that answers questions about a payload."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from geoposture.webmap.payload import encode

ANSWERS = Path(__file__).parents[1] / "browser" / "engine" / "answers.js"


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
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not on this machine")
    return found


@pytest.fixture(scope="module")
def engine(node):
    started = Engine(node)
    yield started
    started.close()
