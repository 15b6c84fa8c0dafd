"""/review: what was submitted, one at a time, the oldest first."""

from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Moment, Strong, T, join
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.reply import Audience, Reply, Small, Text, Tone
from commands.kit.vocabulary import KINDS
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.outcome import require_undecided
from commands.shared.views.program_words import own_words
from store.model.draft import Draft, DraftState
from store.model.entry import Kind
from store.model.refusals import Already, State

_MINUTE = 60


@command(role=Role.MODERATOR)
async def review(
    ctx: Context,
    ref: Annotated[Draft | None, KnownDraft(T("A submission, such as D-18"))] = None,
    *,
    skip: Annotated[Draft | None, KnownDraft(T("Go on after this one"))] = None,
    kind: Annotated[str, OneOf(KINDS, T("What kind of entry it is"))] = "",
) -> Reply:
    """Look at what was submitted, one at a time, the oldest first."""
    oldest, count = await ctx.store.drafts.waiting(skip.id if skip else 0)
    if oldest is None and count:
        oldest, _ = await ctx.store.drafts.waiting()
    draft = ref or oldest
    if draft is None:
        nothing = (Strong(T("No submissions to review.")),)
        return Reply(nothing, tone=Tone.NOTHING, audience=Audience.ASKER, about=())
    require_undecided(draft, ctx)
    if draft.state is DraftState.OPEN:
        raise Already(draft.ref, State.OPEN)
    if kind:
        await ctx.store.drafts.change(draft.id, {}, ctx.now, Kind(kind))
    draft = await ctx.store.drafts.take(draft.id, ctx.person, ctx.now)
    shown = await draft_card(draft, ctx)
    waiting = T("{n} submission to review", "{n} submissions to review", n=count)
    from_ = T("From {name}", name=own_words(draft.owner.name))
    return replace(
        shown,
        title=(waiting, " · ", *shown.title),
        blocks=(
            *_on_it(draft, ctx),
            *shown.blocks,
            Small(join(" · ", from_, Moment(draft.created_at))),
        ),
    )


def _on_it(draft: Draft, ctx: Context) -> tuple[Text, ...]:
    """Say who else is looking at it, and since when."""
    other = draft.reviewer_now(ctx.now)
    if other is None or draft.reviewed_at is None or draft.decided_by(ctx.person):
        return ()
    n = int((ctx.now - draft.reviewed_at).total_seconds()) // _MINUTE
    since = T("{n} minute ago", "{n} minutes ago", n=n) if n else T("just now")
    return (
        Text(
            (
                Strong(
                    T(
                        "{name} started reviewing it {since}.",
                        name=own_words(other.name),
                        since=since,
                    )
                ),
            )
        ),
    )
