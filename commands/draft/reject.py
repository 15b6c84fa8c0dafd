"""/draft reject: turn a submission down."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.invocation import Role
from commands.kit.params.deferred import Sentence
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Audience, Field, Form, Reply
from commands.shared.drafting.outcome import next_action, require_undecided
from store.model.draft import Draft, DraftState
from store.model.refusals import Already, State

_LONGEST = 500
_WHY = T("Why; the submitter will read it")


@command(role=Role.MODERATOR, group="draft")
async def reject(
    ctx: Context,
    ref: Annotated[Draft, KnownDraft(T("The submission, such as D-18"))],
    why: Annotated[str, Sentence(_WHY, longest=_LONGEST)] = "",
) -> Reply:
    """Reject a submission, and tell the submitter why."""
    if not (ref.state is DraftState.REJECTED and ref.decided_by(ctx.person)):
        require_undecided(ref, ctx)
    if ref.state is DraftState.OPEN:
        raise Already(ref.ref, State.OPEN)
    if ref.state is DraftState.WAITING:
        if not why:
            asked = Field("why", _WHY, long=True, longest=_LONGEST)
            form = Form(T("Reject {ref}", ref=ref.ref), "draft reject", {"ref": ref.ref}, (asked,))
            return Reply((Strong(form.title),), audience=Audience.ASKER, form=form)
        act = ctx.act("reject", why, f"draft:{ref.id}:reject")
        why = (await ctx.store.drafts.reject(act, ref.id)).why
    else:
        why = ref.why
    told = T("{ref} is rejected: {why}", ref=ref.ref, why=why)
    return Reply((Strong(told),), (), next_action(ref, ctx), audience=Audience.ASKER)
