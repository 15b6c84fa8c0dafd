"""A draft as its owner sees it: what would be on record, what is wrong, what can be done."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import structs

from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T, When, join
from commands.kit.params.basic import echo
from commands.kit.params.event_types import event_type_choices
from commands.kit.reply import (
    Action,
    Audience,
    Block,
    Facts,
    Field,
    Form,
    Heading,
    Item,
    Items,
    Reply,
    Small,
    Text,
    Tone,
)
from commands.kit.vocabulary import CLAIM_TYPES, ENCIRCLED, LINKS, place_name
from commands.shared.drafting.advice import Caution, find_cautions, propose
from commands.shared.drafting.content import texts_of
from commands.shared.drafting.creation import names_to_create
from commands.shared.drafting.draft_picks import FIELD_NAMES, draft_picks, list_own_terms
from commands.shared.drafting.draft_view import (
    EMPTIED,
    DraftView,
    FieldProblem,
    command_of,
    mandatory_fields,
    view_draft,
)
from commands.shared.drafting.field_labels import label_of
from commands.shared.drafting.passage_view import choices_of, doubt_line, open_doubts, show_passage
from commands.shared.drafting.remaining_drafts import remaining_action
from commands.shared.views.entry_card import (
    control_with_share,
    entry_item,
    explain_marks,
    other_versions,
)
from commands.shared.views.field_diff import what_changed
from commands.shared.views.revision_history import history_item, names_needed
from store.model.draft import Draft, DraftState
from store.model.entry import TRANSLATIONS, Entry, Kind
from store.model.filing import Filing

_OPEN = {
    Kind.EVENT: T("{ref} · draft of an event"),
    Kind.CLAIM: T("{ref} · draft of a claim"),
    Kind.ASSESSMENT: T("{ref} · draft of an assessment"),
}
_WAITING = {
    Kind.EVENT: T("{ref} · submitted as an event"),
    Kind.CLAIM: T("{ref} · submitted as a claim"),
    Kind.ASSESSMENT: T("{ref} · submitted as an assessment"),
}
_SHOWN = 300
_WORDS = {"text", "quote", *TRANSLATIONS}


async def draft_card(draft: Draft, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft; with `asking`, its form is to be filled in at once."""
    return await render_draft(await view_draft(draft, ctx), ctx, asking=asking)


async def render_draft(view: DraftView, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft that was read; with `asking`, also its form."""
    draft, reading = view.draft, view.reading
    form = await _form_of(view, ctx) if asking else None
    cautions = await _cautions(view, ctx)
    proposals = [action for problem in reading.problems for action in propose(draft, problem)]
    further = [action for caution in cautions for action in caution.actions]
    about = (view.entry.ref, draft.ref) if view.before and view.entry else (draft.ref,)
    return Reply(
        (Strong(_title(view)),),
        (
            *_passage(view),
            *map(problem_line, reading.problems),
            *await _outcome(view, form, ctx),
            *_still_needed(reading.missing),
            *_caution_blocks(cautions),
            *await _meanwhile(view, ctx),
        ),
        (
            *_first(view),
            *await _decisions(view, ctx),
            *proposals,
            *_create(view),
            *further,
            *_last(view, asking=asking),
            *await remaining_action(draft, ctx),
        ),
        Tone.REFUSAL if view.missed else Tone.ANSWER,
        Audience.ASKER,
        picks=tuple(draft_picks(view, ctx, await list_own_terms(ctx))),
        form=form,
        again=Action(T("Show"), "draft show", {"ref": draft.ref}),
        about=about,
    )


def _passage(view: DraftView) -> Iterator[Block]:
    """Yield the words of a text on which a draft rests, and what they leave open."""
    draft = view.draft
    if draft.passage:
        yield from (Text(line) for line in show_passage(draft.passage))
        yield from (Text(doubt_line(doubt)) for doubt in open_doubts(draft))


async def _decisions(view: DraftView, ctx: Context) -> list[Action]:
    """Return what decides a doubt: one of the places or speakers that may be meant."""
    draft = view.draft
    return [
        Action(choice.label, f"add {draft.kind}", {"draft": draft.ref, doubt.field: choice.value})
        for doubt in open_doubts(draft)
        for choice in await choices_of(doubt, ctx)
    ]


def _title(view: DraftView) -> T:
    draft = view.draft
    if view.before and view.entry:
        return T("{draft} · correction of {ref}", draft=draft.ref, ref=view.entry.ref)
    waiting = draft.state is DraftState.WAITING
    return T((_WAITING if waiting else _OPEN)[draft.kind].message, ref=draft.ref)


async def _outcome(view: DraftView, form: Form | None, ctx: Context) -> tuple[Block, ...]:
    """Return what filing it would put on record, as far as that can be told."""
    content = view.reading.content
    if view.before and content:
        return await _correction(view, view.before, content, ctx)
    if view.entry:
        marks = explain_marks([view.entry])
        return (Items((entry_item(view.entry),)), *marks, *_more(view.entry, view))
    rows = tuple(_field_rows(view, ctx, form))
    return (Facts(rows),) if rows else ()


async def _correction(
    view: DraftView, before: Filing, after: Filing, ctx: Context
) -> tuple[Block, ...]:
    """Return what a correction changes, and why."""
    blocks: list[Block] = []
    if lines := await what_changed(before, after, ctx):
        blocks.append(Items(tuple(Item(line) for line in lines)))
    elif not view.reading.problems:
        blocks.append(Text((T("Nothing changed yet."),)))
    if why := view.draft.fields.get("why"):
        blocks.append(Facts(((T("Why"), (why,)),)))
    return tuple(blocks)


def _still_needed(missing: Sequence[str]) -> Iterator[Block]:
    if missing:
        names = Phrase(join(", ", *map(label_of, missing)))
        yield Text((Strong(T("Still needed: {names}", names=names)),))


def problem_line(problem: FieldProblem) -> Text:
    """Return which field is wrong, and why."""
    error = problem.error
    more = (" ", *error.more) if error.more else ()
    return Text((Strong(f"{problem.field}: "), error.message, *more))


async def _cautions(view: DraftView, ctx: Context) -> tuple[Caution, ...]:
    """Return what to look at before a new entry is filed."""
    if view.before or not view.entry:
        return ()
    return await find_cautions(view.draft, view.entry, view.reading.values, ctx)


def _caution_blocks(cautions: Sequence[Caution]) -> Iterator[Block]:
    if cautions:
        yield Heading(T("Before you file it"))
        yield Items(tuple(Item(caution.line) for caution in cautions))


async def _meanwhile(view: DraftView, ctx: Context) -> tuple[Block, ...]:
    """Return what others did to the entry since its correction began."""
    if not (view.missed and view.entry):
        return ()
    head = T("{ref} was changed meanwhile", ref=view.entry.ref)
    names = await ctx.store.audit_log.names(names_needed(view.missed))
    items = [history_item(revision, names) for revision in view.missed]
    stays = T("Your draft stays. Look at both, then apply yours to the new version.")
    return (Heading(head), Items(tuple(items)), Text((stays,)))


async def blank_form(
    kind: Kind,
    ctx: Context,
    texts: Mapping[str, str] = MappingProxyType({}),
    like: Entry | None = None,
) -> Form:
    """Return the form that begins a draft; with the texts of the entry that it is to be like."""
    command = command_of(kind, ctx)
    fields = await _fields(command, command.form, kind, texts, ctx)
    given = {"like": like.ref} if like else {}
    title = T("{ref} is filed. The next one:", ref=like.ref) if like else T(command.summary)
    return Form(title, command.path, given, fields)


async def _form_of(view: DraftView, ctx: Context) -> Form:
    """Return the form of a draft; of a correction, with what stands on record filled in.

    A form has five fields, so the reason of a correction stands in place of the source.
    """
    draft = view.draft
    command = command_of(draft.kind, ctx)
    title, names, texts = T(command.summary), command.form, draft.fields
    if view.before and view.entry:
        title = T("Correct {ref}", ref=view.entry.ref)
        names = (*(name for name in names if name != "source"), "why")
        texts = {**texts_of(view.before), **texts}
    fields = await _fields(command, names, draft.kind, texts, ctx)
    return Form(title, command.path, {"draft": draft.ref}, fields)


async def _fields(
    command: Command, names: Sequence[str], kind: Kind, texts: Mapping[str, str], ctx: Context
) -> tuple[Field, ...]:
    """Return the fields of a form; the kinds of event are those of this desk, to choose from."""
    needed = {*mandatory_fields(kind, texts), "why"}
    fields = tuple(
        param.ask(texts.get(name, ""), required=name in needed, long=name == "text")
        for name in names
        if (param := command.param(name))
    )
    if kind is not Kind.EVENT:
        return fields
    kinds = event_type_choices(await ctx.store.situation.event_types())
    return tuple(
        structs.replace(field, choices=kinds) if field.name == "type" else field for field in fields
    )


def _first(view: DraftView) -> Iterator[Action]:
    draft = view.draft
    if view.fits:
        label = T("Approve") if draft.state is DraftState.WAITING else T("File")
        seen = {"ref": draft.ref, "seen": f"{draft.version}"}
        yield Action(label, "draft file", seen, confirms=True)
        if draft.state is DraftState.OPEN and not view.before:
            yield Action(T("File and next"), "draft file", {**seen, "then": "next"})
    if view.missed and view.entry and not view.entry.retracted_at:
        onto = {"ref": draft.ref, "onto": f"{view.entry.version}"}
        yield Action(T("Apply to the new version"), "draft rebase", onto)


def _create(view: DraftView) -> Iterator[Action]:
    """Yield what files an entry together with the speaker and the sources that it names."""
    names = names_to_create(view)
    if not names or view.draft.state is not DraftState.OPEN:
        return
    seen = {"ref": view.draft.ref, "seen": f"{view.draft.version}", "create": "yes"}
    name = next(iter(names.values())).partition(",")[0]
    label = T("Create “{name}” and file", name=name) if len(names) == 1 else T("Create and file")
    yield Action(label, "draft file", seen)
    yield Action(T("Create, file and next"), "draft file", {**seen, "then": "next"})


def _last(view: DraftView, *, asking: bool) -> Iterator[Action]:
    given = {"ref": view.draft.ref}
    if not asking:
        yield Action(T("Edit") if view.reading.content else T("Fix"), "draft fill", given)
    if view.draft.state is DraftState.OPEN:
        yield Action(T("Drop"), "draft drop", given)
    else:
        yield Action(T("Reject"), "draft reject", given)
        yield Action(T("Skip"), "review", {"skip": view.draft.ref})


def _field_rows(view: DraftView, ctx: Context, form: Form | None) -> Iterator[tuple[Inline, Line]]:
    """Yield what is there so far, as it was understood, but for what the form shows."""
    texts = view.draft.fields
    in_form = {field.name for field in form.fields} if form else set()
    for param in command_of(view.draft.kind, ctx).params:
        if texts.get(param.name, EMPTIED) != EMPTIED and param.name not in in_form:
            yield label_of(param.name), (_show_reading(param.name, view),)


def _show_reading(name: str, view: DraftView) -> Inline:
    text = view.draft.fields[name]
    value = view.reading.values.get(name)
    match name:
        case "place" | "also" if value:
            return place_name(value.place)
        case "by" | "source" | "source2" | "relayed" if value:
            return str(value.name)
        case "day" | "happened" if value:
            return When(value)
        case _ if name in _WORDS and value is None and len(text) > _SHOWN:
            return T("{text}… ({n} characters)", text=text[:_SHOWN].rstrip(), n=len(text))
        case _ if name in _WORDS:
            return text
        case _:
            return echo(text)


def _more(entry: Entry, view: DraftView) -> Iterator[Block]:
    """Yield what an entry's lines in a list do not show."""
    control = (Phrase(control_with_share(entry.control)),) if entry.control else ()
    label = (
        T("in their words “{label}”", label=entry.control.source_label)
        if (entry.control and entry.control.source_label)
        else None
    )
    rows = other_versions(entry, {})
    if control:
        rows.append((T("Control"), join(" · ", *control, label)))
    if "type" in view.reading.proposed and view.draft.kind is Kind.CLAIM:
        rows.append((T("About"), (CLAIM_TYPES[entry.type],)))
    if entry.encirclement:
        rows.append((T("Encirclement"), (ENCIRCLED[entry.encirclement],)))
    if entry.happened:
        rows.append((T("Speaks of"), (When(entry.happened),)))
    if details := [at.detail for at in entry.places if at.detail]:
        rows.append((T("Place"), (", ".join(details),)))
    if link := view.reading.values.get("link"):
        kind, other = link
        rows.append((T("Link"), (LINKS[kind, True], " ", Reference(other.ref))))
    if rows:
        yield Facts(tuple(rows))
    if names := [FIELD_NAMES[name] for name in view.reading.proposed]:
        fields = Phrase(join(", ", *names))
        yield Small((T("Taken from the sentence; change it below: {fields}", fields=fields),))
