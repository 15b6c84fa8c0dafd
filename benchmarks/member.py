"""Somebody in encrypted rooms, with devices that take keys and read; asks in the clear."""

import itertools
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any
from urllib.parse import quote

import aiohttp

from benchmarks.device import Device
from benchmarks.homeserver import PASSWORD, Homeserver

_ONE_TIME_KEYS = 3
_ROOMS = '{"room":{"timeline":{"limit":100,"types":["m.room.encrypted"]},"state":{"types":[]}}}'
_NO_ROOMS = '{"room":{"rooms":[]}}'
_SEALED = "m.room.encrypted"
_numbers = itertools.count()
Data = dict[str, Any]


class Member:
    """One account; the first of its devices asks."""

    def __init__(self, server: Homeserver, web: aiohttp.ClientSession, name: str) -> None:
        self._server, self._web, self._name = server, web, name
        self.id = ""
        self.devices: list[Device] = []
        self._tokens: list[str] = []
        self._since: dict[str, str] = {}
        self._sealed: list[Data] = []

    async def begin(self, devices: int) -> None:
        """Make the account, and publish the keys of so many devices."""
        account = await self._server.register(self._name)
        self.id = account["user_id"]
        await self._publish(account)
        who = {"type": "m.id.user", "user": self._name}
        login = {"type": "m.login.password", "identifier": who, "password": PASSWORD}
        for _ in range(devices - 1):
            await self._publish(await self._call("POST", "login", login))

    async def _publish(self, session: Mapping[str, str]) -> None:
        device = Device(self.id, session["device_id"], _ONE_TIME_KEYS)
        self.devices.append(device)
        self._tokens.append(session["access_token"])
        one_time: Data = {}
        for _ in range(_ONE_TIME_KEYS):
            one_time |= device.hand_out()
        keys = {"device_keys": device.keys, "one_time_keys": one_time}
        await self._call("POST", "keys/upload", keys, token=session["access_token"])

    async def make_room(self, *invited: str, **how: Any) -> str:  # noqa: ANN401 -- as the API has it
        """Make an encrypted room."""
        content = {"algorithm": "m.megolm.v1.aes-sha2"}
        encryption = {"type": "m.room.encryption", "state_key": "", "content": content}
        asked = {"initial_state": [encryption], "invite": [*invited], **how}
        return str((await self._call("POST", "createRoom", asked))["room_id"])

    async def join(self, room: str) -> None:
        await self._call("POST", f"join/{quote(room, '')}", {})

    async def leave(self, room: str) -> None:
        await self._call("POST", f"rooms/{quote(room, '')}/leave", {})

    async def ask(self, room: str, line: str) -> tuple[float, Data]:
        """Ask something; return for how long one waits, and the answer as it came, encrypted."""
        path = f"rooms/{quote(room, '')}/send/m.room.message/m{next(_numbers)}"
        begun = perf_counter()
        asked = await self._call("PUT", path, {"msgtype": "m.text", "body": line})
        to = {"m.in_reply_to": {"event_id": asked["event_id"]}}
        answer = await self._wait(lambda event: event["content"].get("m.relates_to") == to)
        return perf_counter() - begun, answer["content"]

    async def bring(self, room: str, user: str) -> float:
        """Invite somebody; return how long it takes until they say something there."""
        begun = perf_counter()
        await self._call("POST", f"rooms/{quote(room, '')}/invite", {"user_id": user})
        await self._wait(lambda event: (event["room_id"], event["sender"]) == (room, user))
        return perf_counter() - begun

    async def _wait(self, suits: Callable[[Data], bool]) -> Data:
        """Return the first encrypted event that suits, waiting for it."""
        while True:
            for event in self._sealed:
                if suits(event):
                    return event
            await self._sync()

    async def _sync(self) -> None:
        batch = await self._synced(0, _ROOMS, 30_000)
        for room, part in batch.get("rooms", {}).get("join", {}).items():
            self._sealed += [{**event, "room_id": room} for event in part["timeline"]["events"]]

    async def take_keys(self) -> None:
        """Have all devices take what was sent to them."""
        for number in range(len(self.devices)):
            while (await self._synced(number, _NO_ROOMS, 0)).get("to_device", {}).get("events"):
                pass

    async def _synced(self, number: int, looks: str, wait_ms: int) -> Data:
        device = self.devices[number]
        query = {"timeout": str(wait_ms), "filter": looks}
        if device.name in self._since:
            query["since"] = self._since[device.name]
        batch = await self._call("GET", "sync", query=query, token=self._tokens[number])
        self._since[device.name] = str(batch["next_batch"])
        for event in batch.get("to_device", {}).get("events", []):
            if event["type"] == _SEALED:
                device.take(event["content"])
        return batch

    async def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
        token: str = "",
    ) -> Data:
        whose = token or self._tokens[0]
        return await self._server.call(self._web, whose, method, path, body=body, query=query)
