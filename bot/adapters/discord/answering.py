"""An interaction and its answer: at once where the desk answers at once, deferred where it may not.

The first response has to come within three seconds; what is written before a response is lost is
still written. Whatever Discord refuses is logged, once, and ends there.
"""

import asyncio
from collections.abc import Awaitable

import discord
from discord.ui import LayoutView
from msgspec import Struct

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
    """How an answer is shown: to all if `public`, in place of the message if `edit`."""

    public: bool = False
    edit: bool = False
    part: int = 1


async def answer(port: Port, interaction: Interaction, asked: Awaitable[Answer], how: How) -> None:
    """Await what was asked and show it; what Discord refuses is logged."""
    work = asyncio.ensure_future(asked)
    await asyncio.wait({work}, timeout=PROMPT_S)
    try:
        if not work.done():
            await _defer(interaction, how)
        await _show(port, interaction, await work, how)
    except discord.HTTPException as error:
        port.log("undelivered", platform=PLATFORM, status=error.status, code=error.code)
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
    how = How(asked.post, _is_theirs(interaction) and not asked.post, asked.part)
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
    asker = message.interaction_metadata
    return asker is not None and asker.user.id == interaction.user.id


async def _defer(interaction: Interaction, how: How) -> None:
    if how.edit:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=not how.public, thinking=True)


async def _show(port: Port, interaction: Interaction, found: Answer, how: How) -> None:
    refused = found.outcome is not Outcome.ANSWERED
    private = refused or not how.public or found.reply.audience is Audience.ASKER
    wishes = await port.memory.room(PLATFORM, str(interaction.channel_id))
    voice = voice_of(port, interaction, wishes.language, public=not private)
    postable = private and not refused and interaction.guild_id is not None
    card = render(found.reply, voice, found.asked, how.part, post=postable)
    if card.kept:
        await port.memory.keep_lines(card.kept, interaction.created_at.date())
    if interaction.response.is_done():
        await _follow(interaction, view(card), how, refused=refused, private=private)
    elif how.edit and not refused:
        await interaction.response.edit_message(view=view(card), allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(
            view=view(card), ephemeral=private, allowed_mentions=NOBODY
        )


async def _follow(
    interaction: Interaction, shown: LayoutView, how: How, *, refused: bool, private: bool
) -> None:
    """Show an answer that was deferred; a public wait that ends in a refusal ends privately."""
    if how.public and private:
        await interaction.delete_original_response()
    elif not (how.edit and refused):
        await interaction.edit_original_response(view=shown, allowed_mentions=NOBODY)
        return
    await interaction.followup.send(view=shown, ephemeral=True, allowed_mentions=NOBODY)
