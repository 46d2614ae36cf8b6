"""Builds the page whenever a file that it is made from is another than it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import awatch

from ..errors import GeopostureError, InputProblems
from ..mapping import build, folder_of
from ..reading import check, read_recipe
from .board import Board

LOOK_AGAIN = 1000
"""Milliseconds after which the files are looked at even if the system has told of no change: some drives tell of none."""

Stamp = tuple[tuple[str, int, int], ...]


class Rebuilder:
    """The files of one recipe, as they were when its page was last built."""

    def __init__(
        self, board: Board, recipe: Path, *, data: Path | None, output: Path | None, tell: Callable[[str], None]
    ) -> None:
        self._board, self._recipe, self._data, self._output, self._tell = board, recipe, data, output, tell
        self._folder = data
        self._stamp: Stamp | None = None

    async def follow(self, stop: asyncio.Event) -> None:
        """Build now and after every change, until `stop` is set."""
        await self._rebuild_if_new()
        while not stop.is_set():
            folders = self._folders()
            # Every folder by itself: reports lie flat, and a recipe may lie at the top of something large.
            changes = awatch(
                *folders,
                watch_filter=None,
                recursive=False,
                debounce=400,
                rust_timeout=LOOK_AGAIN,
                yield_on_timeout=True,
                stop_event=stop,
            )
            async for _ in changes:
                await self._rebuild_if_new()
                if self._folders() != folders:
                    break
            await changes.aclose()

    async def _rebuild_if_new(self) -> None:
        stamp = self._look()
        if stamp == self._stamp:
            return
        # Taken before the build: what is written while it runs is seen as new afterwards.
        self._stamp = stamp
        try:
            page, warnings = await asyncio.to_thread(self._build)
        except InputProblems as found:
            await self._warn(tuple(str(problem) for problem in found.problems))
        except GeopostureError as error:
            await self._warn((str(error),))
        else:
            await self._board.show(page, warnings)

    def _build(self) -> tuple[bytes, tuple[str, ...]]:
        """The page, and what looks suspicious in its data without keeping anybody from reading it."""
        (page,) = build([self._recipe], data=self._data, output=self._output)
        self._tell(f"{page.path}  {page.size / 1000:,.0f} kB  {page.places} places, {page.claims} claims")
        found = check(self._folder, recipes=False) if self._folder else []
        warnings = tuple(str(problem) for problem in found if problem.warning)
        for warning in warnings:
            self._tell(warning)
        return page.path.read_bytes(), warnings

    async def _warn(self, problems: tuple[str, ...]) -> None:
        for problem in problems:
            self._tell(problem)
        await self._board.warn(problems)

    def _look(self) -> Stamp:
        """Name, size and time of change of every file that the page is made from."""
        self._find_folder()
        found = []
        for path in sorted({self._recipe, *self._files()}):
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((str(path), status.st_size, status.st_mtime_ns))
        return tuple(found)

    def _files(self) -> Iterator[Path]:
        if self._folder is not None:
            yield from self._folder.glob("*.yaml")
            yield from (self._folder / "reports").glob("*.yaml")

    def _find_folder(self) -> None:
        """The data folder that the recipe names; the last one for as long as the recipe cannot be read."""
        if self._data is None:
            try:
                self._folder = folder_of(self._recipe, read_recipe(self._recipe))
            except InputProblems:
                return

    def _folders(self) -> list[Path]:
        """The folders to watch, those above the data too: it may be moved away and come back."""
        below = [] if self._folder is None else [self._folder.parent, self._folder, self._folder / "reports"]
        return [folder for folder in dict.fromkeys([self._recipe.parent, *below]) if folder.is_dir()]
