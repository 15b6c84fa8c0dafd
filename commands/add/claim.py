"""/add claim: what somebody said."""

from typing import Annotated, Unpack

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.draft_view import NEEDED
from commands.shared.drafting.entry_fields import ClaimFields, Like, Statement
from commands.shared.drafting.put_into_draft import put_into_draft
from store.model.draft import Draft
from store.model.entry import Kind


@command(
    role=Role.MODERATOR,
    group="add",
    menu="File as claim",
    form=("text", "by", "day", "place", "source"),
    needs=NEEDED[Kind.CLAIM],
)
async def claim(
    ctx: Context,
    text: Statement = None,
    *,
    draft: Annotated[Draft | None, KnownDraft(T("The draft to continue"), hidden=True)] = None,
    like: Like = None,
    **given: Unpack[ClaimFields],
) -> Reply:
    """File a claim: who said what, on which day, about which place, and where it was read."""
    return await put_into_draft(ctx, Kind.CLAIM, text, given, draft, like=like)
