"""The kinds of columns that the engine works on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Small = NDArray[np.int8]
"""Codes of a handful of words."""
Codes = NDArray[np.int32]
"""Positions in a list of words; -1 is none."""
Days = NDArray[np.int32]
"""Days since 1970-01-01, NO_START and NO_END where there is no bound."""
Ints = NDArray[np.signedinteger[Any]]
"""Positions, counts and days while they are worked with, as wide as they come."""
Objects = NDArray[np.object_]
