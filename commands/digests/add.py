"""/digests add: a daily summary for this room."""

from datetime import time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T, join
from commands.kit.params.basic import OneOf
from commands.kit.params.place_lists import SomePlaces
from commands.kit.params.times import AtHour, InZone
from commands.kit.reply import Action, Audience, Heading, Reply, Text
from commands.shared.rooms import LANGUAGES, describe_settings, require_manager
from commands.shared.views.digest_sections import DigestContents, digest_reply
from store.model.digest import DigestSettings
from store.queries.digest_window import WindowPart
from store.queries.places import PlaceMatch

_EIGHT = time(8)
_A_DAY = timedelta(days=1)
_YES = {"yes": T("yes")}


@command(group="digests")
async def add(
    ctx: Context,
    time_: Annotated[time, AtHour(T("When, such as 08:00"))] = _EIGHT,
    *,
    zone: Annotated[str, InZone(T("Time zone, such as Europe/Kyiv"))] = "",
    places: Annotated[
        tuple[PlaceMatch, ...], SomePlaces(T("Places; all by default"), directions=True)
    ] = (),
    quiet: Annotated[str, OneOf(_YES, T("Skip days without news"))] = "",
    language: Annotated[str, OneOf(LANGUAGES, T("Language"))] = "",
    thread: Annotated[str, OneOf(_YES, T("Post each in a thread or forum post of its own"))] = "",
    sure: Annotated[str, OneOf(_YES, T("Start now, without a preview"))] = "",
) -> Reply:
    """Post a summary of changes here every day; shows a preview first."""
    require_manager(ctx)
    settings = DigestSettings(
        time_,
        zone or ctx.zone_name,
        tuple(match.place.id for match in places if not match.around),
        bool(quiet),
        language,
        bool(thread),
        tuple(match.place.id for match in places if match.around),
    )
    if sure:
        return await _start(ctx, settings)
    given = {
        "time": f"{time_:%H:%M}",
        "zone": settings.zone,
        "places": ", ".join(match.ref for match in places),
        "quiet": quiet,
        "language": language,
        "thread": thread,
        "sure": "yes",
    }
    given = {k: v for k, v in given.items() if v}
    start = Action(T("Start it"), "digests add", given, confirms=True)
    title = join(
        " · ", Strong(T("Nothing is set up yet")), *(await describe_settings(ctx, settings))[::2]
    )
    shown = await _preview(ctx, settings)
    first = Text((T("The first comes at {moment} UTC.", moment=_first_moment(ctx, settings)),))
    head = Heading(T("How it would look"))
    text = Text(shown.title)
    return Reply(title, (first, head, text, *shown.blocks), (start,), audience=Audience.ASKER)


async def _start(ctx: Context, settings: DigestSettings) -> Reply:
    act = ctx.act("digest", "Asked for by who manages the room.")
    done = await ctx.store.digests.add(act, ctx.room.platform, ctx.room.id, settings)
    ref = done.after["digest"] if isinstance(done.after, dict) else ""
    title = join(
        " · ",
        Strong(T("Daily summary set up here")),
        *(await describe_settings(ctx, settings))[::2],
    )
    stop = Action(T("Stop it"), "digests remove", {"ref": str(ref)})
    about = (*settings.about, str(ref))
    return Reply(title, actions=(stop,), audience=Audience.ASKER, about=about)


def _first_moment(ctx: Context, settings: DigestSettings) -> str:
    """Return when the first summary comes, in UTC: a zone that was read wrongly shows by it."""
    today = ctx.now.astimezone(ZoneInfo(settings.zone)).date()
    moments = (settings.due(today + timedelta(days=n)) for n in range(2))
    return f"{next(moment for moment in moments if moment > ctx.now):%Y-%m-%d %H:%M}"


async def _preview(ctx: Context, settings: DigestSettings) -> Reply:
    windows = ctx.store.digest_windows
    part = WindowPart(settings.places, directions=settings.directions)
    window = await windows.between(*await windows.ends(ctx.now - _A_DAY, ctx.now), part)
    about = (T("the last 24 hours"),)
    return digest_reply(
        DigestContents(window, None, (), about, ctx.today, {"day": ctx.today.isoformat()})
    )
