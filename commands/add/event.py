"""/add event: something that happened."""

from typing import Annotated, Unpack

from commands.kit.command import command
from commands.kit.context import Context, Role
from commands.kit.i18n import T
from commands.kit.params.drafts import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.fields import Event, Happened, typed
from commands.shared.drafting.start import added
from store.model.draft import Draft
from store.model.entry import Kind


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
