"""People on the homeserver, who write and read with nothing but its API."""

import asyncio
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import aiohttp

from benchmarks.homeserver import Homeserver
from tests.patience import PATIENCE_S

Json = Mapping[str, Any]
ENCRYPTION: dict[str, Any] = {
    "type": "m.room.encryption",
    "state_key": "",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}
_NOTHING: Json = {"types": []}
_TIMELINE = {"state": _NOTHING, "ephemeral": _NOTHING, "account_data": _NOTHING}
_LOOKS = json.dumps(
    {
        "room": {"timeline": {"limit": 100}, **_TIMELINE},
        "presence": _NOTHING,
        "account_data": _NOTHING,
    }
)
"""What people have read: events alone, so that nothing else wakes them."""
_numbers = itertools.count()


@dataclass
class Somebody:
    """One account with one session. `seen` is every event of every room, in the order it came."""

    server: Homeserver
    name: str
    id: str = ""
    token: str = ""
    device: str = ""
    seen: list[Json] = field(default_factory=list)
    invites: set[str] = field(default_factory=set)
    to_device: list[Json] = field(default_factory=list)
    _since: str = ""
    _web: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        session = await self.server.register(self.name)
        self.id, self.token, self.device = (
            session["user_id"],
            session["access_token"],
            session["device_id"],
        )
        self._web = aiohttp.ClientSession(headers={"Authorization": f"Bearer {self.token}"})
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._web is not None
        await self._web.close()

    async def call(self, method: str, *path: str, query: Json | None = None, **body: Any) -> Any:
        """Ask the API for something that has to succeed."""
        assert self._web is not None
        address = "/".join([f"{self.server.url}/_matrix/client/v3", *(quote(p, "") for p in path)])
        given = None if method == "GET" else body
        async with self._web.request(method, address, json=given, params=query) as answer:
            content = await answer.json()
            assert answer.status == 200, (method, path, content)
            return content

    async def room(self, *invited: str, **how: Any) -> str:
        """Make a room and invite somebody into it."""
        created = await self.call("POST", "createRoom", invite=list(invited), **how)
        room: str = created["room_id"]
        return room

    async def join(self, room: str) -> None:
        await self.call("POST", "join", room)

    async def invite(self, room: str, user: str) -> None:
        await self.call("POST", "rooms", room, "invite", user_id=user)

    async def send(self, room: str, kind: str, content: Json) -> str:
        key = f"{self.name}-{next(_numbers)}"
        sent = await self.call("PUT", "rooms", room, "send", kind, key, **content)
        event: str = sent["event_id"]
        return event

    async def say(self, room: str, body: str, **more: Any) -> str:
        """Write a message; return its id."""
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": body, **more})

    async def upload(self, data: bytes) -> str:
        """Put a file on the homeserver; return its address."""
        assert self._web is not None
        address = f"{self.server.url}/_matrix/media/v3/upload"
        async with self._web.post(address, data=data) as answer:
            content = await answer.json()
            assert answer.status == 200, content
            uri: str = content["content_uri"]
            return uri

    async def fetch(self, uri: str) -> bytes:
        """Return a file of the homeserver."""
        assert self._web is not None
        path = uri.removeprefix("mxc://")
        address = f"{self.server.url}/_matrix/client/v1/media/download/{path}"
        async with self._web.get(address) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def send_file(self, room: str, name: str, data: bytes, **more: Any) -> str:
        """Send a file as clients do; return the message's id."""
        content = {
            "msgtype": "m.file",
            "body": name,
            "filename": name,
            "info": {"mimetype": "application/octet-stream", "size": len(data)},
            "url": await self.upload(data),
        }
        return await self.send(room, "m.room.message", {**content, **more})

    async def react(self, room: str, message: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": message, "key": key}
        return await self.send(room, "m.reaction", {"m.relates_to": relation})

    async def put(self, room: str, kind: str, content: Json, key: str = "") -> None:
        await self.call("PUT", "rooms", room, "state", kind, key, **content)

    async def read(self, wait_ms: int = 0) -> None:
        """Take what has happened."""
        query = {"timeout": str(wait_ms), "filter": _LOOKS}
        since = {"since": self._since} if self._since else {}
        answer = await self.call("GET", "sync", query={**query, **since})
        self._since = answer["next_batch"]
        self.to_device += answer.get("to_device", {}).get("events", [])
        rooms = answer.get("rooms", {})
        self.invites |= set(rooms.get("invite", {}))
        for room, part in rooms.get("join", {}).items():
            self.seen += [{**event, "room_id": room} for event in part["timeline"]["events"]]

    async def wait(self, suits: Callable[[Json], bool]) -> Json:
        """Return the first event that suits, waiting for it."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for event in self.seen:
                    if suits(event):
                        return event
                await self.read(2000)

    async def invited(self) -> str:
        """Return the first room into which one was invited, waiting for it."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.invites:
                await self.read(2000)
        return next(iter(self.invites))

    async def joined(self, room: str, user: str) -> None:
        """Wait until somebody is in a room."""
        await self.wait(
            lambda event: (
                event["type"] == "m.room.member"
                and (event["room_id"], event["state_key"]) == (room, user)
                and event["content"]["membership"] == "join"
            )
        )

    async def answers(self, room: str, question: str) -> list[Json]:
        """Return the contents of all answers to a message that have come."""
        return [
            event["content"]
            for event in self.seen
            if event["room_id"] == room
            and relation(event).get("m.in_reply_to") == {"event_id": question}
        ]

    async def answer(self, room: str, question: str) -> Json:
        """Return the content of the answer to a message, waiting for it."""
        event = await self.wait(
            lambda event: (
                event["room_id"] == room
                and relation(event).get("m.in_reply_to") == {"event_id": question}
            )
        )
        content: Json = event["content"]
        return content

    async def ask(self, room: str, body: str, **more: Any) -> Json:
        """Write a message and return the content of its answer."""
        return await self.answer(room, await self.say(room, body, **more))

    async def next_from(self, room: str, user: str, after: int = 0) -> Json:
        """Return the first message of somebody in a room that came after so many events."""
        event = await self.wait(
            lambda event: (
                (event["room_id"], event["sender"], event["type"]) == (room, user, "m.room.message")
                and self.seen.index(event) >= after
            )
        )
        content: Json = event["content"]
        return content

    async def quiet(self, room: str, user: str, seconds: float = 1.0) -> list[Json]:
        """Return what somebody wrote in a room, once nothing has come for a while."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            await self.read(200)
        return self.messages(room, user)

    def messages(self, room: str, user: str) -> list[Json]:
        """Return the contents of all messages of somebody in a room that have come."""
        where = (room, user, "m.room.message")
        return [
            event["content"]
            for event in self.seen
            if (event["room_id"], event["sender"], event["type"]) == where
        ]


def relation(event: Json) -> Json:
    relation: Json = event["content"].get("m.relates_to", {})
    return relation
