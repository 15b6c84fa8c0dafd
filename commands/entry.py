"""/entry: everything on one reference."""

from datetime import datetime
from typing import Annotated

from commands.kit.command import Only, command
from commands.kit.context import Context
from commands.kit.errors import NotFound
from commands.kit.inlines import Moment, T
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden, KnownEntry
from commands.kit.params.day_values import AtMoment
from commands.kit.reply import Reply, Text
from commands.shared.checking.choose_entry import answer_choice
from commands.shared.views import entry_detail as detail
from commands.shared.views.revision_history import names_needed
from store.model.entry import Entry


@command(one_hop=True, beside=("checked", "recorded"))
async def entry(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("A reference, such as E-42"))],
    *,
    recorded: Annotated[
        datetime | None, AtMoment(T("What was on record then")), Only(Role.MODERATOR)
    ] = None,
    checked: Annotated[str, Hidden(T("Whether it is what was checked"))] = "",
) -> Reply:
    """Show everything on record about one entry, with its history."""
    if choice := await answer_choice(ref, checked, ctx):
        return choice
    notes: tuple[Text, ...] = ()
    if recorded:
        then = await ctx.store.entries.as_of(ref.id, recorded)
        if then is None and ref.redacted:
            raise NotFound(T("{ref} was redacted; its text is gone.", ref=ref.ref))
        if then is None:
            raise NotFound(
                T("{ref} was not on record at {moment}.", ref=ref.ref, moment=Moment(recorded))
            )
        ref = then
        notes = (Text((T("What was on record at {moment}.", moment=Moment(recorded)),)),)
    verdicts, revisions = await ctx.store.entries.trail(ref.id)
    if recorded:
        verdicts = tuple(verdict for verdict in verdicts if verdict.at <= recorded)
        revisions = tuple(revision for revision in revisions if revision.at <= recorded)
    names = await ctx.store.audit_log.names(names_needed(revisions))
    return Reply(
        detail.title(ref),
        (*notes, *detail.blocks(ref, verdicts, revisions, names)),
        detail.actions(ref),
    )
