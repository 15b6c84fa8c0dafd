"""/desk member: who may submit."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import Inline, Reference, Strong, T
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Action, Audience, Reply
from commands.shared.record_changes import reason
from commands.shared.views.program_words import own_words
from store.model.draft import Draft, DraftState
from store.model.refusals import Already, State

_ENDED = {DraftState.FILED, DraftState.DROPPED}
_DO = {"bar": T("stop them from submitting"), "allow": T("let them submit again")}


@command(role=Role.MODERATOR, group="desk")
async def member(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    draft: Annotated[Draft, KnownDraft(T("A draft they submitted, such as D-17"))],
    *,
    why: Annotated[str, reason(T("Why"))],
) -> Reply:
    """Stop the submitter of a draft from submitting more, or let them again."""
    if draft.state is DraftState.OPEN:
        raise Already(draft.ref, State.OPEN)
    if draft.state in _ENDED and draft.decided_by(draft.owner):  # it never waited for a review
        nobody = T("Nobody submitted {ref}. Name a draft that was submitted.", ref=draft.ref)
        raise BadParam(nobody, param="draft", code=Code.WRONG_STATE)
    lift = do == "allow"
    await ctx.store.people.bar(ctx.act(do, why), draft.owner, lift=lift)
    back = Action(
        _DO["bar" if lift else "allow"],
        "desk member",
        {"do": "bar" if lift else "allow", "draft": draft.ref, "why": why},
    )
    given: dict[str, Inline] = {"name": own_words(draft.owner.name), "ref": Reference(draft.ref)}
    barred = T("{name}, who submitted {ref}, can no longer submit.", **given)
    again = T("{name}, who submitted {ref}, can submit again.", **given)
    title = (Strong(again if lift else barred),)
    return Reply(title, actions=(back,), audience=Audience.ASKER)
