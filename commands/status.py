"""/status: the picture of a place."""

from datetime import datetime
from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import Only, command
from commands.kit.context import Context
from commands.kit.inlines import Moment, T, When
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden
from commands.kit.params.day_values import AtMoment, OnDay
from commands.kit.params.entities import KnownPlace
from commands.kit.reply import Action, Reply, Text, Unanswered
from commands.shared.views import place_screen
from commands.shared.views import place_status as overview
from commands.shared.views.area_status import area_status, is_area
from commands.shared.views.asked_subject import offer_to_tell
from commands.shared.views.place_match import about_match, nothing_here, other_places
from store.model.span import Span
from store.queries.place_overview import PlaceHead, PlaceOverview
from store.queries.places import PlaceMatch


@command(kept=True, one_hop=True)
async def status(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town, village or area"))],
    *,
    at: Annotated[Span | None, OnDay(T("Show the situation as of this day"))] = None,
    recorded: Annotated[
        datetime | None, AtMoment(T("What was on record then")), Only(Role.MODERATOR)
    ] = None,
    more: Annotated[str, Hidden()] = "",
    drawn: Annotated[str, Hidden()] = "",
) -> Reply:
    """Show the situation in a place, and who says so."""
    if is_area(place) and not (at or recorded):
        reply = await area_status(place, ctx)
    else:
        reply = await _say(ctx, place, at, recorded, more)
    if recorded:
        return reply
    given = {"place": place.ref, **({"at": at.edtf} if at else {}), "drawn": "yes"}
    reply = replace(reply, posted=Action(T("Post here"), "status", given))
    if not drawn:
        return reply
    from commands.shared.pictures.map_answer import illustrate  # noqa: PLC0415 -- few are drawn

    day = ctx.last_of(at)
    return replace(reply, illustration=await illustrate(place.place, day, ctx))


def _as_of(day: Span) -> Span:
    """Return the day as of which a picture is: of "by 31 October" that day."""
    return day if day.earliest else Span.on(day.latest)


async def _say(
    ctx: Context, place: PlaceMatch, at: Span | None, recorded: datetime | None, more: str
) -> Reply:
    day = ctx.last_of(at)
    pictures, whole = ctx.store.place_overviews, bool(more or ctx.whole)
    picture = await (pictures.of if whole else pictures.glance)(place.place, day, recorded)
    if not (picture.total.number or picture.nearby):
        return await nothing_here(place, ctx)
    notes = list(about_match(place))
    if at:
        notes.append(Text((T("As of {day}, as known now.", day=When(_as_of(at))),)))
    if recorded:
        notes.append(Text((T("What was on record at {moment}.", moment=Moment(recorded)),)))
    others = await other_places(place, "status", ctx)
    headline = overview.headline(picture, ctx.stale_days)
    missing = () if at or recorded else _find_stale(picture, ctx)
    told = tuple(map(offer_to_tell, missing)) if ctx.remembers else ()
    if isinstance(picture, PlaceOverview):
        return Reply(
            headline,
            (*notes, *overview.blocks(picture, ctx.today, ctx.stale_days)),
            (*overview.actions(picture), *others, *told),
            entries=place_screen.openings(picture),
            unanswered=missing,
        )
    given = {"place": place.place.ref}
    given |= {"at": at.edtf} if at else {}
    given |= {"recorded": recorded.isoformat()} if recorded else {}
    return Reply(
        headline,
        (*notes, *place_screen.screen(picture, ctx.today)),
        place_screen.offers(picture, given, others, told),
        entries=place_screen.openings(picture),
        unanswered=missing,
    )


def _find_stale(picture: PlaceHead, ctx: Context) -> tuple[Unanswered, ...]:
    """Return what the picture does not answer any more, or never did."""
    stale = overview.is_stale(picture, ctx.stale_days)
    return (Unanswered(picture.place.ref),) if stale else ()
