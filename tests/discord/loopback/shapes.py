"""People, rooms and messages as the API writes them."""

from datetime import UTC, datetime

from tests.discord.loopback.clock import EPOCH_MS, SHARD_BITS, Json, ServerClock
from tests.discord.loopback.rules_components import inside
from tests.discord.loopback.world import (
    DM,
    FORUM,
    GROUP,
    THREADS,
    VOICE,
    Channel,
    Guild,
    Message,
    Role,
    User,
    World,
)

JOINED = "2024-02-01T12:00:00+00:00"


def user_json(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.name.lower().replace(" ", "_"),
        "global_name": user.name,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "bot": user.bot,
        "system": False,
        "public_flags": 0,
        "clan": None,
        "primary_guild": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }


def member_json(guild: Guild, user: User) -> Json:
    """Return a member without the user, as beside a message's author."""
    return {
        "roles": [str(role.id) for role in guild.members[user.id][1]],
        "nick": None,
        "avatar": None,
        "banner": None,
        "joined_at": JOINED,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def role_json(guild: Guild, role: Role) -> Json:
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": list(guild.roles).index(role.id),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel_json(channel: Channel) -> Json:
    fields: Json = {"id": str(channel.id), "type": channel.type, "flags": 0}
    fields["last_message_id"] = str(max(channel.messages)) if channel.messages else None
    if channel.type == DM:
        return {
            **fields,
            "recipients": [user_json(person) for person in channel.people if not person.bot],
        }
    if channel.type == GROUP:
        people = [user_json(person) for person in channel.people]
        owner = str(channel.people[0].id)
        return {**fields, "name": None, "icon": None, "owner_id": owner, "recipients": people}
    assert channel.guild is not None, "All other rooms are in servers."
    fields |= {
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "parent_id": str(channel.parent.id) if channel.parent else None,
        "rate_limit_per_user": 0,
        "nsfw": False,
    }
    return fields | (_thread(channel) if channel.type in THREADS else _room(channel))


def _room(channel: Channel) -> Json:
    denied = [
        {"id": str(user), "type": 1, "allow": "0", "deny": str(bits)}
        for user, bits in channel.denied.items()
    ]
    fields = {"topic": None, "position": 0, "permission_overwrites": denied}
    if channel.type == VOICE:
        voice = {"bitrate": 64_000, "user_limit": 0, "rtc_region": None, "video_quality_mode": 1}
        return fields | voice
    return fields | ({"available_tags": []} if channel.type == FORUM else {})


def _thread(channel: Channel) -> Json:
    return {
        "owner_id": str(channel.owner),
        "message_count": len(channel.messages),
        "member_count": 1,
        "total_message_sent": len(channel.messages),
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": channel.archived_after,
            "archive_timestamp": JOINED,
            "locked": False,
            "create_timestamp": _creation_time(channel.id),
        },
    }


def _creation_time(number: int) -> str:
    """Return when something was made, as its id tells."""
    milliseconds = (number >> SHARD_BITS) + EPOCH_MS
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


def guild_json(guild: Guild, bot: User) -> Json:
    """Return a server as GUILD_CREATE has it for a bot without the members intent."""
    rooms = [channel for channel in guild.channels.values() if channel.type not in THREADS]
    threads = [channel for channel in guild.channels.values() if channel.type in THREADS]
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(next(iter(guild.members))),
        "preferred_locale": guild.locale,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "features": ["COMMUNITY"],
        "emojis": [],
        "stickers": [],
        "roles": [role_json(guild, role) for role in guild.roles.values()],
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [{**member_json(guild, bot), "user": user_json(bot)}],
        "channels": [channel_json(room) for room in rooms],
        "threads": [channel_json(thread) for thread in threads],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message_json(message: Message) -> Json:
    return {**message.payload, "author": user_json(message.author)}


def event_json(message: Message) -> Json:
    """Return a message as the gateway tells of it: with where it is and who wrote it there."""
    fields = message_json(message) | {"channel_type": message.channel.type}
    guild = message.channel.guild
    if message.nonce is not None:
        fields["nonce"] = message.nonce
    if guild is None:
        return fields
    fields["guild_id"] = str(guild.id)
    if message.author.id in guild.members and "webhook_id" not in fields:
        fields["member"] = member_json(guild, message.author)
    return fields


def application_json(world: World) -> Json:
    return {
        "id": str(world.app),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": user_json(world.owner),
        "team": None,
        "tags": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "integration_types_config": {"0": {}, "1": {}},
        "approximate_guild_count": len(world.guilds),
    }


def number_components(components: list[Json]) -> list[Json]:
    """Return components with the numbers that Discord gives to those that have none."""
    taken = {component["id"] for component in inside(components) if component.get("id")}
    free = (number for number in range(1, 1_000) if number not in taken)

    def complete(component: Json) -> Json:
        whole = {**component, "id": component.get("id") or next(free)}
        for key in ("components", "items"):
            if key == "components" and key in component:
                whole[key] = [complete(part) for part in component[key]]
        for key in ("accessory", "component"):
            if component.get(key):
                whole[key] = complete(component[key])
        return whole

    return [complete(component) for component in components]


def stamp_body(clock: ServerClock, body: Json) -> Json:
    """Return of a message's body what is kept of it."""
    kept: Json = {key: body[key] for key in ("content", "embeds", "flags", "tts") if key in body}
    if "components" in body:
        kept["components"] = number_components(body["components"] or [])
    if "content" in kept:
        kept["content"] = kept["content"] or ""
    return kept | {"edited_timestamp": clock.stamp()}
