"""What to do about a draft: about a field that cannot be read, and before an entry is filed.

None of the cautions keeps anybody from filing.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from commands.kit.context import Context
from commands.kit.days import BadDay, read_day
from commands.kit.errors import NotFound
from commands.kit.inlines import Inline, Line, Reference, T, When
from commands.kit.params.entities import is_address
from commands.kit.params.place_choices import place_choices, tell_apart
from commands.kit.reply import Action
from commands.kit.vocabulary import place_name
from commands.shared.drafting.content import Values
from commands.shared.drafting.draft_view import FieldProblem
from commands.shared.views.entry_card import sentence, status
from store.model.draft import Draft
from store.model.entry import Entry, Kind, LinkType, Place
from store.model.span import Span
from store.places.ground import distance_km
from store.queries.places import PlaceMatch

SPEAKERS, PLACES, SOURCES = {"by"}, {"place", "also"}, {"source", "source2", "relayed"}
LONGEST_NAME, LONGEST_ADDRESS = 200, 1000
_PROPOSED = 3
_REFERENCE = re.compile(r"[A-Z]-[0-9]+", re.IGNORECASE)
_LONG_AGO, _FAR_KM, _OTHERS, _SHOWN = 31, 100, 2, 80


def propose(draft: Draft, problem: FieldProblem) -> Iterator[Action]:
    """Yield what could stand in a field instead, then what could be created for it."""
    field = problem.field
    for choice in problem.error.choices[:_PROPOSED]:
        given = {"draft": draft.ref, field: choice.value}
        yield Action(choice.label, f"add {draft.kind}", given)
    name = draft.fields.get(field, "")
    if isinstance(problem.error, NotFound) and may_be_new(name):
        given = {"ref": draft.ref, "field": field, "name": name}
        yield from (
            Action(label, "draft create", {**given, **kind}) for label, kind in _new(field, name)
        )


def may_be_new(name: str) -> bool:
    """Whether something can be created under a name: it is not too long, and no reference."""
    longest = LONGEST_ADDRESS if is_address(name) else LONGEST_NAME
    return len(name) <= longest and not _REFERENCE.fullmatch(name)


def _new(field: str, name: str) -> Iterator[tuple[T, dict[str, str]]]:
    if field in SPEAKERS:
        yield T("Create the speaker “{name}”", name=name.partition(",")[0].strip()), {}
    elif field in PLACES:
        yield T("Create the place “{name}”", name=name), {}
    elif field in SOURCES and is_address(name):
        yield T("Create it as a post"), {"kind": "post"}
        yield T("Create it as an article"), {"kind": "article"}
    elif field in SOURCES:
        yield T("Create the outlet “{name}”", name=name), {"kind": "outlet"}


class Caution(Struct, frozen=True):
    """One thing to look at, and what could be done about it."""

    line: Line
    actions: tuple[Action, ...] = ()


async def find_cautions(
    draft: Draft, entry: Entry, values: Values, ctx: Context
) -> tuple[Caution, ...]:
    """Return what to look at in an entry that could be filed."""
    place: PlaceMatch | None = values.get("place")
    near = await ctx.store.similar_entries.near(
        entry.kind, place.place.id if place else None, entry.day.latest, entry.text
    )
    result = [
        Caution((T("Much like {ref}: {text}", ref=Reference(other.ref), text=_short(other)),))
        for other in near
    ]
    result += _after_publication(draft, entry, ctx)
    result += [Caution((line,)) for line in _plain(entry, values, ctx)]
    if place is not None:
        result += await _other_places(draft, place, ctx)
        result += await _against(draft, entry, place.place, ctx)
    return tuple(result)


def _short(entry: Entry) -> Inline:
    return sentence(entry, _SHOWN)


def _after_publication(draft: Draft, entry: Entry, ctx: Context) -> Iterator[Caution]:
    """Ask about a day that the source cannot have told of; offer those that it can have meant."""
    source, first = entry.sources[0].source, entry.day.earliest
    if not source.published or not first:
        return
    published = Span.parse(source.published)
    if published.latest >= first:
        return
    meant = [published]
    with suppress(BadDay):
        meant.insert(0, read_day(draft.fields.get("day", ""), published.latest, ctx.zone))
    line = T("The source was published on {day}, before that day.", day=When(published))
    offers = (
        Action(
            T("Use {day} instead", day=When(day)),
            f"add {draft.kind}",
            {"draft": draft.ref, "day": day.edtf},
        )
        for day in dict.fromkeys(meant)
    )
    yield Caution((line,), tuple(offers))


def _plain(entry: Entry, values: Values, ctx: Context) -> Iterator[T]:
    """Yield what can be told from the entry alone."""
    ago = (ctx.today - entry.day.latest).days
    if ago > _LONG_AGO:
        yield T("That day is {n} day ago.", "That day is {n} days ago.", n=ago)
    if not entry.sources[0].source.url:
        yield T("The source has no link.")
    if "place" in values and "also" in values:
        yield from _apart(values["place"].place, values["also"].place)


def _apart(place: Place, other: Place) -> Iterator[T]:
    here, there = (place.latitude, place.longitude), (other.latitude, other.longitude)
    if None in {*here, *there}:
        return
    km = round(distance_km(here, there))  # type: ignore[arg-type]  # neither has a None
    if km > _FAR_KM:
        names = place_name(place), place_name(other)
        yield T("{place} and {other} are {km} km apart.", place=names[0], other=names[1], km=km)


async def _other_places(draft: Draft, match: PlaceMatch, ctx: Context) -> list[Caution]:
    """Say which place was understood where the name could mean another."""
    if match.how.is_plain and not match.others and not await tell_apart(match.place, ctx):
        return []
    (where,) = await place_choices((match.place,), ctx)
    others = await place_choices(match.others[:_OTHERS], ctx)
    return [
        Caution(
            (T("The place was read as {place}.", place=where.label),),
            tuple(
                Action(
                    T("Use {place} instead", place=choice.label),
                    f"add {draft.kind}",
                    {"draft": draft.ref, "place": choice.value},
                )
                for choice in others
            ),
        )
    ]


async def _against(draft: Draft, entry: Entry, place: Place, ctx: Context) -> list[Caution]:
    """Name the fresh assessments that see a place otherwise than a claim about its control."""
    if entry.kind is not Kind.CLAIM or entry.control is None or draft.fields.get("link"):
        return []
    picture = await ctx.store.place_overviews.head(place, ctx.today)
    return [
        Caution(
            (
                T(
                    "{ref} assesses it differently: {status}",
                    ref=Reference(assessment.ref),
                    status=status(held),
                ),
            ),
            (
                Action(
                    T("In tension with {ref}", ref=assessment.ref),
                    f"add {draft.kind}",
                    {"draft": draft.ref, "link": f"{LinkType.IN_TENSION_WITH} {assessment.ref}"},
                ),
            ),
        )
        for assessment in picture.assessments
        if (held := assessment.control) is not None
        and held.status != entry.control.status
        and (ctx.today - assessment.day.latest).days <= ctx.stale_days
    ]
