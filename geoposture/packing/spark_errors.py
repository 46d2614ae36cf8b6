"""What workers of Spark find wrong, as text: nothing else of an error comes back from them."""

from __future__ import annotations

import json
import re
from dataclasses import astuple

from ..errors import InputProblems, Problem

_MARK = "geoposture problems: "


def told(error: InputProblems) -> RuntimeError:
    """The error to raise in a worker."""
    return RuntimeError(_MARK + json.dumps([astuple(one) for one in error.problems]))


def heard(text: str) -> list[Problem]:
    """The problems in what Spark says of a worker's error; none if it says of something else."""
    found = re.search(rf"{_MARK}(\[\[.*\]\])", text)
    return [Problem(*row) for row in json.loads(found[1])] if found else []


def first_line(error: Exception) -> str:
    """What an error of Spark says, in a line."""
    java = getattr(error, "java_exception", None)
    return (str(java.getMessage() if java is not None else error).strip().splitlines() or [""])[0]
