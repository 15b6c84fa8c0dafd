"""/gaps: what people ask about, and the record does not answer."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Reference, Strong, T, When, join
from commands.kit.invocation import Role
from commands.kit.reply import Audience, Item, Items, Reply, Small, Tone
from commands.shared.views.asked_subject import describe_subject
from commands.shared.views.entry_card import day_of
from store.model.span import Span
from store.workflow.gaps import FEWEST, KEPT, Gap

_SHOWN = 10


@command(role=Role.MODERATOR)
async def gaps(ctx: Context) -> Reply:
    """Show what people asked in vain: about which place, on how many days."""
    largest = await ctx.store.gaps.largest(_SHOWN)
    rule = T(
        "A day counts if {n} people asked. Who asked is not kept, the number {days} days.",
        n=FEWEST,
        days=KEPT.days,
    )
    off = () if ctx.remembers else (Small((T("SITREP_REMEMBER=no: nothing is counted."),)),)
    if not largest:
        title = T("Nothing was asked in vain")
        return Reply(
            (Strong(title),), (*off, Small((rule,))), tone=Tone.NOTHING, audience=Audience.ASKER
        )
    items = [await _item(gap, ctx) for gap in largest]
    return Reply(
        (Strong(T("Asked in vain, on most days first")),),
        (Items(tuple(items)), *off, Small((rule,))),
        audience=Audience.ASKER,
    )


async def _item(gap: Gap, ctx: Context) -> Item:
    asked = join(
        " · ",
        T("on {n} day", "on {n} days", n=gap.days),
        T(
            "{n} person on {day}",
            "{n} people on {day}",
            n=gap.people,
            day=When(Span.on(gap.busiest)),
        ),
        T("{n} waits to be told", "{n} wait to be told", n=gap.waiting) if gap.waiting else None,
    )
    entry = await ctx.store.entries.get(gap.newest) if gap.newest else None
    newest = (
        T("Newest entry: {ref}, {day}", ref=Reference(entry.ref), day=day_of(entry))
        if entry
        else T("No entry yet")
    )
    return Item((Strong(await describe_subject(gap.subject, ctx)),), (asked, (newest,)))
