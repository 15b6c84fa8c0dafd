"""An import taken back: asked about with its count first, and what stays of it."""

from collections.abc import Sequence

from commands.kit.inlines import Inline, Line, Strong, T, join
from commands.kit.reply import Action, Audience, Block, Facts, Reply, Text
from commands.kit.vocabulary import thousands
from store.transfer.batches import ImportBatch
from store.transfer.plan import RowOutcome

_SHOWN = 10


def ask_undo(batch: ImportBatch, changed: Sequence[str], why: str) -> Reply:
    """Ask whether an import is to be taken back, with how many entries that are."""
    filed, corrected = (batch.counts.get(of, 0) for of in (RowOutcome.NEW, RowOutcome.CHANGED))
    counts = join(
        ", ",
        T("{n} entry is retracted", "{n} entries are retracted", n=filed) if filed else None,
        T("{n} correction is undone", "{n} corrections are undone", n=corrected)
        if corrected
        else None,
    )
    given = {"ref": batch.ref, "why": why, "sure": "yes"}
    return Reply(
        (Strong(T("Take back {ref}, an import of {file}?", ref=batch.ref, file=batch.file)),),
        (Text(counts), *_staying(changed)),
        (Action(T("Take back {ref}", ref=batch.ref), "retract", given, confirms=True),),
        audience=Audience.ASKER,
        about=(batch.ref,),
    )


def report_undo(batch: ImportBatch, changed: Sequence[str]) -> Reply:
    """Say that an import was taken back, and what stays of it."""
    title = T("Undone: {ref}, an import of {file}", ref=batch.ref, file=batch.file)
    blocks = (Text((batch.why,)), *_staying(changed)) if batch.why else tuple(_staying(changed))
    log = Action(T("Log of {ref}", ref=batch.ref), "log", {"ref": batch.ref})
    return Reply((Strong(title),), blocks, (log,), about=(batch.ref,))


def _staying(changed: Sequence[str]) -> list[Block]:
    if not changed:
        return []
    more = len(changed) - _SHOWN
    names: Line = join(
        ", ", *changed[:_SHOWN], T("{n} more", n=thousands(more)) if more > 0 else None
    )
    label: Inline = T("Changed since, and left as it is")
    return [Facts(((label, names),))]
