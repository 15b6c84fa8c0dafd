"""The people, servers, rooms and messages of a small Discord."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.discord.loopback.clock import EPOCH_MS, SHARD_BITS, Json, ServerClock
from tests.discord.loopback.rules_components import WORDS, inside
from tests.discord.loopback.rules_messages import EPHEMERAL

TEXT, DM, GROUP, NEWS = 0, 1, 3, 5
NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 10, 11, 12, 15
VOICE = 2
THREADS = {NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD}

ADMINISTRATOR, MANAGE_SERVER = 1 << 3, 1 << 5
VIEW, SEND, MANAGE_MESSAGES, HISTORY = 1 << 10, 1 << 11, 1 << 13, 1 << 16
USE_COMMANDS = 1 << 31
PUBLIC_THREADS, PRIVATE_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 36, 1 << 38
USE_EXTERNAL_APPS = 1 << 50
EVERY_PERMISSION = (1 << 53) - 1
EVERYONE = VIEW | SEND | HISTORY | USE_COMMANDS | SEND_IN_THREADS | USE_EXTERNAL_APPS
BOT = EVERYONE | MANAGE_MESSAGES | PUBLIC_THREADS | PRIVATE_THREADS


@dataclass(eq=False)
class User:
    """A person or a bot; `installed` says that they have the bot added to their own account."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    installed: bool = False
    closed: bool = False
    """Takes no direct messages."""


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int


@dataclass(eq=False)
class Guild:
    """A server; `installed` says that the bot is a member of it."""

    id: int
    name: str
    installed: bool = True
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, tuple[User, list[Role]]] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)

    def permissions(self, user: User) -> int:
        permissions = self.roles[self.id].permissions
        for role in self.members[user.id][1]:
            permissions |= role.permissions
        return EVERY_PERMISSION if permissions & ADMINISTRATOR else permissions


@dataclass(eq=False)
class Channel:
    """A room, a thread, or a talk between a few."""

    id: int
    type: int
    name: str | None = None
    guild: Guild | None = None
    parent: "Channel | None" = None
    people: list[User] = field(default_factory=list)
    denied: dict[int, int] = field(default_factory=dict)
    """Permissions taken away here, by user."""
    messages: dict[int, "Message"] = field(default_factory=dict)
    archived_after: int = 1_440
    owner: int = 0
    """Who opened a thread."""

    def permissions(self, user: User) -> int:
        if self.guild is None:
            return EVERYONE if user in self.people else 0
        if user.id not in self.guild.members:
            return 0
        denied = (self.parent or self).denied.get(user.id, 0)
        return self.guild.permissions(user) & ~denied


@dataclass(eq=False)
class Message:
    """A message: what the API says of it is in `payload`."""

    id: int
    channel: Channel
    author: User
    payload: Json
    nonce: str | None = None
    sent_at: float = 0
    deleted: bool = False
    crossposted: bool = False
    edits: int = 0

    @property
    def content(self) -> str:
        return str(self.payload["content"])

    @property
    def components(self) -> list[Json]:
        return list(self.payload["components"])

    @property
    def ephemeral(self) -> bool:
        return bool(self.payload["flags"] & EPHEMERAL)

    @property
    def text(self) -> str:
        """All that it says, its content and its components' texts, a line each."""
        parts = [
            str(component["content"])
            for component in inside(self.components)
            if component["type"] == WORDS
        ]
        return "\n".join(filter(None, [self.content, *parts]))

    @property
    def ids(self) -> list[str]:
        """The ids of its buttons and menus."""
        return [
            component["custom_id"]
            for component in inside(self.components)
            if component.get("custom_id")
        ]

    def component(self, custom_id: str) -> Json:
        """Return a button or menu that can be used."""
        for component in inside(self.components):
            if component.get("custom_id") == custom_id and not component.get("disabled"):
                return component
        raise AssertionError(f"Not to be pressed: {custom_id!r}; there is {self.ids}")


@dataclass(eq=False)
class Attachment:
    """A file that a member has sent, and where it can be fetched."""

    id: int
    name: str
    data: bytes
    url: str


class World:
    """Everything there is; `app` is the bot's application and `bot` its user."""

    def __init__(self, clock: ServerClock) -> None:
        self.clock = clock
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int | None, list[Json]] = {None: []}
        """As declared: for all, and by server."""
        self._guild_ms = int(clock.now() * 1000) - EPOCH_MS & ~63
        self.bot = self.user("Sitrep", bot=True)
        self.owner = self.user("Owner")
        self.app = self.bot.id

    def user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        user = User(self.clock.snowflake(), name, bot, locale)
        self.users[user.id] = user
        return user

    def guild(self, name: str, *, installed: bool = True, locale: str = "en-US") -> Guild:
        """Make a server; the next one falls to the next shard."""
        guild = Guild((self._guild_ms + len(self.guilds)) << SHARD_BITS, name, installed, locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE)
        guild.members[self.owner.id] = (self.owner, [])
        if installed:
            self.let_bot_in(guild)
        self.guilds[guild.id] = guild
        return guild

    def let_bot_in(self, guild: Guild) -> None:
        guild.installed = True
        guild.members[self.bot.id] = (self.bot, [self.role(guild, "Sitrep", BOT)])

    def role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        role = Role(self.clock.snowflake(), name, permissions)
        guild.roles[role.id] = role
        return role

    def join(self, guild: Guild, user: User, roles: Iterable[Role]) -> None:
        guild.members[user.id] = (user, list(roles))

    def channel(self, guild: Guild, name: str, kind: int = TEXT) -> Channel:
        channel = Channel(self.clock.snowflake(), kind, name, guild)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def thread(self, parent: Channel, name: str, kind: int, thread_id: int = 0) -> Channel:
        channel = Channel(thread_id or self.clock.snowflake(), kind, name, parent.guild, parent)
        channel.owner = self.bot.id
        assert parent.guild is not None, "Threads are in servers."
        parent.guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def talk(self, *people: User) -> Channel:
        """Return the direct messages between people; always the same."""
        for private in self.channels.values():
            if private.guild is None and set(private.people) == set(people):
                return private
        kind = DM if len(people) == 2 else GROUP
        channel = Channel(self.clock.snowflake(), kind, None, people=list(people))
        self.channels[channel.id] = channel
        return channel

    def message(self, channel: Channel, author: User, **payload: Any) -> Message:
        """Make a message; one that only one person sees is not kept in the room."""
        number = self.clock.snowflake()
        whole = {
            "id": str(number),
            "channel_id": str(channel.id),
            "content": "",
            "timestamp": self.clock.stamp(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
            "components": [],
            **payload,
        }
        message = Message(number, channel, author, whole, sent_at=self.clock.now())
        if not message.ephemeral:
            channel.messages[number] = message
        return message

    def offered(self, guild: Guild | None) -> list[Json]:
        """Return the commands that can be seen in a place: its own first."""
        own = self.commands.get(guild.id, []) if guild is not None else []
        return [*own, *self.commands[None]]
