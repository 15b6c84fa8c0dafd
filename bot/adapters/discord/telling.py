"""Telling somebody in private, without having been asked there."""

import hashlib
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.delivery import LOST, undelivered
from bot.adapters.discord.render import render
from bot.adapters.discord.view import view
from commands.kit.reply import Reply

if TYPE_CHECKING:
    from bot.adapters.discord.client import Client

_NONCE = 25
"""Characters of a nonce: https://discord.com/developers/docs/resources/message#create-message"""


async def tell(client: "Client", person: str, reply: Reply, key: str) -> bool:
    """Send a reply in private; Discord takes one key once within a few minutes.

    False, and one line of the log, where it cannot be: as when somebody takes no messages.
    """
    port = client.port
    card = render(reply, port.speak(""))
    nonce = hashlib.sha256(key.encode()).hexdigest()[:_NONCE]
    if card.kept:
        await port.memory.keep_lines(card.kept, discord.utils.utcnow().date())
    try:
        channel = await client.create_dm(discord.Object(int(person)))
        await channel.send(view=view(card), nonce=nonce)
    except LOST as error:
        undelivered(port.log, error)
        return False
    return True
