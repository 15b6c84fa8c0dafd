"""A wish for daily summaries, in words."""

from commands.kit.context import Context
from commands.kit.inlines import Line, T, join
from store.model.digest import DigestSettings

LANGUAGES = {"en": T("English"), "uk": T("Ukrainian")}


async def describe_settings(ctx: Context, wish: DigestSettings) -> Line:
    """Return when, about what and how a room is told."""
    places = [await ctx.store.places.get(number) for number in wish.places]
    names = ", ".join(place.name for place in places if place)
    return join(
        " · ",
        T("{time} {zone}", time=f"{wish.time:%H:%M}", zone=wish.zone),
        names or T("all places"),
        T("silent without news") if wish.quiet else None,
        T("each a thread of its own") if wish.thread else None,
        LANGUAGES.get(wish.language),
    )
