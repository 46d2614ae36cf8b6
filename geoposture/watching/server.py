"""A small web server for this machine alone: the frame, the sealed page within it, and news for the frame's script."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import UsageError
from .board import Board
from .inputs import Inputs
from .rebuilding import Rebuilder

LOOPBACK = "127.0.0.1"
LAST_PORT = 2**16 - 1
HOSTS = [LOOPBACK, "localhost"]
"""Names under which a browser may ask: any other comes from a page that made its own name point here."""
PATIENCE = 25.0
"""Seconds that a question for news stays open."""
FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_POLICY = "frame-ancestors 'self'"
"""The page brings its own policy, sealed as it is on disk: it can ask the server for nothing."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FILES = {"/": ("index.html", "text/html"), "/watch.js": ("watch.js", "text/javascript"), "/watch.css": ("watch.css", "text/css")}


def run(
    recipe: Path,
    *,
    data: Path | None,
    gazetteer: Path | None,
    output: Path | None,
    port: int,
    tell: Callable[[str], None],
    ready: Callable[[str], object],
) -> None:
    """Serve until SIGINT or SIGTERM. Raises UsageError if the port cannot be had, OSError if nothing can be told any more."""
    listener = _listener(port)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/"

    async def main() -> None:
        board, stop = Board(), asyncio.Event()
        rebuilder = Rebuilder(board, Inputs(recipe, data, gazetteer), output=output, tell=tell)
        tell(f"{address}  watching {recipe}; end with Ctrl-C")
        ready(address)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(rebuilder.follow(stop))
            await _Server(application(board), board, stop).serve(sockets=[listener])
            stop.set()

    with listener:
        try:
            asyncio.run(main())
        except ExceptionGroup as ended:
            # Of one task: there is nobody any more to tell things to.
            raise ended.exceptions[0] from None


def application(board: Board) -> Starlette:
    """The web application around a board."""

    async def page(_: Request) -> Response:
        content = board.state.content
        if content is None:
            return PlainTextResponse("There is no page yet.", status_code=503)
        return Response(content, media_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})

    async def state(request: Request) -> Response:
        asked = request.query_params.get("after", "")
        version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1
        found = await board.after(version, PATIENCE)
        shown = {"version": found.version, "page": found.page, "problems": found.problems, "warnings": found.warnings}
        return JSONResponse(shown)

    return Starlette(
        routes=[*(_file(path, *file) for path, file in FILES.items()), Route("/page", page), Route("/state", state)],
        middleware=[Middleware(_Headers), Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
    )


def _file(path: str, name: str, kind: str) -> Route:
    content = resources.files(__package__).joinpath("browser", name).read_bytes()

    async def send(_: Request) -> Response:
        return Response(content, media_type=kind, headers={"Content-Security-Policy": FRAME_POLICY})

    return Route(path, send)


def _listener(port: int) -> socket.socket:
    if not 0 <= port <= LAST_PORT:
        raise UsageError(f"--port {port}: is no port. Write one up to {LAST_PORT}, or leave --port out.")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(f"--port {port}: cannot be had: {error.strerror}. Name another, or leave --port out.") from error
    return listener


class _Headers:
    """Puts the headers that hold for every answer, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _Server(uvicorn.Server):
    """Ends when it is asked to, at once and without a word, and lets those go who wait for news."""

    def __init__(self, app: ASGIApp, board: Board, stop: asyncio.Event) -> None:
        settings: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False, "lifespan": "off"}
        config = uvicorn.Config(app, http="h11", ws="none", timeout_graceful_shutdown=1, **settings)
        super().__init__(config)
        self._board, self._stop = board, stop

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()

        def end(*_: object) -> None:
            loop.call_soon_threadsafe(self._end)

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self) -> None:
        self.should_exit = True
        self._stop.set()
        self._closing = asyncio.ensure_future(self._board.close())
