"""/digests remove: no more of a daily summary."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import NotFound
from commands.kit.i18n import T
from commands.kit.params.basic import AReference
from commands.kit.reply import Audience, Reply, Strong, joined
from commands.shared.permissions import managed
from commands.shared.views.digest_settings import wished


@command(group="digests")
async def remove(
    ctx: Context, ref: Annotated[int, AReference("T", T("Which one, such as T-3"))]
) -> Reply:
    """Stop a daily summary of this room."""
    managed(ctx)
    there = await ctx.store.digests.of(ctx.room.platform, ctx.room.id)
    found = next((one for one in there if one.id == ref), None)
    act = ctx.act("digest", "Taken back by who manages the room.")
    if found is None and not await ctx.store.history.done(act.key):
        known = ", ".join(one.ref for one in there)
        missing = T("This room has no summary T-{n}.", n=ref)
        raise NotFound(missing, T("It has: {refs}", refs=known)) if known else NotFound(missing)
    await ctx.store.digests.remove(act, ref)
    stopped = found or await ctx.store.digests.get(ref)
    what = await wished(ctx, stopped.wish) if stopped else ()
    title = joined(" · ", Strong(T("Stopped: T-{n}", n=ref)), *what[::2])
    return Reply(title, audience=Audience.ASKER)
