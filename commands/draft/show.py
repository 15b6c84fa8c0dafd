"""/draft show: a draft as it stands, or all of one's own."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T, Typed, join
from commands.kit.invocation import Role
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Action, Audience, Item, Items, Reply, Tone
from commands.kit.vocabulary import KINDS
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.outcome import require_undecided
from store.model.draft import Draft, DraftState

_SHOWN = 20


@command(role=Role.MODERATOR, group="draft")
async def show(
    ctx: Context,
    ref: Annotated[Draft | None, KnownDraft(T("The draft; all of yours by default"))] = None,
) -> Reply:
    """Show a draft as it stands, or all of your own."""
    if ref is not None:
        require_undecided(ref, ctx)
        return await draft_card(ref, ctx)
    own = await ctx.store.drafts.of(ctx.person, _SHOWN)
    drafts = [
        draft for draft in own if draft.state is DraftState.OPEN and not draft.expired(ctx.now)
    ]
    if not drafts:
        none = (Strong(T("You have no drafts.")), " ", Typed("/add claim"))
        return Reply(none, tone=Tone.NOTHING, audience=Audience.ASKER)
    items = tuple(
        Item(join(" · ", draft.ref, KINDS[draft.kind], draft.fields.get("text")))
        for draft in drafts
    )
    actions = tuple(Action(draft.ref, "draft show", {"ref": draft.ref}) for draft in drafts)
    if len(drafts) > 1:
        drop_all = Action(T("Drop all"), "draft drop", {"all": "yes"})
        actions = (*actions, drop_all)
    title = (Strong(T("You have {n} draft", "You have {n} drafts", n=len(drafts))),)
    return Reply(title, (Items(items),), actions, audience=Audience.ASKER)
