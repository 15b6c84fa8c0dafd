"""/watch list: what one is told of."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.reply import Action, Audience, Block, Heading, Item, Items, Reply, Tone
from commands.shared.rooms import watcher
from store.model.ref import PLACE, Ref
from store.workflow.watches import Watcher


@command(group="watch")
async def list_(ctx: Context) -> Reply:
    """List the places that you and this room are told of."""
    mine = await ctx.store.watches.of(watcher(ctx, here=False))
    ours = await ctx.store.watches.of(Watcher(ctx.room.platform, ctx.room.id))
    add = Action(T("Watch a place"), "watch add", {"place": "Pokrovsk"})
    if not (mine or ours):
        nothing = Strong(T("You watch no place, and neither does this room"))
        return Reply((nothing,), actions=(add,), tone=Tone.NOTHING, audience=Audience.ASKER)
    blocks: list[Block] = []
    actions = []
    for head, some, here in ((T("You"), mine, {}), (T("This room"), ours, {"here": "yes"})):
        if some:
            blocks += [Heading(head), Items(tuple(Item((watch.place,)) for watch in some))]
        actions += [
            Action(
                T("No more of {place}", place=watch.place),
                "watch remove",
                {"place": str(Ref(PLACE, watch.place_id)), **here},
            )
            for watch in some
        ]
    count = T("{n} place watched", "{n} places watched", n=len(mine) + len(ours))
    return Reply((Strong(count),), tuple(blocks), tuple(actions), audience=Audience.ASKER)
