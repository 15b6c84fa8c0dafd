"""/desk area: areas that the desk draws itself, such as a front or a corridor."""

from collections.abc import Sequence
from typing import Annotated

from typing_extensions import override

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotFound
from commands.kit.inlines import Inline, Phrase, Reference, Strong, T, join
from commands.kit.invocation import Role
from commands.kit.params.basic import AllWords, FreeText, OneOf, echo, require_name
from commands.kit.params.distance import Kilometres
from commands.kit.params.entities import KnownPlace
from commands.kit.params.place_lists import SomePlaces
from commands.kit.reply import Action, Audience, Choice, Item, Items, Reply, Tone
from commands.kit.vocabulary import place_name
from commands.shared.desk_names import check_name
from commands.shared.record_changes import reason
from store.model.entry import Place
from store.model.ref import PLACE, Ref
from store.model.revision import Revision
from store.places.bearers import AREA_KINDS
from store.places.drawn_areas import AreaParts, DrawnArea
from store.queries.places import PlaceMatch

_DO = {
    "add": T("draw one or add to it"),
    "remove": T("remove one, or take places out"),
    "list": T("list them"),
}
_SHOWN = 10


class AreaName(AllWords, frozen=True):
    """The name of an area that the desk drew or is to draw; read as text."""

    help: T
    shape: str = "NAME"
    example: str = "Front"
    has_colons: bool = True

    @override
    async def read(self, text: str, ctx: Context) -> str:
        return check_name(text)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return [_choice(area) for area in await ctx.store.places.list_drawn()]


@command(role=Role.MODERATOR, group="desk")
async def area(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, AreaName(T("What the area is called"))] = "",
    *,
    places: Annotated[tuple[PlaceMatch, ...], SomePlaces(T("Places and areas inside it"))] = (),
    around: Annotated[
        PlaceMatch | None, KnownPlace(T("The centre of a circle inside it"), writing=True)
    ] = None,
    km: Annotated[int, Kilometres(T("The radius of that circle in km"))] = 0,
    local: Annotated[str, FreeText(T("Its local name, if new"), "NAME", raw=False)] = "",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """Draw an area of the desk's own from places and circles, remove one, or list them."""
    if do == "list":
        return _list(await ctx.store.places.list_drawn())
    if not name:
        raise BadParam(T("Write a name."), param="name", code=Code.MISSING_VALUE)
    known = await _find(name, ctx)
    middle = _check_middle(around)
    registry, act = ctx.store.registry, ctx.act(do, why)
    if do == "remove":
        if known is None:
            raise await _no_area(name, ctx)
        less = AreaParts(_numbers(places), ((middle.id, 1),) if middle else ())
        if less:
            return await _answer(ctx, await registry.reduce_area(act, known.place.id, less))
        return await _answer(ctx, await registry.remove_area(act, known.place.id))
    parts = AreaParts(_numbers(places), await _check_circle(middle, km, ctx))
    if not parts:
        raise await _no_parts(ctx)
    if known is None:
        require_name(name)
        return await _answer(ctx, await registry.draw_area(act, name, local, parts))
    return await _answer(ctx, await registry.extend_area(act, known.place.id, parts))


async def _find(name: str, ctx: Context) -> DrawnArea | None:
    """Return the area of that name or reference, if the desk drew one."""
    if ref := Ref.read(name, PLACE, lettered=True):
        drawn = await ctx.store.places.list_drawn()
        return next((area for area in drawn if area.place.id == ref.number), None)
    return await ctx.store.places.find_drawn(name)


async def _no_area(name: str, ctx: Context) -> NotFound:
    choices = tuple(_choice(area) for area in await ctx.store.places.list_drawn())
    missing = T("There is no area “{name}”.", name=echo(name))
    return NotFound(missing, code=Code.UNKNOWN_PLACE, choices=choices[:_SHOWN], param="name")


def _check_middle(around: PlaceMatch | None) -> Place | None:
    """Return the middle of a circle; BadParam for one that is no point."""
    if around is None:
        return None
    place = around.place
    if place.kind in AREA_KINDS or place.latitude is None:
        raise BadParam(
            T("{place} is not a point on the map. Name a town.", place=place_name(place)),
            param="around",
        )
    return place


async def _no_parts(ctx: Context) -> BadParam:
    two = [place_name(place) for place in await ctx.store.places.on_record(2)]
    what = T(
        "Write what is inside it: places:“{places}” or around:{place} km:30.",
        places=Phrase(join(", ", *two)) if two else "PLACES",
        place=two[0] if two else "PLACE",
    )
    return BadParam(what, code=Code.MISSING_VALUE)


async def _check_circle(middle: Place | None, km: int, ctx: Context) -> tuple[tuple[int, int], ...]:
    if middle and not km:
        far = T("Write the radius, such as km:30.")
        raise BadParam(far, param="km", code=Code.MISSING_VALUE)
    if km and not middle:
        places = await ctx.store.places.on_record(1)
        name: Inline = place_name(places[0]) if places else "PLACE"
        where = T("Write the centre, such as around:{place}.", place=name)
        raise BadParam(where, param="around", code=Code.MISSING_VALUE)
    return ((middle.id, km),) if middle else ()


def _numbers(places: Sequence[PlaceMatch]) -> tuple[int, ...]:
    return tuple(match.place.id for match in places)


async def _answer(ctx: Context, revision: Revision) -> Reply:
    """Say what the area takes in now, by the name of every place, and offer the way back."""
    undo = Action(T("Undo"), "undo", {"revision": str(revision.seq)})
    ref = Ref.parse(revision.target)
    drawn = {area.place.id: area for area in await ctx.store.places.list_drawn()}
    if ref.number not in drawn:
        was = await ctx.store.places.get(ref.number)
        name = place_name(was) if was else str(ref)
        gone = T("{ref}, {name}: area removed", ref=Reference(revision.target), name=name)
        return Reply((Strong(gone),), actions=(undo,), audience=Audience.ASKER)
    area = drawn[ref.number]
    show = Action(T("Show {ref}", ref=revision.target), "status", {"place": revision.target})
    title = (Strong(_title(area)), " ", _describe(area))
    return Reply(title, (), (undo, show), audience=Audience.ASKER, about=(revision.target,))


def _list(areas: Sequence[DrawnArea]) -> Reply:
    if not areas:
        nothing = (Strong(T("No areas yet")),)
        return Reply(nothing, tone=Tone.NOTHING, audience=Audience.ASKER)
    title = (Strong(T("{n} area", "{n} areas", n=len(areas))),)
    items = tuple(Item((Strong(_title(area)), " ", _describe(area))) for area in areas)
    actions = tuple(
        Action(place_name(area.place), "status", {"place": area.place.ref})
        for area in areas[:_SHOWN]
    )
    return Reply(title, (Items(items),), actions, audience=Audience.ASKER)


def _title(area: DrawnArea) -> T:
    return T("{ref}, {name}:", ref=Reference(area.place.ref), name=place_name(area.place))


def _describe(area: DrawnArea) -> Inline:
    around = (
        T("{km} km around {place}", km=km, place=place_name(middle)) for middle, km in area.circles
    )
    parts = join(", ", *map(place_name, area.places), *around)
    return T("area of {places}", places=Phrase(parts))


def _choice(area: DrawnArea) -> Choice:
    return Choice(place_name(area.place), area.place.ref)
