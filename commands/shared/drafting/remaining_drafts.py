"""The way on to what is left of the drafts of a text."""

from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.draft_selection import write_refs
from commands.kit.reply import Action
from store.model.draft import Draft, DraftState


async def remaining_action(draft: Draft, ctx: Context) -> tuple[Action, ...]:
    """Return what shows the other drafts of a draft's text that are open; nothing of any other."""
    if not draft.batch or not draft.belongs_to(ctx.person):
        return ()
    batch = await ctx.store.text_drafts.batch(draft.batch)
    open_ = [other.id for other in batch if other.state is DraftState.OPEN]
    if not open_:
        return ()
    label = T("One more: {ref}", ref=write_refs(open_))
    if len(open_) > 1:
        label = T("List of {n} drafts", n=len(open_))
    return (Action(label, "draft show", {"ref": write_refs(open_)}),)
