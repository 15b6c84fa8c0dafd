"""What a summary tells beside its window: what is disputed by now, and a map of what changed."""

from collections.abc import Collection
from datetime import date

from msgspec.structs import replace

from commands.kit.context import Context
from commands.shared.pictures.map_answer import illustrate
from commands.shared.pictures.map_picture import MapPicture
from commands.shared.views.digest_sections import DigestContents, find_turned_place
from commands.shared.views.open_disputes import find_disputes
from store.queries.digest_window import DigestWindow


async def add_present(
    contents: DigestContents,
    ctx: Context,
    day: date,
    places: Collection[int] = (),
    directions: Collection[int] = (),
) -> DigestContents:
    """Return a summary with the disputes about its places, or all, and with a map if one fits."""
    window = contents.window
    if window.empty:
        return contents
    windows = ctx.store.digest_windows
    disputed = await windows.disputed(day, ctx.stale_days, tuple(places), tuple(directions))
    disputes = find_disputes(disputed.linked, disputed.assessed, day, ctx.stale_days)
    map_ = None if contents.whole else await _map_of(window, day, ctx)
    return replace(contents, disputes=tuple(disputes), illustration=map_)


async def _map_of(window: DigestWindow, day: date, ctx: Context) -> MapPicture | None:
    place_id = find_turned_place(window)
    place = await ctx.store.places.get(place_id) if place_id is not None else None
    return await illustrate(place, day, ctx) if place else None
