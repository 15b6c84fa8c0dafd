"""/draft drop: give a draft up."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import Strong, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Audience, Reply
from store.model.draft import Draft, DraftState


@command(role=Role.MODERATOR, group="draft")
async def drop(
    ctx: Context, ref: Annotated[Draft, KnownDraft(T("The draft, such as D-17"))]
) -> Reply:
    """Give a draft of your own up."""
    if not ref.belongs_to(ctx.person):
        only = T("{ref} was submitted by somebody. To turn it down:", ref=ref.ref)
        raise NotAllowed(only, Typed(f"/draft reject {ref.ref}"))
    if ref.state is not DraftState.DROPPED:  # or it came twice
        await ctx.store.drafts.drop(ref.id, ctx.now)
    return Reply((Strong(T("{ref} is dropped.", ref=ref.ref)),), audience=Audience.ASKER)
