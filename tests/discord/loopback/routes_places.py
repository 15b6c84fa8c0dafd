"""The routes for who and where: the bot, its application, servers, rooms, members."""

from tests.discord.loopback.api import Api, Call, Created, Refused, Routes, unknown
from tests.discord.loopback.clock import Json
from tests.discord.loopback.routes_messages import send
from tests.discord.loopback.rules import At
from tests.discord.loopback.rules_messages import check_message, check_thread
from tests.discord.loopback.shapes import (
    application_json,
    channel_json,
    guild_json,
    member_json,
    message_json,
    role_json,
    stamp_body,
    user_json,
)
from tests.discord.loopback.world import (
    FORUM,
    HISTORY,
    NEWS,
    NEWS_THREAD,
    PRIVATE_THREAD,
    PRIVATE_THREADS,
    PUBLIC_THREAD,
    PUBLIC_THREADS,
    SEND,
    Channel,
)

routes = Routes()


@routes("GET", "/gateway/bot")
async def gateway_bot(api: Api, _: Call) -> Json:
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return {"url": api.gateway.url, "shards": api.gateway.shards, "session_start_limit": limit}


@routes("GET", "/users/@me")
async def me(api: Api, _: Call) -> Json:
    return user_json(api.world.bot) | {"verified": True, "mfa_enabled": True, "flags": 0}


@routes("GET", "/oauth2/applications/@me")
@routes("GET", "/applications/@me")
async def application(api: Api, _: Call) -> Json:
    return application_json(api.world)


@routes("GET", "/users/{user}")
async def user(api: Api, _: Call, user: str) -> Json:
    person = api.world.users.get(int(user))
    if person is None:
        raise unknown("user")
    return user_json(person)


@routes("POST", "/users/@me/channels")
async def talk(api: Api, call: Call) -> Json:
    user = api.world.users.get(int(call.body["recipient_id"]))
    if user is None or user is api.world.bot:
        raise unknown("user")
    return channel_json(api.world.talk(user, api.world.bot))


@routes("GET", "/channels/{channel}")
async def channel(api: Api, _: Call, channel: str) -> Json:
    return channel_json(api.channel(channel))


@routes("GET", "/guilds/{guild}")
async def guild(api: Api, _: Call, guild: str) -> Json:
    inner = ("channels", "threads", "members", "voice_states", "presences")
    fields = guild_json(api.guild(guild), api.world.bot)
    return {key: value for key, value in fields.items() if key not in inner}


@routes("GET", "/guilds/{guild}/channels")
async def channels(api: Api, _: Call, guild: str) -> list[Json]:
    channels = guild_json(api.guild(guild), api.world.bot)["channels"]
    return list(channels)


@routes("GET", "/guilds/{guild}/roles")
async def roles(api: Api, _: Call, guild: str) -> list[Json]:
    server = api.guild(guild)
    return [role_json(server, role) for role in server.roles.values()]


@routes("GET", "/guilds/{guild}/members/{user}")
async def member(api: Api, _: Call, guild: str, user: str) -> Json:
    server = api.guild(guild)
    held = server.members.get(int(user))
    if held is None:
        raise unknown("member" if int(user) in api.world.users else "user")
    return {**member_json(server, held[0]), "user": user_json(held[0])}


@routes("POST", "/channels/{channel}/messages/{message}/threads")
async def thread_of(api: Api, call: Call, channel: str, message: str) -> Json:
    parent = api.channel(channel, PUBLIC_THREADS)
    posted = api.message(parent, message)
    if posted.id in api.world.channels:
        raise Refused(400, 160004, "A thread has already been created for this message")
    kind = NEWS_THREAD if parent.type == NEWS else PUBLIC_THREAD
    return await _thread(api, call, parent, kind, posted.id)


@routes("POST", "/channels/{channel}/threads")
async def thread(api: Api, call: Call, channel: str) -> Json:
    known = api.world.channels.get(int(channel))
    if known is not None and known.type == FORUM:
        return await _forum_post(api, call, api.channel(channel, SEND))
    kind = call.body.get("type", PRIVATE_THREAD)
    needed = PRIVATE_THREADS if kind == PRIVATE_THREAD else PUBLIC_THREADS
    return await _thread(api, call, api.channel(channel, needed), kind)


async def _thread(api: Api, call: Call, parent: Channel, kind: int, number: int = 0) -> Json:
    at = At()
    check_thread(call.body, at)
    api.refuse_if_wrong(call, at)
    thread = api.world.thread(parent, call.body["name"], kind, number)
    thread.archived_after = call.body.get("auto_archive_duration", 1_440)
    data = channel_json(thread)
    await api.gateway.tell("THREAD_CREATE", {**data, "newly_created": True}, thread.guild, 1)
    return Created(data)


async def _forum_post(api: Api, call: Call, forum: Channel) -> Json:
    """Make a thread of a forum with its first message, which has the thread's number."""
    at = At()
    check_thread(call.body, at)
    check_message(call.body["message"], at / "message", files=call.files)
    api.refuse_if_wrong(call, at)
    first = await send(api, forum, stamp_body(api.clock, call.body["message"]), told=False)
    del forum.messages[first.id]
    thread = api.world.thread(forum, call.body["name"], PUBLIC_THREAD, first.id)
    first.channel, thread.messages[first.id] = thread, first
    first.payload["channel_id"] = str(thread.id)
    data = channel_json(thread)
    await api.gateway.tell("THREAD_CREATE", {**data, "newly_created": True}, thread.guild, 1)
    return Created({**data, "message": message_json(first)})


@routes("GET", "/channels/{channel}/threads/archived/public")
async def list_archive(api: Api, _: Call, channel: str) -> Json:
    api.channel(channel, HISTORY)
    return {"threads": [], "members": [], "has_more": False}
