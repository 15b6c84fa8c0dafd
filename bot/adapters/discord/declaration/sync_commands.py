"""Declaring the commands: only when they are not what Discord has."""

import hashlib
import json
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.interactions.delivery import LOST, reason
from bot.adapters.discord.interactions.identity import PLATFORM
from bot.platform import Port


class Declarations:
    """The commands of a client as Discord takes them, in every language.

    The library asks for a translation of each text into each of its thirty languages: that is done
    once for each server, and for all.
    """

    def __init__(self, tree: app_commands.CommandTree[Any], port: Port) -> None:
        self._tree, self._port = tree, port
        self._payloads: dict[int | None, list[dict[str, Any]]] = {}

    async def sync(self, where: discord.Object | None) -> None:
        """Send the commands of a server, or of all, to Discord unless it has just these.

        It gives each declaration a number of its own, so what it lists tells whether it is ours.
        """
        payload = await self._payload(where)
        key = f"discord:commands:{self._app}:{where.id if where else 'global'}"
        try:
            listed = await self._read_versions(where)
            if await self._port.memory.value(key) == _mark(payload, listed):
                return
            await self._send(where, payload)
            mark = _mark(payload, await self._read_versions(where))
        except LOST as error:  # what was declared last is still there to be used
            self._port.log("commands not declared", platform=PLATFORM, why=reason(error))
        else:
            await self._port.memory.keep(key, mark)

    @property
    def _app(self) -> int:
        app: int | None = self._tree.client.application_id
        assert app is not None  # noqa: S101 -- known since the bot logged in
        return app

    async def _payload(self, where: discord.Object | None) -> list[dict[str, Any]]:
        at = where.id if where else None
        if at not in self._payloads:
            tree, translator = self._tree, self._tree.translator
            assert translator is not None  # noqa: S101 -- set before anything is declared
            commands = tree.get_commands(guild=where, type=None)
            self._payloads[at] = [
                await command.get_translated_payload(tree, translator) for command in commands
            ]
        return self._payloads[at]

    async def _send(self, where: discord.Object | None, payload: list[dict[str, Any]]) -> None:
        http = self._tree.client.http
        if where is None:
            await http.bulk_upsert_global_commands(self._app, payload=payload)
        else:
            await http.bulk_upsert_guild_commands(self._app, where.id, payload=payload)

    async def _read_versions(self, where: discord.Object | None) -> list[tuple[str, str]]:
        """Return the number of each command that Discord has, and of its version."""
        http = self._tree.client.http
        if where is None:
            commands = await http.get_global_commands(self._app)
        else:
            commands = await http.get_guild_commands(self._app, where.id)
        return sorted((str(command["id"]), str(command.get("version"))) for command in commands)


def _mark(payload: list[dict[str, Any]], listed: list[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps([payload, listed], sort_keys=True).encode()).hexdigest()
