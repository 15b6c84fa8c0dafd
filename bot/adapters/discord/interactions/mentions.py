"""A message to the bot and its answer, which the whole room sees.

What is for the asker alone is therefore behind a button there.
"""

import discord
from msgspec.structs import replace

from bot.adapters.discord.interactions.delivery import log_what_is_lost
from bot.adapters.discord.interactions.identity import PLATFORM, identify_author, room_language
from bot.adapters.discord.interactions.respond import NOBODY
from bot.adapters.discord.rendering.attachments import discord_files, uploads_of
from bot.adapters.discord.rendering.card import Card, render
from bot.adapters.discord.rendering.custom_ids import button
from bot.adapters.discord.rendering.views import view
from bot.dispatch import Answer, Outcome
from bot.i18n.formatter import Voice
from bot.platform import Port
from commands.kit.inlines import T
from commands.kit.reply import Audience, Reply

_ALONE = Reply((T("Only you may see that answer."),))


async def reply_to(port: Port, message: discord.Message, line: str) -> None:
    """Answer a line that somebody wrote to the bot, with the files that came with it."""
    caller, room = identify_author(message, port.homes)
    uploads = uploads_of(message.attachments)
    answer = await port.dispatch.line(caller, line, room, f"discord:{message.id}", uploads=uploads)
    wishes = await port.memory.room(PLATFORM, room.id)
    server = message.guild.preferred_locale if message.guild else None
    voice = port.speak(room_language(wishes.language, server))
    card = _card(message, replace(answer, reply=await port.album.hang(answer.reply, voice)), voice)
    if card.kept:
        await port.memory.keep_lines(card.kept, message.created_at.date())
    async with log_what_is_lost(port.log):
        await message.reply(
            view=view(card),
            files=discord_files(card.files),
            nonce=f"re:{message.id}",  # a message that comes twice is answered once
            allowed_mentions=NOBODY,
            mention_author=False,
        )


def _card(message: discord.Message, answer: Answer, voice: Voice) -> Card:
    """Return the answer; a button to it where it is not for the whole room.

    What was asked with a file cannot be asked again: that answer is shown.
    """
    alone = message.guild is not None and answer.reply.audience is Audience.ASKER
    answered = answer.outcome is Outcome.ANSWERED and not message.attachments
    if alone and answered and answer.asked is not None:
        own = button(voice.plain(T("Show it to me")), answer.asked, f"own{message.author.id}")
        return render(_ALONE, voice, first=own)
    return render(answer.reply, voice, answer.asked)
