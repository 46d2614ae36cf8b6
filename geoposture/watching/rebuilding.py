"""Builds the page whenever a file that it is made from is another than it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import awatch

from ..errors import GeopostureError, InputProblems
from ..mapping import Page, build
from ..opening import check_data
from ..reading.wording import plain_line
from .board import Board
from .inputs import Inputs, Stamp

LOOK_AGAIN = 1000
"""Milliseconds after which the files are looked at even if the system has told of no change: some drives tell of none."""
_LONGEST = 300


class Rebuilder:
    """The inputs of one page, as they were when it was last built."""

    def __init__(self, board: Board, inputs: Inputs, *, output: Path | None, tell: Callable[[str], None]) -> None:
        self._board, self._inputs, self._output, self._tell = board, inputs, output, tell
        self._stamp: Stamp | None = None

    async def follow(self, stop: asyncio.Event) -> None:
        """Build now and after every change, until `stop` is set."""
        await self._rebuild_if_new()
        while not stop.is_set():
            folders = self._inputs.folders()
            async with aclosing(_changes(folders, stop)) as changes:
                async for _ in changes:
                    await self._rebuild_if_new()
                    if self._inputs.folders() != folders:
                        break

    async def _rebuild_if_new(self) -> None:
        stamp = self._inputs.look()
        if stamp == self._stamp:
            return
        # Taken before the build: what is written while it runs is seen as new afterwards.
        self._stamp = stamp
        try:
            page, content, warnings = await asyncio.to_thread(self._build)
        except InputProblems as found:
            await self._warn([str(problem) for problem in found.problems])
        except GeopostureError as error:
            await self._warn([str(error)])
        except Exception as error:  # noqa: BLE001 - no file that somebody saves may end the watch; the next may be good
            reason = f"{type(error).__name__}: {error}"
            await self._warn([f"{self._inputs.recipe}: no page, by a fault of geoposture itself: {reason}"[:_LONGEST]])
        else:
            self._tell(f"{page.path}  {page.size / 1000:,.0f} kB  {page.places} places, {page.claims} claims")
            for warning in warnings:
                self._tell(warning)
            await self._board.show(content, warnings)

    def _build(self) -> tuple[Page, bytes, tuple[str, ...]]:
        """The page, and what looks suspicious in its data without keeping anybody from reading it."""
        inputs = self._inputs
        (page,) = build([inputs.recipe], data=inputs.given, gazetteer=inputs.gazetteer, output=self._output)
        found = check_data(inputs.data, inputs.gazetteer, recipes=False) if inputs.data else []
        return page, page.path.read_bytes(), tuple(str(problem) for problem in found if problem.warning)

    async def _warn(self, problems: Sequence[str]) -> None:
        lines = tuple(plain_line(problem) for problem in problems)
        for line in lines:
            self._tell(line)
        await self._board.warn(lines)


async def _changes(folders: Sequence[Path], stop: asyncio.Event) -> AsyncGenerator[None, None]:
    """Something may have changed in one of the folders; ends when `stop` is set, or when they can be watched no longer."""
    try:
        # Every folder by itself: reports lie flat, and a recipe may lie at the top of something large.
        told = awatch(
            *folders,
            watch_filter=None,
            recursive=False,
            debounce=400,
            rust_timeout=LOOK_AGAIN,
            yield_on_timeout=True,
            stop_event=stop,
        )
        async with aclosing(told):
            async for _ in told:
                yield
    except Exception:  # noqa: BLE001 - a folder is gone again, or the system watches no more of them: looking is left
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN / 1000):
                await stop.wait()
        yield
