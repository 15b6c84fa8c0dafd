"""/add claim: what somebody said."""

from typing import Annotated, Unpack

from commands.kit.adding import added
from commands.kit.context import Context, Role
from commands.kit.draftref import KnownDraft
from commands.kit.fields import Claim, Statement, typed
from commands.kit.reply import Reply
from commands.kit.spec import command
from commands.kit.words import T
from store.draft import Draft
from store.models import Kind


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
