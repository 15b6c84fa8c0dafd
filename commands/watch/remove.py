"""/watch remove: no more news of a place."""

from typing import Annotated

from commands.kit.context import Context
from commands.kit.names import KnownPlace
from commands.kit.params import OneOf
from commands.kit.reply import Audience, Reply, Strong
from commands.kit.spec import command
from commands.kit.watching import HERE, watcher
from commands.kit.words import T
from store.places import PlaceMatch


@command(group="watch")
async def remove(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town or village, such as Pokrovsk"))],
    *,
    here: Annotated[str, OneOf(HERE, T("What this room is told, rather than you"))] = "",
) -> Reply:
    """Be told no more of a place."""
    act = ctx.act("watch", "Asked to be told no more.")
    await ctx.store.watches.remove(act, watcher(ctx, here=bool(here)), place.place.id)
    title = (Strong(place.place.name), ": ", T("no more news is told"))
    return Reply(title, audience=Audience.ASKER)
