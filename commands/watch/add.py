"""/watch add: a place of which one is told."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.params.basic import OneOf
from commands.kit.params.entities import KnownPlace
from commands.kit.params.place_choices import name_subject
from commands.kit.reply import Action, Audience, Reply
from commands.shared.rooms import HERE, explain_direction, watcher
from store.queries.places import PlaceMatch

_WATCHED = KnownPlace(T("Town, village, area or direction"), writing=True, directions=True)


@command(group="watch")
async def add(
    ctx: Context,
    place: Annotated[PlaceMatch, _WATCHED],
    *,
    here: Annotated[str, OneOf(HERE, T("Post the news here instead of to you alone"))] = "",
) -> Reply:
    """Get news when something about a place is filed, corrected or contradicted."""
    act = ctx.act("watch", "Asked to be told.")
    who = watcher(ctx, here=bool(here))
    await ctx.store.watches.add(act, who, place.place.id, around=place.around)
    where = T("news will come here") if here else T("news will come to you in private")
    given = {"place": place.ref} | ({"here": "yes"} if here else {})
    name = await name_subject(place.place, ctx, around=place.around)
    title = (Strong(name), ": ", where)
    blocks = (explain_direction(place.place),) if place.around else ()
    stop = Action(T("Stop watching"), "watch remove", given)
    return Reply(title, blocks, (stop,), audience=Audience.ASKER)
