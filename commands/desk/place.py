"""/desk place: what places are called, and those that no gazetteer has."""

import re
from collections.abc import Sequence
from typing import Annotated

from typing_extensions import override

from commands.kit.command import ParamType, command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotFound
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf, echo
from commands.kit.reply import Choice, Reply
from commands.kit.vocabulary import oblast as name_oblast
from commands.shared.desk_names import (
    PLACE,
    NameOrReference,
    answer_change,
    check_new_name,
    find_place,
)
from commands.shared.record_changes import reason
from store.editing.registry import NewPlace
from store.model.entry import Place
from store.places.phrase import AreaKind, unit_of
from store.places.recognition import Certainty, Recognition

_DO = {"add": T("add one"), "alias": T("add another name"), "prefer": T("rename")}
_DEGREES = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,6})?), ?(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)")
_NORTH, _EAST = 90, 180
_OFFERED = 3


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


class KnownOblast(ParamType, frozen=True):
    """An oblast by any of its names, or by that of its city; read as the name on record."""

    help: T
    shape: str = "OBLAST"
    example: str = "Donetsk Oblast"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        answers = [
            await ctx.store.places.recognise(name, writing=True)
            for name in (text, f"{text} oblast", _leave_unit_out(text))
        ]
        settled = [
            answer.candidates[0].place for answer in answers if answer.outcome is Certainty.SETTLED
        ]
        for is_oblast in (_is_region, _is_city_of_its_own):
            for place in filter(is_oblast, settled):
                return place.oblast
        near = {place.oblast: place for place in _list_places(answers) if place.oblast}
        near = near or {place.oblast: place for place in await ctx.store.places.on_record(1)}
        choices = tuple(Choice(name_oblast(place), name) for name, place in near.items())
        missing = T("No oblast “{name}” is known here. Write one such as:", name=echo(text))
        raise NotFound(missing, code=Code.UNKNOWN_PLACE, choices=choices[:_OFFERED])


def _leave_unit_out(text: str) -> str:
    """Return the bare name of "Donetzk Oblast" or "Kyiv (city)"."""
    return text.rsplit(None, 1)[0] if unit_of(text) is AreaKind.REGION else text.partition(" (")[0]


def _is_region(place: Place) -> bool:
    return place.kind == "region"


def _is_city_of_its_own(place: Place) -> bool:
    return place.oblast.startswith(f"{place.name} (")


def _list_places(answers: Sequence[Recognition]) -> list[Place]:
    return [
        candidate.place for answer in answers for candidate in (*answer.candidates, *answer.similar)
    ]


@command(role=Role.MODERATOR, group="desk")
async def place(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, NameOrReference(T("Its name, or P-704422"), PLACE)],
    value: Annotated[str, FreeText(T("Its other name"), "VALUE", raw=False)] = "",
    *,
    oblast: Annotated[str, KnownOblast(T("Its oblast, if new"))] = "",
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
