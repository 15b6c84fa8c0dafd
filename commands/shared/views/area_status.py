"""The picture of an area: each of its places on record by its own line; nothing is merged."""

from commands.kit.context import Context
from commands.kit.inlines import Line, Strong, T, When, join
from commands.kit.reply import Action, Block, Item, Items, Reply, Small, Text, Tone
from commands.kit.vocabulary import other_place_name, place_name
from commands.shared.views.place_match import about_match
from commands.shared.views.place_status import ALL_CLAIMS, TIMELINE, headline
from store.model.span import Span
from store.places.areas import PlaceWithin
from store.places.bearers import AREA_KINDS
from store.queries.places import PlaceMatch

_SHOWN, _OFFERED = 10, 4


def is_area(match: PlaceMatch) -> bool:
    """Tell whether an answer about it is a list of its places."""
    return match.place.kind in AREA_KINDS or match.around


async def area_status(match: PlaceMatch, ctx: Context) -> Reply:
    """Return the places on record in an area, those with the newest entries first."""
    area = match.place
    if match.around:
        within = await ctx.store.places.list_around(area)
    else:
        within = await ctx.store.places.list_within(area)
    within = tuple(part for part in within if part.place.id != area.id or part.entries)
    count = T("{n} place on record", "{n} places on record", n=len(within))
    title: Line = (Strong(place_name(area)), ": ", count if within else T("nothing on record yet"))
    notes: list[Block] = [*about_match(match)]
    notes += [Small((other_place_name(area) or "",))] if other_place_name(area) else []
    if not within:
        return Reply(title, tuple(notes), tone=Tone.NOTHING, about=(area.ref,))
    items = [await _line_of(part, ctx) for part in within[:_SHOWN]]
    rest = len(within) - len(items)
    more = [Text((T("and {n} more", "and {n} more", n=rest),))] if rest > 0 else []
    given = {"place": match.ref}
    return Reply(
        title,
        (*notes, Items(tuple(items)), *more),
        (
            *(
                Action(place_name(part.place), "status", {"place": part.place.ref})
                for part in within[:_OFFERED]
            ),
            Action(ALL_CLAIMS, "claims", given),
            Action(TIMELINE, "timeline", given),
            Action(T("Map"), "map", given),
        ),
        about=(area.ref, *(part.place.ref for part in within[:_SHOWN])),
    )


async def _line_of(part: PlaceWithin, ctx: Context) -> Item:
    picture = await ctx.store.place_overviews.head(part.place, ctx.today)
    entries = T("{n} entry", "{n} entries", n=part.entries)
    newest = T("latest {day}", day=When(Span.on(part.newest)))
    return Item(headline(picture, ctx.stale_days), (join(" · ", entries, newest),))
