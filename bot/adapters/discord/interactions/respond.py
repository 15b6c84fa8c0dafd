"""An interaction and its answer: at once where the desk answers at once, deferred where it may not.

What is written before a response is lost is still written.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from functools import partial

import discord
from msgspec import Struct

from bot.adapters.discord.interactions.delivery import (
    log_what_is_lost,
    response_deadline,
    send_first_response,
)
from bot.adapters.discord.interactions.identity import (
    PLATFORM,
    Interaction,
    identify_caller,
    room_language,
)
from bot.adapters.discord.rendering.attachments import discord_files
from bot.adapters.discord.rendering.card import Card, render
from bot.adapters.discord.rendering.custom_ids import PressedComponent
from bot.adapters.discord.rendering.modals import FilledForm, fix_button, modal_sheet
from bot.adapters.discord.rendering.views import modal, view
from bot.dispatch import Answer, Outcome
from bot.i18n.formatter import Voice
from bot.platform import Port
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.reply import Audience, Form, Reply, Tone

PROMPT_S = 1.5
"""Seconds to wait for an answer before the interaction is deferred."""
NOBODY = discord.AllowedMentions.none()
_EXPIRED = Reply((T("This button is too old. Ask again."),), (), (), Tone.REFUSAL, Audience.ASKER)
_OTHERS = Reply(
    (T("Only the person who asked can use that."),), (), (), Tone.REFUSAL, Audience.ASKER
)


class Presentation(Struct, frozen=True):
    """How an answer is shown: to all if `public`, in place of the message if `edit`.

    What must not be as public as the message it would replace comes apart from it, privately.
    After a refusal, what was `filled` in is offered to be put right.
    """

    public: bool = False
    edit: bool = False
    part: int = 1
    filled: FilledForm | None = None


async def answer(
    port: Port, interaction: Interaction, asked: Awaitable[Answer], how: Presentation
) -> None:
    """Await what was asked and show it; what does not arrive is logged."""
    until, work = response_deadline(), asyncio.ensure_future(asked)
    await asyncio.wait({work}, timeout=PROMPT_S)
    try:
        async with log_what_is_lost(port.log):
            if work.done():
                await send_first_response(
                    port.log, _show(port, interaction, await work, how), until
                )
            else:
                await send_first_response(port.log, _defer(interaction, how), until)
                await _show(port, interaction, await work, how, waits=True)
    finally:
        await asyncio.wait({work})


async def press(
    port: Port, interaction: Interaction, asked: PressedComponent, given: Mapping[str, str]
) -> None:
    """Answer a button, or a menu with what it gives."""
    line = asked.line or await port.memory.line(asked.key)
    if line is None:
        await report_expired(port, interaction)
        return
    if port.dispatch.of_line(line) is None:  # of a command that is gone
        await report_strange(port, interaction)
        return
    caller, room = identify_caller(interaction, port.homes)
    if asked.asker not in {"", caller.id}:
        await refuse(port, interaction, _OTHERS)
        return
    work = port.dispatch.line(caller, line, room, _key(interaction, asked), given)
    post = asked.verb == "post"
    how = Presentation(public=True) if post else in_place(interaction, asked.part)
    await answer(port, interaction, work, how)


def _key(interaction: Interaction, asked: PressedComponent) -> str:
    """Return the key of a press; of an answer that waits for its asker, of what asked it first.

    Under the same key nothing is done once more.
    """
    first = interaction.message.reference if asked.asker and interaction.message else None
    return f"discord:{first.message_id if first else interaction.id}"


def in_place(
    interaction: Interaction, part: int = 1, filled: FilledForm | None = None
) -> Presentation:
    """Answer in place for whoever the message is for, alone for anyone else."""
    edit = _is_theirs(interaction)
    return Presentation(edit and _is_public(interaction), edit, part, filled)


async def report_expired(port: Port, interaction: Interaction) -> None:
    """Say that what was pressed is not known any more."""
    await refuse(port, interaction, _EXPIRED)


async def report_strange(port: Port, interaction: Interaction) -> None:
    """Say so of what was pressed or sent under an id that leads nowhere (any more)."""
    port.log("strange custom id", platform=PLATFORM, kind=interaction.type.name)
    await refuse(port, interaction, _EXPIRED)


async def refuse(port: Port, interaction: Interaction, why: Reply) -> None:
    """Say to the asker alone why nothing is done; no desk is needed for that."""
    ready = _ready_answer(Answer(why, Outcome.REFUSED))
    await answer(port, interaction, ready, Presentation())


async def open_form(port: Port, interaction: Interaction, form: Form) -> None:
    """Open a form, which needs no desk to answer."""
    async with log_what_is_lost(port.log):
        await send_first_response(
            port.log, _show_form(port, interaction, form), response_deadline()
        )


async def _show_form(port: Port, interaction: Interaction, form: Form) -> None:
    """Open a form, in its reader's language."""
    shown = modal_sheet(form, port.speak(str(interaction.locale)))
    if shown.target.key:
        kept = {shown.target.key: shown.target.kept}
        await port.memory.keep_lines(kept, interaction.created_at.date())
    await interaction.response.send_modal(modal(shown))


def voice_of(port: Port, interaction: Interaction, own: str, *, public: bool) -> Voice:
    """Return the asker's language for an answer to them, the room's for one to all."""
    here = room_language(own, interaction.guild_locale)
    return port.speak(here if public else str(interaction.locale))


async def _ready_answer(reply: Answer) -> Answer:
    return reply


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


async def _defer(interaction: Interaction, how: Presentation) -> None:
    if how.edit:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=not how.public, thinking=True)


async def _show(
    port: Port, interaction: Interaction, shown: Answer, how: Presentation, *, waits: bool = False
) -> None:
    """Show an answer: as the first response, or where one `waits` for it."""
    if shown.reply.form is not None and not waits and not _is_form(interaction):
        await _show_form(port, interaction, shown.reply.form)
        return
    refused = shown.outcome is not Outcome.ANSWERED
    own = refused or shown.reply.audience is Audience.ASKER
    private = own or not how.public
    wishes = await port.memory.room(PLATFORM, str(interaction.channel_id))
    voice = voice_of(port, interaction, wishes.language, public=not private)
    postable = private and not own and interaction.guild_id is not None and _for_all(port, shown)
    again = fix_button(voice.plain(T("Fix")), how.filled) if refused and how.filled else None
    reply = await port.album.hang(shown.reply, voice)
    draw = partial(render, reply, voice, shown.asked, how.part, post=postable, first=again)
    alike = reply is shown.reply and again is None
    card = shown.render((PLATFORM, voice, how.part, postable), draw) if alike else draw()
    if card.kept:
        await port.memory.keep_lines(card.kept, interaction.created_at.date())
    fits = private is not how.public and not (how.edit and refused)
    if waits:
        await _follow(interaction, card, how, fits=fits)
    elif how.edit and fits:
        await interaction.response.edit_message(
            view=view(card), attachments=discord_files(card.files), allowed_mentions=NOBODY
        )
    else:
        await interaction.response.send_message(
            view=view(card),
            files=discord_files(card.files),
            ephemeral=private,
            allowed_mentions=NOBODY,
        )


def _is_form(interaction: Interaction) -> bool:
    """Return whether it is a form that was sent: Discord opens no form after a form."""
    return interaction.type is discord.InteractionType.modal_submit


def _for_all(port: Port, shown: Answer) -> bool:
    """Return whether it may be asked again to show it to all: not what only moderators can ask."""
    command = port.dispatch.find(shown.asked.command) if shown.asked else None
    return command is not None and command.role is Role.READER


async def _follow(interaction: Interaction, card: Card, how: Presentation, *, fits: bool) -> None:
    """Show an answer that was deferred; where it does not fit what waits, it comes privately."""
    shown, files = view(card), discord_files(card.files)
    if fits:
        await interaction.edit_original_response(
            view=shown, attachments=files, allowed_mentions=NOBODY
        )
        return
    if not how.edit:
        with suppress(discord.NotFound):  # somebody was quicker
            await interaction.delete_original_response()
    await interaction.followup.send(
        view=shown, files=files, ephemeral=True, allowed_mentions=NOBODY
    )
