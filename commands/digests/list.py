"""/digests list: which daily summaries this room has."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.reply import Action, Audience, Item, Items, Reply, Tone
from commands.shared.rooms import describe_settings


@command(group="digests")
async def list_(ctx: Context) -> Reply:
    """List the daily summaries of this room."""
    there = await ctx.store.digests.of(ctx.room.platform, ctx.room.id)
    start = Action(T("Add one"), "digests add")
    if not there:
        nothing = Strong(T("This room has no daily summary"))
        return Reply((nothing,), actions=(start,), tone=Tone.NOTHING, audience=Audience.ASKER)
    items = [
        Item((Strong(digest.ref), ": ", *await describe_settings(ctx, digest.settings)))
        for digest in there
    ]
    stops = [
        Action(T("Stop {ref}", ref=digest.ref), "digests remove", {"ref": digest.ref})
        for digest in there
    ]
    count = T("{n} daily summary", "{n} daily summaries", n=len(there))
    return Reply((Strong(count),), (Items(tuple(items)),), (*stops, start), audience=Audience.ASKER)
