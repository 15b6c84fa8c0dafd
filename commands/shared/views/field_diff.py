"""What a correction changed, field by field in words: what it was, and what it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, T, When, join
from commands.kit.vocabulary import (
    ATTRIBUTIONS,
    BASES,
    CLAIM_TYPES,
    ENCIRCLED,
    IN_LANGUAGE,
    KINDS,
    PRECISIONS,
    SHARES,
    STANCES,
    at_place,
    data_term,
    place_name,
)
from store.model.entry import (
    TRANSLATIONS,
    Attribution,
    Encirclement,
    Kind,
    PlaceRole,
    Precision,
    Share,
    Stance,
)
from store.model.filing import Filing
from store.model.ref import ACTOR, PLACE, SOURCE, Ref
from store.model.span import Basis, Span
from store.queries.audit_log import RecordedName
from store.record.entry_rows import snapshot

Names = Mapping[str, RecordedName]
"""The names of places, speakers, sources and control statuses, by reference."""

_AROUND, _LONGEST = 3, 160  # words on either side of what changed in a sentence; characters
_NONE = T("none")


def changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> Iterator[Inline]:
    """Yield what changed between two snapshots of an entry, as "day: 29 Oct 2025 → 30 Oct 2025"."""
    before, after = _flatten(before), _flatten(after)
    for field, (label, say) in _FIELDS.items():
        was, is_ = before.get(field), after.get(field)
        if was == is_:
            continue
        if field in {"text", "quote", "label", *TRANSLATIONS}:
            was, is_ = _differing(was or "", is_ or "")
        elif field in {"day", "happened"} and was and is_ and was[1] == is_[1]:
            was, is_ = (was[0], ""), (is_[0], "")  # what both rest on is not news
        yield T(
            label.message,
            **_tongue(field),
            before=say(was, names) if was else _NONE,
            after=say(is_, names) if is_ else _NONE,
        )


def _flatten(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a snapshot with each of its translations as a field, such as text.uk."""
    translations = content.get("translations", {})
    return {**content, **{f"text.{language}": text for language, text in translations.items()}}


def _tongue(field: str) -> dict[str, Inline]:
    return {"in_language": IN_LANGUAGE[TRANSLATIONS[field]]} if field in TRANSLATIONS else {}


async def what_changed(before: Filing, after: Filing, ctx: Context) -> tuple[Line, ...]:
    """Return what a correction changes in an entry, a line for each field."""
    was: Any = snapshot(before)
    is_: Any = snapshot(after)
    names = await ctx.store.audit_log.names({*references(was), *references(is_)})
    return tuple((change,) for change in changes(was, is_, names))


def references(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the references in a snapshot whose names are needed to say it.

    An entry has its places with their roles, a wish for summaries and an area only their numbers.
    """
    yield from (str(Ref(PLACE, middle)) for middle, _ in content.get("circles") or ())
    for place in content.get("places") or ():
        yield str(Ref(PLACE, place if isinstance(place, int) else place[0]))
    yield from (str(Ref(SOURCE, source[0])) for source in content.get("sources") or ())
    if content.get("actor_id"):
        yield str(Ref(ACTOR, content["actor_id"]))


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return two texts without the words that they begin and end with alike, but for a few."""
    old, other = before.split(), after.split()
    shortest = min(len(old), len(other))
    head = next((i for i in range(shortest) if old[i] != other[i]), shortest)
    tail = next((i for i in range(shortest - head) if old[~i] != other[~i]), shortest - head)
    return _cut(old, head, tail), _cut(other, head, tail)


def _cut(words: Sequence[str], head: int, tail: int) -> str:
    first, last = max(head - _AROUND, 0), len(words) - max(tail - _AROUND, 0)
    kept = " ".join(words[first:last])
    kept = kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]}…"
    return f"{'… ' if first else ''}{kept}{' …' if last < len(words) else ''}" if words else ""


def _quote(text: str, _: Names) -> Inline:
    return T("“{quote}”", quote=text)


def _day(day: Sequence[str], _: Names) -> Inline:
    edtf, basis = day
    if not basis:
        return When(Span.parse(edtf))
    return T("{day} ({basis})", day=When(Span.parse(edtf)), basis=BASES[Basis(basis)])


def _places(places: Sequence[Sequence[Any]], names: Names) -> Inline:
    parts = []
    for number, role, precision, detail in places:
        at = at_place(PlaceRole(role), name_of(Ref(PLACE, number), names))
        finely = None if precision == Precision.TOWN else PRECISIONS[precision]
        more = Phrase(join(", ", finely, detail))
        parts.append(T("{place} ({detail})", place=at, detail=more) if more.line else at)
    return Phrase(join(", ", *parts))


def _sources(sources: Sequence[Sequence[Any]], names: Names) -> Inline:
    parts = []
    for number, stance, relayed in sources:
        name = name_of(Ref(SOURCE, number), names)
        how = None if stance == Stance.REPORTS else STANCES[Stance(stance)]
        parts.append(Phrase(join(" · ", name, how, T("as relayed") if relayed else None)))
    return Phrase(join(", ", *parts))


def name_of(ref: Ref, names: Names) -> Inline:
    """Return what a reference is called, in the reader's letters; without a name, the reference."""
    return place_name(named) if (named := names.get(f"{ref}")) else f"{ref}"


def _control(key: str, names: Names) -> Inline:
    named = names.get(f"control:{key}")
    return data_term(named.name if named else key)


def _type(key: str, names: Names) -> Inline:
    named = names.get(f"type:{key}")
    return CLAIM_TYPES.get(key) or data_term(named.name if named else key)


_FIELDS: Mapping[str, tuple[T, Callable[[Any, Names], Inline]]] = {
    "kind": (T("kind: {before} → {after}"), lambda value, _: KINDS[Kind(value)]),
    "type": (T("type: {before} → {after}"), _type),
    "text": (T("sentence: {before} → {after}"), _quote),
    **dict.fromkeys(TRANSLATIONS, (T("sentence {in_language}: {before} → {after}"), _quote)),
    "quote": (T("quoted words: {before} → {after}"), _quote),
    "actor_id": (
        T("speaker: {before} → {after}"),
        lambda value, names: name_of(Ref(ACTOR, value), names),
    ),
    "attribution": (
        T("attribution: {before} → {after}"),
        lambda value, _: ATTRIBUTIONS[Attribution(value)],
    ),
    "day": (T("day: {before} → {after}"), _day),
    "happened": (T("speaks of: {before} → {after}"), _day),
    "published": (T("published: {before} → {after}"), lambda value, _: When(Span.parse(value))),
    "places": (T("place: {before} → {after}"), _places),
    "control": (T("control: {before} → {after}"), _control),
    "share": (T("share: {before} → {after}"), lambda value, _: SHARES[Share(value)] or _NONE),
    "label": (T("their own words: {before} → {after}"), _quote),
    "encirclement": (
        T("encirclement: {before} → {after}"),
        lambda value, _: ENCIRCLED[Encirclement(value)],
    ),
    "credibility": (T("credibility: {before} → {after}"), lambda value, _: str(value)),
    "sources": (T("source: {before} → {after}"), _sources),
}
