"""/events: what happened."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import Hidden, OneOf
from commands.kit.params.day_values import OnDay
from commands.kit.params.entities import KnownPlace
from commands.kit.params.event_types import KnownEventType
from commands.kit.reply import Reply
from commands.shared.views.entry_list import EntryQuery, list_entries
from store.model.entry import Kind
from store.model.span import Span
from store.queries.places import PlaceMatch
from store.queries.situation import EventType

_ORDERS = {"newest": T("newest first"), "oldest": T("oldest first")}


@command(kept=True, one_hop=True)
async def events(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("Where it happened, or near it"))] = None,
    *,
    since: Annotated[Span | None, OnDay(T("Happened on this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("Happened on this day or before it"))] = None,
    kind: Annotated[EventType | None, KnownEventType(T("What kind of event"))] = None,
    order: Annotated[str, OneOf(_ORDERS, T("Order; oldest first gives a timeline"))] = "newest",
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """List what happened, at a place or anywhere."""
    asked = EntryQuery(
        Kind.EVENT,
        place,
        since=since,
        until=until,
        type=kind,
        oldest_first=order == "oldest",
    )
    return await list_entries(ctx, asked, "events", after)
