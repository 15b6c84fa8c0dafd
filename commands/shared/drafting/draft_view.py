"""A draft as it stands: what was understood, what is wrong, and what would go on record.

A draft holds the texts of a new entry, or those of an entry's fields that a correction changes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.errors import UserError
from commands.kit.inlines import T, Typed
from commands.kit.params.deferred import Deferred
from commands.shared.drafting.content import (
    Values,
    apply_values,
    compose_content,
    preview_entry,
    texts_of,
)
from store.model.draft import Draft
from store.model.entry import Attribution, Entry, Kind
from store.model.filing import Filing
from store.model.refusals import Already, State
from store.model.revision import Revision

NEEDED = {
    Kind.EVENT: ("text", "place", "day", "source"),
    Kind.CLAIM: ("text", "by", "day", "source"),
    Kind.ASSESSMENT: ("by", "place", "control", "day", "source"),
}
"""The fields without which an entry of a kind cannot be filed."""
EMPTIED = "-"
"""Stands in a correction for a field that was emptied."""
_TWICE = (("also", "place"), ("source2", "source"), ("relayed", "source"), ("relayed", "source2"))
_SAME = T("is the same as another one here; name another, or none.")
_ALONE = T("1 needs a second, independent source: write source2: too, or 2.")


class FieldProblem(Struct, frozen=True):
    """What is wrong with one field, as its reader says it."""

    field: str
    error: UserError


class Reading(Struct, frozen=True):
    """The values that could be read, what is wrong with others, and which are still missing.

    `content` is what would go on record, where that can be told.
    """

    values: Values
    problems: tuple[FieldProblem, ...]
    missing: tuple[str, ...] = ()
    content: Filing | None = None


class DraftView(Struct, frozen=True):
    """A draft, what it reads as, and the entry: as it will look, or as a correction finds it.

    Of a correction, `before` is what it corrects, and `missed` what others did to the entry since
    the draft began.
    """

    draft: Draft
    reading: Reading
    entry: Entry | None = None
    before: Filing | None = None
    missed: tuple[Revision, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it can be filed: something is new, all is there, and nobody was quicker."""
        reading = self.reading
        lacks = reading.problems or reading.missing or self.missed
        return not lacks and reading.content is not None and reading.content != self.before


async def view_draft(draft: Draft, ctx: Context) -> DraftView:
    """Read a draft, and what it stands against."""
    if draft.edits is None:
        reading = await read_new(draft.kind, draft.fields, ctx)
        content = reading.content
        entry = preview_entry(content, reading.values, ctx.now) if content else None
        return DraftView(draft, reading, entry)
    on_record = await ctx.store.entries.get(draft.edits)
    assert on_record is not None  # noqa: S101 -- what is on record stays there
    missed = await ctx.store.moderation.since(draft.edits, draft.base)
    before = await ctx.store.moderation.content(draft.edits)
    reading = await read_correction(before, draft.fields, ctx)
    return DraftView(draft, reading, on_record, before, missed)


def command_of(kind: Kind, ctx: Context) -> Command:
    """Return the command that declares the fields of a kind."""
    return next(command for command in ctx.commands if command.path == f"add {kind}")


async def read_new(kind: Kind, texts: Mapping[str, str], ctx: Context) -> Reading:
    """Read the texts of a new entry: they have to be enough, and to fit together."""
    values, problems = await _read_fields(kind, texts, ctx)
    problems += _between(values)
    bad = {problem.field for problem in problems}
    needed = mandatory_fields(kind, values)
    missing = tuple(name for name in needed if name not in values and name not in bad)
    content = None if problems or missing else compose_content(kind, values)
    return Reading(values, tuple(problems), missing, content)


async def read_correction(before: Filing, changed: Mapping[str, str], ctx: Context) -> Reading:
    """Read the changed fields of an entry, and apply them onto its content.

    A correction needs its reason, which stands among the fields as `why`.
    """
    texts = {name: text for name, text in changed.items() if text not in {"", EMPTIED}}
    values, problems = await _read_fields(before.kind, texts, ctx)
    emptied: dict[str, Any] = {n: None for n, text in changed.items() if text == EMPTIED}
    lost = {name for name in mandatory_fields(before.kind, values) if name in emptied}
    applied = {n: v for n, v in {**values, **emptied}.items() if n != "link" and n not in lost}
    after = apply_values(before, applied)
    problems += [*_out_of_place(changed, lost), *_together(after, changed)]
    missing = () if changed.get("why") else ("why",)
    return Reading(values, tuple(problems), missing, after)


async def _read_fields(
    kind: Kind, texts: Mapping[str, str], ctx: Context
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """Read texts, each as its field's type reads it."""
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for param in command_of(kind, ctx).params:
        text = texts.get(param.name, "")
        if not (text and isinstance(param.type, Deferred)):
            continue
        try:
            values[param.name] = await param.type.inner.read(text, ctx)
        except UserError as error:
            problems.append(FieldProblem(param.name, error))
    return values, problems


def mandatory_fields(kind: Kind, values: Mapping[str, object]) -> tuple[str, ...]:
    """Return what must be there: a claim whose words came without a name needs no speaker."""
    without_name = values.get("attribution", Attribution.NAMED) != Attribution.NAMED
    surrounded = "encirclement" in values
    left_out = {"by"} if kind is Kind.CLAIM and without_name else set()
    left_out |= {"control"} if kind is Kind.ASSESSMENT and surrounded else set()
    return tuple(name for name in NEEDED[kind] if name not in left_out)


def require_live(entry: Entry) -> None:
    """Refuse an entry that is retracted or redacted."""
    if entry.redacted:
        raise Already(entry.ref, State.REDACTED)
    if entry.retracted_at is not None:
        raise Already(entry.ref, State.RETRACTED)


def find_changes(given: Mapping[str, str], content: Filing) -> dict[str, str]:
    """Return what is to change: an emptied field as `-`, one that stays as it is as ""."""
    present = texts_of(content)
    return {
        name: "" if text == present.get(name, "") else text or EMPTIED
        for name, text in given.items()
    }


def _between(values: Mapping[str, Any]) -> list[FieldProblem]:
    """Return what is wrong with values that could each be read, but not stand together."""
    same = T("is the same as {other}: name another, or none.").message
    problems = [
        FieldProblem(field, UserError(T(same, other=f"{other}:")))
        for field, other in _TWICE
        if field in values and _number(values[field]) == _number(values.get(other))
    ]
    if values.get("credibility") == "1" and "source2" not in values:
        problems.append(FieldProblem("credibility", UserError(_ALONE)))
    return problems


def _number(value: Any) -> int | None:  # noqa: ANN401 -- any value of a field
    """Return the number of a source or of a place that was found by name."""
    return getattr(getattr(value, "place", value), "id", None)


def _out_of_place(changed: Mapping[str, str], lost: set[str]) -> Iterator[FieldProblem]:
    for name in sorted(lost):
        yield FieldProblem(name, UserError(T("cannot be left empty.")))
    if "link" in changed:
        line = Typed("/link E-1 contradicts E-28")
        yield FieldProblem("link", UserError(T("is no part of a correction; write"), line))


def _together(after: Filing, changed: Mapping[str, str]) -> Iterator[FieldProblem]:
    """Yield what is wrong with the whole that the changes would make."""
    for field, other, numbers in (
        ("place", "also", [at.place_id for at in after.places]),
        ("source", "source2", [read.source_id for read in after.sources]),
    ):
        if len(set(numbers)) < len(numbers):
            yield FieldProblem(other if other in changed else field, UserError(_SAME))
    direct = [source for source in after.sources if not source.relayed]
    if after.credibility == 1 and len(direct) == 1:
        yield FieldProblem("credibility", UserError(_ALONE))
