"""A draft as its owner sees it: the entry as it will look, what is wrong, what can be done."""

from collections.abc import Iterator, Mapping

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
)
from commands.kit.vocabulary import ENCIRCLED, KINDS, LINKS
from commands.shared.drafting.draft import Looked
from commands.shared.drafting.suggestions import proposals
from commands.shared.drafting.validate import FieldProblem, command_of, mandatory_fields
from commands.shared.drafting.warnings import cautions
from commands.shared.views.entry_card import control_with_share, entry_item
from store.model.draft import Draft, DraftState
from store.model.entry import Entry, Kind

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


async def card(looked: Looked, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a draft; with `asking`, its form is to be filled in at once."""
    draft = looked.draft
    form = form_of(draft, ctx) if asking else None
    blocks: list[Block] = []
    actions: list[Action] = []
    if looked.entry:
        blocks += [Items((entry_item(looked.entry),)), *_more(looked.entry, looked)]
    elif rows := tuple(_field_rows(looked, ctx, form)):
        blocks.append(Facts(rows))
    if looked.reading.missing:
        names = ", ".join(looked.reading.missing)
        blocks.append(Text((Strong(T("Still needed: {names}", names=names)),)))
    for problem in looked.reading.problems:
        blocks.append(problem_line(problem))
        actions += proposals(draft, problem)
    if looked.entry:
        warnings = await cautions(draft, looked.entry, looked.values, ctx)
        if warnings:
            items = tuple(Item(warning.line) for warning in warnings)
            blocks += [Heading(T("Before you file it")), Items(items)]
        actions += [action for warning in warnings for action in warning.actions]
    title = (_WAITING if draft.state is DraftState.WAITING else _OPEN)[draft.kind]
    return Reply(
        (Strong(T(title.message, ref=draft.ref)),),
        tuple(blocks),
        (*_first(looked), *actions, *_last(looked, asking=asking)),
        audience=Audience.ASKER,
        picks=tuple(_picks(looked, ctx)),
        form=form,
        again=Action(T("Show"), "draft show", {"ref": draft.ref}),
        about=(draft.ref,),
    )


def form_of(draft: Draft, ctx: Context) -> Form:
    """Return the form that fills in a draft."""
    return _form(draft.kind, {"draft": draft.ref}, draft.fields, ctx)


def blank_form(kind: Kind, ctx: Context) -> Form:
    """Return the form that begins a draft."""
    return _form(kind, {}, {}, ctx)


def _form(kind: Kind, given: Mapping[str, str], texts: Mapping[str, str], ctx: Context) -> Form:
    command = command_of(kind, ctx)
    fields = tuple(
        Field(
            name,
            param.type.help,
            texts.get(name, ""),
            required=name in mandatory_fields(kind, texts),
            long=name == "text",
        )
        for name in command.form
        if (param := command.param(name))
    )
    return Form(T(command.summary), command.path, given, fields)


def _first(looked: Looked) -> Iterator[Action]:
    waiting = looked.draft.state is DraftState.WAITING
    if looked.content:
        seen = {"ref": looked.draft.ref, "seen": f"{looked.draft.version}"}
        yield Action(T("Approve") if waiting else T("File"), "draft file", seen, confirms=True)


def _last(looked: Looked, *, asking: bool) -> Iterator[Action]:
    given = {"ref": looked.draft.ref}
    if not asking:
        yield Action(T("Edit") if looked.content else T("Fix"), "draft fill", given)
    if looked.draft.state is DraftState.OPEN:
        yield Action(T("Drop"), "draft drop", given)
    else:
        yield Action(T("Reject"), "draft reject", given)
        yield Action(T("Skip"), "review", {"skip": looked.draft.ref})


def problem_line(problem: FieldProblem) -> Text:
    """Return which field is wrong, and why."""
    error = problem.error
    more = (" ", *error.more) if error.more else ()
    return Text((Strong(f"{problem.field}: "), error.message, *more))


def _field_rows(looked: Looked, ctx: Context, form: Form | None) -> Iterator[tuple[Inline, Line]]:
    """Yield what is there so far, as it was understood, but for what the form shows."""
    texts = looked.draft.fields
    in_form = {field.name for field in form.fields} if form else set()
    for param in command_of(looked.draft.kind, ctx).params:
        if param.name in texts and param.name not in in_form:
            yield param.name, (_understood(param.name, looked),)


def _understood(name: str, looked: Looked) -> Inline:
    text = looked.draft.fields[name]
    value = looked.values.get(name)
    match name:
        case "place" | "also" if value:
            return str(value.place.name)
        case "by" | "source" | "source2" | "relayed" if value:
            return str(value.name)
        case "day" | "happened" if value:
            return When(value)
        case "text" | "quote":
            return text
        case _:
            return echo(text)


def _more(entry: Entry, looked: Looked) -> Iterator[Facts]:
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
    if link := looked.values.get("link"):
        kind, other = link
        rows.append((T("Link"), (LINKS[kind, True], " ", Reference(other.ref))))
    if rows:
        yield Facts(tuple(rows))


def _picks(looked: Looked, ctx: Context) -> Iterator[Pick]:
    """Yield what is often chosen otherwise, each with what stands now."""
    draft, content = looked.draft, looked.content
    if draft.state is DraftState.WAITING:
        kinds = tuple(Choice(label, kind) for kind, label in KINDS.items())
        yield Pick(T("Kind"), "review", {"ref": draft.ref}, "kind", kinds, draft.kind)
    if content is None:
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
