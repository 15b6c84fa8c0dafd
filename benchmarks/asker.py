"""Somebody who asks on a homeserver and waits for the answer."""

import itertools
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import quote

import aiohttp

from benchmarks.homeserver import Homeserver

_LOOKS = '{"room":{"timeline":{"types":["m.room.message","m.room.member"]}}}'


class Asker:
    """One account, and how far it has read."""

    def __init__(self, server: Homeserver, name: str) -> None:
        self._server, self._name = server, name
        self._numbers = itertools.count()
        self._since = self._token = ""
        self._web = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        account = await self._server.register(self._name)
        self._token = account["access_token"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._web.close()

    async def room_with(self, bot: str) -> str:
        """Make a room with the bot in it, and wait until it has said hello."""
        how = {"is_direct": True, "preset": "trusted_private_chat", "invite": [bot]}
        created = await self._call("POST", "createRoom", how)
        room = str(created["room_id"])
        await self._until_answered(room)
        return room

    async def ask(self, room: str, line: str) -> None:
        """Write a line and wait for what answers it."""
        path = f"rooms/{quote(room, '')}/send/m.room.message/{next(self._numbers)}"
        await self._call("PUT", path, {"msgtype": "m.text", "body": line})
        await self._until_answered(room)

    async def _until_answered(self, room: str) -> None:
        while True:
            query = {"timeout": "30000", "filter": _LOOKS}
            if self._since:
                query["since"] = self._since
            batch = await self._call("GET", "sync", query=query)
            self._since = str(batch["next_batch"])
            part = batch.get("rooms", {}).get("join", {}).get(room, {})
            events = part.get("timeline", {}).get("events", [])
            if any(event["content"].get("msgtype") == "m.notice" for event in events):
                return

    async def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        return await self._server.call(self._web, self._token, method, path, body=body, query=query)
