"""/add event: something that happened."""

from typing import Annotated, Unpack

from commands.kit.adding import added
from commands.kit.context import Context, Role
from commands.kit.draftref import KnownDraft
from commands.kit.fields import Event, Happened, typed
from commands.kit.reply import Reply
from commands.kit.spec import command
from commands.kit.words import T
from store.draft import Draft
from store.models import Kind


@command(
    role=Role.MODERATOR,
    group="add",
    menu="File as event",
    form=("text", "place", "day", "type", "source"),
)
async def event(
    ctx: Context,
    text: Happened = None,
    *,
    draft: Annotated[Draft | None, KnownDraft(T("The draft to go on with"), hidden=True)] = None,
    **given: Unpack[Event],
) -> Reply:
    """File an event: what happened, where, on which day, and where it was read."""
    return await added(ctx, Kind.EVENT, typed(text, given), draft)
