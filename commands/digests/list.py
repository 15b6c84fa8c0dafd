"""/digests list: which daily summaries this room has, and the others of its server."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, NotFound
from commands.kit.inlines import Line, Strong, T
from commands.kit.params.basic import Hidden
from commands.kit.params.place_choices import name_subject
from commands.kit.reply import Action, Audience, Block, Heading, Item, Items, Reply, Tone
from commands.shared.rooms import describe_settings, other_rooms, room_name
from store.model.digest import Digest


@command(group="digests")
async def list_(ctx: Context, *, gone: Annotated[str, Hidden()] = "") -> Reply:
    """List the daily summaries posted here."""
    if gone:
        return await _what_ended(ctx, gone)
    there = await ctx.store.digests.of(ctx.room.platform, ctx.room.id)
    elsewhere = await ctx.store.digests.of_rooms(ctx.room.platform, other_rooms(ctx))
    start = Action(T("Add one"), "digests add")
    if not there and not elsewhere:
        nothing = Strong(T("No daily summary here"))
        return Reply((nothing,), actions=(start,), tone=Tone.NOTHING, audience=Audience.ASKER)
    blocks: list[Block] = []
    if there:
        blocks.append(Items(tuple([await _item(ctx, digest) for digest in there])))
    if elsewhere:
        items = tuple([await _item(ctx, digest, named=True) for digest in elsewhere])
        blocks += [Heading(T("Elsewhere on this server")), Items(items)]
    stops = [
        Action(T("Stop {ref}", ref=digest.ref), "digests remove", {"ref": digest.ref})
        for digest in (*there, *elsewhere)
    ]
    count = T("{n} daily summary", "{n} daily summaries", n=len(there) + len(elsewhere))
    actions = (*stops, start)
    return Reply((Strong(count),), tuple(blocks), actions, audience=Audience.ASKER)


async def _item(ctx: Context, digest: Digest, *, named: bool = False) -> Item:
    """Return a summary as an item of a list, `named` with the room that is told."""
    room = (" · ", room_name(ctx, digest.room)) if named else ()
    settings = await describe_settings(ctx, digest.settings)
    return Item((Strong(digest.ref), *room, ": ", *settings))


async def _what_ended(ctx: Context, room: str) -> Reply:
    """Say to whoever had set up something in a room that was deleted what ended with it."""
    ended = await ctx.store.room_endings.of(ctx.caller.platform, room, ctx.caller.id)
    lines: list[Line] = [
        (Strong(digest.ref), ": ", *await describe_settings(ctx, digest.settings))
        for digest in ended.digests
    ]
    for subject in ended.places:
        if place := await ctx.store.places.get(subject.number):
            name = await name_subject(place, ctx, around=subject.around)
            lines.append((T("News of {place}", place=name),))
    if not lines:
        raise NotFound(T("You had nothing set up there."), code=Code.UNKNOWN_REFERENCE)
    title = T("The channel or room was deleted, so what you had set up there ended.")
    items = Items(tuple(map(Item, lines)))
    return Reply((Strong(title),), (items,), tone=Tone.NOTHING, audience=Audience.ASKER)
