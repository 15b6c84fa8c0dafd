"""What a message says of a command that replies to it: its words, day, author and address.

It fills what the same command's entry in a message's menu fills on other platforms, and never what
the line itself gives.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from urllib.parse import quote

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.handlers.read_events import read_replied_event
from bot.adapters.matrix.protocol.events import Event, body_of, text_at
from bot.adapters.matrix.protocol.room import MatrixRoom
from commands.kit.command import Command
from commands.kit.errors import UserError
from commands.kit.parser import read_line

_TO_GO_ON = "draft"


async def prefill_params(
    context: AdapterContext, room: MatrixRoom, event: Event, line: str
) -> Mapping[str, str]:
    """Return what the message to which this line replies says of its parameters."""
    dispatch = context.port.dispatch
    path, words = dispatch.split(line)
    command = dispatch.find(path)
    sender = text_at(event, "sender")
    if command is None or not command.fills_from_reply:
        return {}
    if context.role(room, sender) < command.role:
        return {}
    try:
        given = read_line(command, words)
    except UserError:  # it is refused as a whole, by whoever reads it next
        return {}
    if _TO_GO_ON in given:
        return {}
    message = await read_replied_event(context, event)
    if message is None or text_at(message, "sender") == context.me.id:
        return {}
    known = values_of_message(message, room, command, dispatch.desk.zone)
    return {name: value for name, value in known.items() if name not in given}


def values_of_message(
    message: Event, room: MatrixRoom, command: Command, zone: tzinfo
) -> Mapping[str, str]:
    """Return what a message says of a command's parameters."""
    sender, sent = text_at(message, "sender"), message.get("origin_server_ts")
    text = body_of(message) if message.get("type") == "m.room.message" else ""
    known = {
        "text": text,
        "day": _day(sent, zone) if isinstance(sent, int) else "",
        "by": room.name_of(sender),
        "source": permalink(room.id, text_at(message, "event_id"), sender),
    }
    return {name: value for name, value in known.items() if command.param(name) and value.strip()}


def permalink(room: str, event: str, sender: str) -> str:
    """Return the address of a message, by way of its author's server.

    https://spec.matrix.org/latest/appendices/#matrixto-navigation
    """
    via = sender.partition(":")[2]
    way = f"?via={quote(via, safe='')}" if via else ""
    return f"https://matrix.to/#/{quote(room, safe='')}/{quote(event, safe='')}{way}"


def _day(sent: int, zone: tzinfo) -> str:
    try:
        return datetime.fromtimestamp(sent / 1000, zone).date().isoformat()
    except (ValueError, OverflowError, OSError):  # another server may write any number
        return ""
