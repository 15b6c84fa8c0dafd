"""/add event: something that happened."""

from typing import Annotated, Unpack

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.draft_view import NEEDED
from commands.shared.drafting.entry_fields import EventFields, Happened, Like
from commands.shared.drafting.put_into_draft import put_into_draft
from store.model.draft import Draft
from store.model.entry import Kind


@command(
    role=Role.MODERATOR,
    group="add",
    menu="File as event",
    form=("text", "place", "day", "type", "source"),
    needs=NEEDED[Kind.EVENT],
)
async def event(
    ctx: Context,
    text: Happened = None,
    *,
    draft: Annotated[Draft | None, KnownDraft(T("The draft to continue"), hidden=True)] = None,
    like: Like = None,
    **given: Unpack[EventFields],
) -> Reply:
    """File an event: what happened, where, on which day, and where it was read."""
    return await put_into_draft(ctx, Kind.EVENT, text, given, draft, like=like)
