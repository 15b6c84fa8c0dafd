"""/events: what happened."""

from typing import Annotated

from commands.kit.context import Context
from commands.kit.listing import Asked, listed
from commands.kit.names import KnownPlace
from commands.kit.params import Hidden, OnDay, OneOf
from commands.kit.reply import Reply
from commands.kit.spec import command
from commands.kit.terms import EVENT_TYPES
from commands.kit.words import T
from store.models import Kind
from store.places import PlaceMatch
from store.span import Span

_ORDERS = {"newest": T("newest first"), "oldest": T("oldest first")}


@command()
async def events(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("Where it happened, or near it"))] = None,
    *,
    since: Annotated[Span | None, OnDay(T("Happened on this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("Happened on this day or before it"))] = None,
    kind: Annotated[str | None, OneOf(EVENT_TYPES, T("What kind of event"))] = None,
    order: Annotated[str, OneOf(_ORDERS, T("Oldest first makes a timeline"))] = "newest",
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """List what happened, at a place or anywhere."""
    asked = Asked(
        Kind.EVENT,
        place,
        since=since,
        until=until,
        type=kind,
        oldest_first=order == "oldest",
    )
    return await listed(ctx, asked, "events", after)
