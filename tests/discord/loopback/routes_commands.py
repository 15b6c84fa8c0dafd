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


def _declared(api: Api, body: Json, place: int | None) -> Json:
    """Return a command as it is kept: what was sent, with what the API adds."""
    known = [one for one in api.world.commands.get(place, []) if _same(one, body)]
    permissions = body.get("default_member_permissions")
    found = {
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
    return found if place is None else {**found, "guild_id": str(place)}


def _same(one: Json, other: Json) -> bool:
    return (one["name"], one["type"]) == (other.get("name"), other.get("type", 1))


@routes("GET", COMMANDS)
@routes("GET", OF_GUILD)
async def listed(api: Api, _: Call, app: str, guild: str | None = None) -> list[Json]:
    return api.world.commands.get(_place(api, app, guild), [])


@routes("PUT", COMMANDS)
@routes("PUT", OF_GUILD)
async def replace(api: Api, call: Call, app: str, guild: str | None = None) -> list[Json]:
    place = _place(api, app, guild)
    at = At()
    check_commands(call.body, at)
    api.refuse_if_wrong(call, at)
    api.world.commands[place] = [_declared(api, one, place) for one in call.body]
    return api.world.commands[place]


@routes("POST", COMMANDS)
@routes("POST", OF_GUILD)
async def add(api: Api, call: Call, app: str, guild: str | None = None) -> Json:
    place = _place(api, app, guild)
    at = At()
    check_command(call.body, at)
    api.refuse_if_wrong(call, at)
    made = _declared(api, call.body, place)
    others = [one for one in api.world.commands.get(place, []) if not _same(one, call.body)]
    api.world.commands[place] = [*others, made]
    return made


@routes("GET", COMMANDS + "/{command}")
@routes("GET", OF_GUILD + "/{command}")
async def one(api: Api, _: Call, app: str, command: str, guild: str | None = None) -> Json:
    for found in api.world.commands.get(_place(api, app, guild), []):
        if found["id"] == command:
            return found
    raise unknown("command")


@routes("DELETE", COMMANDS + "/{command}")
@routes("DELETE", OF_GUILD + "/{command}")
async def remove(api: Api, call: Call, app: str, command: str, guild: str | None = None) -> None:
    place = _place(api, app, guild)
    found = await one(api, call, app=app, command=command, guild=guild)
    api.world.commands[place].remove(found)
