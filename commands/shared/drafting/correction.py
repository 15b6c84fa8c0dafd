"""A correction: only the fields that were changed, applied onto the entry as it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from commands.kit.context import Context
from commands.kit.errors import UserError
from commands.kit.inlines import T, Typed
from commands.shared.drafting.build_entry import apply_values
from commands.shared.drafting.entry_text import texts_of
from commands.shared.drafting.validate import FieldProblem, mandatory_fields, read_fields
from store.model.draft import Draft
from store.model.entry import Entry
from store.model.filing import Filing
from store.model.refusals import Already, State
from store.model.revision import Revision

EMPTIED = "-"
"""Stands in a correction for a field that was emptied."""
_SAME = T("is the same as another one here; name another, or none.")


class Correction(Struct, frozen=True):
    """What an entry is (`before`) and would be (`after`), and what is wrong with the change."""

    before: Filing
    after: Filing
    problems: tuple[FieldProblem, ...]

    @property
    def fits(self) -> bool:
        """Whether something is changed, and nothing is wrong with it."""
        return not self.problems and self.after != self.before


def must_be_live(entry: Entry) -> None:
    """Refuse an entry that is retracted or redacted."""
    if entry.redacted:
        raise Already(entry.ref, State.REDACTED)
    if entry.retracted_at is not None:
        raise Already(entry.ref, State.RETRACTED)


def to_change(given: Mapping[str, str], content: Filing) -> dict[str, str]:
    """Return what is to change: an emptied field as `-`, one that stays as it is as ""."""
    present = texts_of(content)
    return {
        name: "" if text == present.get(name, "") else text or EMPTIED
        for name, text in given.items()
    }


async def correction(content: Filing, changed: Mapping[str, str], ctx: Context) -> Correction:
    """Apply changed fields onto an entry's content."""
    texts = {name: text for name, text in changed.items() if text not in {"", EMPTIED}}
    reading = await read_fields(content.kind, texts, ctx)
    emptied: dict[str, Any] = {n: None for n, text in changed.items() if text == EMPTIED}
    values = {**reading.values, **emptied}
    values.pop("link", None)
    lost = {name for name in mandatory_fields(content.kind, reading.values) if name in emptied}
    after = apply_values(content, {n: value for n, value in values.items() if n not in lost})
    problems = [*reading.problems, *_apart(changed, lost), *_together(after, changed)]
    return Correction(content, after, tuple(problems))


def _apart(changed: Mapping[str, str], lost: set[str]) -> Iterator[FieldProblem]:
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
        words = T("1 needs a second, independent source: write source2: too, or 2.")
        yield FieldProblem("credibility", UserError(words))


class Correcting(Struct, frozen=True):
    """A draft that corrects an entry: `missed` is what others did to it since the draft began."""

    draft: Draft
    entry: Entry
    change: Correction
    missed: tuple[Revision, ...]

    @property
    def fits(self) -> bool:
        """Whether it can be filed: the reason is there, and nobody was quicker."""
        return self.change.fits and bool(self.draft.fields.get("why")) and not self.missed


async def look_at(draft: Draft, ctx: Context) -> Correcting:
    """Read a draft that corrects an entry."""
    assert draft.edits is not None  # noqa: S101 -- one that corrects nothing is looked at elsewhere
    entry = await ctx.store.entries.get(draft.edits)
    assert entry is not None  # noqa: S101 -- what is on record stays there
    missed = await ctx.store.moderation.since(draft.edits, draft.base)
    content = await ctx.store.moderation.content(draft.edits)
    change = await correction(content, draft.fields, ctx)
    return Correcting(draft, entry, change, missed)
