"""A parameter list as a modal, and what comes back from one.

A modal's id says which command it is for, so that it is understood after a restart too.
"""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.adapters.discord import limits
from bot.adapters.discord.who import Interaction
from bot.voice import Voice
from commands.kit.spec import Command
from commands.kit.words import T

_ID = "form:"
_LONG = {"text", "why"}


def form(command: Command, filled: Mapping[str, str], voice: Voice) -> ui.Modal:
    """Return the modal for the parameters of `command.form`, with what is known filled in."""
    title = limits.cut(voice.plain(T(command.summary)), limits.MODAL_TITLE)
    modal = ui.Modal(title=title, custom_id=f"{_ID}{command.path}")
    for name in command.form[: limits.MODAL_INPUTS]:
        param = command.param(name)
        if param is None:
            raise ValueError(f"/{command.path} has no parameter {name} for its form")
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if name in _LONG else discord.TextStyle.short,
            default=filled.get(name, "")[: limits.INPUT] or None,
            required=param.required,
            max_length=limits.INPUT,
        )
        label = limits.cut(voice.plain(param.type.help), limits.INPUT_LABEL)
        modal.add_item(ui.Label(text=label, component=field))
    return modal


def read_form(interaction: Interaction) -> tuple[str, dict[str, str]] | None:
    """Return command and parameters of a submitted modal of ours; None for any other."""
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if not custom_id.startswith(_ID):
        return None
    given = {}
    for row in data.get("components", []):
        inner = row.get("component")
        for one in [inner] if inner else row.get("components", []):
            given[str(one["custom_id"])] = str(one.get("value", ""))
    return custom_id.removeprefix(_ID), given
