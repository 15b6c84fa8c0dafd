"""/draft create: put a speaker, a source or a place on record that a draft names."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Reply
from commands.kit.vocabulary import SOURCE_KINDS
from commands.shared.drafting.advice import LONGEST_ADDRESS
from commands.shared.drafting.creation import create_named
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.outcome import require_undecided
from store.model.draft import Draft

_FIELDS = {
    "by": T("the speaker"),
    "place": T("the place"),
    "also": T("the second place"),
    "source": T("the source"),
    "source2": T("the second source"),
    "relayed": T("the relayed source"),
}
_NAME = FreeText(
    T("Its name, or a source’s address"), "NAME", "Pohorilyi", raw=False, longest=LONGEST_ADDRESS
)


@command(role=Role.MODERATOR, group="draft")
async def create(
    ctx: Context,
    ref: Annotated[Draft, KnownDraft(T("The draft that names it, such as D-17"))],
    *,
    field: Annotated[str, OneOf(_FIELDS, T("The field it is for"))],
    name: Annotated[str, _NAME],
    kind: Annotated[str, OneOf(SOURCE_KINDS, T("What kind of source"))] = "",
) -> Reply:
    """Put a speaker, a source or a place on record, and into a field of the draft."""
    require_undecided(ref, ctx)
    target = await create_named(ref, field, name, ctx, kind)
    changed = await ctx.store.drafts.change(ref.id, {field: target}, ctx.now)
    return await draft_card(changed, ctx)
