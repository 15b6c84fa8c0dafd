"""/draft show: a draft as it stands, or all of one's own."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T, Typed, join
from commands.kit.invocation import Role
from commands.kit.params.draft_selection import DraftSelection, KnownDrafts, write_refs
from commands.kit.reply import Action, Audience, Item, Items, Reply, Tone
from commands.kit.vocabulary import KINDS
from commands.shared.drafting.batch_card import batch_card
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.outcome import require_undecided
from store.model.draft import DraftState
from store.workflow.text_drafts import OpenText

_SHOWN = 20


@command(role=Role.MODERATOR, group="draft")
async def show(
    ctx: Context,
    ref: Annotated[
        DraftSelection | None, KnownDrafts(T("The draft or drafts; all of yours by default"))
    ] = None,
) -> Reply:
    """Show a draft as it stands, or all of your own."""
    if ref is not None and ref.single is None:
        return await batch_card(ref.drafts, ctx)
    if ref is not None and ref.single is not None:
        require_undecided(ref.single, ctx)
        return await draft_card(ref.single, ctx)
    own = await ctx.store.drafts.of(ctx.person, _SHOWN)
    drafts = [
        draft for draft in own if draft.state is DraftState.OPEN and not draft.expired(ctx.now)
    ]
    texts = await ctx.store.text_drafts.list_open(ctx.person, ctx.now)
    if not drafts and not texts:
        none = (Strong(T("You have no drafts.")), " ", Typed("/add claim"))
        return Reply(none, tone=Tone.NOTHING, audience=Audience.ASKER)
    items = tuple(_text_item(text) for text in texts) + tuple(
        Item(join(" · ", draft.ref, KINDS[draft.kind], draft.fields.get("text")))
        for draft in drafts
    )
    names = [*map(_refs_of, texts), *(draft.ref for draft in drafts)]
    actions = tuple(Action(name, "draft show", {"ref": name}) for name in names)
    count = len(drafts) + sum(text.count for text in texts)
    if count > 1:
        drop_all = Action(T("Drop all"), "draft drop", {"all": "yes"})
        actions = (*actions, drop_all)
    title = (Strong(T("You have {n} draft", "You have {n} drafts", n=count)),)
    return Reply(title, (Items(items),), actions, audience=Audience.ASKER)


def _text_item(text: OpenText) -> Item:
    count = T("{n} draft from a text", "{n} drafts from a text", n=text.count)
    return Item(join(" · ", _refs_of(text), count))


def _refs_of(text: OpenText) -> str:
    return write_refs(range(text.first, text.last + 1))
