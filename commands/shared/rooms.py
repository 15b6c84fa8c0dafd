"""What a room is told and by whom that is set: its manager, its watches, its daily summaries."""

from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import Inline, Line, Phrase, T, join
from commands.kit.params.entities import tell_apart
from commands.kit.params.times import name_zone
from commands.kit.vocabulary import place_name
from store.model.digest import DigestSettings
from store.workflow.watches import Watcher

HERE = {"yes": T("yes")}
LANGUAGES = {"en": T("English"), "uk": T("Ukrainian")}


def require_manager(ctx: Context) -> None:
    """Refuse whoever does not manage this room."""
    if not ctx.room.managed:
        raise NotAllowed(T("Only managers can change that here."))


def watcher(ctx: Context, *, here: bool) -> Watcher:
    """Return who is told of a place: who asks, or this room, which its manager sets."""
    if here:
        require_manager(ctx)
        return Watcher(ctx.room.platform, ctx.room.id)
    return Watcher(ctx.caller.platform, "", ctx.caller.id)


def other_rooms(ctx: Context) -> list[str]:
    """Return the ids of the other rooms that whoever asks manages with this one."""
    return [room for room in ctx.room.rooms if room != ctx.room.id]


def room_name(ctx: Context, room: str) -> Inline:
    """Return how a room of this server is called, for whoever asks."""
    return ctx.room.rooms.get(room, "") or T("a channel that you cannot see")


async def describe_settings(ctx: Context, settings: DigestSettings) -> Line:
    """Return when, about what and how a room has its daily summary."""
    places = [await ctx.store.places.get(number) for number in settings.places]
    names = join(
        ", ", *[await tell_apart(place, ctx) or place_name(place) for place in places if place]
    )
    return join(
        " · ",
        T("{time} {zone}", time=f"{settings.time:%H:%M}", zone=name_zone(settings.zone)),
        Phrase(names) if names else T("all places"),
        T("silent without news") if settings.quiet else None,
        T("each a thread of its own") if settings.thread else None,
        LANGUAGES.get(settings.language),
    )
