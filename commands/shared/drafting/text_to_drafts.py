"""What was read of a text → new drafts, each with the words that it rests on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from commands.kit.context import Context
from commands.kit.params.basic import LONGEST_TEXT
from commands.kit.vocabulary import CLAIM_TYPES
from commands.shared.drafting.draft_view import EMPTIED, UNSAID
from commands.shared.drafting.new_speakers import describe_speaker
from commands.shared.drafting.private_text import find_private_signs
from commands.shared.extraction.extract import extract, find_published
from commands.shared.extraction.extracted_draft import ExtractedDraft, ExtractedPlace, Spot
from store.model.draft import NewDraft
from store.model.entry import Attribution, Kind, PlaceRole, Precision
from store.model.passage import Doubt, Mark, Passage

_SPACE = re.compile(r"\s")
_QUOTE = 600
_ELSEWHERE = 80
_OF_CLAIMS = ("by", "happened", "control", "share", "encirclement", "type")
_OF_KIND: Mapping[Kind, frozenset[str]] = {
    Kind.CLAIM: frozenset(_OF_CLAIMS),
    Kind.ASSESSMENT: frozenset({"by", "control", "share", "encirclement"}),
    Kind.EVENT: frozenset({"type"}),
}


async def read_text(
    text: str, published: date, source: str, ctx: Context, by: str = ""
) -> list[NewDraft]:
    """Return a new draft for each statement of a text; `by` is who wrote it where it was found."""
    drafts = await ctx.store.known_names.consult(lambda known: extract(text, published, known))
    names = await ctx.store.text_drafts.names_in(text)
    private = tuple(find_private_signs(text, by, names))
    return [_new_draft(draft, text, source, private) for draft in drafts]


async def find_published_day(text: str, ctx: Context) -> date | None:
    """Return the day on the line that says whose a text is, if it stands there with its year."""
    return await ctx.store.known_names.consult(lambda known: find_published(text, ctx.today, known))


def _new_draft(draft: ExtractedDraft, text: str, source: str, private: tuple[str, ...]) -> NewDraft:
    kind = Kind(draft.kind)
    doubts = tuple(_find_doubts(draft, kind))
    fields = {
        "text": draft.text if len(draft.text) <= LONGEST_TEXT else "",
        "quote": (draft.quote or "")[: _QUOTE + 1],
        "attribution": draft.attribution,
        "day": draft.day or "",
        "basis": (draft.basis or "").replace("-", "_"),
        "source": source,
        **dict(_own_fields(draft, kind)),
        **dict(_place_fields(draft.places)),
    }
    given = {name: value for name, value in fields.items() if value}
    return NewDraft(kind, given, passage=_passage(draft, text, doubts, private))


def _own_fields(draft: ExtractedDraft, kind: Kind) -> Iterator[tuple[str, str]]:
    values = {
        "happened": draft.happened,
        "control": draft.control,
        "share": draft.share if draft.control else None,
        "encirclement": draft.encirclement,
        "type": draft.type if _can_be(draft, kind) else None,
    }
    if "by" in _OF_KIND[kind]:
        yield from _speaker_fields(draft).items()
    for name in sorted(_OF_KIND[kind] - {"by"}):
        # What the rules left blank stays so: nothing else reads it from the words.
        silent = EMPTIED if kind is Kind.CLAIM and name in UNSAID else ""
        yield name, values[name] or silent


def _can_be(draft: ExtractedDraft, kind: Kind) -> bool:
    """Tell whether an entry of a kind can be about what a draft was read to be about."""
    return draft.type in CLAIM_TYPES if kind is Kind.CLAIM else draft.kind is kind


def _speaker_fields(draft: ExtractedDraft) -> Mapping[str, str]:
    """Return who is on record, or the name of somebody new; nobody whose words came unnamed."""
    if draft.by_ref:
        return {"by": draft.by_ref}
    if not draft.by or draft.by_choices or draft.attribution != Attribution.NAMED:
        return {}
    return describe_speaker(draft.by)


def _place_fields(places: Sequence[ExtractedPlace]) -> Iterator[tuple[str, str]]:
    """Yield the first place, if it is decided, and the second, if it stands to it as in it."""
    if not places or places[0].ref is None:
        return
    first = places[0]
    yield from (("place", first.ref or ""), ("role", first.role), ("precision", first.precision))
    if second := _second(places):
        yield "also", second.ref or ""


def _second(places: Sequence[ExtractedPlace]) -> ExtractedPlace | None:
    """Return the place that can be filed beside the first one."""
    others = (place for place in places[1:] if place.ref != places[0].ref)
    second = next(others, None)
    plain = (PlaceRole.AT, Precision.TOWN)
    return second if second and second.ref and (second.role, second.precision) == plain else None


def _find_doubts(draft: ExtractedDraft, kind: Kind) -> Iterator[Doubt]:
    is_named = draft.by and draft.attribution == Attribution.NAMED
    if is_named and "by" in _OF_KIND[kind] and not _speaker_fields(draft):
        yield Doubt("by", draft.by or "", draft.by_choices)
    for place in draft.places:
        if place.ref is None:
            yield Doubt("place", place.name, place.choices)
    kept = {name: ref for name, ref in _place_fields(draft.places) if name in {"place", "also"}}
    left = [place for place in draft.places if place.ref and place.ref not in kept.values()]
    if rest := [place.name for place in left]:
        yield Doubt("also", ", ".join(dict.fromkeys(rest)))


def _passage(
    draft: ExtractedDraft, text: str, doubts: tuple[Doubt, ...], private: tuple[str, ...]
) -> Passage:
    start, end = draft.span
    spots = {**draft.why, **{f"place{n}": place.why for n, place in enumerate(draft.places)}}
    marks = _merge([(a - start, b - start) for a, b in spots.values() if start <= a < b <= end])
    elsewhere = {
        name: _SPACE.sub(" ", text[first:last])[:_ELSEWHERE]
        for name, (first, last) in spots.items()
        if not start <= first < last <= end
    }
    return Passage(_SPACE.sub(" ", text[start:end]), marks, elsewhere, doubts, private)


def _merge(spots: Sequence[Spot]) -> tuple[Mark, ...]:
    """Return spots in order, those that touch as one."""
    merged: list[Mark] = []
    for first, last in sorted(spots):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return tuple(merged)
