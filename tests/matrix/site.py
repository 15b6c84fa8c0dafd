"""Sites that are no homeserver, or name one elsewhere, on loopback."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

WELL_KNOWN = "/.well-known/matrix/client"


@dataclass
class Site:
    """A site and what was asked of it; pages of text are HTML, and others JSON."""

    url: str = ""
    asked: list[str] = field(default_factory=list)


@asynccontextmanager
async def site(pages: Mapping[str, Any], otherwise: str | None = None) -> AsyncIterator[Site]:
    """Serve pages by their paths until left; `otherwise` is the page of every other path."""
    served = Site()

    async def answer(request: web.Request) -> web.Response:
        served.asked.append(f"{request.method} {request.path}")
        page = pages.get(request.path, otherwise)
        if page is None:
            return web.Response(status=404, text="nothing here")
        if isinstance(page, str):
            return web.Response(text=page, content_type="text/html")
        return web.json_response(page)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        served.url = f"http://{host}:{port}"
        yield served
    finally:
        await runner.cleanup()


def naming(address: str) -> Mapping[str, Any]:
    """Return the page by which a site names its homeserver."""
    return {WELL_KNOWN: {"m.homeserver": {"base_url": address}}}
