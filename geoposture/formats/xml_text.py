"""Text that may stand in XML 1.0: without the characters that it cannot carry, and escaped."""

from __future__ import annotations

import re
from html import escape

# Production 2, Char: tab, line feed, carriage return, and all from space on but surrogates and the two non-characters.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def carried(text: str) -> str:
    """The text without control characters and what else XML 1.0 cannot carry."""
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """The text for the inside of an element or a quoted attribute; a carriage return survives as a reference."""
    return escape(carried(text)).replace("\r", "&#13;")
