"""/watch list: what one is told of."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Inline, Strong, T
from commands.kit.params.place_choices import name_subject
from commands.kit.reply import Action, Audience, Block, Heading, Item, Items, Reply, Tone
from commands.shared.rooms import other_rooms, room_name, watcher
from store.workflow.watches import Watch, Watcher


@command(group="watch")
async def list_(ctx: Context) -> Reply:
    """List the places that you watch, and those watched here."""
    mine = await ctx.store.watches.of(watcher(ctx, here=False))
    ours = await ctx.store.watches.of(Watcher(ctx.room.platform, ctx.room.id))
    add = tuple(
        Action(T("Watch a place"), "watch add", {"place": place.name})
        for place in await ctx.store.places.on_record(1)
    )
    theirs = await ctx.store.watches.of_rooms(ctx.room.platform, other_rooms(ctx))
    if not (mine or ours or theirs):
        nothing = Strong(T("No watched places yet, yours or here"))
        return Reply((nothing,), actions=add, tone=Tone.NOTHING, audience=Audience.ASKER)
    blocks: list[Block] = []
    actions = []
    for head, some, here in (
        (T("Sent to you"), mine, {}),
        (T("Posted here"), ours, {"here": "yes"}),
    ):
        if some:
            blocks += [
                Heading(head),
                Items(tuple([Item((await _place(ctx, watch),)) for watch in some])),
            ]
        actions += [
            Action(
                T("Stop watching {place}", place=await _place(ctx, watch)),
                "watch remove",
                {"place": watch.ref, **here},
            )
            for watch in some
        ]
    if theirs:
        blocks += [
            Heading(T("Elsewhere on this server")),
            Items(tuple([await _item(ctx, w) for w in theirs])),
        ]
        actions += [await _stop_elsewhere(ctx, watch) for watch in theirs]
    number = len(mine) + len(ours) + len(theirs)
    count = T("{n} place watched", "{n} places watched", n=number)
    return Reply((Strong(count),), tuple(blocks), tuple(actions), audience=Audience.ASKER)


async def _place(ctx: Context, watch: Watch) -> Inline:
    """Return the place that is watched, in the letters of whoever asks."""
    place = await ctx.store.places.get(watch.place_id)
    if place is None:
        return watch.place
    return await name_subject(place, ctx, around=watch.around)


async def _item(ctx: Context, watch: Watch) -> Item:
    return Item((await _place(ctx, watch), " · ", room_name(ctx, watch.watcher.room)))


async def _stop_elsewhere(ctx: Context, watch: Watch) -> Action:
    room = watch.watcher.room
    label = T(
        "Stop watching {place} in {room}", place=await _place(ctx, watch), room=room_name(ctx, room)
    )
    given = {"place": watch.ref, "room": room}
    return Action(label, "watch remove", given)
