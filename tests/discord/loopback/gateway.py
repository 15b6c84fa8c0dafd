"""The gateway, version 10: JSON in one compressed stream for each connection."""

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.discord.loopback.clock import SHARD_BITS, Json, Pulse
from tests.discord.loopback.rules import At, Violation
from tests.discord.loopback.rules_messages import check_presence
from tests.discord.loopback.shapes import guild_json, user_json
from tests.discord.loopback.world import Channel, Guild, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT = 0, 1, 2, 3, 6, 7
INVALID, HELLO, ACK = 9, 10, 11
GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1 << 9, 1 << 12, 1 << 15
UNKNOWN_OP, NOT_DECODED, NOT_AUTHENTICATED, FAILED = 4001, 4002, 4003, 4004
ALREADY, BAD_SHARD, DISALLOWED = 4005, 4010, 4014
LARGEST_SENT = 4_096


def compress_with_zlib() -> Callable[[bytes], bytes]:
    """Return what packs one message after another into one stream, each whole by itself."""
    stream = zlib.compressobj()
    return lambda text: stream.compress(text) + stream.flush(zlib.Z_SYNC_FLUSH)


def compress_with_zstd() -> Callable[[bytes], bytes]:
    """As above; discord.py asks for it where Python has it, from 3.14 on."""
    zstd = import_module("compression.zstd")
    stream = zstd.ZstdCompressor()
    return lambda text: bytes(stream.compress(text, zstd.ZstdCompressor.FLUSH_BLOCK))


COMPRESSIONS = {"zlib-stream": compress_with_zlib, "zstd-stream": compress_with_zstd}


class Wire:
    """One connection: what it sends is one compressed stream."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: Any, compress: Callable[[bytes], bytes]
    ) -> None:
        self.socket = socket
        self.transport = transport
        self._compress = compress
        self._lock = asyncio.Lock()

    async def send(
        self, op: int, data: Any, event: str | None = None, seq: int | None = None
    ) -> None:
        text = json.dumps({"op": op, "d": data, "s": seq, "t": event}, ensure_ascii=False)
        async with self._lock:
            if self.socket.closed:
                return
            try:
                await self.socket.send_bytes(self._compress(text.encode()))
            except ConnectionError:  # the other side has gone; a session keeps what it missed
                return


@dataclass(eq=False)
class Session:
    """What a shard has been told, and is told again when it comes back."""

    id: str
    shard: int
    shards: int
    intents: int
    wire: Wire | None = None
    told: list[tuple[str, Json]] = field(default_factory=list)

    def has(self, guild: Guild | None) -> bool:
        return (guild.id >> SHARD_BITS if guild else 0) % self.shards == self.shard

    async def tell(self, event: str, data: Json) -> None:
        self.told.append((event, data))
        if self.wire is not None:
            await self.wire.send(DISPATCH, data, event, len(self.told))


class Gateway:
    """All shards that are, or were, connected."""

    def __init__(self, world: World, pulse: Pulse, violations: list[Violation], token: str) -> None:
        self.world, self.pulse, self.violations, self.token = world, pulse, violations, token
        self.url = ""
        self.shards = 1
        """How many shards the bot is told to use."""
        self.heartbeat_ms = 41_250
        self.privileged = 0
        """Intents that were granted to the bot."""
        self.sessions: dict[str, Session] = {}
        self.identified: list[Json] = []
        """The bodies of every IDENTIFY."""
        self.resumed: list[Json] = []
        """The bodies of every RESUME, whether it was taken or not."""
        self.presences: list[Json] = []
        self.heartbeats = 0
        self.refuse: list[bool] = []
        """Answers to the next IDENTIFY or RESUME: invalid session, and whether it may resume."""
        self._wires: set[Wire] = set()

    @property
    def live(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.wire is not None]

    def shard(self, number: int) -> Session:
        """Return the newest session of a shard."""
        sessions = [session for session in self.sessions.values() if session.shard == number]
        assert sessions, f"Shard {number} has no session."
        return sessions[-1]

    async def tell(
        self, event: str, data: Json, guild: Guild | None = None, intent: int = 0
    ) -> None:
        """Tell those whom it concerns, also if they are away and come back later."""
        for session in list(self.sessions.values()):
            if session.has(guild) and (not intent or session.intents & intent):
                await session.tell(event, data)

    async def tell_message(self, event: str, data: Json, channel: Channel, *, seen: bool) -> None:
        """Tell of a message; its words only if the bot may see them."""
        intent = DIRECT_MESSAGES if channel.guild is None else GUILD_MESSAGES
        blind = {**data, "content": "", "embeds": [], "components": [], "attachments": []}
        for session in list(self.sessions.values()):
            if session.has(channel.guild) and session.intents & intent:
                open_ = seen or channel.guild is None or session.intents & CONTENT
                await session.tell(event, data if open_ else blind)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        query = dict(request.query)
        compression = query.pop("compress", "")
        if compression not in COMPRESSIONS or query != {"v": "10", "encoding": "json"}:
            self._violation("connect", At() / "query", f"Not expected: {dict(request.query)}")
        compress = COMPRESSIONS.get(compression, compress_with_zlib)()
        wire = Wire(socket, request.transport, compress)
        self._wires.add(wire)
        await wire.send(HELLO, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                if len(message.data.encode()) > LARGEST_SENT:
                    await socket.close(code=NOT_DECODED)
                    continue
                await self._receive(wire, json.loads(message.data))
        finally:
            self._wires.discard(wire)
            self._left(wire, socket.close_code)
        return socket

    def _left(self, wire: Wire, code: int | None) -> None:
        """Keep the session of a lost connection; who leaves with 1000 or 1001 is done with it."""
        session = self._of(wire)
        if session is not None:
            session.wire = None
            if code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY):
                del self.sessions[session.id]
        self.pulse.beat()

    def _of(self, wire: Wire) -> Session | None:
        return next((session for session in self.sessions.values() if session.wire is wire), None)

    async def _receive(self, wire: Wire, sent: Json) -> None:
        op, data = sent.get("op"), sent.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            await wire.send(ACK, None)
        elif op == IDENTIFY and isinstance(data, dict):
            self.identified.append(data)
            await self._identify(wire, data)
        elif op == RESUME and isinstance(data, dict):
            self.resumed.append(data)
            await self._resume(wire, data)
        elif self._of(wire) is None:
            await wire.socket.close(code=NOT_AUTHENTICATED)
        elif op == PRESENCE and isinstance(data, dict):
            self._presence(data)
        else:
            self._violation("gateway", At() / "op", f"Not expected: {op}")
            await wire.socket.close(code=UNKNOWN_OP)
        self.pulse.beat()

    def _presence(self, data: Json) -> None:
        at = At()
        check_presence(data, at / "presence")
        self.violations += [Violation("PRESENCE UPDATE", problem) for problem in at.problems]
        self.presences.append(data)

    def _violation(self, request: str, at: At, message: str) -> None:
        at.wrong("GATEWAY", message)
        self.violations += [Violation(request, problem) for problem in at.problems]

    async def _identify(self, wire: Wire, data: Json) -> None:
        number, shards = data.get("shard") or (0, 1)
        if data.get("token") != self.token:
            await wire.socket.close(code=FAILED)
        elif self._of(wire) is not None:
            await wire.socket.close(code=ALREADY)
        elif not 0 <= number < shards:
            await wire.socket.close(code=BAD_SHARD)
        elif data.get("intents", 0) & (MEMBERS | PRESENCES | CONTENT) & ~self.privileged:
            await wire.socket.close(code=DISALLOWED)
        elif self.refuse:
            await wire.send(INVALID, self.refuse.pop(0))
        else:
            if data.get("presence"):
                self._presence(data["presence"])
            await self._welcome(wire, number, shards, data.get("intents", 0))

    async def _welcome(self, wire: Wire, number: int, shards: int, intents: int) -> None:
        code = f"{self.world.clock.snowflake():x}"
        session = self.sessions[code] = Session(code, number, shards, intents, wire)
        guilds = [
            guild for guild in self.world.guilds.values() if guild.installed and session.has(guild)
        ]
        ready = {
            "v": 10,
            "user": user_json(self.world.bot) | {"verified": True, "mfa_enabled": True},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": code,
            "session_type": "normal",
            "resume_gateway_url": f"{self.url}/resume",
            "shard": [number, shards],
            "application": {"id": str(self.world.app), "flags": 0},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
            "_trace": [],
        }
        await session.tell("READY", ready)
        if intents & GUILDS:
            for guild in guilds:
                await session.tell("GUILD_CREATE", guild_json(guild, self.world.bot))

    async def _resume(self, wire: Wire, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        if self.refuse or session is None or data.get("token") != self.token:
            again = self.refuse.pop(0) if self.refuse else False
            if session is not None and not again:
                del self.sessions[session.id]
            await wire.send(INVALID, again)
            return
        seen = int(data.get("seq") or 0)
        missed = list(enumerate(session.told, 1))[seen:]
        for seq, (event, told) in missed:
            await wire.send(DISPATCH, told, event, seq)
        session.wire = wire
        for seq, (event, told) in list(enumerate(session.told, 1))[seen + len(missed) :]:
            await wire.send(DISPATCH, told, event, seq)
        await session.tell("RESUMED", {"_trace": []})

    async def drop(self, number: int = 0, code: int | None = 4000) -> None:
        """Close a shard's connection, without a word if there is no code; its session stays."""
        session = self.shard(number)
        wire, session.wire = session.wire, None
        assert wire is not None, f"Shard {number} is not connected."
        if code is None:
            wire.transport.abort()
        else:
            await wire.socket.close(code=code)

    async def ask_reconnect(self, number: int = 0) -> None:
        """Ask a shard to come back on another connection."""
        await self._wire(number).send(RECONNECT, None)

    async def invalidate(self, number: int = 0, *, resumable: bool = False) -> None:
        """Tell a shard that its session is no more, or that it may try to resume it."""
        session, wire = self.shard(number), self._wire(number)
        if not resumable:
            session.wire = None
            del self.sessions[session.id]
        await wire.send(INVALID, resumable)

    def _wire(self, number: int) -> Wire:
        wire = self.shard(number).wire
        assert wire is not None, f"Shard {number} is not connected."
        return wire

    async def close(self) -> None:
        for wire in list(self._wires):
            await wire.socket.close(code=WSCloseCode.GOING_AWAY)
