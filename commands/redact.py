"""/redact: take words away for good."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Reference, Strong, T
from commands.kit.invocation import Role
from commands.kit.params.basic import KnownEntry, OneOf
from commands.kit.reply import Action, Audience, Items, Reply, Text
from commands.shared.record_changes import YES, change_reply, reason
from commands.shared.views.entry_card import entry_item, explain_marks
from store.model.entry import Entry
from store.model.refusals import Already, State


@command(role=Role.ADMIN)
async def redact(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The entry whose words must go, such as E-42"))],
    why: Annotated[str, reason(T("Why; everyone sees it, so repeat none of the words"))],
    *,
    sure: Annotated[str, OneOf(YES, T("Nothing brings the words back"))] = "",
) -> Reply:
    """Take an entry’s words away for good, wherever they are kept."""
    if not sure:
        if ref.redacted:
            raise Already(ref.ref, State.REDACTED)
        return _ask_first(ref, why)
    revision = await ctx.store.redaction.redact(ctx.act("redact", why), ref.id)
    blocks = [Text((T("Deleted from the entry, history, search, drafts and links."),))]
    if await ctx.store.redaction.unfinished():
        later = T("Another program has the file open. The last traces go once it lets go of it.")
        blocks.append(Text((later,)))
    title = T("{ref} redacted: {why}", ref=Reference(revision.target), why=why)
    return await change_reply(ctx, title, revision, *blocks, undo=False)


def _ask_first(ref: Entry, why: str) -> Reply:
    """Say what cannot be brought back, before it is done."""
    given = {"ref": ref.ref, "why": why, "sure": "yes"}
    gone = T(
        "Deleted: its text and quote, its links, and the content and reasons of all its revisions."
    )
    left = T(
        "Kept, for everyone to see: its kind, days, places, speaker, sources, and your reason."
    )
    copies = T(
        "Backups, exports, replicas and other people’s copies keep the words. Deal with those too."
    )
    return Reply(
        (Strong(T("Redact {ref}? Nothing brings its words back.", ref=Reference(ref.ref))),),
        (
            Items((entry_item(ref),)),
            *explain_marks([ref]),
            Text((gone,)),
            Text((left,)),
            Text((copies,)),
        ),
        (Action(T("Redact {ref} for good", ref=ref.ref), "redact", given, confirms=True),),
        audience=Audience.ASKER,
    )
