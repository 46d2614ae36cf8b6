"""Runs what the documentation shows, page by page in a folder of its own, and writes down what is printed.

A page's blocks run in order. What becomes of a block is said by its language and by the remark above it:

- `console`: each `$ ` line is run by a shell, and what follows is what it prints. `<!-- fails -->`: it ends with status 1.
- `python`: run in one session for the whole page; a `text` block remarked `<!-- prints -->` is what the block before it prints.
- any language with `title="FILE"`: written to that file, for the blocks after it.
- `yaml`: a list is the claims of a report, which must pass `geoposture check` without a word; anything else must be YAML.
- `<!-- from: FILE -->`: an excerpt, line by line, of a file of the repository.
- `<!-- not run: why -->`: left alone. `<!-- run by: FILE -->`: left alone here, run by that test or script.

`<!-- starts in: FOLDER -->` copies a folder of the repository to start in, or `empty` starts with nothing; otherwise the
shipped data, the recipes and docs/examples are there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from docs_blocks import Block, blocks, commands, starting_folder

ROOT = Path(__file__).parents[1]
WIDTH = "100"
SIZE = re.compile(r"[\d,]+ kB")
"""The size of a page changes with every line of its code; the page shows what it once was."""
MARK = "-- end of block --"
FRAGMENT = "title: Example\npublisher: courier\npublished: 2025-06-03\nclaims:\n"
"""What stands above a list of claims: The Courier of Tuesday, 3 June 2025."""


class PageError(Exception):
    """A block does not do what it should."""


def pages() -> list[str]:
    """Every page with blocks, by its path in the repository."""
    return ["README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md"))]


def rewritten(page: str, text: str | None = None, *, programs: Path | None = None, folder: Path | None = None) -> str:
    """The page with every output as it is now. `programs` is the folder of the geoposture and python to run.

    Raises PageError where a block does not run, and is not marked so.
    """
    text = (ROOT / page).read_text(encoding="utf-8") if text is None else text
    with tempfile.TemporaryDirectory() as scratch:
        session = Session(folder or Path(scratch) / "page", programs or Path(sys.executable).parent)
        session.lay_out(starting_folder(text))
        parts, position = [], 0
        for block in blocks(text):
            parts += [text[position : block.start], session.run(block)]
            position = block.end
        session.close()
        return "".join([*parts, text[position:]])


class Session:
    """One page's folder, and the Python that its blocks share."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.scripts: list[str] = []
        self.printed = ""
        self.fragments = 0
        self.environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
            "COLUMNS": WIDTH,
            "NO_COLOR": "1",
            "TERM": "dumb",
            "PYTHONUTF8": "1",
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        }

    def lay_out(self, start: str | None) -> None:
        """Put into the folder what the page starts with."""
        if start == "empty":
            self.folder.mkdir(exist_ok=True)
        elif start is not None:
            shutil.copytree(ROOT / start, self.folder)
        if start != "empty" and not (self.folder / "data").exists():
            shutil.copytree(ROOT / "data", self.folder / "data")
        if start is None:
            shutil.copytree(ROOT / "maps", self.folder / "maps", ignore=shutil.ignore_patterns("*.html"))
            shutil.copytree(ROOT / "docs" / "examples", self.folder / "docs" / "examples")

    def run(self, block: Block) -> str:
        """The block's body as it is now."""
        word, _, rest = block.remark.partition(": ")
        if word in {"not run", "run by"}:
            if word == "run by" and not (ROOT / rest).is_file():
                raise PageError(f"{rest} does not exist")
            return block.body
        if word == "from":
            return self._excerpt(block.body, ROOT / rest)
        if block.title is not None:
            return self._written(block.body, self.folder / block.title)
        runners: dict[str, Callable[[Block], str]] = {
            "console": self._console,
            "python": self._python,
            "text": self._text,
            "yaml": self._yaml,
            "json": lambda block: (json.loads(block.body), block.body)[1],
        }
        if block.language not in runners:
            raise PageError(f'a block in "{block.language}" is neither run nor marked: {block.body[:60]!r}')
        return runners[block.language](block)

    def close(self) -> None:
        """Check the claims of all fragments. Raises PageError where one has a problem."""
        if self.fragments:
            done = self._shell("geoposture check")
            if done.stdout != "data: no errors, no warnings\n":
                raise PageError(done.stdout)

    def _console(self, block: Block) -> str:
        parts = []
        for command in commands(block.body):
            lines = command.replace("\\\0", "\\\n")
            done = self._shell(lines)
            if done.returncode != (1 if block.remark == "fails" else 0):
                raise PageError(f"$ {lines} ended with status {done.returncode}:\n{done.stdout}")
            printed = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")
            parts.append(f"$ {lines}\n" + (f"{printed}\n" if printed else ""))
        new = "".join(parts)
        return block.body if SIZE.sub("", new) == SIZE.sub("", block.body) else new

    def _shell(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            cwd=self.folder,
            env=self.environment,
        )

    def _python(self, block: Block) -> str:
        # All blocks so far run again: a session without a kernel, and each block sees what those before it made.
        self.scripts.append(block.body)
        script = f"\nprint({MARK!r})\n".join(self.scripts)
        (self.folder / ".page.py").write_text(script, encoding="utf-8")
        done = self._shell("python -W error .page.py")
        if done.returncode:
            raise PageError(done.stdout)
        self.printed = done.stdout.rpartition(f"{MARK}\n")[2]
        return block.body

    def _text(self, block: Block) -> str:
        return self.printed if block.remark == "prints" else block.body

    def _yaml(self, block: Block) -> str:
        if isinstance(yaml.safe_load(block.body), list):
            self.fragments += 1
            reports = self.folder / "data" / "reports"
            reports.mkdir(parents=True, exist_ok=True)
            (reports / f"example-{self.fragments}.yaml").write_text(FRAGMENT + block.body, encoding="utf-8")
        return block.body

    @staticmethod
    def _excerpt(body: str, path: Path) -> str:
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in body.splitlines():
            if line.strip() not in {known.strip() for known in lines} and line.strip() != "…":
                raise PageError(f"{path.relative_to(ROOT)} has no line {line!r}")
        return body

    @staticmethod
    def _written(body: str, path: Path) -> str:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
        return body


def left_alone() -> Iterator[tuple[str, str]]:
    """Every block that nothing runs: its page, and why."""
    for page in pages():
        for block in blocks((ROOT / page).read_text(encoding="utf-8")):
            if block.remark.startswith("not run"):
                yield page, block.remark.removeprefix("not run: ")


def main() -> None:
    """Rewrite the named pages in place, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("pages", nargs="*")
    for name in parser.parse_args().pages or pages():
        old = (ROOT / name).read_text(encoding="utf-8")
        try:
            new = rewritten(name, old)
        except PageError as error:
            sys.exit(f"{name}: {error}")
        if new != old:
            (ROOT / name).write_text(new, encoding="utf-8")
            print(f"{name} rewritten")


if __name__ == "__main__":
    main()
