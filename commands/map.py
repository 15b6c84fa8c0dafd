"""/map: a picture of who holds what around a place, by the record."""

from datetime import date
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, When
from commands.kit.params.basic import OneOf
from commands.kit.params.day_values import OnDay
from commands.kit.params.distance import Kilometres
from commands.kit.params.entities import KnownPlace
from commands.kit.reply import Reply
from commands.kit.vocabulary import place_name
from commands.shared.pictures.map_answer import LOOKS, MapRequest, answer_map
from store.model.span import Span
from store.queries.places import PlaceMatch


@command(kept=True)
async def map_(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town, village or area"))],
    *,
    at: Annotated[Span | None, OnDay(T("Show the situation as of this day"))] = None,
    wide: Annotated[
        int, Kilometres(T("How many kilometres the map is wide"), "60", "60", 10, 1500)
    ] = 0,
    from_: Annotated[Span | None, OnDay(T("The first of two days to compare"))] = None,
    to: Annotated[Span | None, OnDay(T("The second of two days; today by default"))] = None,
    look: Annotated[str, OneOf(LOOKS, T("Light or dark"))] = "light",
) -> Reply:
    """Draw a map of who holds what around a place, and who says so."""
    days = _read_days(ctx, at, from_, to)
    reply = await answer_map(MapRequest(place, days, wide or None, look == "dark"), ctx)
    if reply is None:
        nowhere = T("This desk does not know where {place} lies.", place=place_name(place.place))
        raise BadParam(nowhere, param="place")
    return reply


def _read_days(
    ctx: Context, at: Span | None, from_: Span | None, to: Span | None
) -> tuple[date, ...]:
    """Return the day that is asked for, or the two."""
    if at is not None and to is not None:
        days = T("Write at: for one day, or from: and to: for two.")
        raise BadParam(days, param="at", code=Code.BAD_DAY)
    end = to or at
    last = ctx.last_of(end)
    if from_ is None:
        return (last,)
    if from_.latest >= last:
        raise BadParam(
            T(
                "to: {last} is not after from: {first}; write the earlier day as from:.",
                last=When(Span.on(last)),
                first=When(Span.on(from_.latest)),
            ),
            code=Code.BAD_DAY,
        )
    return from_.latest, last
