"""An interaction and its answer: at once where the desk answers at once, deferred where it may not.

What is written before a response is lost is still written.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

import discord
from discord.ui import LayoutView
from msgspec import Struct

from bot.adapters.discord.delivery import delivering, due, first
from bot.adapters.discord.lines import Pressed
from bot.adapters.discord.render import render
from bot.adapters.discord.view import view
from bot.adapters.discord.who import PLATFORM, Interaction, asking
from bot.dispatch import Answer, Outcome
from bot.platform import Port
from bot.voice import Voice
from commands.kit.reply import Audience, Reply, Tone
from commands.kit.words import T

PROMPT_S = 1.5
"""Seconds to wait for an answer before the interaction is deferred."""
NOBODY = discord.AllowedMentions.none()
_EXPIRED = Reply(
    (T("This button is too old to be followed; ask again."),), (), (), Tone.REFUSAL, Audience.ASKER
)


class How(Struct, frozen=True):
    """How an answer is shown: to all if `public`, in place of the message if `edit`.

    What must not be as public as the message it would replace comes apart from it, privately.
    """

    public: bool = False
    edit: bool = False
    part: int = 1


async def answer(port: Port, interaction: Interaction, asked: Awaitable[Answer], how: How) -> None:
    """Await what was asked and show it; what does not arrive is logged."""
    until, work = due(), asyncio.ensure_future(asked)
    await asyncio.wait({work}, timeout=PROMPT_S)
    try:
        async with delivering(port.log):
            if work.done():
                await first(port.log, _show(port, interaction, await work, how), until)
            else:
                await first(port.log, _defer(interaction, how), until)
                await _show(port, interaction, await work, how, waits=True)
    finally:
        await asyncio.wait({work})


async def press(port: Port, interaction: Interaction, asked: Pressed) -> None:
    """Answer a button: in place for whoever the message is for, alone for anyone else."""
    line = asked.line or await port.memory.line(asked.key)
    if line is None:
        await answer(port, interaction, _done(Answer(_EXPIRED, Outcome.REFUSED)), How())
        return
    caller, room = asking(interaction, port.homes)
    work = port.dispatch.line(caller, line, room, f"discord:{interaction.id}")
    edit = not asked.post and _is_theirs(interaction)
    how = How(asked.post or (edit and _is_public(interaction)), edit, asked.part)
    await answer(port, interaction, work, how)


def voice_of(port: Port, interaction: Interaction, room_language: str, *, public: bool) -> Voice:
    """Return the asker's language for an answer to them, the room's for one to all."""
    if public:
        return port.speak(room_language or str(interaction.guild_locale or ""))
    return port.speak(str(interaction.locale))


async def _done(found: Answer) -> Answer:
    return found


def _is_theirs(interaction: Interaction) -> bool:
    message = interaction.message
    if message is None:
        return False
    if message.flags.ephemeral or interaction.guild_id is None:
        return True
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id == interaction.user.id
    asked = message.reference.resolved if message.reference else None
    return isinstance(asked, discord.Message) and asked.author.id == interaction.user.id


def _is_public(interaction: Interaction) -> bool:
    message = interaction.message
    return message is not None and not message.flags.ephemeral and interaction.guild_id is not None


async def _defer(interaction: Interaction, how: How) -> None:
    if how.edit:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=not how.public, thinking=True)


async def _show(
    port: Port, interaction: Interaction, found: Answer, how: How, *, waits: bool = False
) -> None:
    """Show an answer: as the first response, or where one `waits` for it."""
    refused = found.outcome is not Outcome.ANSWERED
    own = refused or found.reply.audience is Audience.ASKER
    private = own or not how.public
    wishes = await port.memory.room(PLATFORM, str(interaction.channel_id))
    voice = voice_of(port, interaction, wishes.language, public=not private)
    postable = private and not own and interaction.guild_id is not None
    card = render(found.reply, voice, found.asked, how.part, post=postable)
    if card.kept:
        await port.memory.keep_lines(card.kept, interaction.created_at.date())
    fits = private is not how.public and not (how.edit and refused)
    if waits:
        await _follow(interaction, view(card), how, fits=fits)
    elif how.edit and fits:
        await interaction.response.edit_message(view=view(card), allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(
            view=view(card), ephemeral=private, allowed_mentions=NOBODY
        )


async def _follow(interaction: Interaction, shown: LayoutView, how: How, *, fits: bool) -> None:
    """Show an answer that was deferred; where it does not fit what waits, it comes privately."""
    if fits:
        await interaction.edit_original_response(view=shown, allowed_mentions=NOBODY)
        return
    if not how.edit:
        with suppress(discord.NotFound):  # somebody was quicker
            await interaction.delete_original_response()
    await interaction.followup.send(view=shown, ephemeral=True, allowed_mentions=NOBODY)
