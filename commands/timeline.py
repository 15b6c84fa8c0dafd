"""/timeline: what happened and was said at a place, from the first to the last."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import Hidden, OnDay
from commands.kit.params.entities import KnownPlace
from commands.kit.reply import Reply
from commands.shared.views.entry_list import EntryQuery, list_entries
from store.model.span import Span
from store.queries.places import PlaceMatch


@command()
async def timeline(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town, village or area"))],
    *,
    since: Annotated[Span | None, OnDay(T("On this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("On this day or before it"))] = None,
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """Show the events, claims and assessments of a place, oldest first."""
    asked = EntryQuery(None, place, since=since, until=until, oldest_first=True)
    return await list_entries(ctx, asked, "timeline", after)
