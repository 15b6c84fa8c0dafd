"""/draft fill: the form of a draft."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.outcome import require_undecided
from store.model.draft import Draft


@command(role=Role.MODERATOR, group="draft")
async def fill(
    ctx: Context, ref: Annotated[Draft, KnownDraft(T("The draft, such as D-17"))]
) -> Reply:
    """Fill in the form of a draft, with what is there already."""
    require_undecided(ref, ctx)
    return await draft_card(ref, ctx, asking=True)
