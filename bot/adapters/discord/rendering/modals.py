"""A form → a modal's parts, and what comes back from one.

A modal's id says which line it completes, so that it is understood after a restart too. What does
not fit a modal is left out of it, which says so: what is not submitted stays as it is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from bot.adapters.discord.rendering import limits
from bot.adapters.discord.rendering.custom_ids import (
    Button,
    ComponentTarget,
    key_target,
    target_of,
)
from bot.adapters.discord.rendering.selects import Option
from bot.i18n.formatter import Voice
from commands.kit.command import Command
from commands.kit.inlines import T
from commands.kit.parser import write_line
from commands.kit.reply import Field, Form

_LONG = {"text", "why"}


class Input(Struct, frozen=True):
    """A text to fill in, or one of a few `options` to choose.

    `hint` is the whole of a label that had to be cut; `placeholder` is seen as long as it is empty.
    """

    name: str
    label: str
    hint: str
    value: str
    required: bool
    long: bool
    longest: int
    placeholder: str
    options: tuple[Option, ...]


class ModalSheet(Struct, frozen=True):
    """A modal: texts to fill in, and notes on what cannot be filled in here."""

    title: str
    target: ComponentTarget
    inputs: tuple[Input, ...]
    notes: tuple[str, ...]


class FilledForm(Struct, frozen=True):
    """What was typed into a form for a line: what it takes to open the form again."""

    line: str
    values: Mapping[str, str]


def modal_sheet(form: Form, voice: Voice) -> ModalSheet:
    """Return a form as a modal can have it, in five parts at most."""
    fitting = [field for field in form.fields if len(field.value) <= limits.INPUT]
    lacks = len(fitting) < len(form.fields) or len(fitting) > limits.MODAL_INPUTS
    inputs = fitting[: limits.MODAL_INPUTS - lacks]
    left = [field for field in form.fields if field not in inputs]
    return ModalSheet(
        _title(form, voice),
        target_of("form", write_line(form.command, form.given)),
        tuple(_input(field, voice) for field in inputs),
        tuple(_notes(left, voice)),
    )


def _title(form: Form, voice: Voice) -> str:
    """Return a form's title; of a long one what stands before its colon, such as "File a claim"."""
    title = voice.plain(form.title).strip() or f"/{form.command}"
    head = title.partition(":")[0].rstrip() if len(title) > limits.MODAL_TITLE else title
    return limits.cut(head or title, limits.MODAL_TITLE)


def _input(field: Field, voice: Voice) -> Input:
    label = _label(field, voice)
    hint = limits.cut(label, limits.INPUT_HINT) if len(label) > limits.INPUT_LABEL else ""
    # What is too long already has to be there to be shortened.
    longest = max(min(field.longest or limits.INPUT, limits.INPUT), len(field.value))
    return Input(
        field.name,
        limits.cut(label, limits.INPUT_LABEL),
        hint,
        field.value,
        field.required,
        field.long or "\n" in field.value,
        longest,
        limits.cut(voice.plain(field.hint), limits.INPUT_HINT),
        _options(field, voice),
    )


def _options(field: Field, voice: Voice) -> tuple[Option, ...]:
    """Return a field's choices; none where a menu could not hold them all, or what is there."""
    values = {choice.value for choice in field.choices}
    short = all(0 < len(value) <= limits.OPTION for value in values)
    distinct = len(values) == len(field.choices) <= limits.MENU
    fits = short and distinct and (not field.value or field.value in values)
    return tuple(
        Option(
            limits.cut(voice.plain(choice.label).strip() or choice.value, limits.OPTION),
            choice.value,
            choice.value == field.value,
        )
        for choice in field.choices
        if fits
    )


def _notes(left: Sequence[Field], voice: Voice) -> Iterator[str]:
    if left:
        names = ", ".join(_label(field, voice) for field in left)
        note = T("Too long for this form, left unchanged: {fields}.", fields=names)
        yield limits.cut(voice.plain(note), limits.TEXT)


def _label(field: Field, voice: Voice) -> str:
    return voice.plain(field.label).strip() or field.name


def form_of(
    command: Command,
    filled: Mapping[str, str],
    names: Sequence[str],
    given: Mapping[str, str],
    hints: Mapping[str, str] = {},
) -> Form:
    """Return a form for parameters of a command, with what is known filled in.

    A form that begins something needs all that it cannot go on without.
    """
    needed = () if given else command.needs
    fields = []
    for name in names:
        param = command.param(name)
        if param is None:
            raise ValueError(f"/{command.path} has no parameter {name} for its form")
        required = param.required or name in needed
        value, hint = filled.get(name, ""), hints.get(name, "")
        fields.append(param.ask(value, required=required, long=name in _LONG, hint=hint))
    return Form(T(command.summary), command.path, given, tuple(fields))


def fix_button(label: str, filled: FilledForm) -> Button:
    """Return the button that opens a form with all that was typed."""
    kept = json.dumps([filled.line, dict(filled.values)], ensure_ascii=False)
    return Button(limits.cut(label, limits.LABEL), key_target("fix", kept))


def form_button(label: str, form: Form) -> Button:
    """Return the button that opens a form as it is."""
    line = write_line(form.command, form.given)
    return fix_button(label, FilledForm(line, {field.name: field.value for field in form.fields}))


def parse_filled_form(kept: str) -> FilledForm | None:
    """Return what was kept for such a button; None where it is something else."""
    try:
        return FilledForm(*msgspec.json.decode(kept, type=tuple[str, dict[str, str]]))
    except msgspec.DecodeError:
        return None
