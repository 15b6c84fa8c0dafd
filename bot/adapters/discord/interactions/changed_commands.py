"""What a client still shows though the bot has changed since: said, with the words kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.adapters.discord.interactions.identity import PLATFORM, Interaction
from bot.adapters.discord.interactions.respond import refuse
from bot.platform import Port
from commands.kit.inlines import Strong, T
from commands.kit.reply import Audience, Facts, Reply, Tone

_CHANGED = T("That command has changed; reload Discord (Ctrl+R).")
_FILE = 11
_OPTIONS_OF = {1, 2}
"""Kinds of an option that holds others: a sub-command, and a group of them."""


async def report_changed(
    port: Port, interaction: Interaction, name: str, words: Mapping[str, str]
) -> None:
    """Say that a command or a form is no longer what the client shows, and give the words back."""
    port.log("command changed", platform=PLATFORM, name=name)
    rows = tuple((label, (text,)) for label, text in words.items() if text)
    blocks = (Facts(rows),) if rows else ()
    changed = Reply((Strong(_CHANGED),), blocks, tone=Tone.REFUSAL, audience=Audience.ASKER)
    await refuse(port, interaction, changed)


def name_of(interaction: Interaction) -> str:
    """Return how a command is called by the client that sent it."""
    data: Mapping[str, Any] = interaction.data or {}
    return " ".join([str(data.get("name", "")), *_path(data)])


def options_of(interaction: Interaction) -> dict[str, str]:
    """Return the options of a command as the client sent them, known or not."""
    data: Mapping[str, Any] = interaction.data or {}
    return {str(option["name"]): str(option.get("value", "")) for option in _options(data)}


def _path(part: Mapping[str, Any]) -> Iterator[str]:
    for option in part.get("options") or ():
        if option.get("type") in _OPTIONS_OF:
            yield str(option["name"])
            yield from _path(option)


def _options(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for option in part.get("options") or ():
        if option.get("type") in _OPTIONS_OF:
            yield from _options(option)
        elif option.get("type") != _FILE:
            yield option
