"""/draft fill: the form of a draft."""

from typing import Annotated

from commands.kit.context import Context, Role
from commands.kit.draftcard import draft_card
from commands.kit.draftref import KnownDraft
from commands.kit.filed import must_stand
from commands.kit.reply import Reply
from commands.kit.spec import command
from commands.kit.words import T
from store.draft import Draft


@command(role=Role.MODERATOR, group="draft")
async def fill(
    ctx: Context, ref: Annotated[Draft, KnownDraft(T("The draft, such as D-17"))]
) -> Reply:
    """Fill in the form of a draft, with what is there already."""
    must_stand(ref, ctx)
    return await draft_card(ref, ctx, asking=True)
