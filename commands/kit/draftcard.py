"""The card of any draft, of a new entry or of a correction."""

from commands.kit.context import Context
from commands.kit.correcting import look_at
from commands.kit.correctioncard import correction_card
from commands.kit.drafting import look
from commands.kit.preview import card
from commands.kit.reply import Reply
from store.draft import Draft


async def draft_card(draft: Draft, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft; with `asking`, its form is to be filled in at once."""
    if draft.edits is not None:
        return await correction_card(await look_at(draft, ctx), ctx, asking=asking)
    return await card(await look(draft, ctx), ctx, asking=asking)
