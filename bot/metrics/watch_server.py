"""`/metrics` and `/healthz`, for whoever watches the service: on loopback unless said otherwise."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.metrics.gauges import Readings
from bot.metrics.meter import Meter
from bot.ops import heartbeat
from bot.settings import SettingsError
from store.model.refusals import StoreError

_HIGHEST = 65_535


class Address(Struct, frozen=True):
    """Where it is served."""

    host: str
    port: int


def read_address(text: str, *, beyond_loopback: bool) -> Address:
    """Return an address such as 127.0.0.1:9464; SettingsError says what to write instead."""
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    if int(port) > _HIGHEST:
        raise SettingsError(f"SITREP_WATCH: {port} is no port; write one up to {_HIGHEST}.")
    try:
        is_loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        raise SettingsError(
            f"SITREP_WATCH: {host} is no address; write one such as 127.0.0.1:9464."
        ) from None
    if not (is_loopback or beyond_loopback):
        raise SettingsError(
            f"SITREP_WATCH: others can reach {host}; write 127.0.0.1:{port}, or set"
            " SITREP_WATCH_OPEN=true where something else keeps strangers off it."
        )
    return Address(host, int(port))


@asynccontextmanager
async def serve_figures(
    address: Address, meter: Meter, readings: Readings, beat: Path
) -> AsyncIterator[int]:
    """Serve the figures, and whether the bot could answer, as long as the block runs.

    Yields the port; SettingsError where it is taken.
    """

    async def show_figures(_: web.Request) -> web.Response:
        try:
            await readings.look()
        except (OSError, sqlite3.Error, StoreError):  # whoever watches sees that there are none
            return web.Response(text="The store cannot be read just now.\n", status=503)
        text = generate_latest(meter.registry)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def show_health(_: web.Request) -> web.Response:
        wrong = heartbeat.find_trouble(beat)
        return web.Response(text=f"{wrong or 'ok'}\n", status=503 if wrong else 200)

    meter.registry.register(readings)
    app = web.Application()
    app.add_routes([web.get("/metrics", show_figures), web.get("/healthz", show_health)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, address.host, address.port)
        try:
            await site.start()
        except OSError as error:
            where = f"{address.host}:{address.port}"
            raise SettingsError(
                f"SITREP_WATCH: {where} cannot be served ({error.strerror}); write another port."
            ) from None
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
