"""/undo: take back what one did last."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import TooLate
from commands.kit.inlines import Phrase, Reference, Strong, T, Typed, join
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden
from commands.kit.reply import Action, Audience, Block, Items, Reply, Text
from commands.shared.record_changes import plain_item
from commands.shared.views.revision_history import describe_revision, names_needed, target
from store.model.ref import ACTOR, ENTRY, PLACE, SOURCE, Ref
from store.model.refusals import Outdated
from store.model.revision import Revision

if TYPE_CHECKING:
    from store.editing.undo_together import UndoneTogether
    from store.transfer.batches import ImportBatch

_WITHIN = timedelta(hours=1)
_DESK = {PLACE: "place", ACTOR: "actor", SOURCE: "source"}


@command(role=Role.MODERATOR)
async def undo(ctx: Context, *, revision: Annotated[str, Hidden()] = "") -> Reply:
    """Undo your last change, if it is under an hour old and nobody has built on it."""
    seq = int(revision[:12]) if revision.isascii() and revision.isdigit() else 0
    act = ctx.act(
        "undo", "Undone by who did it, within the hour.", key=f"undo:{seq}" if seq else ""
    )
    number = await ctx.store.undo.batch(act, ctx.now - _WITHIN, seq)
    if number is not None:
        return _report_batch(await ctx.store.imports.undo_batch(act, number))
    if together := await ctx.store.undo_together.find(act, ctx.now - _WITHIN, seq):
        return _report_together(
            await ctx.store.undo_together.undo(act, ctx.now - _WITHIN, together)
        )
    try:
        was, undoing = await ctx.store.undo.undo(act, ctx.now - _WITHIN, seq)
    except Outdated as refusal:
        changed = T("{ref} has changed since. Look first:", ref=refusal.target)
        raise TooLate(changed, Typed(f"/log {refusal.target}")) from None
    names = await ctx.store.audit_log.names(names_needed([was]))
    what = describe_revision(was, names)
    title = join(" ", T("Undone:"), target(was.target, names), what.lead)
    blocks: list[Block] = [Text(line) for line in what.more]
    actions = [Action(T("Do it again"), *again)] if (again := _again(was)) else []
    ref = Ref.match(undoing.target)
    if ref and ref.kind is ENTRY:
        entry = await ctx.store.entries.get(ref.number)
        if entry is not None:
            blocks.append(Items((plain_item(entry),)))
            actions.append(Action(T("Show {ref}", ref=entry.ref), "entry", {"ref": entry.ref}))
    title = (Strong(title[0]), *title[1:])
    about = (undoing.target,)
    return Reply(title, tuple(blocks), tuple(actions), audience=Audience.ASKER, about=about)


def _report_together(result: "UndoneTogether") -> Reply:
    """Say that what was filed together was taken back."""
    n, refs = len(result.undone), Phrase(join(", ", *map(Reference, result.undone)))
    title = T("Undone: {n} entry filed from a text", "Undone: {n} entries filed from a text", n=n)
    blocks: list[Block] = [Text((refs,))] if result.undone else []
    if result.kept:
        kept = Phrase(join(", ", *map(Reference, result.kept)))
        stays = T("Changed or taken back since, and left as it is: {refs}", refs=kept)
        blocks.append(Text((stays,)))
    return Reply((Strong(title),), tuple(blocks), audience=Audience.ASKER, about=result.undone)


def _report_batch(batch: "ImportBatch") -> Reply:
    """Say that an import was taken back."""
    title = T("Undone: {ref}, an import of {file}", ref=batch.ref, file=batch.file)
    kept = T("Entries that someone changed since stay as they are.")
    about = (batch.ref,)
    return Reply((Strong(title),), (Text((kept,)),), audience=Audience.ASKER, about=about)


def _again(was: Revision) -> tuple[str, dict[str, str]] | None:
    """Return the command that does it again; a correction has none, it was a form."""
    after: Any = was.after or {}
    of = Ref.match(was.target)
    changed = of if was.before is not None else None
    ref, why = {"ref": was.target}, {"why": was.why} if was.why else {}
    match after:
        case {"retracted": _}:
            return "retract", {**ref, **why}
        case {"restored": _}:
            return "restore", {**ref, **why}
        case {"verdict": value}:
            source = {"source": str(Ref(SOURCE, after["source"]))} if after.get("source") else {}
            return "verdict", {**ref, "value": value or "none", **why, **source}
        case {"link": kind, "to": to}:
            return "link", {**ref, "type": kind, "to": to, **why}
        case {"unlink": kind, "to": to}:
            return "link", {**ref, "type": kind, "to": to, **why, "remove": "yes"}
        case {"area": _}:
            return _again_area(was, after, why)
        case {"status": term} | {"event_type": term}:
            return _again_term("status" if "status" in after else "type", term, why)
        case {"alias": name} | {"name": name} | {"local_name": name} | {"reliability": name} if (
            changed
        ):
            given = {"do": was.act, "name": was.target, "value": name}
            return f"desk {_DESK[changed.kind]}", {**given, **why}
        case _ if was.before is None and of and of.kind is ENTRY:
            return "restore", {**ref, "why": "again"}
        case _:
            return None


def _again_term(
    command: str, term: Mapping[str, Any], why: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """Return the command that adds a term again."""
    given = {"do": "add", "name": term["label"], "uk": term.get("labels", {}).get("uk", "")}
    given["symbol"] = term.get("symbol", "")
    return f"desk {command}", {name: value for name, value in {**given, **why}.items() if value}


def _again_area(
    was: Revision, after: Mapping[str, Any], why: Mapping[str, str]
) -> tuple[str, dict[str, str]] | None:
    """Return the command that draws or removes a whole area again."""
    if after["area"] is None:
        return "desk area", {"do": "remove", "name": was.target, **why}
    before: Any = was.before or {}
    if before.get("area") is not None or after["circles"][1:]:
        return None
    given = {"do": "add", "name": after["area"], "local": after["local"]}
    given["places"] = ", ".join(str(Ref(PLACE, number)) for number in after["places"])
    for middle, km in after["circles"]:
        given |= {"around": str(Ref(PLACE, middle)), "km": str(km)}
    return "desk area", {name: value for name, value in {**given, **why}.items() if value}
