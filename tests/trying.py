"""How many examples a property test tries, and how few of always the same where it is run hundreds of times (tools/mutation.py)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

MOST = os.environ.get("GEOPOSTURE_EXAMPLES_MOST")
"""At most so many examples for each test, the same ones each time, and none made smaller when it fails."""


def tried(examples: int) -> settings:
    """So many examples, for a decorator."""
    if MOST is None:
        return settings(max_examples=examples, deadline=None)
    return settings(
        max_examples=min(examples, int(MOST)),
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
