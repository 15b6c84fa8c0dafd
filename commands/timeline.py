"""/timeline: what happened and was said at a place, from the first to the last."""

from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import Hidden, OneOf
from commands.kit.params.day_values import OnDay
from commands.kit.params.entities import KnownPlace
from commands.kit.reply import Action, Reply, Tone
from commands.kit.vocabulary import place_name
from commands.shared.pictures.map_answer import LOOKS, read_shades
from commands.shared.pictures.timeline_picture import MOST, picture_timeline
from commands.shared.views.entry_list import EntryQuery, list_entries
from store.model.span import Span
from store.queries.places import PlaceMatch


@command(kept=True, one_hop=True)
async def timeline(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town, village or area"))],
    *,
    since: Annotated[Span | None, OnDay(T("On this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("On this day or before it"))] = None,
    look: Annotated[str, OneOf(LOOKS, T("As a picture, light or dark"))] = "",
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """Show the events, claims and assessments of a place, oldest first."""
    asked = EntryQuery(None, place, since=since, until=until, oldest_first=True)
    reply = await list_entries(ctx, asked, "timeline", after)
    if after or reply.tone is Tone.NOTHING:
        return reply
    other = "dark" if look == "light" else "light"
    label = T("Dark") if look == "light" else T("Light") if look else T("As a picture")
    offer = Action(label, "timeline", {**asked.given(), "look": other})
    reply = replace(reply, actions=(*reply.actions, offer))
    if not look:
        return reply
    newest = await ctx.store.lists.page(replace(asked, oldest_first=False).filter(), MOST)
    shades = await read_shades(ctx)
    head = (place_name(place.place),)
    name = f"timeline-{place.place.ref}-{ctx.today:%Y%m%d}.png"
    picture = picture_timeline(head, newest, shades, name, dark=look == "dark")
    return replace(reply, picture=picture)
