"""The routes for messages in rooms."""

from typing import Any

from tests.discord.loopback.api import Api, Call, Refused, Routes
from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import At
from tests.discord.loopback.rules_messages import check_message
from tests.discord.loopback.shapes import event_json, message_json, stamp_body
from tests.discord.loopback.world import (
    HISTORY,
    MANAGE_MESSAGES,
    NEWS,
    SEND,
    SEND_IN_THREADS,
    THREADS,
    Channel,
    Message,
)

routes = Routes()
NONCE_S = 300
"""For how long a nonce is remembered: "the past few minutes"."""
ROOM = "/channels/{channel}/messages"
ONE = ROOM + "/{message}"
CROSSPOSTED, REPLY = 1 << 0, 19


def _room(api: Api, text: str) -> Channel:
    known = api.world.channels.get(int(text))
    in_thread = known is not None and known.type in THREADS
    return api.channel(text, SEND_IN_THREADS if in_thread else SEND)


@routes("POST", ROOM)
async def post(api: Api, call: Call, channel: str) -> Json:
    room = _room(api, channel)
    at = At()
    check_message(call.body, at, files=call.files)
    api.refuse_if_wrong(call, at)
    nonce = call.body.get("nonce")
    if nonce is not None and call.body.get("enforce_nonce"):
        for known in room.messages.values():
            fresh = api.clock.now() - known.sent_at < NONCE_S
            if known.author is api.world.bot and known.nonce == str(nonce) and fresh:
                return message_json(known) | {"nonce": known.nonce}
    extra = _reference(api, room, call.body.get("message_reference"))
    message = await send(api, room, {**stamp_body(api.clock, call.body), **extra}, nonce=nonce)
    return message_json(message) | ({"nonce": message.nonce} if message.nonce is not None else {})


def _reference(api: Api, room: Channel, reference: Any) -> Json:
    """Return what makes a message a reply."""
    if not reference:
        return {}
    if not room.permissions(api.world.bot) & HISTORY:
        raise Refused(403, 160002, "Cannot reply without permission to read message history")
    message = room.messages.get(int(reference["message_id"]))
    if message is None and reference.get("fail_if_not_exists", True):
        errors = {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}
        body = {"message_reference": errors}
        raise Refused(400, 50035, "Invalid Form Body", body)
    if message is None:
        return {}
    where = {"type": 0, "channel_id": str(room.id), "message_id": str(message.id)}
    if room.guild:
        where["guild_id"] = str(room.guild.id)
    quoted = message_json(message)
    return {"type": REPLY, "message_reference": where, "referenced_message": quoted}


async def send(
    api: Api, room: Channel, payload: Json, *, nonce: object = None, told: bool = True
) -> Message:
    """Put a message of the bot's into a room, and tell the bot of it as Discord does."""
    edited = api.world.message(room, api.world.bot, **{**payload, "edited_timestamp": None})
    edited.nonce = None if nonce is None else str(nonce)
    if told and not edited.ephemeral:
        data = event_json(edited)
        await api.gateway.tell_message("MESSAGE_CREATE", data, room, seen=True)
    api.pulse.beat()
    return edited


async def change(api: Api, call: Call, message: Message, body: Json) -> None:
    """Change a message after checking what it is to become."""
    at = At()
    check_message(body, at, files=call.files, known=message.payload)
    api.refuse_if_wrong(call, at)
    flags = message.payload["flags"] | (body.get("flags") or 0)
    message.payload |= stamp_body(api.clock, body) | {"flags": flags}
    await announce_edit(api, message)


async def announce_edit(api: Api, message: Message) -> None:
    message.edits += 1
    if not message.ephemeral:
        await api.gateway.tell_message(
            "MESSAGE_UPDATE", event_json(message), message.channel, seen=True
        )
    api.pulse.beat()


async def remove(api: Api, message: Message) -> None:
    """Delete a message."""
    message.deleted = True
    message.channel.messages.pop(message.id, None)
    guild = message.channel.guild
    data = {"id": str(message.id), "channel_id": str(message.channel.id)}
    if guild is not None:
        data["guild_id"] = str(guild.id)
    if not message.ephemeral:
        await api.gateway.tell_message("MESSAGE_DELETE", data, message.channel, seen=True)
    api.pulse.beat()


@routes("GET", ROOM)
async def recent(api: Api, call: Call, channel: str) -> list[Json]:
    room = api.channel(channel)
    if not room.permissions(api.world.bot) & HISTORY:
        return []
    most = int(call.query.get("limit", "50"))
    if not 1 <= most <= 100:
        raise Refused(400, 50035, "Invalid Form Body")
    before, after = int(call.query.get("before", 1 << 63)), int(call.query.get("after", 0))
    messages = [message for message in room.messages.values() if after < message.id < before]
    chosen = messages[:most] if after else messages[-most:]
    return [message_json(message) for message in reversed(chosen)]


@routes("GET", ONE)
async def read(api: Api, _: Call, channel: str, message: str) -> Json:
    return message_json(api.message(api.channel(channel, HISTORY), message))


@routes("PATCH", ONE)
async def edit(api: Api, call: Call, channel: str, message: str) -> Json:
    posted = api.message(api.channel(channel), message)
    if posted.author is not api.world.bot:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    await change(api, call, posted, call.body)
    return message_json(posted)


@routes("DELETE", ONE)
async def delete(api: Api, _: Call, channel: str, message: str) -> None:
    room = api.channel(channel)
    posted = api.message(room, message)
    if posted.author is not api.world.bot and not room.permissions(api.world.bot) & MANAGE_MESSAGES:
        raise Refused(403, 50013, "Missing Permissions")
    await remove(api, posted)


@routes("POST", ONE + "/crosspost")
async def crosspost(api: Api, _: Call, channel: str, message: str) -> Json:
    room = _room(api, channel)
    posted = api.message(room, message)
    if room.type != NEWS:
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    own = posted.author is api.world.bot
    if not own and not room.permissions(api.world.bot) & MANAGE_MESSAGES:
        raise Refused(403, 50013, "Missing Permissions")
    if posted.crossposted:
        raise Refused(400, 40033, "This message has already been crossposted")
    posted.crossposted = True
    posted.payload["flags"] |= CROSSPOSTED
    await announce_edit(api, posted)
    return message_json(posted)


@routes("POST", "/channels/{channel}/typing")
async def typing(api: Api, _: Call, channel: str) -> None:
    _room(api, channel)
