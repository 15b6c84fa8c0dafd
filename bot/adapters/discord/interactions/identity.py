"""Who asks on Discord, and where."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from msgspec.structs import replace
from typing_extensions import override

from bot.permissions import Homes, Identity
from commands.kit.invocation import Caller, Room

PLATFORM = "discord"
_UNCHOSEN = discord.Locale.american_english
"""What Discord says of every server that never chose its locale."""
Interaction = discord.Interaction[Any]
Someone = discord.User | discord.Member


class ServerRooms(Mapping[str, str]):
    """The channels and threads of a member's server: id → name, "" where they do not see it.

    Nothing is looked up before somebody asks for it.
    """

    def __init__(self, member: discord.Member) -> None:
        self._member, self._guild = member, member.guild

    @override
    def __getitem__(self, number: str) -> str:
        channel = self._guild.get_channel_or_thread(int(number)) if number.isdecimal() else None
        if channel is None:
            raise KeyError(number)
        return f"#{channel.name}" if channel.permissions_for(self._member).view_channel else ""

    @override
    def __iter__(self) -> Iterator[str]:
        return (str(channel.id) for channel in (*self._guild.channels, *self._guild.threads))

    @override
    def __len__(self) -> int:
        return len(self._guild.channels) + len(self._guild.threads)


def room_language(room: str, server: discord.Locale | None) -> str:
    """Return the language of what a room sees: its own, its server's, or "" for the desk's."""
    return room or ("" if server in {None, _UNCHOSEN} else str(server))


def identify_caller(interaction: Interaction, homes: Homes) -> tuple[Caller, Room]:
    """Return who asks and where. Roles count in a server that the bot is a member of."""
    installed = interaction.guild is not None and interaction.is_guild_integration()
    manages = installed and interaction.permissions.manage_guild
    caller, room = _caller_and_room(interaction.user, interaction.channel, homes, manages=manages)
    room = replace(room, open=installed and interaction.app_permissions.send_messages)
    return caller, _with_server(room, is_of_server=interaction.guild_id is not None)


def identify_author(message: discord.Message, homes: Homes) -> tuple[Caller, Room]:
    """Return who wrote a message, and where."""
    member = message.author
    manages = isinstance(member, discord.Member) and member.guild_permissions.manage_guild
    caller, room = _caller_and_room(member, message.channel, homes, manages=manages)
    room = replace(room, open=message.guild is not None)  # it is to be answered there
    return caller, _with_server(room, is_of_server=message.guild is not None)


def _with_server(room: Room, *, is_of_server: bool) -> Room:
    return replace(room, of_server=is_of_server, private=not is_of_server)


def _caller_and_room(
    who: Someone,
    where: Any,  # noqa: ANN401 -- any of the library's channels
    homes: Homes,
    *,
    manages: bool,
) -> tuple[Caller, Room]:
    identity = None
    rooms: Mapping[str, str] = {}
    if isinstance(who, discord.Member):
        rooms = ServerRooms(who) if manages else {}
        roles = frozenset(str(role.id) for role in who.roles)
        identity = Identity(str(who.guild.id), roles, manages)
    name = getattr(where, "name", None) or ""
    caller = Caller(PLATFORM, str(who.id), who.display_name, homes.role(identity))
    return caller, Room(PLATFORM, str(getattr(where, "id", "")), name, manages, rooms=rooms)
