"""/add assessment: how somebody judges a place to stand."""

from typing import Annotated, Unpack

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.entry_fields import AssessmentFields, Judgement, Like
from commands.shared.drafting.put_into_draft import put_into_draft
from store.model.draft import Draft
from store.model.entry import Kind


@command(role=Role.MODERATOR, group="add", form=("by", "place", "control", "day", "source"))
async def assessment(
    ctx: Context,
    text: Judgement = None,
    *,
    draft: Annotated[Draft | None, KnownDraft(T("The draft to continue"), hidden=True)] = None,
    like: Like = None,
    **given: Unpack[AssessmentFields],
) -> Reply:
    """File an assessment: who judges a place to be held by whom, and for which day."""
    return await put_into_draft(ctx, Kind.ASSESSMENT, text, given, draft, like=like)
