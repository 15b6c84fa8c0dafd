"""/nearest: which known places lie around a point on the map, how far and in which direction."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Line, Phrase, Strong, T, join
from commands.kit.params.day_values import OnDay
from commands.kit.params.point_on_map import PointOnMap
from commands.kit.points import TypedPoint
from commands.kit.reply import Action, Item, Items, Reply, Small, Text, Tone
from commands.kit.vocabulary import oblast, other_place_name, place_name
from store.model.span import Span
from store.queries.geography import BesidePoint

_REACH_KM = 30
"""How far the nearest known place may be: beyond that a point is outside what a desk covers."""
_SHOWN = 3
_SIDES = (
    T("north"),
    T("north-east"),
    T("east"),
    T("south-east"),
    T("south"),
    T("south-west"),
    T("west"),
    T("north-west"),
)


@command(kept=True, one_hop=True)
async def nearest(
    ctx: Context,
    point: Annotated[TypedPoint, PointOnMap(T("Latitude and longitude, or a map’s link"))],
    *,
    at: Annotated[Span | None, OnDay(T("The day of what is asked next"))] = None,
) -> Reply:
    """Name the known places nearest to a point on the map, and say how far they are."""
    beside, turned = await _look_around(point, ctx), point.turned
    across = await _look_around(turned, ctx) if turned else ()
    if not beside and not across:
        return await _nothing_near(point, ctx)
    if not beside and turned:
        far = T("The other way round it lies outside what this desk covers.")
        return _say(turned, across, far, at)
    if across and turned:
        also = T("The other way round it lies in what this desk covers, too.")
        sure = replace(turned, sure=True).text
        return _say(point, beside, also, at, Action(sure, "nearest", {"point": sure}))
    return _say(point, beside, None, at)


async def _look_around(point: TypedPoint, ctx: Context) -> Sequence[BesidePoint]:
    spot = point.latitude, point.longitude
    return await ctx.store.landmarks.beside_point(spot, _REACH_KM)


def _say(
    point: TypedPoint,
    beside: Sequence[BesidePoint],
    note: T | None,
    at: Span | None,
    *others: Action,
) -> Reply:
    """Name the nearest places, and the nearest with entries; none is said to be where it lies."""
    first = beside[0]
    on_record = (near for near in beside if near.on_record)
    shown = list(dict.fromkeys((*beside[:_SHOWN], *islice(on_record, 1))))
    where = join(" · ", other_place_name(first.place), oblast(first.place))
    middles = T("Measured from the middle of each. Which of them it belongs to is not known here.")
    day = {"at": at.edtf} if at else {}
    name = Strong(place_name(first.place))
    return Reply(
        (T("The nearest known place is {place}: {far}", place=name, far=_far(first)),),
        (
            Text(join(" ", _write_degrees(point), note)),
            *([Small(where)] if where else []),
            *([Items(tuple(Item(_line_of(near)) for near in shown[1:]))] if shown[1:] else []),
            Small((middles,)),
        ),
        (
            *(
                Action(place_name(near.place), "status", {"place": near.place.ref, **day})
                for near in shown
            ),
            *others,
        ),
        about=tuple(near.place.ref for near in shown),
    )


async def _nothing_near(point: TypedPoint, ctx: Context) -> Reply:
    countries = await ctx.store.places.list_countries()
    names = Phrase(join(", ", *map(place_name, countries)))
    covers = T("This desk covers places in {countries}.", countries=names) if countries else None
    turned = T("The other way round there is none either.") if point.turned else None
    return Reply(
        (T("No known place lies within {km} km of that point.", km=_REACH_KM),),
        (Text(join(" ", _write_degrees(point), turned, covers)),),
        tone=Tone.NOTHING,
    )


def _write_degrees(point: TypedPoint) -> T:
    north, east = point.figures
    return T("Read as latitude {north}, longitude {east}.", north=north, east=east)


def _line_of(near: BesidePoint) -> Line:
    return place_name(near.place), ": ", _far(near)


def _far(near: BesidePoint) -> T:
    """Say how far a point is from the middle of a place; close by no side is worth saying."""
    if near.km < 1:
        return T("the point lies under 1 km from its middle")
    side = _SIDES[round(near.bearing / 45) % len(_SIDES)]
    return T("the point lies {km} km {side} of its middle", km=round(near.km), side=side)
