"""A simulated Discord with the desk in it: the real client and dispatch, and people who ask."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
import simcord
from simcord.components import walk_components

from bot.adapters.discord.declaration.app_commands import MODERATORS
from bot.adapters.discord.discord_client import DiscordClient
from bot.dispatch import Desk, Dispatch
from bot.gap_tally import GapTally
from bot.i18n.catalogues import language_of, translate_into
from bot.i18n.formatter import Voice
from bot.kept_answers import KeptAnswers
from bot.notify.end_room import end_deleted_room
from bot.permissions import Homes
from bot.platform import Port
from bot.rate_limit import RateLimiter
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.documents import Documents
from store import Store
from tests.fakes import ZONE

NOW = datetime(2025, 11, 7, 12, tzinfo=UTC)
HOME = 1_400_000_000_000_000_000
"""The id of the home server: it is in the settings before anyone sees the server."""
MANAGER = discord.Permissions(manage_guild=True)


@dataclass(frozen=True)
class Shown:
    """A message as its reader has it; `text` in Discord's markdown."""

    message: simcord.ResponseMessage | discord.Message
    text: str
    buttons: Mapping[str, str]
    """Label → id."""
    menus: Mapping[str, Mapping[str, str]]
    """Id of a select menu → its labels → their values."""

    @property
    def plain(self) -> str:
        """The text as it reads, without what is bold and what is escaped."""
        text = self.text.replace("**", "").replace("\u00a0", " ")
        return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)

    @property
    def first(self) -> str:
        """The line that answers."""
        return self.plain.partition("\n")[0]

    @property
    def private(self) -> bool:
        return self.message.flags.ephemeral


def answer_of(what: simcord.InteractionResult | discord.Message | None) -> Shown:
    """Return what was answered: the last message of an interaction, or the message itself."""
    message: simcord.ResponseMessage | discord.Message | None
    if isinstance(what, simcord.InteractionResult):
        message = what.followups[-1] if what.followups else what.response
    else:
        message = what
    assert message is not None
    raw: list[Any] = [
        component if isinstance(component, dict) else component.to_dict()
        for component in message.components
    ]
    parts = list(walk_components(raw))
    texts = [part["content"] for part in parts if "content" in part]
    return Shown(
        message,
        "\n".join(texts) or message.content,
        {part["label"]: part["custom_id"] for part in parts if part.get("label")},
        {
            part["custom_id"]: {option["label"]: option["value"] for option in part["options"]}
            for part in parts
            if "options" in part
        },
    )


@dataclass
class Server:
    """A server with the bot in it, and what the bot logged."""

    env: simcord.Env
    guild: simcord.GuildHandle
    room: simcord.ChannelHandle
    reader: simcord.MemberActor
    desk: "DiscordBot"

    def member(self, name: str, *roles: simcord.RoleHandle) -> simcord.MemberActor:
        return self.guild.add_member(self.env.create_user(name), roles=roles)

    def manager(self, name: str = "manager") -> simcord.MemberActor:
        """Return somebody who has Manage Server here."""
        return self.member(name, self.guild.create_role("managers", permissions=MANAGER))

    def moderator(self, name: str = "desk member") -> simcord.MemberActor:
        """Return somebody who has a role of the desk; it counts if this is the home server."""
        role = self.guild.create_role("desk", permissions=MODERATORS)
        self.desk.moderators.add(str(role.id))
        return self.member(name, role)

    def declarations(self) -> list[str]:
        """Return the addresses to which commands were declared, one for each time."""
        return [
            request.path
            for request in self.env.http_requests
            if request.method == "PUT" and request.path.endswith("/commands")
        ]

    @property
    def mention(self) -> str:
        assert self.env.bot.user is not None
        return f"<@{self.env.bot.user.id}>"

    def last(self) -> Shown:
        """Return the last message that the whole room has."""
        return answer_of(self.room.last_message)


@dataclass
class DiscordBot:
    """What a client is made of, so that a restart can make another."""

    store: Store
    commands: Sequence[Command] = COMMANDS
    paces: RateLimiter | None = None
    now: datetime = NOW
    homes: set[str] = field(default_factory=lambda: {str(HOME)})
    language: str = "en"
    moderators: set[str] = field(default_factory=set)
    locales: dict[int, str] = field(default_factory=dict)
    logged: list[dict[str, Any]] = field(default_factory=list)
    tally: GapTally = field(default_factory=GapTally)
    documents: Documents | None = None
    kept: KeptAnswers | None = None
    ends_rooms: bool = False
    """Whether what a channel is told ends as soon as it is deleted, not when it is next due."""

    def client(self) -> DiscordClient:
        return DiscordClient(self.port())

    def port(self) -> Port:
        desk = Desk(
            *(self.store, self.commands, lambda: self.now, ZONE, 7),
            documents=self.documents,
            tally=self.tally,
            kept=self.kept,
        )
        dispatch = Dispatch(desk, self.log, paces=self.paces)
        homes = Homes(self.homes, self.moderators)
        return Port(
            dispatch,
            self.store.program_state,
            homes,
            self.log,
            self._speak,
            _presence,
            room_deleted=self._end_room,
        )

    async def _end_room(self, platform: str, room: str) -> None:
        if self.ends_rooms:
            await end_deleted_room(self.store, self.log, lambda: self.now, platform, room)

    def _speak(self, tag: str) -> Voice:
        return Voice(ZONE, translate_into(language_of(tag, self.language)))

    def log(self, event: str, /, *, error: BaseException | None = None, **fields: Any) -> None:
        self.logged.append({"event": event, "error": error, **fields})


@dataclass(frozen=True)
class Completion:
    """Says what Discord says of an interaction and the simulation leaves out.

    The asker's locale, who installed the bot, and to which server a menu's command belongs.
    """

    env: simcord.Env
    locales: Mapping[int, str]

    def __call__(self, event: str, payload: Mapping[str, Any]) -> None:
        if event != "INTERACTION_CREATE":
            return
        fields: dict[str, Any] = payload  # type: ignore[assignment]  # a dict, not sent yet
        who = fields.get("user") or fields["member"]["user"]
        fields["locale"] = self.locales.get(int(who["id"]), "en-US")
        if "guild_id" not in fields:
            return
        fields["authorizing_integration_owners"] = {"0": fields["guild_id"]}
        kind, name = fields["data"].get("type", 0), fields["data"].get("name", "")
        command = self.env.backend.find_command(name, int(fields["guild_id"]), type=kind)
        if command is not None and command.get("guild_id"):
            fields["data"]["guild_id"] = command["guild_id"]


async def _presence() -> str:
    return "Data as of 7 Nov 2025"


@asynccontextmanager
async def serving(bot: DiscordBot, guild: int | None = None) -> AsyncIterator[Server]:
    """Run the bot in a server, the home one if `guild` is its id; nothing may fail unseen.

    Not a fixture: the simulation wants to be left in the context in which it was entered.
    """
    async with simcord.run(bot.client(), shard_count=1) as env:
        env.backend.subscribers.insert(0, Completion(env, bot.locales))
        server = env.create_guild(id=guild)
        room = server.create_text_channel("general")
        reader = server.add_member(env.create_user("reader"))
        yield Server(env, server, room, reader, bot)
