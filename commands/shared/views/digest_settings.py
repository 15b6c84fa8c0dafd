"""A wish for daily summaries, in words."""

from commands.kit.context import Context
from commands.kit.i18n import T
from commands.kit.params.times import name_zone
from commands.kit.reply import Line, joined
from store.model.digest import Wish

LANGUAGES = {"en": T("English"), "uk": T("Ukrainian")}


async def wished(ctx: Context, wish: Wish) -> Line:
    """Return when, about what and how a room is told."""
    places = [await ctx.store.places.get(one) for one in wish.places]
    names = ", ".join(place.name for place in places if place)
    return joined(
        " · ",
        T("{time} {zone}", time=f"{wish.time:%H:%M}", zone=name_zone(wish.zone)),
        names or T("all places"),
        T("silent without news") if wish.quiet else None,
        T("each a thread of its own") if wish.thread else None,
        LANGUAGES.get(wish.language),
    )
