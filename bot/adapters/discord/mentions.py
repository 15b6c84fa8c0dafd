"""A message to the bot and its answer, which the whole room sees.

What is for the asker alone is therefore behind a button there.
"""

import discord

from bot.adapters.discord.answering import NOBODY
from bot.adapters.discord.delivery import delivering
from bot.adapters.discord.lines import button
from bot.adapters.discord.render import Card, render
from bot.adapters.discord.view import view
from bot.adapters.discord.who import PLATFORM, writing
from bot.dispatch import Outcome
from bot.platform import Port
from bot.voice import Voice
from commands.kit.reply import Audience, Reply
from commands.kit.words import T

_ALONE = Reply((T("The answer to that is for you alone."),))


async def reply_to(port: Port, message: discord.Message, line: str) -> None:
    """Answer a line that somebody wrote to the bot."""
    wishes = await port.memory.room(PLATFORM, str(message.channel.id))
    card = await _card(port, message, line, port.speak(wishes.language))
    if card.kept:
        await port.memory.keep_lines(card.kept, message.created_at.date())
    async with delivering(port.log):
        await message.reply(view=view(card), allowed_mentions=NOBODY, mention_author=False)


async def _card(port: Port, message: discord.Message, line: str, voice: Voice) -> Card:
    caller, room = writing(message, port.homes)
    found = await port.dispatch.line(caller, line, room, f"discord:{message.id}")
    asked, answered = found.asked, found.outcome is Outcome.ANSWERED
    own = message.guild is not None and found.reply.audience is Audience.ASKER
    if own and answered and asked is not None:
        return render(_ALONE, voice, first=button(voice.plain(T("Show it to me")), asked))
    return render(found.reply, voice, asked)
