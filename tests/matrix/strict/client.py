"""Somebody with a client of another make, matrix-js-sdk in a process of Node, which is strict.

All clients of one library are in one process, since it takes a second to load.

It gives its keys to devices that their owner has signed and to no other, and reads from no other.
"""

import asyncio
import atexit
import itertools
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE
from typing import Any

import msgspec
from msgspec import Struct, field

from benchmarks.homeserver import PASSWORD, Homeserver
from tests.fakes import folder
from tests.matrix.people import relation
from tests.patience import PATIENCE_S

Event = Mapping[str, Any]
"""An event as it reads; under "strict" stands what the client makes of it (client.mjs)."""

FOLDER = Path(__file__).parent
NEWEST = FOLDER / "newest"
_OWN_NODES = NEWEST / "node_modules"


def missing() -> str:
    """Return why there can be no encrypted room with such a client here; "" where there can."""
    if shutil.which("node") is None:
        return "Node.js is not installed"
    if not (FOLDER / "node_modules" / "matrix-js-sdk").is_dir():
        return "matrix-js-sdk is not installed: make strict"
    if not all(find_spec(name) for name in ("olm", "asyncpg")):
        return "requirements-e2ee.txt is not installed: make encryption"
    return ""


def missing_newest() -> str:
    """Return why there can be none of the newest library here; "" where there can."""
    if _own_node() is None or not (_OWN_NODES / "matrix-js-sdk").is_dir():
        return "the newest matrix-js-sdk is not installed: make strict"
    return missing()


def _own_node() -> Path | None:
    """Return the Node.js that is installed beside the newest library."""
    return next(_OWN_NODES.glob("node-linux-*/bin/node"), None)


def is_trusted(event: Event) -> bool:
    """Tell whether an event came encrypted, and is read without a warning."""
    how = event["strict"]
    return bool(how["encrypted"] and how["signed"] and not how["failure"] and not how["warning"])


def body(event: Event) -> str:
    return str(event["content"].get("body", ""))


class _Line(Struct, frozen=True):
    """What the process writes: an answer, or what nobody asked for."""

    id: int = 0
    given: Any = field(default=None, name="is")
    failed: str = ""
    saw: dict[str, Any] | None = None
    invited: str = ""


class StrictClient:
    """One account with one device.

    `seen` are the events that could be read and `sealed` those that could not, as they came;
    `recovery` is the key by which the account signs another device.
    """

    def __init__(
        self, user: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.id, self._reader, self._writer = user, reader, writer
        self.recovery = ""
        self.seen: list[Event] = []
        self.sealed: list[Event] = []
        self._invites: asyncio.Queue[str] = asyncio.Queue()
        self._waiting: dict[int, asyncio.Future[str]] = {}
        self._numbers = itertools.count(1)
        self._news = asyncio.Condition()

    async def listen(self) -> None:
        """Take what the process writes, until it hangs up."""
        async for raw in self._reader:
            line = msgspec.json.decode(raw, type=_Line)
            if line.id:
                _settle(self._waiting.pop(line.id), line)
            if line.invited:
                self._invites.put_nowait(line.invited)
            if line.saw is not None:
                async with self._news:
                    (self.sealed if line.saw["strict"]["failure"] else self.seen).append(line.saw)
                    self._news.notify_all()

    async def do(self, deed: str, **how: Any) -> str:
        """Have the process do something, and wait until it is done."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        self._writer.write(json.dumps({"id": number, "do": deed, **how}).encode() + b"\n")
        return await asyncio.wait_for(self._waiting[number], PATIENCE_S)

    async def room(self, *invited: str, **how: Any) -> str:
        """Make an encrypted room and invite people into it."""
        return await self.do("room", how={"invite": invited, **how})

    async def invite(self, room: str, user: str) -> None:
        await self.do("invite", room=room, user=user)

    async def join(self, room: str) -> None:
        await self.do("join", room=room)

    async def leave(self, room: str) -> None:
        await self.do("leave", room=room)

    async def invited(self) -> str:
        """Return the next room into which one was invited, waiting for it."""
        return await asyncio.wait_for(self._invites.get(), PATIENCE_S)

    async def send(self, room: str, kind: str, content: Mapping[str, Any]) -> str:
        return await self.do("send", room=room, kind=kind, content=content)

    async def say(self, room: str, body: str, **more: Any) -> str:
        """Write a message; return its id."""
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": body, **more})

    async def send_file(self, room: str, name: str, data: bytes, *, body: str) -> str:
        """Send a text file with a caption, encrypted; return the message's id."""
        return await self.do("file", room=room, name=name, text=data.decode(), body=body)

    async def react(self, room: str, message: str, key: str) -> str:
        to = {"rel_type": "m.annotation", "event_id": message, "key": key}
        return await self.send(room, "m.reaction", {"m.relates_to": to})

    async def wait(self, suits: Callable[[Event], bool]) -> Event:
        """Return the first event that suits, of those that can be read, waiting for it."""
        return await self._first(self.seen, suits)

    async def wait_sealed(self, suits: Callable[[Event], bool]) -> Event:
        """Return the first event that suits, of those that cannot be read, waiting for it."""
        return await self._first(self.sealed, suits)

    async def _first(self, events: list[Event], suits: Callable[[Event], bool]) -> Event:
        try:
            async with asyncio.timeout(PATIENCE_S), self._news:
                while True:
                    for event in events:
                        if suits(event):
                            return event
                    await self._news.wait()
        except TimeoutError:
            unread = [(event["sender"], event["strict"]["failure"]) for event in self.sealed]
            raise TimeoutError(f"of {len(self.seen)} events none; unread: {unread}") from None

    async def sees_signed(self, user: str, count: int = 1) -> None:
        """Wait until so many devices of somebody are known, and all of them are signed."""
        await self.do("signed", user=user, count=count)

    async def next_from(self, room: str, user: str) -> Event:
        """Return the first message of somebody in a room, waiting for it."""
        where = (room, user, "m.room.message")
        return await self.wait(
            lambda event: (event["room_id"], event["sender"], event["type"]) == where
        )

    def answers(self, room: str, question: str) -> list[Event]:
        """Return the answers to a message that have come."""
        return [event for event in self.seen if _answers(event, room, question)]

    async def answer(self, room: str, question: str) -> Event:
        """Return the answer to a message, waiting for it."""
        return await self.wait(lambda event: _answers(event, room, question))

    async def ask(self, room: str, body: str, **more: Any) -> Event:
        """Write a message and return its answer."""
        return await self.answer(room, await self.say(room, body, **more))


def _settle(waiting: "asyncio.Future[str]", line: _Line) -> None:
    if waiting.cancelled():
        return
    if line.failed:
        waiting.set_exception(RuntimeError(line.failed))
    else:
        waiting.set_result(str(line.given))


def _answers(event: Event, room: str, question: str) -> bool:
    replied = relation(event).get("m.in_reply_to")
    return (event["room_id"], replied) == (room, {"event_id": question})


class _Node:
    """A process of Node.js with a library, in which whoever connects has a client.

    It ends as soon as whoever started it has ended.
    """

    def __init__(self, library: Path) -> None:
        node = _own_node() if library == NEWEST else None
        own = folder()
        self._socket, self._log = own / "clients", own / "log"
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(
                [node or "node", FOLDER / "client.mjs", library, self._socket],
                stdin=PIPE,
                stdout=out,
                stderr=out,
            )
        atexit.register(self._process.communicate)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect, once it has loaded."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                assert self._process.poll() is None, self.said()
                with suppress(FileNotFoundError, ConnectionRefusedError):
                    return await asyncio.open_unix_connection(self._socket, limit=2**24)
                await asyncio.sleep(0.02)

    def said(self, since: int = 0) -> str:
        """Return what all of them had to say after so many letters."""
        return self._log.read_text(encoding="utf-8", errors="replace")[since:]


_node = cache(_Node)


@asynccontextmanager
async def strict_client(
    server: Homeserver, name: str, library: Path = FOLDER, address: str = ""
) -> AsyncIterator[StrictClient]:
    """Run such a client, on a new account, until left; what it has to say is shown on a failure.

    `address` is where the homeserver is to be reached, if not where it is.
    """
    session = await server.register(name)
    node = _node(library)
    before = len(node.said())
    reader, writer = await node.connect()
    client = StrictClient(session["user_id"], reader, writer)
    listening = asyncio.create_task(client.listen())
    try:
        client.recovery = await client.do(
            "start",
            homeserver=address or server.url,
            user=client.id,
            token=session["access_token"],
            device=session["device_id"],
            password=PASSWORD,
        )
        yield client
    finally:
        writer.write_eof()
        await listening
        writer.close()
        print(node.said(before))  # noqa: T201 -- pytest shows it with a failure
