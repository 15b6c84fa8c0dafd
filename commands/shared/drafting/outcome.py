"""What became of a draft, and what is then said; again and again the same."""

from collections.abc import Iterator, Sequence
from typing import Any

from commands.kit.context import Context
from commands.kit.inlines import Line, Reference, Strong, T, Typed
from commands.kit.reply import Action, Item, Items, Reply, Small
from commands.kit.vocabulary import IN_LANGUAGE
from commands.shared.drafting.remaining_drafts import remaining_action
from commands.shared.views.entry_card import entry_item, explain_marks, sentence
from store.model.draft import Draft, DraftState
from store.model.entry import Entry, Kind, LinkType
from store.model.ref import ENTRY, Ref
from store.model.refusals import Already, State
from store.model.revision import Revision


def require_undecided(draft: Draft, ctx: Context) -> None:
    """Refuse a draft that is neither open nor waiting, saying what became of it."""
    if draft.state in {DraftState.OPEN, DraftState.WAITING}:
        return
    by = draft.reviewer.name if draft.reviewer and not draft.decided_by(ctx.person) else ""
    target = str(Ref(ENTRY, draft.entry_id)) if draft.entry_id else draft.ref
    raise Already(target, State(draft.state.value), by)


async def correction_reply(
    entry_id: int, ctx: Context, key: str, changed: Sequence[Line] = ()
) -> Reply:
    """Say that the act of this key corrected an entry, and what it `changed` if that is told."""
    ctx.store.note_write()
    entry = await ctx.store.entries.get(entry_id)
    assert entry is not None  # noqa: S101 -- it was corrected, so it is there
    items = (*(Item(line) for line in changed), entry_item(entry))
    revision = await _of_key(entry.ref, key, ctx)
    return Reply(
        (Strong(T("Corrected {ref}", ref=Reference(entry.ref))),),
        (Items(items), *explain_marks([entry]), *_stale_translations(revision, entry)),
        (
            Action(T("Open {ref}", ref=entry.ref), "entry", {"ref": entry.ref}),
            _undo(revision),
        ),
        about=(entry.ref,),
    )


def _stale_translations(revision: Revision, entry: Entry) -> Iterator[Small]:
    """Yield each translation that an act did not correct along with the sentence."""
    was: Any = revision.before or {}
    if not was or was.get("text") == entry.text:
        return
    for language, text in entry.translations.items():
        if was.get("translations", {}).get(language) == text:
            stays = T(
                "The sentence {in_language} stays as it was: “{text}”. To correct it: {line}",
                in_language=IN_LANGUAGE[language],
                text=text.removesuffix("."),
                line=Typed(f"/edit {entry.ref} text.{language}:"),
            )
            yield Small((stays,))


async def _of_key(ref: str, key: str, ctx: Context) -> Revision:
    """Return the revision of a key."""
    (act,) = (revision for revision in await ctx.store.history.of(ref) if revision.key == key)
    return act


def _undo(revision: Revision) -> Action:
    """Return what takes back an act, and no later one."""
    return Action(T("Undo"), "undo", {"revision": f"{revision.seq}"})


def next_action(draft: Draft, ctx: Context) -> tuple[Action, ...]:
    """Return the way on for who reviews."""
    return () if draft.belongs_to(ctx.person) else (Action(T("Next"), "review"),)


def _another(draft: Draft, entry: Entry, ctx: Context) -> Iterator[Action]:
    """Yield the way to one more entry of the same source, speaker, day and place."""
    if draft.belongs_to(ctx.person):
        yield Action(T("Next one like it"), f"add {draft.kind}", {"like": entry.ref})


async def filing_reply(draft: Draft, entry_id: int, ctx: Context) -> Reply:
    """Say under which reference a draft stands on record now."""
    ctx.store.note_write()
    if draft.edits is not None:
        return await correction_reply(draft.edits, ctx, f"draft:{draft.id}:file")
    entry = await ctx.store.entries.get(entry_id)
    assert entry is not None  # noqa: S101 -- it was filed, and nothing that was filed goes
    return Reply(
        (Strong(T("Filed as {ref}", ref=Reference(entry.ref))),),
        (
            Items((entry_item(entry),)),
            *explain_marks([entry]),
            *await count_asking([entry.id], ctx),
            *await _link_hint(entry, ctx),
        ),
        (
            Action(T("Open {ref}", ref=entry.ref), "entry", {"ref": entry.ref}),
            *_another(draft, entry, ctx),
            _undo(await _of_key(entry.ref, f"draft:{draft.id}:file", ctx)),
            *next_action(draft, ctx),
            *await remaining_action(draft, ctx),
        ),
        about=(entry.ref,),
    )


async def count_asking(entry_ids: Sequence[int], ctx: Context) -> tuple[Small, ...]:
    """Say how many asked to be told of what was filed; they are told within a minute."""
    people = await ctx.store.inquiries.count_asking(entry_ids)
    asked = T("{n} person asked to be told.", "{n} people asked to be told.", n=people)
    return (Small((asked,)),) if people else ()


async def _link_hint(entry: Entry, ctx: Context) -> tuple[Small, ...]:
    """Say how to link an entry with the one that says the opposite, or nearly the same."""
    if other := await ctx.store.similar_entries.opposed(entry):
        judged = Kind.ASSESSMENT in {entry.kind, other.kind}
        kind = LinkType.IN_TENSION_WITH if judged else LinkType.CONTRADICTS
    elif other := await _alike(entry, ctx):
        same = entry.by == other.by
        kind = LinkType.DUPLICATES if same else LinkType.SUPPORTS
    else:
        return ()
    line = Typed(f"/link {entry.ref} {kind} {other.ref}")
    return (
        Small((Reference(other.ref), " · ", sentence(other))),
        Small((T("To link it: {line}", line=line),)),
    )


async def _alike(entry: Entry, ctx: Context) -> Entry | None:
    place = entry.places[0].place_id if entry.places else None
    near = await ctx.store.similar_entries.near(entry.kind, place, entry.day.latest, entry.text)
    known = {entry.id, *(link.entry_id for link in entry.links)}
    return next((other for other in near if other.id not in known), None)
