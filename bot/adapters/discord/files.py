"""Files: those that come with a command, and those that go with an answer."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import discord

from commands.kit.context import Upload
from commands.kit.reply import Attachment


def uploaded(files: Iterable[discord.Attachment]) -> tuple[Upload, ...]:
    """Return what was attached; nothing is fetched before a command reads it."""
    return tuple(Upload(one.filename, one.size, one.read) for one in files)


def attached(files: Sequence[Attachment]) -> list[discord.File]:
    """Return files as the library sends them."""
    return [discord.File(BytesIO(one.data), one.name) for one in files]
