"""/draft file: put a draft on record."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.shared.drafting.correction import look_at
from commands.shared.drafting.correction_card import correction_card
from commands.shared.drafting.draft import look
from commands.shared.drafting.publish import (
    filing_reply,
    publish_correction,
    publish_new,
    require_undecided,
)
from store.model.draft import Draft
from store.model.refusals import Outdated


@command(role=Role.MODERATOR, group="draft")
async def file(
    ctx: Context,
    ref: Annotated[Draft, KnownDraft(T("The draft, such as D-17"))],
    *,
    seen: Annotated[str, Hidden(T("The version that was seen"))] = "",
) -> Reply:
    """Put a draft on record as it stands."""
    if ref.entry_id and ref.decided_by(ctx.person):
        return await filing_reply(ref, ref.entry_id, ctx)
    require_undecided(ref, ctx)
    if seen not in {"", f"{ref.version}"}:
        raise Outdated(ref.ref)
    if ref.edits is None:
        return await publish_new(await look(ref, ctx), ctx)
    looked = await look_at(ref, ctx)
    if looked.fits:
        return await publish_correction(looked, ctx)
    now = await ctx.store.drafts.get(ref.id)
    if now and now.entry_id and now.decided_by(ctx.person):  # another click was quicker
        return await filing_reply(now, now.entry_id, ctx)
    return await correction_card(looked, ctx)
