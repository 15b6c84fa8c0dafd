"""A proxy between the bot and its homeserver, which sees every request and may have its way."""

import inspect
import re
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

Hook = Callable[[web.Request], web.Response | Awaitable[web.Response | None] | None]


class Between:
    """Forwards everything. `before` may answer in the homeserver's place, `after` comes between
    its answer and the bot.
    """

    def __init__(self, to: str) -> None:
        self._to = to
        self.before: Hook = lambda _: None
        self.after: Hook = lambda _: None
        self.asked: list[str] = []
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._web: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self._forward)
        self._web = aiohttp.ClientSession(auto_decompress=False)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        assert self._web is not None
        await self._runner.cleanup()
        await self._web.close()

    async def _forward(self, request: web.Request) -> web.Response:
        self.asked.append(f"{request.method} {request.path}")
        if instead := await _ran(self.before, request):
            return instead
        assert self._web is not None
        passed = {"Authorization", "Content-Type"} & set(request.headers)
        try:
            async with self._web.request(
                request.method,
                self._to + request.raw_path,
                data=await request.read(),
                headers={name: request.headers[name] for name in passed},
            ) as answer:
                body = await answer.read()
        except aiohttp.ClientError:
            return web.Response(status=502, text="no homeserver")
        if instead := await _ran(self.after, request):
            return instead
        return web.Response(
            status=answer.status, body=body, content_type=answer.content_type, charset="utf-8"
        )


async def _ran(hook: Hook, request: web.Request) -> web.Response | None:
    done = hook(request)
    return await done if inspect.isawaitable(done) else done


def is_answer(request: web.Request) -> bool:
    """Tell whether a request sends an answer, and not a file that goes with one."""
    is_sent = request.method == "PUT" and "/send/m.room.message/r-" in request.path
    return is_sent and re.search(r"-f\d$", request.path) is None


def refusal(status: int, code: str) -> web.Response:
    """Return what a homeserver says when it refuses."""
    return web.json_response({"errcode": code, "error": "as a test wants it"}, status=status)
