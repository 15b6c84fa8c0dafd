"""The card of a text's drafts: the source, then one line a draft, what needs somebody first."""

from collections.abc import Iterator, Sequence

from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T, Typed, When, join
from commands.kit.params.basic import echo
from commands.kit.params.draft_selection import write_refs
from commands.kit.reply import (
    Action,
    Audience,
    Block,
    Choice,
    Facts,
    Field,
    Form,
    Heading,
    Item,
    Items,
    Pick,
    Reply,
    Small,
    Text,
    Tone,
)
from commands.kit.vocabulary import KINDS, SPEAKER_KINDS, place_name
from commands.shared.drafting.batch_view import BatchItem, Readiness, view_batch
from commands.shared.drafting.creation import names_to_create
from commands.shared.drafting.draft_card import problem_line
from commands.shared.drafting.passage_view import doubt_line, show_passage
from commands.shared.drafting.private_text import describe_sign
from store.model.draft import Draft, DraftState
from store.model.ref import ENTRY, Ref

_SIGNS = {
    Readiness.UNDECIDED: "?",
    Readiness.NEW_SPEAKER: "+",
    Readiness.ON_RECORD: "=",
    Readiness.COMPLETE: "✓",
}
_HEADS = {
    Readiness.UNDECIDED: T("To be decided"),
    Readiness.NEW_SPEAKER: T("Complete, by somebody who is new here"),
    Readiness.ON_RECORD: T("Much like something on record"),
    Readiness.COMPLETE: T("Complete"),
}
_MENU_WORDS = 60
_PASSAGES = 40
"""Of how many drafts the words are shown; of more, only of those that need somebody."""


async def batch_card(drafts: Sequence[Draft], ctx: Context) -> Reply:
    """Return the card of the drafts of a text."""
    items = await view_batch(drafts, ctx)
    open_ = [item for item in items if item.view]
    refs = write_refs([draft.id for draft in drafts])
    again = Action(T("Show"), "draft show", {"ref": refs})
    if not open_:
        none = T("None of these drafts is open any more.")
        blocks = tuple(_list_filed(items))
        return Reply((Strong(none),), blocks, tone=Tone.NOTHING, audience=Audience.ASKER)
    count = T("{n} draft from a text", "{n} drafts from a text", n=len(open_))
    return Reply(
        join(" · ", Strong(count), refs),
        (*_cautions(open_), *_source(open_), *_lists(open_), *_list_filed(items)),
        (*_filing(open_), *_rest(open_, drafts, refs)),
        audience=Audience.ASKER,
        picks=tuple(_picks(open_)),
        again=again,
        about=tuple(draft.ref for draft in drafts),
    )


def _cautions(items: Sequence[BatchItem]) -> Iterator[Block]:
    passage = items[0].draft.passage
    if passage and passage.private:
        yield Text((Strong(T("This may be private. File only what its writer would publish.")),))
        yield Items(tuple(Item((describe_sign(sign),)) for sign in passage.private))


def _source(items: Sequence[BatchItem]) -> Iterator[Block]:
    names = list(dict.fromkeys(item.draft.fields.get("source", "") for item in items))
    for name in names[:1]:
        if not name:
            yield Text((Strong(T("No source yet: name it, so that they can be filed.")),))
            return
    reading = items[0].view.reading if items[0].view else None
    known = reading.values.get("source") if reading else None
    shown: Inline = known.name if known else echo(names[0])
    new = None if known else T("new, to be created once")
    yield Facts(((T("Source"), join(" · ", shown, new)),))


def _lists(items: Sequence[BatchItem]) -> Iterator[Block]:
    for readiness, head in _HEADS.items():
        of_it = [item for item in items if item.readiness is readiness]
        if of_it:
            short = len(items) > _PASSAGES and readiness is Readiness.COMPLETE
            yield Heading(head)
            yield Items(tuple(_item(item, short=short) for item in of_it))


def _item(item: BatchItem, *, short: bool) -> Item:
    under = [*_needs(item)]
    if item.draft.passage and not short:
        under += show_passage(item.draft.passage)
    return Item(_lead(item), tuple(under))


def _lead(item: BatchItem) -> Line:
    """Return one line: 1 ✓ claim · Pokrovsk · Deineha · undated “practically lost”."""
    draft, view = item.draft, item.view
    values = view.reading.values if view else {}
    places = [place_name(values[name].place) for name in ("place", "also") if name in values]
    day = values.get("day")
    new = draft.fields.get("by", "").partition(",")[0]
    speaker = values["by"].name if "by" in values else new
    quote = draft.fields.get("quote", "")
    return join(
        " · ",
        Phrase((Strong(f"{draft.number}"), f" {_SIGNS[item.readiness]} ", KINDS[draft.kind])),
        Phrase(join(", ", *places)) if places else None,
        speaker,
        When(day) if day else None,
        T("“{quote}”", quote=_cut(quote)) if quote else None,
        Reference(item.like.ref) if item.like else None,
    )


def _needs(item: BatchItem) -> Iterator[Line]:
    """Yield what a draft lacks, and what on record says nearly the same."""
    view = item.view
    yield from (doubt_line(doubt) for doubt in item.doubts)
    if view is None:
        return
    new = names_to_create(view)
    for problem in view.reading.problems:
        if problem.field not in new:
            yield problem_line(problem).line
    if missing := [name for name in view.reading.missing if name != "source"]:
        yield (Strong(T("Still needed: {names}", names=", ".join(missing))),)
    if "by" in new:
        kind = SPEAKER_KINDS[view.draft.fields.get("by_kind", "person")]
        yield (T("New speaker: {name} ({kind})", name=echo(new["by"]), kind=kind),)
    if item.like:
        yield (T("On record: {text}", text=_cut(item.like.text)),)


def _list_filed(items: Sequence[BatchItem]) -> Iterator[Block]:
    filed = [
        str(Ref(ENTRY, item.draft.entry_id))
        for item in items
        if item.draft.state is DraftState.FILED and item.draft.entry_id
    ]
    if filed:
        refs = Phrase(join(", ", *map(Reference, filed)))
        yield Small((T("Filed already: {refs}", refs=refs),))


def _filing(items: Sequence[BatchItem]) -> Iterator[Action]:
    """Yield what files all that is complete, with the new speakers, and what is on record too."""
    by_readiness = {
        readiness: [item.draft for item in items if item.readiness is readiness]
        for readiness in Readiness
    }
    complete = by_readiness[Readiness.COMPLETE]
    speakers = by_readiness[Readiness.NEW_SPEAKER]
    on_record = by_readiness[Readiness.ON_RECORD]
    if complete:
        label = T("File all that is complete ({n})", n=len(complete))
        yield Action(label, "draft file", _name_drafts(complete), confirms=True)
    if speakers:
        n = len(complete) + len(speakers)
        label = T("Create the new speakers and file ({n})", n=n)
        yield Action(label, "draft file", _name_drafts([*complete, *speakers]))
    if on_record:
        label = T("File what supports something ({n})", n=len(on_record))
        yield Action(label, "draft file", {**_name_drafts(on_record), "supports": "yes"})


def _name_drafts(drafts: Sequence[Draft]) -> dict[str, str]:
    """Return the drafts and the versions that are shown of them."""
    refs = write_refs([draft.id for draft in drafts])
    return {"ref": refs, "seen": f"{sum_versions(drafts)}"}


def sum_versions(drafts: Sequence[Draft]) -> int:
    """Return the sum of the versions of drafts, as they were before they were filed."""
    return sum(draft.version - (draft.state is DraftState.FILED) for draft in drafts)


def _rest(items: Sequence[BatchItem], drafts: Sequence[Draft], refs: str) -> Iterator[Action]:
    if not items[0].draft.fields.get("source"):
        given = {"batch": drafts[0].ref}
        yield Action(T("Name the source"), "draft from", given)
    yield from _other_sources(items[0], drafts[0])
    yield Action(T("Drop them all"), "draft drop", {"ref": refs})


def _other_sources(item: BatchItem, first: Draft) -> Iterator[Action]:
    """Yield what on record may be the source, if its name is not there to the letter."""
    problems = item.view.reading.problems if item.view else ()
    for choice in (
        choice for it in problems if it.field == "source" for choice in it.error.choices
    ):
        given = {"batch": first.ref, "source": choice.value}
        yield Action(T("Use {source}", source=choice.label), "draft from", given)


def _picks(items: Sequence[BatchItem]) -> Iterator[Pick]:
    choices = tuple(Choice(Phrase(_words(item)), item.draft.ref) for item in items)
    yield Pick(T("Look at one, edit it…"), "draft show", {}, "ref", choices)
    ready = [item for item in items if item.view and item.readiness is not Readiness.UNDECIDED]
    if len(ready) > 1:
        some = tuple(Choice(Phrase(_words(item)), item.draft.ref) for item in ready)
        yield Pick(T("File some of them…"), "draft file", {}, "ref", some, several=True)


def _words(item: BatchItem) -> Line:
    text = _cut(item.draft.fields.get("text", ""))
    return (f"{item.draft.number} {_SIGNS[item.readiness]} ", text)


def _cut(text: str) -> str:
    return text if len(text) <= _MENU_WORDS else f"{text[: _MENU_WORDS - 1].rstrip()}…"


def source_form(batch: Draft) -> Form:
    """Return the form that names the source of all drafts of a text."""
    label = T("Where it was read: name, address or S-1")
    fields = (Field("source", label),)
    return Form(T("The source of the text"), "draft from", {"batch": batch.ref}, fields)


def numbers_hint() -> Small:
    """Say how drafts are filed by their numbers, where nobody can click."""
    lines = Typed("file 1-5 7"), Typed("drop 3"), Typed("edit 2")
    return Small((T("By number: {lines}", lines=Phrase(join(" · ", *lines))),))
