"""A message to the bot and its answer, which the whole room sees.

What is for the asker alone is therefore behind a button there.
"""

import discord

from bot.adapters.discord.answering import NOBODY
from bot.adapters.discord.delivery import delivering
from bot.adapters.discord.files import attached, uploaded
from bot.adapters.discord.lines import button
from bot.adapters.discord.render import Card, render
from bot.adapters.discord.view import view
from bot.adapters.discord.who import PLATFORM, writing
from bot.dispatch import Answer, Outcome
from bot.platform import Port
from bot.voice import Voice
from commands.kit.reply import Audience, Reply
from commands.kit.words import T

_ALONE = Reply((T("The answer to that is for you alone."),))


async def reply_to(port: Port, message: discord.Message, line: str) -> None:
    """Answer a line that somebody wrote to the bot, with the files that came with it."""
    caller, room = writing(message, port.homes)
    uploads = uploaded(message.attachments)
    found = await port.dispatch.line(caller, line, room, f"discord:{message.id}", uploads=uploads)
    wishes = await port.memory.room(PLATFORM, room.id)
    alone = _is_for_one(message, found)
    card = _card(found, port.speak(wishes.language), alone=alone)
    if card.kept:
        await port.memory.keep_lines(card.kept, message.created_at.date())
    async with delivering(port.log):
        await message.reply(view=view(card), allowed_mentions=NOBODY, mention_author=False)
        if found.reply.files and not alone:
            files = attached(found.reply.files)
            await message.reply(files=files, allowed_mentions=NOBODY, mention_author=False)


def _is_for_one(message: discord.Message, found: Answer) -> bool:
    """Tell whether an answer is not for the whole room. One to a file cannot be asked again."""
    own = message.guild is not None and found.reply.audience is Audience.ASKER
    return own and found.outcome is Outcome.ANSWERED and not message.attachments


def _card(found: Answer, voice: Voice, *, alone: bool) -> Card:
    if alone and found.asked is not None:
        return render(_ALONE, voice, first=button(voice.plain(T("Show it to me")), found.asked))
    return render(found.reply, voice, found.asked)
