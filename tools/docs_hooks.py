"""What the site does beyond its generator: dark pictures on dark pages, a search that runs from disk."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
_PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]+)\.(svg|png)\)")
_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./|examples/)[^)]*\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Show the dark sibling of a picture on dark pages, and name files of the repository that the site does not hold."""
    return _OUTSIDE.sub(r"\1", _PICTURE.sub(_both, markdown))


def _both(found: re.Match[str]) -> str:
    words, path, suffix = found.groups()
    if not (DOCS / f"{path}-dark.{suffix}").exists():
        return found[0]
    return f"![{words}]({path}.{suffix}#only-light)![{words}]({path}-dark.{suffix}#only-dark)"


def on_post_page(output: str, **_: Any) -> str:
    """Say to those who listen what the theme leaves unsaid: that its dialog is the search."""
    return output.replace('role="dialog">', 'role="dialog" aria-label="Search">')


def on_post_build(config: Any, **_: Any) -> None:
    """Put the search's worker into a script too: a page that was opened from disk may not read files, but may run scripts."""
    (worker,) = Path(config.site_dir).glob("assets/javascripts/workers/search.*.min.js")
    source = re.sub(r"\n//# sourceMappingURL=.*", "", worker.read_text(encoding="utf-8"))
    text = json.dumps(source).replace("</", "<\\/")
    target = Path(config.site_dir) / "assets" / "no-iframe-worker.js"
    target.write_text(f"globalThis.searchWorker = {text};\n{target.read_text(encoding='utf-8')}", encoding="utf-8")
