"""/lookup: what the desk has on the places and words of a message."""

from typing import TYPE_CHECKING, Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.params.basic import FreeText
from commands.kit.reply import Action, Audience, Block, Heading, Item, Items, Reply, Tone
from commands.kit.vocabulary import place_name
from commands.shared.views import place_status as overview
from commands.shared.views.entry_card import (
    common_source,
    entry_choices,
    entry_item,
    explain_codes,
    read_in,
)
from store.queries import search
from store.queries.lists import Filter

if TYPE_CHECKING:
    from store.model.entry import Entry

_PLACES, _ENTRIES, _WHOLE, _LONGEST = 3, 3, 5, 6000


@command(menu="Look this up")
async def lookup(
    ctx: Context,
    text: Annotated[str, FreeText(T("The text of a message"), longest=_LONGEST)],
) -> Reply:
    """Look up the places and words of a message in the record."""
    places = (await ctx.store.places.mentioned(text))[:_PLACES]
    pictures = [await ctx.store.place_overviews.of(place, ctx.today) for place in places]
    match = search.any_of(
        text, besides=[name for place in places for name in (place.name, place.local_name)]
    )
    only = places[0].id if len(places) == 1 else None
    entries: tuple[Entry, ...] = ()
    if match:
        most = _WHOLE if ctx.whole else _ENTRIES
        page = await ctx.store.lists.page(Filter(None, place_id=only, match=match), most)
        entries = page.entries
    if not (places or entries):
        nothing = T("Nothing in that message is on record here")
        return Reply((Strong(nothing),), tone=Tone.NOTHING, audience=Audience.ASKER)
    blocks: list[Block] = []
    if pictures:
        heads = tuple(Item(overview.headline(picture, ctx.stale_days)) for picture in pictures)
        blocks.append(Items(heads))
    if entries:
        source = common_source(entries)
        items = tuple(entry_item(entry, source=source is None) for entry in entries)
        blocks += [Heading(T("Entries with its words")), Items(items)]
        blocks += [read_in(source)] if source else []
        blocks += explain_codes(entries)
    actions = tuple(Action(place_name(p), "status", {"place": p.ref}) for p in places)
    title = T("On record here about that message")
    about = tuple(place.ref for place in places)
    return Reply(
        (Strong(title),),
        tuple(blocks),
        actions,
        audience=Audience.ASKER,
        about=about,
        entries=entry_choices(entries),
    )
