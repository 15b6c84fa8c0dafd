"""A draft as it stands: what was understood, what is wrong, and what would go on record.

A draft holds the texts of a new entry, or those of an entry's fields that a correction changes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.errors import UserError
from commands.kit.inlines import T, Typed
from commands.kit.params.deferred import Deferred
from commands.shared.drafting.claim_words import propose_terms
from commands.shared.drafting.content import Values, assess, preview_entry, texts_of
from store.model.address import page_of
from store.model.draft import Draft
from store.model.entry import (
    TRANSLATIONS,
    Attribution,
    Encirclement,
    Entry,
    Kind,
    PlaceRole,
    Precision,
    Share,
    Source,
    Stance,
)
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.ref import SOURCE, Ref
from store.model.refusals import Already, State
from store.model.revision import Revision
from store.model.span import Basis, Span

NEEDED = {
    Kind.EVENT: ("text", "place", "day", "source"),
    Kind.CLAIM: ("text", "by", "day", "source"),
    Kind.ASSESSMENT: ("by", "place", "control", "day", "source"),
}
"""The fields without which an entry of a kind cannot be filed."""
EMPTIED = "-"
"""Stands in a correction for a field that was emptied."""
UNSAID = ("control", "share", "encirclement", "type")
"""The fields that a claim's words may give, and that may be emptied although they do."""
_ROLES_BESIDE = {PlaceRole.NEAR, PlaceRole.TOWARD}
_TWICE = (("also", "place"), ("source2", "source"), ("relayed", "source"), ("relayed", "source2"))
_SAME = T("is the same as another one here. Name a different one, or none.")
_COPY = T("is a copy of the same page as {other}. Name a different one, or none.")
_ALONE = T("1 needs a second, independent source. Write source2: too, or write 2.")
_Convert = Callable[[Any], Any]

_PLAIN: Mapping[str, tuple[str, _Convert, Any]] = {
    "text": ("text", str, ""),
    "quote": ("quote", str, ""),
    "label": ("label", str, ""),
    "type": ("type", lambda kind: getattr(kind, "key", kind), "other"),
    "by": ("actor_id", lambda actor: actor.id, None),
    "happened": ("happened", lambda span: span, None),
    "attribution": ("attribution", Attribution, Attribution.NARRATOR),
    "credibility": ("credibility", int, 6),
    "control": ("control", lambda status: status.key, None),
    "share": ("share", Share, Share.UNSPECIFIED),
    "encirclement": ("encirclement", Encirclement, None),
}
"""Field of a draft → field of an entry, how it is converted, and what it is when emptied."""
_AT = {"role": PlaceRole, "precision": Precision, "detail": str}


class FieldProblem(Struct, frozen=True):
    """What is wrong with one field, as its reader says it."""

    field: str
    error: UserError


class Reading(Struct, frozen=True):
    """The values that could be read, what is wrong with others, and which are still missing.

    `content` is what would go on record, where that can be told; `proposed` are the fields that
    nobody gave, as the entry's own words give them.
    """

    values: Values
    problems: tuple[FieldProblem, ...]
    missing: tuple[str, ...] = ()
    content: Filing | None = None
    proposed: tuple[str, ...] = ()


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
    values, problems = await _read_fields(kind, leave_out_unsaid(texts), ctx)
    proposed = await _read_words(texts, values, ctx) if kind is Kind.CLAIM else {}
    values = {**proposed, **values}
    problems += _between(values)
    bad = {problem.field for problem in problems}
    needed = mandatory_fields(kind, values)
    missing = tuple(name for name in needed if name not in values and name not in bad)
    content = None if problems or missing else compose_content(kind, values)
    return Reading(values, tuple(problems), missing, content, tuple(proposed))


def leave_out_unsaid(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a new entry without the fields that are to say nothing."""
    return {name: text for name, text in texts.items() if text != EMPTIED}


async def _read_words(
    texts: Mapping[str, str], values: Mapping[str, Any], ctx: Context
) -> dict[str, Any]:
    """Return what a claim's words say in fields about which nobody said anything."""
    match = values.get("place")
    inside = values.get("role", PlaceRole.AT) not in _ROLES_BESIDE and "also" not in values
    names = {match.place.name, match.place.local_name, match.name} if match and inside else set()
    given = propose_terms(
        values.get("text", ""), sorted(names - {""}), await ctx.store.situation.controls()
    )
    fields = {name: text for name, text in given.items() if not texts.get(name)}
    if "control" not in {**fields, **values}:
        fields.pop("share", None)
    return (await _read_fields(Kind.CLAIM, fields, ctx))[0]


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
    pages = [await _identify(read.source_id, ctx) for read in after.sources]
    problems += [*_out_of_place(changed, lost), *_together(after, changed, pages)]
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
    same = T("is the same as {other}. Name a different one, or none.").message
    problems = [
        FieldProblem(field, UserError(T(same, other=other)))
        for field, other in _TWICE
        if field in values and _number(values[field]) == _number(values.get(other))
    ]
    problems += [
        FieldProblem(field, UserError(T(_COPY.message, other=other)))
        for field, other in _TWICE
        if other.startswith("source") and _is_copy(values.get(field), values.get(other))
    ]
    if values.get("credibility") == "1" and "source2" not in values:
        problems.append(FieldProblem("credibility", UserError(_ALONE)))
    return problems


def _is_copy(source: Source | None, other: Source | None) -> bool:
    """Tell whether two sources are one page: an archive's copy and what it is a copy of."""
    if source is None or other is None or source.id == other.id:
        return False
    return page_of(source.url) == page_of(other.url) != ""


def _number(value: Any) -> int | None:  # noqa: ANN401 -- any value of a field
    """Return the number of a source or of a place that was found by name."""
    return getattr(getattr(value, "place", value), "id", None)


def _out_of_place(changed: Mapping[str, str], lost: set[str]) -> Iterator[FieldProblem]:
    for name in sorted(lost):
        yield FieldProblem(name, UserError(T("cannot be left empty.")))
    if "link" in changed:
        line = Typed("/link E-1 contradicts E-28")
        yield FieldProblem("link", UserError(T("cannot be corrected like this. Write"), line))


async def _identify(number: int, ctx: Context) -> str:
    """Return what a source is: its page, or its reference where it has none."""
    source = await ctx.store.sources.get(number)
    return (page_of(source.url) if source else "") or str(Ref(SOURCE, number))


def _together(
    after: Filing, changed: Mapping[str, str], pages: Sequence[str]
) -> Iterator[FieldProblem]:
    """Yield what is wrong with the whole that the changes would make; `pages` are its sources."""
    for field, other, several in (
        ("place", "also", [at.place_id for at in after.places]),
        ("source", "source2", pages),
    ):
        if len(set(several)) < len(several):
            yield FieldProblem(other if other in changed else field, UserError(_SAME))
    direct = [source for source in after.sources if not source.relayed]
    if after.credibility == 1 and len(direct) == 1:
        yield FieldProblem("credibility", UserError(_ALONE))


def compose_content(kind: Kind, values: Values) -> Filing:
    """Return a new entry's content; what nobody said is as it is by default."""
    by = values.get("by")
    blank = Filing(
        kind,
        "",
        "",
        Span.on(date.min, Basis.AS_OF if kind is Kind.ASSESSMENT else Basis.EXPLICIT),
        (),
        attribution=Attribution.NAMED if by else Attribution.NARRATOR,
        published=values["source"].published,
    )
    content = apply_values(blank, values)
    if not content.text and by:
        label = values["control"].label if "control" in values else ""
        place = values["place"].place.name
        content = replace(
            content, text=assess(by.name, place, label, content.share, content.encirclement)
        )
    return replace(content, type=content.type or _type(content))


def apply_values(onto: Filing, values: Values) -> Filing:
    """Return content with these values in place of its own; None empties a field."""
    changed: dict[str, Any] = {}
    for name, (field, convert, empty) in _PLAIN.items():
        if name in values:
            changed[field] = empty if values[name] is None else convert(values[name])
    day = replace(values["day"], basis=onto.day.basis) if values.get("day") else onto.day
    if values.get("basis"):
        day = replace(day, basis=Basis(values["basis"].replace("_", "-")))
    sources, places = _sources(onto.sources, values), _places(onto.places, values)
    translations = _translations(onto.translations, values)
    return replace(
        onto, **changed, day=day, places=places, sources=sources, translations=translations
    )


def _translations(onto: Mapping[str, str], values: Values) -> Mapping[str, str]:
    """Return the sentences of other languages with those of the values; None takes one away."""
    given = {code: values[name] for name, code in TRANSLATIONS.items() if name in values}
    return {language: text for language, text in {**onto, **given}.items() if text}


def _places(at: tuple[FiledPlace, ...], values: Values) -> tuple[FiledPlace, ...]:
    first = at[0] if at else None
    if "place" in values:
        first = _replace_place(first, values["place"])
    if first is not None:
        own = {name: of(values[name] or "") for name, of in _AT.items() if values.get(name)}
        own |= {"detail": ""} if "detail" in values and values["detail"] is None else {}
        first = replace(first, **own)
    second = at[1] if len(at) > 1 else None
    if "also" in values:
        second = _replace_place(second, values["also"])
    return tuple(place for place in (first, second, *at[2:]) if place is not None)


def _replace_place(at: FiledPlace | None, match: Any) -> FiledPlace | None:  # noqa: ANN401 -- a value
    if match is None:
        return None
    return replace(at, place_id=match.place.id) if at else FiledPlace(match.place.id)


def _sources(read: tuple[FiledSource, ...], values: Values) -> tuple[FiledSource, ...]:
    direct = [source for source in read if not source.relayed]
    relayed = [source for source in read if source.relayed]
    for position, name in enumerate(("source", "source2")):
        if name in values:
            here = slice(position, position + 1)
            direct[here] = [_replace_source(direct[here], values[name])] if values[name] else []
    if "relayed" in values:
        relayed[:1] = [FiledSource(values["relayed"].id, relayed=True)] if values["relayed"] else []
    if values.get("stance") and direct:
        direct[0] = replace(direct[0], stance=Stance(values["stance"]))
    return (*direct, *relayed)


def _replace_source(instead_of: list[FiledSource], source: Source) -> FiledSource:
    stance = instead_of[0].stance if instead_of else Stance.REPORTS
    return FiledSource(source.id, stance)


def _type(filing: Filing) -> str:
    """Return what an entry is about, as its other fields tell."""
    if filing.kind is Kind.EVENT:
        return "other"
    if filing.control or (filing.kind is Kind.ASSESSMENT and not filing.encirclement):
        return "control"
    return "encirclement" if filing.encirclement else "other"
