"""/watch list: what one is told of."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.reply import Action, Audience, Block, Heading, Item, Items, Reply, Tone
from commands.shared.rooms import other_rooms, room_name, watcher
from store.model.ref import PLACE, Ref
from store.workflow.watches import Watch, Watcher


@command(group="watch")
async def list_(ctx: Context) -> Reply:
    """List the places that you and this room are told of."""
    mine = await ctx.store.watches.of(watcher(ctx, here=False))
    ours = await ctx.store.watches.of(Watcher(ctx.room.platform, ctx.room.id))
    add = Action(T("Watch a place"), "watch add", {"place": "Pokrovsk"})
    theirs = await ctx.store.watches.of_rooms(ctx.room.platform, other_rooms(ctx))
    if not (mine or ours or theirs):
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
    if theirs:
        blocks += [
            Heading(T("Elsewhere on this server")),
            Items(tuple(_item(ctx, w) for w in theirs)),
        ]
        actions += [_stop_elsewhere(ctx, watch) for watch in theirs]
    number = len(mine) + len(ours) + len(theirs)
    count = T("{n} place watched", "{n} places watched", n=number)
    return Reply((Strong(count),), tuple(blocks), tuple(actions), audience=Audience.ASKER)


def _item(ctx: Context, watch: Watch) -> Item:
    return Item((watch.place, " · ", room_name(ctx, watch.watcher.room)))


def _stop_elsewhere(ctx: Context, watch: Watch) -> Action:
    room = watch.watcher.room
    label = T("No more of {place} in {room}", place=watch.place, room=room_name(ctx, room))
    given = {"place": str(Ref(PLACE, watch.place_id)), "room": room}
    return Action(label, "watch remove", given)
