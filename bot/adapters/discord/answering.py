"""An interaction and its answer: at once where the desk answers at once, deferred where it may not.

The first response has to come within three seconds; what is written before a response is lost is
still written. Whatever Discord refuses is logged, once, and ends there.
"""

import asyncio
from collections.abc import Awaitable

import discord

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


async def answer(port: Port, interaction: Interaction, asked: Awaitable[Answer], part: int = 1,
                 *, public: bool = False, edit: bool = False) -> None:  # fmt: skip
    """Await what was asked and show it: to all if `public`, in place of the message if `edit`."""
    work = asyncio.ensure_future(asked)
    await asyncio.wait({work}, timeout=PROMPT_S)
    try:
        if not work.done():
            await _defer(interaction, public=public, edit=edit)
        found = await work
        await _show(port, interaction, found, part, public=public, edit=edit)
    except discord.HTTPException as error:
        port.log("undelivered", platform=PLATFORM, status=error.status, code=error.code)
    finally:
        await asyncio.wait({work})


async def press(port: Port, interaction: Interaction, asked: Pressed) -> None:
    """Answer a button: in place for whoever the message is for, alone for anyone else."""
    line = asked.line or await port.memory.line(asked.key)
    if line is None:
        return await answer(port, interaction, _done(Answer(_EXPIRED, Outcome.REFUSED)))
    caller, room = asking(interaction, port.homes)
    work = port.dispatch.line(caller, line, room, f"discord:{interaction.id}")
    edit = _is_theirs(interaction) and not asked.post
    return await answer(port, interaction, work, asked.part, public=asked.post, edit=edit)


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


async def _defer(interaction: Interaction, *, public: bool, edit: bool) -> None:
    if edit:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=not public, thinking=True)


async def _show(
    port: Port, interaction: Interaction, found: Answer, part: int, *, public: bool, edit: bool
) -> None:
    refused = found.outcome is not Outcome.ANSWERED
    private = refused or not public or found.reply.audience is Audience.ASKER
    wishes = await port.memory.room(PLATFORM, str(interaction.channel_id))
    voice = voice_of(port, interaction, wishes.language, public=not private)
    card = render(
        found.reply, voice, found.asked, part, post=private and interaction.guild_id is not None
    )
    if card.kept:
        await port.memory.keep_lines(card.kept, interaction.created_at.date())
    response, shown = interaction.response, view(card)
    if not response.is_done():
        if edit and not refused:
            await response.edit_message(view=shown, allowed_mentions=NOBODY)
        else:
            await response.send_message(view=shown, ephemeral=private, allowed_mentions=NOBODY)
    elif (edit and refused) or (public and private):
        if public:
            await interaction.delete_original_response()
        await interaction.followup.send(view=shown, ephemeral=True, allowed_mentions=NOBODY)
    else:
        await interaction.edit_original_response(view=shown, allowed_mentions=NOBODY)
