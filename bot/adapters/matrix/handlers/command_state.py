"""Descriptions of the commands for clients that offer them as one types (MSC4391).

They are state of a room, so they are put only where the bot may, and only when they changed.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.homeserver_errors import Denied
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.i18n.formatter import Voice
from commands.kit.command import Command, Param
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf

KIND = "org.matrix.msc4391.command_description"


def descriptions(
    commands: Iterable[Command], voice: Voice, me: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a state key and a content for each command of a reader."""
    for command in commands:
        if command.role is Role.READER:
            key = b64encode(hashlib.sha256(f"{command.path}{me}".encode()).digest()).decode()
            shown = [p for p in command.params if not p.hidden and p.role is Role.READER]
            summary = _text(voice.plain(T(command.summary)))
            parameters = [_parameter(param, voice) for param in shown]
            yield key, {"command": command.path, "description": summary, "parameters": parameters}


async def describe(context: AdapterContext, room: MatrixRoom) -> None:
    """Put the descriptions into a room, if the bot may and they are not what is there."""
    if room.alone or room.is_space or not room.may_send(context.me.id, KIND):
        return
    commands = context.port.dispatch.desk.commands
    state = list(descriptions(commands, context.port.speak(""), context.me.id))
    digest = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()
    place = f"matrix:described:{room.id}"
    if await context.port.memory.value(place) == digest:
        return
    try:
        for key, content in state:
            await context.client.put_state(room.id, KIND, key, content)
    except Denied as error:
        context.port.log("commands not described", platform=PLATFORM, code=error.code)
    else:
        await context.port.memory.keep(place, digest)


def _parameter(param: Param, voice: Voice) -> dict[str, Any]:
    parameter: dict[str, Any] = {
        "key": param.name,
        "schema": _schema(param),
        "description": _text(voice.plain(param.type.help)),
    }
    return parameter if param.required else {**parameter, "optional": True}


def _schema(param: Param) -> dict[str, Any]:
    if not isinstance(param.type, OneOf):
        return {"schema_type": "primitive", "type": "string"}
    literal = {"schema_type": "literal", "literal_type": "string"}
    variants = [{**literal, "value": value} for value in param.type.choices]
    return {"schema_type": "union", "variants": variants}


def _text(text: str) -> dict[str, Any]:
    return {"m.text": [{"body": text}]}
