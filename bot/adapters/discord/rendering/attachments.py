"""Files: those that come with a command, and those that go with an answer."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

import discord

from commands.kit.invocation import Upload
from commands.kit.reply import Attachment

_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def uploads_of(files: Iterable[discord.Attachment]) -> tuple[Upload, ...]:
    """Return what was attached; nothing is fetched before a command reads it."""
    return tuple(Upload(file.filename, file.size, file.read) for file in files)


def discord_files(files: Sequence[Attachment]) -> list[discord.File]:
    """Return files as the library sends them, for the card that shows them."""
    return [
        discord.File(BytesIO(file.data), safe_file_name(file.name), description=file.about or None)
        for file in files
    ]


def safe_file_name(name: str) -> str:
    """Return a file's name by which a card can refer to it."""
    return _ODD.sub("_", name).strip("._") or "file"
