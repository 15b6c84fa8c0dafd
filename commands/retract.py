"""/retract: withdraw an entry, or an import as a whole."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotFound
from commands.kit.inlines import Reference, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from commands.kit.params.retractable import KnownEntryOrBatch
from commands.kit.reply import Reply
from commands.shared.record_changes import YES, change_reply, reason
from store.model.entry import Entry
from store.model.ref import Ref


@command(role=Role.MODERATOR)
async def retract(
    ctx: Context,
    ref: Annotated[
        Entry | Ref,
        KnownEntryOrBatch(T("What to withdraw: an entry, or an import such as B-7"), "E-42"),
    ],
    why: Annotated[str, reason(T("Why; it stands in the entry’s place"))],
    *,
    sure: Annotated[str, OneOf(YES, T("Take an import back without asking first"))] = "",
) -> Reply:
    """Withdraw an entry: out of lists and counts, its reason stays. Or an import as a whole."""
    if isinstance(ref, Ref):
        return await _retract_batch(ctx, ref, why, sure=bool(sure))
    revision = await ctx.store.moderation.retract(ctx.act("retract", why), ref.id)
    return await change_reply(
        ctx, T("{ref} retracted: {why}", ref=Reference(revision.target), why=revision.why), revision
    )


async def _retract_batch(ctx: Context, ref: Ref, why: str, *, sure: bool) -> Reply:
    """Take an import back, whoever did it and however long ago; what others changed stays."""
    from commands.shared.views.batch_undo import ask_undo, report_undo  # noqa: PLC0415 -- only this loads imports

    imports = ctx.store.imports
    try:
        batch = await imports.batch(ref.number)
    except LookupError:
        missing = T("There is no import {ref}. To look for it:", ref=str(ref))
        raise NotFound(missing, Typed("/log"), code=Code.UNKNOWN_REFERENCE) from None
    act = ctx.act("undo", why)
    if batch.state == "undone" and not await ctx.store.history.has(act.key):
        raise BadParam(T("{ref} was taken back already.", ref=batch.ref), code=Code.WRONG_STATE)
    changed = await imports.list_changed(ref.number)
    if batch.state == "filed" and not sure:
        return ask_undo(batch, changed, why)
    if batch.state in {"staging", "filing"}:
        raise BadParam(T("{ref} is still being filed; try again when it is.", ref=batch.ref))
    return report_undo(await imports.undo_batch(act, ref.number), changed)
