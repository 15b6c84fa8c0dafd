"""The shipper's control socket: HTTP on a Unix socket, as Litestream 0.5.17 serves it."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
from msgspec import Struct

_SLACK_S = 0.5
"""What the shipper may take longer than it was told: it goes by whole seconds."""


class ShippingFailed(Exception):
    """The shipper did not say that everything is at the replica; the text says why."""


class Shipment(Struct, frozen=True):
    """Which transaction of the store was the last, all up to it being at the replica."""

    transaction: int


class ControlSocket:
    """Talks to the shipper of one store; to be closed."""

    def __init__(self, path: Path, store: Path) -> None:
        self._path, self._store = path, store.absolute()
        self._session: aiohttp.ClientSession | None = None

    async def ship(self, limit_s: int) -> Shipment:
        """Have everything shipped that is committed by now; ShippingFailed if that takes longer."""
        asked = {"path": str(self._store), "wait": True, "timeout": limit_s}
        try:
            async with asyncio.timeout(limit_s + _SLACK_S):
                answer = await self._post("sync", asked)
        except TimeoutError:
            raise ShippingFailed(f"the replica took longer than {limit_s} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ShippingFailed(f"no shipper answers at {self._path} ({error})") from None
        match answer:
            case {"txid": int(last), "replicated_txid": int(there)} if there >= last:
                return Shipment(last)
            case {"error": str(why)}:
                raise ShippingFailed(why)
            case _:
                raise ShippingFailed("the replica is behind")

    async def _post(self, act: str, content: dict[str, object]) -> dict[str, Any]:
        if self._session is None:
            connector = aiohttp.UnixConnector(str(self._path))
            self._session = aiohttp.ClientSession(connector=connector)
        async with self._session.post(f"http://shipper/{act}", json=content) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
            return answer

    async def aclose(self) -> None:
        """Let the connection go."""
        if self._session is not None:
            await self._session.close()
