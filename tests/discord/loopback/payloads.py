"""What Discord sends when a member does something, as a client lets them do it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules_commands import GROUP, SUB
from tests.discord.loopback.shapes import channel_json, member_json, role_json, user_json
from tests.discord.loopback.world import (
    ADMINISTRATOR,
    DM,
    Attachment,
    Channel,
    Guild,
    Role,
    User,
    World,
)

IN_GUILD, IN_DM, IN_PRIVATE = 0, 1, 2
TEXT, WHOLE, SWITCH, NUMBER = 3, 4, 5, 10
THINGS = (6, 7, 8, 9, 11)
FILE_LIMIT = 10 * 1024 * 1024


def context(world: World, channel: Channel) -> int:
    if channel.guild is not None:
        return IN_GUILD
    alone = channel.type == DM and world.bot in channel.people
    return IN_DM if alone else IN_PRIVATE


def owners(world: World, channel: Channel, user: User) -> dict[str, str]:
    """Return through whom the bot is here: the server, the member, or both."""
    fields = {}
    if channel.guild is not None and channel.guild.installed:
        fields["0"] = str(channel.guild.id)
    elif context(world, channel) == IN_DM:
        fields["0"] = "0"
    if user.installed:
        fields["1"] = str(user.id)
    return fields


def scene(world: World, channel: Channel, user: User) -> Json:
    """Return what every interaction says of who and where."""
    has = channel.permissions(user)
    fields: Json = {
        "application_id": str(world.app),
        "version": 1,
        "channel_id": str(channel.id),
        "channel": channel_json(channel) | {"permissions": str(has)},
        "app_permissions": str(channel.permissions(world.bot)),
        "locale": user.locale,
        "context": context(world, channel),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": FILE_LIMIT,
    }
    guild = channel.guild
    if guild is None:
        return fields | {"user": user_json(user)}
    return fields | {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": ["COMMUNITY"]},
        "guild_locale": guild.locale,
        "member": member_json(guild, user) | {"user": user_json(user), "permissions": str(has)},
    }


def find_command(world: World, channel: Channel, user: User, name: str, kind: int) -> Json:
    """Return a command that this member sees here, or say why it is not seen."""
    named = [command for command in world.offered(channel.guild) if command["name"] == name]
    of_kind = [command for command in named if command["type"] == kind]
    assert of_kind, (
        f"No command {name!r}; there are {[command['name'] for command in world.commands[None]]}"
    )
    command = of_kind[0]
    contexts = command.get("contexts")
    if contexts is None:
        contexts = [IN_GUILD] if command.get("dm_permission") is False else [0, 1, 2]
    assert context(world, channel) in contexts, f"{name!r} is not offered in this kind of room."
    through = {int(owner) for owner in owners(world, channel, user)}
    assert through & set(command["integration_types"]), f"{name!r}: the bot is not installed here."
    needed = command["default_member_permissions"]
    has = channel.permissions(user)
    if needed is not None and channel.guild is not None and not has & ADMINISTRATOR:
        allowed = int(needed) and has & int(needed) == int(needed)
        assert allowed, f"{name!r} is not offered to {user.name}."
    return command


def _command_fields(command: Json) -> Json:
    """Return what data of every kind says of its command; a server's own says whose it is."""
    return {key: command[key] for key in ("id", "name", "type", "guild_id") if key in command}


def menu_data(command: Json, target: int, resolved: Json) -> Json:
    """Return the data of a command in somebody's or a message's menu."""
    return _command_fields(command) | {"target_id": str(target), "resolved": resolved}


def command_data(
    command: Json, path: Sequence[str], given: Mapping[str, Any], where: Channel, focused: str = ""
) -> Json:
    """Return a slash command's data; `focused` names the option that is being typed."""
    resolved: Json = {}
    data = _command_fields(command)
    inner = data
    options = command.get("options") or []
    for word in path:
        subcommands = [
            option
            for option in options
            if option["name"] == word and option["type"] in (SUB, GROUP)
        ]
        assert subcommands, f"No {word!r} under {command['name']!r}."
        part = {"name": word, "type": subcommands[0]["type"]}
        inner["options"] = [part]
        inner, options = part, subcommands[0].get("options") or []
    strange = set(given) - {option["name"] for option in options}
    assert not strange, f"{command['name']!r} has no option {strange}."
    inner["options"] = []
    for option in options:
        name = option["name"]
        if name in given:
            typing = name == focused
            value = (
                str(given[name]) if typing else _value(option, given[name], where.guild, resolved)
            )
            filled = {"name": name, "type": option["type"], "value": value}
            inner["options"].append(filled | ({"focused": True} if typing else {}))
        elif not focused:
            assert not option.get("required"), f"{name!r} must be given."
    return data | ({"resolved": resolved} if resolved else {})


def type_in_focus(data: Json) -> int:
    """Return the type of the option that is being typed."""
    for option in data.get("options") or []:
        if option.get("focused"):
            return int(option["type"])
        if option["type"] in (SUB, GROUP):
            return type_in_focus(option)
    raise AssertionError("Nothing is being typed.")


def _value(option: Json, value: Any, guild: Guild | None, resolved: Json) -> Any:
    """Return a value as a client lets a member give it."""
    kind, name = option["type"], option["name"]
    if kind in THINGS:
        resolve(value, guild, resolved)
        return str(value.id)
    if option.get("choices"):
        allowed = [choice["value"] for choice in option["choices"]]
        assert value in allowed, f"{name!r}: {value!r} is none of {allowed}."
    if kind == SWITCH:
        return bool(value)
    if kind in (WHOLE, NUMBER):
        least, most = option.get("min_value"), option.get("max_value")
        fits = (least is None or value >= least) and (most is None or value <= most)
        assert fits, f"{name!r}: {value} is not from {least} to {most}."
        return int(value) if kind == WHOLE else float(value)
    assert kind == TEXT, f"{name!r}: options of type {kind} are not simulated."
    least, most = option.get("min_length") or 0, option.get("max_length") or 6_000
    assert least <= len(str(value)) <= most, f"{name!r}: {len(str(value))} characters."
    return str(value)


def resolve(thing: Any, guild: Guild | None, resolved: Json) -> None:
    """Add what a chosen person, role or room is, or a file that is sent."""
    thing = getattr(thing, "user", thing)
    number = str(thing.id)
    if isinstance(thing, User):
        resolved.setdefault("users", {})[number] = user_json(thing)
        if guild is not None and thing.id in guild.members:
            member = member_json(guild, thing)
            member["permissions"] = str(guild.permissions(thing))
            resolved.setdefault("members", {})[number] = member
    elif isinstance(thing, Role) and guild is not None:
        resolved.setdefault("roles", {})[number] = role_json(guild, thing)
    elif isinstance(thing, Channel):
        kept = (
            "id",
            "name",
            "type",
            "parent_id",
            "thread_metadata",
            "flags",
            "owner_id",
            "message_count",
            "member_count",
        )
        room = {key: value for key, value in channel_json(thing).items() if key in kept}
        resolved.setdefault("channels", {})[number] = room | {"permissions": "0"}
    elif isinstance(thing, Attachment):
        file = {"id": number, "filename": thing.name, "size": len(thing.data)}
        where = {"url": thing.url, "proxy_url": thing.url}
        resolved.setdefault("attachments", {})[number] = file | where
    else:
        raise AssertionError(f"Not a person, role, room or file: {thing!r}")
