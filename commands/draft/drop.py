"""/draft drop: give a draft up."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotAllowed
from commands.kit.inlines import Strong, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Audience, Reply, Tone
from commands.shared.record_changes import YES
from store.model.draft import Draft, DraftState


@command(role=Role.MODERATOR, group="draft")
async def drop(
    ctx: Context,
    ref: Annotated[Draft | None, KnownDraft(T("The draft, such as D-17"))] = None,
    *,
    all_: Annotated[str, OneOf(YES, T("Drop all your drafts"))] = "",
) -> Reply:
    """Drop one of your drafts, or all of them."""
    if ref is None:
        if not all_:
            raise BadParam(T("Write which draft, or all:yes."), code=Code.MISSING_VALUE)
        n = await ctx.store.drafts.drop_all(ctx.person, ctx.now)
        if not n:
            return Reply((Strong(T("You have no drafts.")),), (), (), Tone.NOTHING, Audience.ASKER)
        gone = T("Dropped {n} draft.", "Dropped {n} drafts.", n=n)
        return Reply((Strong(gone),), audience=Audience.ASKER)
    if not ref.belongs_to(ctx.person):
        only = T("{ref} is someone’s submission. To reject it:", ref=ref.ref)
        raise NotAllowed(only, Typed(f"/draft reject {ref.ref}"))
    if ref.state is not DraftState.DROPPED:  # or it came twice
        await ctx.store.drafts.drop(ref.id, ctx.now)
    return Reply((Strong(T("Dropped {ref}.", ref=ref.ref)),), audience=Audience.ASKER)
