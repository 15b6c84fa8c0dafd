"""A draft as its owner sees it: what would be on record, what is wrong, what can be done."""

from collections.abc import Iterator, Mapping, Sequence

from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T, When, join
from commands.kit.params.basic import OneOf, echo
from commands.kit.params.deferred import Deferred
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
    Text,
    Tone,
)
from commands.kit.vocabulary import ENCIRCLED, KINDS, LINKS, place_name
from commands.shared.drafting.advice import Caution, find_cautions, propose
from commands.shared.drafting.content import texts_of
from commands.shared.drafting.draft_view import (
    DraftView,
    FieldProblem,
    command_of,
    mandatory_fields,
    view_draft,
)
from commands.shared.views.entry_card import control_with_share, entry_item
from commands.shared.views.field_diff import what_changed
from commands.shared.views.revision_history import history_item, names_needed
from store.model.draft import Draft, DraftState
from store.model.entry import Entry, Kind
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
_PICKS = {
    Kind.EVENT: ("credibility", "role", "precision", "basis"),
    Kind.CLAIM: ("credibility", "attribution", "share", "role", "basis"),
    Kind.ASSESSMENT: ("credibility", "share", "role", "basis"),
}
_MOST_PICKS = 4
_LABELS = {
    "credibility": T("Credibility"),
    "attribution": T("Attribution"),
    "share": T("Share"),
    "role": T("Place"),
    "precision": T("Precision"),
    "basis": T("Day"),
}


async def draft_card(draft: Draft, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft; with `asking`, its form is to be filled in at once."""
    return await render_draft(await view_draft(draft, ctx), ctx, asking=asking)


async def render_draft(view: DraftView, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft that was read; with `asking`, also its form."""
    draft, reading = view.draft, view.reading
    form = _form_of(view, ctx) if asking else None
    cautions = await _cautions(view, ctx)
    proposals = [action for problem in reading.problems for action in propose(draft, problem)]
    further = [action for caution in cautions for action in caution.actions]
    about = (view.entry.ref, draft.ref) if view.before and view.entry else (draft.ref,)
    return Reply(
        (Strong(_title(view)),),
        (
            *await _outcome(view, form, ctx),
            *_still_needed(reading.missing),
            *map(problem_line, reading.problems),
            *_caution_blocks(cautions),
            *await _meanwhile(view, ctx),
        ),
        (*_first(view), *proposals, *further, *_last(view, asking=asking)),
        Tone.REFUSAL if view.missed else Tone.ANSWER,
        Audience.ASKER,
        picks=tuple(_picks(view, ctx)),
        form=form,
        again=Action(T("Show"), "draft show", {"ref": draft.ref}),
        about=about,
    )


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
        return (Items((entry_item(view.entry),)), *_more(view.entry, view))
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
        blocks.append(Text((T("Nothing is changed yet."),)))
    if why := view.draft.fields.get("why"):
        blocks.append(Facts(((T("Why"), (why,)),)))
    return tuple(blocks)


def _still_needed(missing: Sequence[str]) -> Iterator[Block]:
    if missing:
        yield Text((Strong(T("Still needed: {names}", names=", ".join(missing))),))


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


def blank_form(kind: Kind, ctx: Context) -> Form:
    """Return the form that begins a draft."""
    command = command_of(kind, ctx)
    fields = _fields(command, command.form, kind, {})
    return Form(T(command.summary), command.path, {}, fields)


def _form_of(view: DraftView, ctx: Context) -> Form:
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
    fields = _fields(command, names, draft.kind, texts)
    return Form(title, command.path, {"draft": draft.ref}, fields)


def _fields(
    command: Command, names: Sequence[str], kind: Kind, texts: Mapping[str, str]
) -> tuple[Field, ...]:
    needed = {*mandatory_fields(kind, texts), "why"}
    return tuple(
        Field(
            name,
            param.type.help,
            texts.get(name, ""),
            required=name in needed,
            long=name == "text",
        )
        for name in names
        if (param := command.param(name))
    )


def _first(view: DraftView) -> Iterator[Action]:
    draft = view.draft
    if view.fits:
        label = T("Approve") if draft.state is DraftState.WAITING else T("File")
        seen = {"ref": draft.ref, "seen": f"{draft.version}"}
        yield Action(label, "draft file", seen, confirms=True)
    if view.missed and view.entry and not view.entry.retracted_at:
        onto = {"ref": draft.ref, "onto": f"{view.entry.version}"}
        yield Action(T("Apply to the new version"), "draft rebase", onto)


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
        if param.name in texts and param.name not in in_form:
            yield param.name, (_understood(param.name, view),)


def _understood(name: str, view: DraftView) -> Inline:
    text = view.draft.fields[name]
    value = view.reading.values.get(name)
    match name:
        case "place" | "also" if value:
            return place_name(value.place)
        case "by" | "source" | "source2" | "relayed" if value:
            return str(value.name)
        case "day" | "happened" if value:
            return When(value)
        case "text" | "quote":
            return text
        case _:
            return echo(text)


def _more(entry: Entry, view: DraftView) -> Iterator[Facts]:
    """Yield what an entry's lines in a list do not show."""
    control = (Phrase(control_with_share(entry.control)),) if entry.control else ()
    label = (
        T("in their words “{label}”", label=entry.control.source_label)
        if (entry.control and entry.control.source_label)
        else None
    )
    rows: list[tuple[Inline, Line]] = []
    if control:
        rows.append((T("Control"), join(" · ", *control, label)))
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


def _picks(view: DraftView, ctx: Context) -> Iterator[Pick]:
    """Yield what is often chosen otherwise, each with what stands now."""
    draft, content = view.draft, view.reading.content
    if draft.state is DraftState.WAITING:
        kinds = tuple(Choice(label, kind) for kind, label in KINDS.items())
        yield Pick(T("Kind"), "review", {"ref": draft.ref}, "kind", kinds, draft.kind)
    if content is None or view.before:
        return
    command = command_of(draft.kind, ctx)
    stands = {"credibility": f"{content.credibility}", "attribution": content.attribution.value}
    stands["basis"] = content.day.basis.replace("-", "_")
    if content.control:
        stands["share"] = content.share.value
    if content.places:
        stands |= {"role": content.places[0].role.value}
        stands |= {"precision": content.places[0].precision.value}
    for name in [name for name in _PICKS[draft.kind] if name in stands][:_MOST_PICKS]:
        given, choices = {"draft": draft.ref}, _choices(command, name)
        yield Pick(_LABELS[name], command.path, given, name, choices, stands[name])


def _choices(command: Command, name: str) -> tuple[Choice, ...]:
    param = command.param(name)
    assert param is not None  # noqa: S101 -- each kind has its picks among its fields
    assert isinstance(param.type, Deferred)  # noqa: S101 -- as all of its fields are
    assert isinstance(param.type.inner, OneOf)  # noqa: S101 -- one chooses from a few words
    return tuple(Choice(label, value) for value, label in param.type.inner.choices.items())
