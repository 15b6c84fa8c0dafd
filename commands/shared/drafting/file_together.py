"""Several drafts at once: filed by one act, or given up."""

from collections.abc import Sequence

from commands.kit.context import Context
from commands.kit.errors import Code, TooLate
from commands.kit.inlines import Phrase, Reference, Strong, T, Typed, join
from commands.kit.params.draft_selection import write_refs
from commands.kit.reply import Action, Audience, Items, Reply, Text
from commands.shared.drafting.batch_card import sum_versions
from commands.shared.drafting.batch_view import make_ready, view_batch
from commands.shared.drafting.outcome import count_asking
from commands.shared.drafting.remaining_drafts import remaining_action
from commands.shared.record_changes import plain_item
from store.model.draft import Draft, DraftState
from store.model.ref import ENTRY, Ref
from store.model.refusals import Outdated

_LISTED = 10


async def file_together(
    drafts: Sequence[Draft], ctx: Context, seen: str, *, supports: bool
) -> Reply:
    """Put drafts on record, a revision each; said again it is the same act, and the same answer."""
    refs = write_refs([draft.id for draft in drafts])
    if seen not in {"", f"{sum_versions(drafts)}"}:
        raise Outdated(refs)
    items = await view_batch(drafts, ctx)
    ready = await make_ready(items, ctx, supports=supports)
    act = ctx.act("file", f"Filed together, from {refs}.")
    await ctx.store.text_drafts.file(act, ready)
    now = await ctx.store.text_drafts.get_many([draft.id for draft in drafts])
    filed = [draft for draft in now if draft.state is DraftState.FILED and draft.entry_id]
    if not filed:
        lacks = T("None of {refs} is complete. Look again:", refs=refs)
        raise TooLate(lacks, Typed(f"/draft show {refs}"), code=Code.MISSING_VALUE)
    return await _report_filed(now, filed, ctx)


async def _report_filed(drafts: Sequence[Draft], filed: Sequence[Draft], ctx: Context) -> Reply:
    numbers = [draft.entry_id for draft in filed if draft.entry_id]
    entries = [await ctx.store.entries.get(number) for number in numbers[:_LISTED]]
    left = [draft for draft in drafts if draft.state is DraftState.OPEN]
    blocks = [Items(tuple(plain_item(entry) for entry in entries if entry))]
    more = numbers[_LISTED:]
    rest = join(", ", *(Reference(str(Ref(ENTRY, number))) for number in more))
    texts = [Text((T("And {refs}", refs=Phrase(rest)),))] if more else []
    if left:
        still = write_refs([draft.id for draft in left])
        texts.append(Text((T("Left as they are: {refs}", refs=still),)))
    return Reply(
        (Strong(T("{n} entry is on record", "{n} entries are on record", n=len(numbers))),),
        (*blocks, *texts, *await count_asking(numbers, ctx)),
        (*await remaining_action(filed[0], ctx), await _undo(filed[-1], ctx)),
        audience=Audience.ASKER,
        about=tuple(str(Ref(ENTRY, number)) for number in numbers),
    )


async def _undo(draft: Draft, ctx: Context) -> Action:
    """Return what takes back all that was filed together with a draft."""
    key, target = f"draft:{draft.id}:file", str(Ref(ENTRY, draft.entry_id or 0))
    (seq,) = (
        revision.seq for revision in await ctx.store.history.of(target) if revision.key == key
    )
    return Action(T("Undo"), "undo", {"revision": f"{seq}"})
