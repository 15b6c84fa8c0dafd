"""/watch remove: no more news of a place."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, NotAllowed, TooLate
from commands.kit.inlines import Inline, Strong, T, Typed
from commands.kit.params.basic import Hidden, OneOf
from commands.kit.params.entities import KnownPlace
from commands.kit.params.place_choices import name_subject
from commands.kit.reply import Audience, Reply
from commands.shared.rooms import HERE, watcher
from store.model.refusals import Already
from store.queries.places import PlaceMatch
from store.workflow.watches import Watcher


@command(group="watch")
async def remove(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town, village, area or direction"))],
    *,
    here: Annotated[str, OneOf(HERE, T("The news posted here, not yours"))] = "",
    room: Annotated[str, Hidden()] = "",
) -> Reply:
    """Stop watching a place."""
    act = ctx.act("watch", "Asked to be told no more.")
    who = _elsewhere(ctx, room) if room else watcher(ctx, here=bool(here))
    name = await name_subject(place.place, ctx, around=place.around)
    try:
        await ctx.store.watches.remove(act, who, place.place.id, around=place.around)
    except Already:
        raise _refuse_unwatched(name, who) from None
    title = (Strong(name), ": ", T("no more news"))
    return Reply(title, audience=Audience.ASKER)


def _refuse_unwatched(name: Inline, who: Watcher) -> TooLate:
    unwatched = T("You do not watch {place}.", place=name)
    if not who.person:
        unwatched = T("{place} is not watched there.", place=name)
    return TooLate(unwatched, Typed("/watch list"), code=Code.WRONG_STATE)


def _elsewhere(ctx: Context, room: str) -> Watcher:
    """Return another room of this server, for whoever manages all of them."""
    if room not in ctx.room.rooms:
        raise NotAllowed(T("Only managers can change that here."))
    return Watcher(ctx.room.platform, room)
