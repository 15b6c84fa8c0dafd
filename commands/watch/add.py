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
    here: Annotated[str, OneOf(HERE, T("Tell this room rather than you alone"))] = "",
) -> Reply:
    """Be told when something about a place is filed, corrected or contradicted."""
    act = ctx.act("watch", "Asked to be told.")
    await ctx.store.watches.add(act, watcher(ctx, here=bool(here)), place.place.id)
    who = T("this room") if here else T("you, in private")
    given = {"place": place.place.ref} | ({"here": "yes"} if here else {})
    where = await tell_apart(place.place, ctx) or place_name(place.place)
    title = (Strong(where), ": ", T("news is told to {who}", who=who))
    stop = Action(T("Watch it no more"), "watch remove", given)
    return Reply(title, actions=(stop,), audience=Audience.ASKER)
