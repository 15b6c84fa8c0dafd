"""/draft show: a draft as it stands, or all of one's own."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context, Role
from commands.kit.i18n import T
from commands.kit.params.drafts import KnownDraft
from commands.kit.reply import Action, Audience, Item, Items, Reply, Strong, Tone, Typed, joined
from commands.kit.vocabulary import KINDS
from commands.shared.drafting.card import draft_card
from commands.shared.drafting.publish import must_stand
from store.model.draft import Draft, DraftState

_SHOWN = 20


@command(role=Role.MODERATOR, group="draft")
async def show(
    ctx: Context,
    ref: Annotated[Draft | None, KnownDraft(T("The draft; without, all of yours"))] = None,
) -> Reply:
    """Show a draft as it stands, or all of your own."""
    if ref is not None:
        must_stand(ref, ctx)
        return await draft_card(ref, ctx)
    own = await ctx.store.drafts.of(ctx.person, _SHOWN)
    drafts = [one for one in own if one.state is DraftState.OPEN and not one.expired(ctx.now)]
    if not drafts:
        none = (Strong(T("You have no drafts.")), " ", Typed("/add claim"))
        return Reply(none, tone=Tone.NOTHING, audience=Audience.ASKER)
    items = tuple(
        Item(joined(" · ", one.ref, KINDS[one.kind], one.fields.get("text"))) for one in drafts
    )
    actions = tuple(Action(one.ref, "draft show", {"ref": one.ref}) for one in drafts)
    title = (Strong(T("{n} draft of yours", "{n} drafts of yours", n=len(drafts))),)
    return Reply(title, (Items(items),), actions, audience=Audience.ASKER)
