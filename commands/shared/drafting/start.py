"""What /add does for every kind: begin a draft, or go on with one, and show it."""

from collections.abc import Mapping

from commands.kit.context import Context
from commands.kit.errors import Code, NotAllowed
from commands.kit.inlines import Strong, T
from commands.kit.reply import Audience, Reply
from commands.shared.drafting.card import draft_card
from commands.shared.drafting.correction import to_change
from commands.shared.drafting.draft import begun, look
from commands.shared.drafting.preview import blank_form, card
from store.model.draft import Draft
from store.model.entry import Kind


async def put_into_draft(
    ctx: Context, kind: Kind, given: Mapping[str, str], draft: Draft | None = None
) -> Reply:
    """Put what was given into a draft, a new one if none is named, and show it.

    Where something needed was not asked for, as by a command with few of its fields, the rest is
    asked for at once.
    """
    if draft is None and not any(given.values()):
        form = blank_form(kind, ctx)
        return Reply((Strong(form.title),), audience=Audience.ASKER, form=form)
    if draft is None:
        looked = await look(await begun(ctx, kind, given), ctx)
        return await card(looked, ctx, asking=bool(looked.reading.missing))
    if draft.edits is not None:
        if draft.kind is not kind:
            never = T("A correction cannot change the kind of an entry.")
            raise NotAllowed(never, code=Code.BAD_VALUE)
        given = to_change(given, await ctx.store.moderation.content(draft.edits, draft.base))
    changed = await ctx.store.drafts.change(draft.id, given, ctx.now, kind)
    return await draft_card(changed, ctx)
