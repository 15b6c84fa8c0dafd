"""Posts that are threads of their own, or stand in a forum."""

from contextlib import suppress
from datetime import datetime

import discord

from bot.adapters.discord.interactions.identity import PLATFORM
from bot.adapters.discord.rendering import limits
from bot.dispatch import Log

_LOOKED_AT = 50
_EXISTS = 160004
"""Discord's code for a message that has its thread already."""


def thread_name(text: str) -> str:
    """Return a name that a thread may have."""
    return limits.cut(text.strip() or "…", limits.THREAD)


def forum_of(thread: discord.Thread) -> discord.ForumChannel | None:
    """Return the forum in which a thread stands, if it is one's post."""
    parent = thread.parent
    return parent if isinstance(parent, discord.ForumChannel) else None


def has_button(message: discord.Message, mark: str) -> bool:
    """Tell whether a message has the button of this id."""
    return any(
        getattr(part, "custom_id", None) == mark
        for row in message.components
        for part in getattr(row, "children", ())
    )


async def find(forum: discord.ForumChannel, mark: str, since: datetime) -> int | None:
    """Return the forum's post that has the button of this id, if it was made after a moment."""
    threads = [thread for thread in forum.threads if thread.owner_id == forum.guild.me.id]
    async for old in forum.archived_threads(limit=_LOOKED_AT):
        threads += [old] if old.owner_id == forum.guild.me.id else []
    for thread in threads:
        if thread.created_at and thread.created_at >= since:
            with suppress(discord.NotFound):  # its first message was deleted
                first = thread.starter_message or await thread.fetch_message(thread.id)
                if has_button(first, mark):
                    return first.id
    return None


async def open_on(message: discord.Message, name: str, log: Log) -> None:
    """Open a message's own thread; if that cannot be, the message stands alone."""
    try:
        await message.create_thread(name=name)
    except discord.HTTPException as error:
        if error.code != _EXISTS:
            log("no thread", platform=PLATFORM, status=error.status, code=error.code)
