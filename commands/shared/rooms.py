"""What a room is told and by whom that is set: its manager, its watches, its daily summaries."""

from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import Inline, Line, Phrase, T, join
from commands.kit.params.place_choices import name_subject
from commands.kit.params.times import name_zone
from commands.kit.reply import Small
from commands.kit.vocabulary import place_name
from store.model.digest import DigestSettings
from store.model.entry import Place
from store.model.ref import PlaceRef
from store.places.areas import DIRECTION_KM
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


async def name_subjects(ctx: Context, settings: DigestSettings) -> list[Inline]:
    """Return the places and the directions that a summary is about."""
    wanted = [PlaceRef(number) for number in settings.places]
    wanted += [PlaceRef(number, around=True) for number in settings.directions]
    return [
        await name_subject(place, ctx, around=subject.around)
        for subject in wanted
        if (place := await ctx.store.places.get(subject.number))
    ]


def explain_direction(town: Place) -> Small:
    """Say what a direction takes in."""
    km, name = round(DIRECTION_KM), place_name(town)
    return Small((T("That is what lies within {km} km of {place}.", km=km, place=name),))


async def describe_settings(ctx: Context, settings: DigestSettings) -> Line:
    """Return when, about what and how a room has its daily summary."""
    names = join(", ", *await name_subjects(ctx, settings))
    return join(
        " · ",
        T("{time} {zone}", time=f"{settings.time:%H:%M}", zone=name_zone(settings.zone)),
        Phrase(names) if names else T("all places"),
        T("silent without news") if settings.quiet else None,
        T("each a thread of its own") if settings.thread else None,
        LANGUAGES.get(settings.language),
    )
