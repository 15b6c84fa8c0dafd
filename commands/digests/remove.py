"""/digests remove: no more of a daily summary."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, NotFound
from commands.kit.inlines import Strong, T, join
from commands.kit.params.basic import AReference
from commands.kit.reply import Audience, Reply
from commands.shared.rooms import describe_settings, other_rooms, require_manager
from store.model.ref import DIGEST, Ref


@command(group="digests")
async def remove(
    ctx: Context, ref: Annotated[int, AReference(DIGEST, T("Which one, such as T-3"))]
) -> Reply:
    """Stop a daily summary posted here."""
    require_manager(ctx)
    rooms = (ctx.room.id, *other_rooms(ctx))
    there = await ctx.store.digests.of_rooms(ctx.room.platform, rooms)
    digest = next((other for other in there if other.id == ref), None)
    act = ctx.act("digest", "Taken back by who manages the room.")
    if digest is None and not await ctx.store.history.has(act.key):
        known = ", ".join(other.ref for other in there)
        missing = T("There is no summary T-{n} here.", n=ref)
        others = [T("Set up here: {refs}", refs=known)] if known else []
        raise NotFound(missing, *others, code=Code.UNKNOWN_REFERENCE)
    await ctx.store.digests.remove(act, ref)
    stopped = digest or await ctx.store.digests.get(ref)
    what = await describe_settings(ctx, stopped.settings) if stopped else ()
    title = join(" · ", Strong(T("Stopped: T-{n}", n=ref)), *what[::2])
    return Reply(title, audience=Audience.ASKER, about=(str(Ref(DIGEST, ref)),))
