"""What the routes share: a call, a refusal, and the table of routes."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from tests.discord.loopback.clock import Json, Pulse, ServerClock
from tests.discord.loopback.faults import Faults
from tests.discord.loopback.gateway import Gateway
from tests.discord.loopback.rules import At, Violation, tree
from tests.discord.loopback.world import SEND, VIEW, Channel, Guild, Message, World

if TYPE_CHECKING:
    from tests.discord.loopback.asked import Interaction

INVALID_BODY = 50035
UNKNOWN = {
    "channel": (10003, "Unknown Channel"),
    "guild": (10004, "Unknown Guild"),
    "member": (10007, "Unknown Member"),
    "message": (10008, "Unknown Message"),
    "user": (10013, "Unknown User"),
    "webhook": (10015, "Unknown Webhook"),
    "interaction": (10062, "Unknown interaction"),
    "command": (10063, "Unknown application command"),
}


@dataclass
class Call:
    """A request, as it was made, and the status it was answered with."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: int
    token: str | None
    at: float
    status: int = 0
    arrived: float = field(default_factory=time.perf_counter)
    """On the clock that is not set, to the microsecond."""

    @override
    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class Refused(Exception):
    """An error as the API answers it."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


class Created(dict[str, Any]):
    """A body that is answered with 201."""


def unknown(what: str) -> Refused:
    return Refused(404, *UNKNOWN[what])


@dataclass
class Api:
    """What a route works on."""

    world: World
    clock: ServerClock
    gateway: Gateway
    faults: Faults
    pulse: Pulse
    violations: list[Violation]
    calls: list[Call] = field(default_factory=list)
    interactions: dict[str, "Interaction"] = field(default_factory=dict)
    """By token."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    prompt_s: float = 3
    """Seconds for the first answer."""

    def refuse_if_wrong(self, call: Call, at: At) -> None:
        """Keep each broken rule, and refuse the body if there is one."""
        if at.problems:
            self.violations += [Violation(str(call), problem) for problem in at.problems]
            raise Refused(400, INVALID_BODY, "Invalid Form Body", tree(at.problems))

    def guild(self, text: str) -> Guild:
        guild = self.world.guilds.get(int(text))
        if guild is None:
            raise unknown("guild")
        if not guild.installed:
            raise Refused(403, 50001, "Missing Access")
        return guild

    def channel(self, text: str, needed: int = 0) -> Channel:
        """Return a room in which the bot may do what is needed."""
        channel = self.world.channels.get(int(text))
        if channel is None:
            raise unknown("channel")
        has = channel.permissions(self.world.bot)
        if not has & VIEW:
            raise Refused(403, 50001, "Missing Access")
        if needed & ~has:
            raise Refused(403, 50013, "Missing Permissions")
        if (
            channel.guild is None
            and needed & SEND
            and any(person.closed for person in channel.people)
        ):
            raise Refused(403, 50007, "Cannot send messages to this user")
        return channel

    def message(self, channel: Channel, text: str) -> Message:
        message = channel.messages.get(int(text))
        if message is None:
            raise unknown("message")
        return message


Handler = Callable[..., Awaitable[Any]]


class Routes:
    """A part of the table of routes: `{name}` in a path becomes a parameter of the handler."""

    def __init__(self) -> None:
        self._table: list[tuple[str, re.Pattern[str], Handler]] = []

    def __call__(self, method: str, path: str) -> Callable[[Handler], Handler]:
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

        def add(handler: Handler) -> Handler:
            self._table.append((method, pattern, handler))
            return handler

        return add

    def find(self, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
        for route, pattern, handler in self._table:
            match = pattern.fullmatch(path)
            if route == method and match:
                return handler, match.groupdict()
        return None
