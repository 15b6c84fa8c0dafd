"""The routes for declaring commands."""

from tests.discord.loopback.api import Api, Call, Refused, Routes, unknown
from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import At
from tests.discord.loopback.rules_commands import check_command, check_commands

routes = Routes()
COMMANDS = "/applications/{app}/commands"
OF_GUILD = "/applications/{app}/guilds/{guild}/commands"


def _place(api: Api, app: str, guild: str | None) -> int | None:
    if int(app) != api.world.app:
        raise Refused(
            403, 20012, "You are not authorized to perform this action on this application"
        )
    return None if guild is None else api.guild(guild).id


def _complete_command(api: Api, body: Json, place: int | None) -> Json:
    """Return a command as it is kept: what was sent, with what the API adds."""
    known = [command for command in api.world.commands.get(place, []) if _same(command, body)]
    permissions = body.get("default_member_permissions")
    fields = {
        "id": known[0]["id"] if known else str(api.clock.snowflake()),
        "application_id": str(api.world.app),
        "version": str(api.clock.snowflake()),
        "type": 1,
        "description": "",
        "nsfw": False,
        "contexts": None,
        **body,
        "integration_types": body.get("integration_types") or [0],
        "default_member_permissions": None if permissions is None else str(permissions),
    }
    return fields if place is None else {**fields, "guild_id": str(place)}


def _same(command: Json, other: Json) -> bool:
    return (command["name"], command["type"]) == (other.get("name"), other.get("type", 1))


@routes("GET", COMMANDS)
@routes("GET", OF_GUILD)
async def list_commands(api: Api, _: Call, app: str, guild: str | None = None) -> list[Json]:
    return api.world.commands.get(_place(api, app, guild), [])


@routes("PUT", COMMANDS)
@routes("PUT", OF_GUILD)
async def replace(api: Api, call: Call, app: str, guild: str | None = None) -> list[Json]:
    place = _place(api, app, guild)
    at = At()
    check_commands(call.body, at)
    api.refuse_if_wrong(call, at)
    api.world.commands[place] = [_complete_command(api, command, place) for command in call.body]
    return api.world.commands[place]


@routes("POST", COMMANDS)
@routes("POST", OF_GUILD)
async def add(api: Api, call: Call, app: str, guild: str | None = None) -> Json:
    place = _place(api, app, guild)
    at = At()
    check_command(call.body, at)
    api.refuse_if_wrong(call, at)
    commands = _complete_command(api, call.body, place)
    others = [
        command for command in api.world.commands.get(place, []) if not _same(command, call.body)
    ]
    api.world.commands[place] = [*others, commands]
    return commands


@routes("GET", COMMANDS + "/{command}")
@routes("GET", OF_GUILD + "/{command}")
async def one(api: Api, _: Call, app: str, command: str, guild: str | None = None) -> Json:
    for declared in api.world.commands.get(_place(api, app, guild), []):
        if declared["id"] == command:
            return declared
    raise unknown("command")


@routes("DELETE", COMMANDS + "/{command}")
@routes("DELETE", OF_GUILD + "/{command}")
async def remove(api: Api, call: Call, app: str, command: str, guild: str | None = None) -> None:
    place = _place(api, app, guild)
    declared = await one(api, call, app=app, command=command, guild=guild)
    api.world.commands[place].remove(declared)
