"""/desk place: what places are called, and those that no gazetteer has."""

import re
from typing import Annotated

from typing_extensions import override

from commands.kit.command import ParamType, command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf, echo
from commands.kit.reply import Reply
from commands.shared.desk_names import (
    PLACE,
    NameOrReference,
    answer_change,
    check_new_name,
    find_place,
)
from commands.shared.record_changes import reason
from store.editing.registry import NewPlace

_DO = {"add": T("add one"), "alias": T("add another name"), "prefer": T("rename")}
_DEGREES = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,6})?), ?(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)")
_NORTH, _EAST = 90, 180


class Degrees(ParamType, frozen=True):
    """Latitude and longitude, WGS 84; read as the text of both."""

    help: T
    shape: str = "48.28,37.18"
    example: str = "48.28,37.18"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        degrees = _DEGREES.fullmatch(text.strip())
        if not degrees or abs(float(degrees[1])) > _NORTH or abs(float(degrees[2])) > _EAST:
            raise BadParam(
                T("“{text}” is not a point on the map. Write 48.28,37.18.", text=echo(text))
            )
        return f"{degrees[1]},{degrees[2]}"


@command(role=Role.MODERATOR, group="desk")
async def place(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, NameOrReference(T("Its name, or P-704422"), PLACE)],
    value: Annotated[str, FreeText(T("Its other name"), "VALUE", raw=False)] = "",
    *,
    oblast: Annotated[str, FreeText(T("Its oblast, if new"), "OBLAST", raw=False)] = "",
    local: Annotated[str, FreeText(T("Its local name, if new"), "NAME", raw=False)] = "",
    at: Annotated[str, Degrees(T("Latitude and longitude, if new"))] = "",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """Add a place that the gazetteer lacks, give one another name, or prefer one."""
    registry = ctx.store.registry
    if do == "add":
        north, east = map(float, at.split(",")) if at else (None, None)
        new = NewPlace(check_new_name(f"{name} {value}"), local, oblast, north, east)
        return await answer_change(
            ctx, await registry.add_place(ctx.act("add", why), new), undo=False
        )
    of, to = await find_place(name, ctx), check_new_name(value, "value")
    if do == "alias":
        return await answer_change(ctx, await registry.name_place(ctx.act("alias", why), of.id, to))
    return await answer_change(ctx, await registry.prefer(ctx.act("prefer", why), of.ref, to))
