"""A correction as its owner sees it: what it changes, why, and what others changed meanwhile."""

from collections.abc import Iterator

from commands.kit.context import Context
from commands.kit.inlines import Strong, T
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
    Text,
    Tone,
)
from commands.shared.drafting.correction import Correcting
from commands.shared.drafting.entry_text import texts_of
from commands.shared.drafting.preview import problem_line
from commands.shared.drafting.suggestions import proposals
from commands.shared.drafting.validate import command_of, mandatory_fields
from commands.shared.views.field_diff import what_changed
from commands.shared.views.revision_history import history_item, names_needed


async def correction_card(looked: Correcting, ctx: Context, *, asking: bool = False) -> Reply:
    """Return the card of a correction; with `asking`, its form is to be filled in at once."""
    draft, change = looked.draft, looked.change
    blocks: list[Block] = []
    lines = await what_changed(change.before, change.after, ctx)
    if lines:
        blocks.append(Items(tuple(Item(line) for line in lines)))
    elif not change.problems:
        blocks.append(Text((T("Nothing is changed yet."),)))
    if why := draft.fields.get("why"):
        blocks.append(Facts(((T("Why"), (why,)),)))
    else:
        blocks.append(Text((Strong(T("Still needed: {names}", names="why")),)))
    blocks += [problem_line(problem) for problem in change.problems]
    if looked.missed:
        blocks += await _meanwhile(looked, ctx)
    title = T("{draft} · correction of {ref}", draft=draft.ref, ref=looked.entry.ref)
    return Reply(
        (Strong(title),),
        tuple(blocks),
        tuple(_actions(looked, asking=asking)),
        Tone.REFUSAL if looked.missed else Tone.ANSWER,
        Audience.ASKER,
        form=correction_form(looked, ctx) if asking else None,
        again=Action(T("Show"), "draft show", {"ref": draft.ref}),
        about=(looked.entry.ref, draft.ref),
    )


async def _meanwhile(looked: Correcting, ctx: Context) -> list[Block]:
    head = T("{ref} was changed meanwhile", ref=looked.entry.ref)
    names = await ctx.store.audit_log.names(names_needed(looked.missed))
    items = [history_item(revision, names) for revision in looked.missed]
    stays = T("Your draft stays. Look at both, then apply yours to the new version.")
    return [Heading(head), Items(tuple(items)), Text((stays,))]


def _actions(looked: Correcting, *, asking: bool) -> Iterator[Action]:
    draft, given = looked.draft, {"ref": looked.draft.ref}
    if looked.fits:
        seen = {**given, "seen": f"{draft.version}"}
        yield Action(T("File"), "draft file", seen, confirms=True)
    if looked.missed and not looked.entry.retracted_at:
        onto = {**given, "onto": f"{looked.entry.version}"}
        yield Action(T("Apply to the new version"), "draft rebase", onto)
    for problem in looked.change.problems:
        yield from proposals(draft, problem)
    if not asking:
        yield Action(T("Edit"), "draft fill", given)
    yield Action(T("Drop"), "draft drop", given)


def correction_form(looked: Correcting, ctx: Context) -> Form:
    """Return the form of a correction: what stands on record filled in, and the reason.

    A form has five fields, so the reason stands in place of the source.
    """
    draft = looked.draft
    command = command_of(draft.kind, ctx)
    texts = {**texts_of(looked.change.before), **draft.fields}
    names = [*(name for name in command.form if name != "source"), "why"]
    fields = tuple(
        Field(
            name,
            param.type.help,
            texts.get(name, ""),
            required=name in mandatory_fields(draft.kind, texts) or name == "why",
            long=name == "text",
        )
        for name in names
        if (param := command.param(name))
    )
    title = T("Correct {ref}", ref=looked.entry.ref)
    return Form(title, command.path, {"draft": draft.ref}, fields)
