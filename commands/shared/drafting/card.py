"""The card of any draft, of a new entry or of a correction."""

from commands.kit.context import Context
from commands.kit.reply import Reply
from commands.shared.drafting.correction import look_at
from commands.shared.drafting.correction_card import correction_card
from commands.shared.drafting.draft import look
from commands.shared.drafting.preview import card
from store.model.draft import Draft


async def draft_card(draft: Draft, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft; with `asking`, its form is to be filled in at once."""
    if draft.edits is not None:
        return await correction_card(await look_at(draft, ctx), ctx, asking=asking)
    return await card(await look(draft, ctx), ctx, asking=asking)
