"""/draft drop: give a draft up."""

from collections.abc import Sequence
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotAllowed
from commands.kit.inlines import Strong, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from commands.kit.params.draft_selection import DraftSelection, KnownDrafts, write_refs
from commands.kit.reply import Audience, Reply, Tone
from commands.shared.drafting.remaining_drafts import remaining_action
from commands.shared.record_changes import YES
from store.model.draft import Draft, DraftState


@command(role=Role.MODERATOR, group="draft", short=True)
async def drop(
    ctx: Context,
    ref: Annotated[
        DraftSelection | None, KnownDrafts(T("The draft or drafts, such as D-17"))
    ] = None,
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
    draft = ref.single
    if draft is None:
        return await _drop_several(ref.drafts, ctx)
    if not draft.belongs_to(ctx.person):
        only = T("{ref} is someone’s submission. To reject it:", ref=draft.ref)
        raise NotAllowed(only, Typed(f"/draft reject {draft.ref}"))
    if draft.state is not DraftState.DROPPED:  # or it came twice
        await ctx.store.drafts.drop(draft.id, ctx.now)
    dropped = (Strong(T("Dropped {ref}.", ref=draft.ref)),)
    actions = await remaining_action(draft, ctx)
    return Reply(dropped, (), actions, audience=Audience.ASKER)


async def _drop_several(drafts: Sequence[Draft], ctx: Context) -> Reply:
    """Drop several drafts; what is on record already stays there."""
    await ctx.store.text_drafts.drop([draft.id for draft in drafts], ctx.now)
    now = await ctx.store.text_drafts.get_many([draft.id for draft in drafts])
    dropped = [draft.id for draft in now if draft.state is DraftState.DROPPED]
    n, refs = len(dropped), write_refs(dropped)
    gone = T("Dropped {n} draft: {refs}", "Dropped {n} drafts: {refs}", n=n, refs=refs)
    actions = await remaining_action(drafts[0], ctx)
    return Reply((Strong(gone),), (), actions, audience=Audience.ASKER)
