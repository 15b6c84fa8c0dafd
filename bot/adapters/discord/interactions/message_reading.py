"""A message as a person reads it: its words, its day, who speaks, where it can be found.

Of a forward all that is the copied message's own: whoever passed it on is not who said it.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import Any

import discord
from msgspec import Struct

from bot.adapters.discord.interactions.delivery import LOST
from bot.adapters.discord.interactions.identity import Interaction
from bot.adapters.discord.interactions.message_marks import MentionedNames, show_marks
from bot.adapters.discord.interactions.message_words import Words, words_of
from bot.i18n.formatter import Voice

_WITH_MESSAGES = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
_FETCH_S = 1.0
"""Seconds to ask for the message that was forwarded: a form has to open within three."""


class SeenMessage(Struct, frozen=True):
    """What a message says: its `words`, and with them what else is seen `around` them.

    `by` is who speaks, `perhaps_by` who may; `source` is its address, where the asker sees it;
    `files` are attached to it.
    """

    words: str
    around: str
    day: date
    by: str
    perhaps_by: str
    source: str
    files: tuple[discord.Attachment, ...] = ()


async def read_message(
    interaction: Interaction, message: discord.Message, voice: Voice, zone: tzinfo
) -> SeenMessage:
    """Return what the asker sees in a message."""
    quoted = _message_before(message)
    if message.type is discord.MessageType.thread_starter_message and quoted is not None:
        message, quoted = quoted, _message_before(quoted)
    shown: discord.Message | discord.MessageSnapshot = message
    origin = None
    if message.message_snapshots:
        shown, quoted = message.message_snapshots[0], None
        origin = _origin(interaction, message)
        by, source = "", origin.jump_url if origin else ""
        perhaps = await _author_of(origin) if origin else ""
    else:
        by, perhaps, source = *_speaker(message), message.jump_url
    names = _names_in(interaction, message)
    words = words_of(shown, message.poll if shown is message else None)
    around = [words.around, _quotation(quoted).own]
    return SeenMessage(
        show_marks(words.own, names, voice, zone),
        show_marks("\n".join(filter(None, around)), names, voice, zone),
        _day(shown.created_at, zone),
        by,
        perhaps,
        source,
        tuple(shown.attachments),
    )


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def _message_before(message: discord.Message) -> discord.Message | None:
    """Return the message that another answers, or to which a thread belongs."""
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None


def _quotation(message: discord.Message | None) -> Words:
    return words_of(message, message.poll) if message else Words("")


def _speaker(message: discord.Message) -> tuple[str, str]:
    """Return who speaks, and who may: a program passes on what others say."""
    if not (message.author.bot or message.webhook_id):
        return message.author.display_name, ""
    named = (embed.author.name for embed in message.embeds if embed.author.name)
    return "", next(named, message.author.display_name)


def _origin(interaction: Interaction, forward: discord.Message) -> discord.PartialMessage | None:
    """Return what was forwarded, if the asker can see it where it stands."""
    reference = forward.reference
    if reference is None or reference.message_id is None or interaction.guild is None:
        return None
    if reference.guild_id != interaction.guild_id:
        return None
    channel = interaction.guild.get_channel_or_thread(reference.channel_id)
    if not isinstance(channel, _WITH_MESSAGES) or not _sees(interaction, channel):
        return None
    return channel.get_partial_message(reference.message_id)


async def _author_of(origin: discord.PartialMessage) -> str:
    """Return who wrote what was forwarded, if the bot may look and is told in time."""
    with suppress(*LOST):
        async with asyncio.timeout(_FETCH_S):
            return _any_name(await origin.fetch())
    return ""


def _any_name(message: discord.Message) -> str:
    return "".join(_speaker(message))


def _sees(interaction: Interaction, channel: object) -> bool:
    member = interaction.user
    if not isinstance(member, discord.Member):
        return False
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    return channel.permissions_for(member).view_channel


def _names_in(interaction: Interaction, message: discord.Message) -> MentionedNames:
    """Return the names in a message: of people as Discord sends them along, of all else as known.

    A channel that the asker does not see has no name for them.
    """
    guild = interaction.guild
    users = {int(user["id"]): _name(user) for user in _people_in(interaction.data)}
    users |= {user.id: user.display_name for user in message.mentions}

    def role(number: int) -> str | None:
        known = guild.get_role(number) if guild else None
        return known.name if known else None

    def channel(number: int) -> str | None:
        known = guild.get_channel_or_thread(number) if guild else None
        return known.name if known and _sees(interaction, known) else None

    return MentionedNames(users, role, channel)


def _name(user: Mapping[str, Any]) -> str:
    nick = (user.get("member") or {}).get("nick")
    return str(nick or user.get("global_name") or user.get("username") or "")


def _people_in(data: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 -- as the library has it
    """Return the people whom forwarded and answered messages mention, whom the library drops."""
    messages = [*((data or {}).get("resolved") or {}).get("messages", {}).values()]
    for message in list(messages):
        messages += [snapshot["message"] for snapshot in message.get("message_snapshots") or ()]
        messages += filter(None, [message.get("referenced_message")])
    return [user for message in messages for user in message.get("mentions") or ()]
