"""The words on which a draft rests, marked, and what of it only a person can decide."""

from collections.abc import Iterator

from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, Strong, T
from commands.kit.params.place_choices import place_choices
from commands.kit.reply import Choice
from commands.kit.vocabulary import speaker_name
from store.model.draft import Draft
from store.model.passage import Doubt, Passage
from store.model.ref import ACTOR, PLACE, Ref

_LONGEST = 400
_FIELDS = {
    "by": T("who"),
    "day": T("day"),
    "happened": T("when"),
    "place0": T("place"),
    "control": T("control"),
}


def show_passage(passage: Passage) -> Iterator[Line]:
    """Yield the statement with its marks, and the words elsewhere in the text that count."""
    yield tuple(_mark(passage))
    parts: list[Inline] = []
    for name, words in passage.elsewhere.items():
        if name in _FIELDS:
            parts += [" · " if parts else "", _FIELDS[name], ": ", T("“{words}”", words=words)]
    if parts:
        yield (T("Elsewhere in the text: {words}", words=Phrase(tuple(filter(None, parts)))),)


def _mark(passage: Passage) -> Iterator[Inline]:
    text, at = passage.text[:_LONGEST], 0
    for first, last in passage.marks:
        if last > len(text):
            break
        if first > at:
            yield text[at:first]
        yield Strong(text[first:last])
        at = last
    rest = text[at:] + ("…" if len(passage.text) > len(text) else "")
    if rest:
        yield rest


def doubt_line(doubt: Doubt) -> Line:
    """Say what has to be decided."""
    if doubt.field == "also":
        return (T("Also named, and not in it: {places}", places=doubt.words),)
    if doubt.choices:
        n = len(doubt.choices)
        several = T("“{words}” may be {n} things on record.", words=doubt.words, n=n)
        return (several,)
    return (T("“{words}” is not known here.", words=doubt.words),)


async def choices_of(doubt: Doubt, ctx: Context) -> tuple[Choice, ...]:
    """Return what a doubtful name may be, to be chosen."""
    refs = [ref for text in doubt.choices if (ref := Ref.match(text))]
    places = [await ctx.store.places.get(ref.number) for ref in refs if ref.kind is PLACE]
    actors = [await ctx.store.actors.get(ref.number) for ref in refs if ref.kind is ACTOR]
    named = [Choice(speaker_name(actor), actor.ref) for actor in actors if actor]
    return (*await place_choices(tuple(place for place in places if place), ctx), *named)


def open_doubts(draft: Draft) -> tuple[Doubt, ...]:
    """Return the doubts of a draft, but for those of fields in which something stands by now."""
    doubts = draft.passage.doubts if draft.passage else ()
    return tuple(doubt for doubt in doubts if not draft.fields.get(doubt.field))
