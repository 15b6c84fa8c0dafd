"""/watch add: a place of which one is told."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.params.basic import OneOf
from commands.kit.params.entities import KnownPlace, tell_apart
from commands.kit.reply import Action, Audience, Reply
from commands.kit.vocabulary import place_name
from commands.shared.rooms import HERE, watcher
from store.queries.places import PlaceMatch


@command(group="watch")
async def add(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town, village or area"), writing=True)],
    *,
    here: Annotated[str, OneOf(HERE, T("Post the news here instead of to you alone"))] = "",
) -> Reply:
    """Get news when something about a place is filed, corrected or contradicted."""
    act = ctx.act("watch", "Asked to be told.")
    await ctx.store.watches.add(act, watcher(ctx, here=bool(here)), place.place.id)
    where = T("news will come here") if here else T("news will come to you in private")
    given = {"place": place.place.ref} | ({"here": "yes"} if here else {})
    name = await tell_apart(place.place, ctx) or place_name(place.place)
    title = (Strong(name), ": ", where)
    stop = Action(T("Stop watching"), "watch remove", given)
    return Reply(title, actions=(stop,), audience=Audience.ASKER)
