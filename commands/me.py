"""/me: what became of one's submissions, and what is kept about one."""

from collections.abc import Sequence
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import Inline, Line, Reference, Strong, T, join
from commands.kit.params.basic import OneOf
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Action, Audience, Block, Facts, Heading, Item, Items, Reply, Text
from commands.shared.forget_me import forget_caller, offer_to_forget
from commands.shared.views.asked_subject import describe_subject
from store.editing.privacy import PersonalData
from store.model.draft import Draft, DraftState
from store.model.ref import ENTRY, PLACE, Ref
from store.workflow.inquiries import Inquirer, Inquiry

_SHOWN = 10
_FORGET = {"ask": T("show what would happen"), "yes": T("do it")}


@command()
async def me(
    ctx: Context,
    ref: Annotated[Draft | None, KnownDraft(T("One of your submissions, such as D-18"))] = None,
    *,
    forget: Annotated[str, OneOf(_FORGET, T("Have the desk forget you"))] = "",
) -> Reply:
    """Show your submissions and what is kept about you, or have it forgotten."""
    if forget:
        return await (forget_caller(ctx) if forget == "yes" else offer_to_forget(ctx))
    if ref is not None:
        if not ref.belongs_to(ctx.person):
            raise NotAllowed(T("{ref} belongs to someone else; only they can see it.", ref=ref.ref))
        text = (Text((ref.fields["text"],)),) if "text" in ref.fields else ()
        entry = _entry_ref(ref)
        actions = (Action(T("Open {ref}", ref=entry), "entry", {"ref": entry}),) if entry else ()
        return Reply((Strong(ref.ref), ": ", _outcome(ref)), text, actions, audience=Audience.ASKER)
    kept = await ctx.store.people.data_about(ctx.person)
    drafts = await ctx.store.drafts.of(ctx.person, _SHOWN)
    blocks: list[Block] = []
    if items := tuple(_item(draft) for draft in drafts if draft.state is not DraftState.DROPPED):
        blocks += [Heading(T("Drafts and submissions")), Items(items)]
    inquiries = await ctx.store.inquiries.of(Inquirer(ctx.caller.platform, ctx.caller.id))
    subjects = [await describe_subject(inquiry.subject, ctx) for inquiry in inquiries]
    rows = _list_kept(kept, subjects)
    none = T("No act on record, no draft and no submission.")
    blocks.append(Facts(tuple(rows)) if rows else Text((none,)))
    forget_ = Action(T("Be forgotten"), "me", {"forget": "ask"})
    title = (Strong(T("What this desk keeps about you")),)
    ends = [_end(inquiry) for inquiry in inquiries[:_SHOWN]]
    return Reply(title, tuple(blocks), (*ends, forget_), audience=Audience.ASKER)


def _list_kept(kept: PersonalData, subjects: Sequence[Inline]) -> list[tuple[Inline, Line]]:
    """Return what is kept about somebody, apart from what they sent."""
    rows: list[tuple[Inline, Line]] = []
    if kept.revisions:
        acts = T("{n} act of yours", "{n} acts of yours", n=kept.revisions)
        rows.append((T("On record"), (acts,)))
    if kept.drafts:
        rows.append((T("Drafts"), (f"{kept.drafts}",)))
    if kept.barred:
        rows.append((T("Barred"), (T("you can no longer submit"),)))
    if subjects:
        rows.append((T("To be told of"), join(", ", *subjects)))
    return rows


def _end(inquiry: Inquiry) -> Action:
    given = {"place": str(Ref(PLACE, inquiry.subject.place_id)), "stop": "yes"}
    return Action(T("Tell me no more of {place}", place=inquiry.place), "tell", given)


def _item(draft: Draft) -> Item:
    return Item(join(" · ", Strong(draft.ref), _outcome(draft)), _text_lines(draft))


def _text_lines(draft: Draft) -> tuple[Line, ...]:
    return ((draft.fields["text"],),) if "text" in draft.fields else ()


def _entry_ref(draft: Draft) -> str:
    """Return under which reference a draft was filed; empty if it was not."""
    return str(Ref(ENTRY, draft.entry_id)) if draft.entry_id else ""


def _outcome(draft: Draft) -> Inline:
    match draft.state:
        case DraftState.OPEN:
            return T("a draft of yours")
        case DraftState.WAITING:
            return T("waits for a review")
        case DraftState.FILED:
            return T("is on record as {ref}", ref=Reference(_entry_ref(draft)))
        case DraftState.REJECTED:
            return T("was rejected: {why}", why=draft.why)
        case DraftState.DROPPED:
            return T("was dropped")
