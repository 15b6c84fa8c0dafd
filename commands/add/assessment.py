"""/add assessment: how somebody judges a place to stand."""

from typing import Annotated, Unpack

from commands.kit.command import command
from commands.kit.context import Context, Role
from commands.kit.i18n import T
from commands.kit.params.drafts import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.fields import Assessment, Judgement, typed
from commands.shared.drafting.start import added
from store.model.draft import Draft
from store.model.entry import Kind


@command(role=Role.MODERATOR, group="add", form=("by", "place", "control", "day", "source"))
async def assessment(
    ctx: Context,
    text: Judgement = None,
    *,
    draft: Annotated[Draft | None, KnownDraft(T("The draft to go on with"), hidden=True)] = None,
    **given: Unpack[Assessment],
) -> Reply:
    """File an assessment: who judges a place to be held by whom, and for which day."""
    return await added(ctx, Kind.ASSESSMENT, typed(text, given), draft)
