"""`python -m geoposture`, and the command `geoposture`."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""The status of a command that was ended from the keyboard: 128 and the number of SIGINT."""


def main() -> None:
    """Run the command line. Ctrl-C ends it without a word from the first moment on, while the commands are still loading."""
    try:
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
