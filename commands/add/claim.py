"""/add claim: what somebody said."""

from typing import Annotated, Unpack

from commands.kit.command import command
from commands.kit.context import Context, Role
from commands.kit.i18n import T
from commands.kit.params.drafts import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.fields import Claim, Statement, typed
from commands.shared.drafting.start import added
from store.model.draft import Draft
from store.model.entry import Kind


@command(
    role=Role.MODERATOR,
    group="add",
    menu="File as claim",
    form=("text", "by", "day", "place", "source"),
)
async def claim(
    ctx: Context,
    text: Statement = None,
    *,
    draft: Annotated[Draft | None, KnownDraft(T("The draft to go on with"), hidden=True)] = None,
    **given: Unpack[Claim],
) -> Reply:
    """File a claim: who said what, on which day, about which place, and where it was read."""
    return await added(ctx, Kind.CLAIM, typed(text, given), draft)
