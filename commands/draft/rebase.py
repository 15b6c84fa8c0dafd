"""/draft rebase: let a correction go on from what others made of the entry meanwhile."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, NotAllowed
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.draft_view import view_draft
from commands.shared.drafting.outcome import require_undecided
from store.model.draft import Draft


@command(role=Role.MODERATOR, group="draft")
async def rebase(
    ctx: Context,
    ref: Annotated[Draft, KnownDraft(T("The draft, such as D-17"))],
    *,
    onto: Annotated[str, Hidden(T("The version that was seen"))] = "",
) -> Reply:
    """Apply a correction to the newest version of its entry."""
    require_undecided(ref, ctx)
    entry = (await view_draft(ref, ctx)).entry if ref.edits else None
    if entry is None:
        none = T("{ref} is not a correction.", ref=ref.ref)
        raise NotAllowed(none, code=Code.WRONG_STATE)
    if onto in {"", f"{entry.version}"}:
        ref = await ctx.store.drafts.rebase(ref.id, entry.version, ctx.now)
    return await draft_card(ref, ctx)
