"""Declaring the commands: only when they are not what Discord has."""

import hashlib
import json
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.interactions.delivery import LOST, reason
from bot.adapters.discord.interactions.identity import PLATFORM
from bot.platform import Port


async def sync_commands(
    tree: app_commands.CommandTree[Any], port: Port, where: discord.Object | None
) -> None:
    """Send the commands of a server, or of all, to Discord unless it has just these.

    It gives each declaration a number of its own, so what it lists tells whether it is ours.
    """
    payload = await _payload(tree, where)
    key = f"discord:commands:{tree.client.application_id}:{where.id if where else 'global'}"
    try:
        listed = await _read_versions(tree, where)
        if await port.memory.value(key) == _mark(payload, listed):
            return
        await tree.sync(guild=where)
        mark = _mark(payload, await _read_versions(tree, where))
    except LOST as error:  # what was declared last is still there to be used
        port.log("commands not declared", platform=PLATFORM, why=reason(error))
    else:
        await port.memory.keep(key, mark)


async def _payload(
    tree: app_commands.CommandTree[Any], where: discord.Object | None
) -> list[dict[str, Any]]:
    translator = tree.translator
    assert translator is not None  # noqa: S101 -- set before anything is declared
    commands = tree.get_commands(guild=where, type=None)
    return [await command.get_translated_payload(tree, translator) for command in commands]


async def _read_versions(
    tree: app_commands.CommandTree[Any], where: discord.Object | None
) -> list[tuple[str, str]]:
    """Return the number of each command that Discord has, and of its version."""
    http, app = tree.client.http, tree.client.application_id
    assert app is not None  # noqa: S101 -- known since the bot logged in
    if where is None:
        commands = await http.get_global_commands(app)
    else:
        commands = await http.get_guild_commands(app, where.id)
    return sorted((str(command["id"]), str(command.get("version"))) for command in commands)


def _mark(payload: list[dict[str, Any]], listed: list[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps([payload, listed], sort_keys=True).encode()).hexdigest()
