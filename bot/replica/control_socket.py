"""The shipper's control socket: HTTP on a Unix socket, as Litestream 0.5.17 serves it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from msgspec import Struct

from bot.replica.configuration import socket_path
from bot.replica.reach import answers
from bot.settings import Settings

_SLACK_S = 0.5
"""What the shipper may take longer than it was told: it goes by whole seconds."""
_LET_GO_S = 30
_NOT_OPEN = "database not open"
_SHOWN = 200


class ShippingFailed(Exception):
    """The shipper did not say that everything is at the replica; the text says why."""


class Shipment(Struct, frozen=True):
    """Which transaction of the store was the last, all up to it being at the replica."""

    transaction: int


class ControlSocket:
    """Talks to the shipper of one store; to be closed."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._path = settings, socket_path(settings)
        self._store = settings.store.absolute()
        self._asked: dict[str, object] = {"path": str(self._store), "timeout": _LET_GO_S}
        self._session: aiohttp.ClientSession | None = None

    async def ship(self, limit_s: int) -> Shipment:
        """Have everything shipped that is committed by now; ShippingFailed if that takes longer."""
        asked = {"path": str(self._store), "wait": True, "timeout": limit_s}
        try:
            async with asyncio.timeout(limit_s + _SLACK_S):
                answer = await self._post("sync", asked)
        except TimeoutError:
            raise ShippingFailed(f"the replica took longer than {limit_s} s") from None
        match answer:
            case {"txid": int(last), "replicated_txid": int(there)} if there >= last:
                return Shipment(last)
            case {"error": str(why)}:
                if _NOT_OPEN in why:  # whoever had it let go was killed meanwhile
                    await self._take_up_again()
                raise ShippingFailed(why[:_SHOWN])
            case _:
                raise ShippingFailed("the replica is behind")

    async def is_replica_there(self) -> bool:
        """Tell whether the replica's place answers at all."""
        return await answers(self._settings)

    async def try_at_once(self) -> None:
        """Have the shipper give up a try that is under way, and begin anew.

        One that failed waits up to twenty seconds in the library for buckets, and nobody else can
        ship meanwhile. Only letting go of the store ends that.
        """
        with suppress(ShippingFailed):  # the next look says so
            async with self.let_go():
                pass

    @asynccontextmanager
    async def let_go(self) -> AsyncIterator[None]:
        """Have the shipper let go of the store as long as the block runs; it ships the rest first.

        ShippingFailed if it does not.
        """
        answer = await self._post("stop", self._asked)
        if answer.get("status") != "stopped":
            raise ShippingFailed(str(answer.get("error"))[:_SHOWN])
        try:
            yield
        finally:
            await self._take_up_again()

    async def _take_up_again(self) -> None:
        """Have the shipper go on with a store that it has let go of."""
        with suppress(ShippingFailed):  # the next look says so
            await self._post("start", self._asked)

    async def _post(self, act: str, content: dict[str, object]) -> dict[str, Any]:
        if self._session is None:
            connector = aiohttp.UnixConnector(str(self._path))
            self._session = aiohttp.ClientSession(connector=connector)
        try:
            async with self._session.post(f"http://shipper/{act}", json=content) as response:
                answer: dict[str, Any] = await response.json(content_type=None)
                return answer
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ShippingFailed(f"no shipper answers at {self._path} ({error})") from None

    async def aclose(self) -> None:
        """Let the connection go."""
        if self._session is not None:
            await self._session.close()
