"""What there is to see at the moment: the last good page, the problems of the files, and whoever waits for something new."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class State:
    """`version` counts every change, `page` the pages that were built (0: none yet); `problems`, `warnings` are lines of text."""

    version: int = 0
    page: int = 0
    content: bytes | None = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Board:
    """The current state, and a way to wait for the next one. For one event loop."""

    def __init__(self) -> None:
        self.state = State()
        self.closed = False
        self._news = asyncio.Condition()

    async def show(self, content: bytes, warnings: tuple[str, ...] = ()) -> None:
        """A page was built: there are no problems, at most warnings."""
        now = self.state
        page = now.page if content == now.content else now.page + 1
        await self._put(replace(now, page=page, content=content, problems=(), warnings=warnings))

    async def warn(self, problems: tuple[str, ...]) -> None:
        """No page could be built; the last one stays."""
        await self._put(replace(self.state, problems=problems, warnings=()))

    async def after(self, version: int, patience: float) -> State:
        """The state as soon as its version is another than this, at the latest after `patience` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience), self._news:
                await self._news.wait_for(lambda: self.closed or self.state.version != version)
        return self.state

    async def close(self) -> None:
        """Let nobody wait any longer."""
        self.closed = True
        async with self._news:
            self._news.notify_all()

    async def _put(self, state: State) -> None:
        if state == self.state:
            return
        self.state = replace(state, version=self.state.version + 1)
        async with self._news:
            self._news.notify_all()
