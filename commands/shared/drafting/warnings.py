"""What somebody should look at before an entry is filed. None of it keeps them from filing."""

from collections.abc import Iterator

from msgspec import Struct

from commands.kit.context import Context
from commands.kit.i18n import T
from commands.kit.params.entities import place_choices
from commands.kit.reply import Action, Line, Ref, When
from commands.shared.drafting.build_entry import Values
from commands.shared.views.entry_card import status
from store.model.draft import Draft
from store.model.entry import Entry, Kind, LinkType, Place
from store.model.span import Span
from store.places.ground import distance_km
from store.queries.places import PlaceMatch

_LONG_AGO, _FAR_KM, _OTHERS, _SHOWN = 31, 100, 2, 80


class Caution(Struct, frozen=True):
    """One thing to look at, and what could be done about it."""

    line: Line
    actions: tuple[Action, ...] = ()


async def cautions(draft: Draft, entry: Entry, values: Values, ctx: Context) -> tuple[Caution, ...]:
    """Return what to look at in an entry that could be filed."""
    place: PlaceMatch | None = values.get("place")
    near = await ctx.store.alike.near(
        entry.kind, place.place.id if place else None, entry.day.latest, entry.text
    )
    found = [
        Caution((T("Much like {ref}: {text}", ref=Ref(one.ref), text=_short(one.text)),))
        for one in near
    ]
    found += [Caution((line,)) for line in _plain(entry, values, ctx)]
    if place is not None:
        found += await _other_places(draft, place, ctx)
        found += await _against(draft, entry, place.place, ctx)
    return tuple(found)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _plain(entry: Entry, values: Values, ctx: Context) -> Iterator[T]:
    """Yield what can be told from the entry alone."""
    ago = (ctx.today - entry.day.latest).days
    if ago > _LONG_AGO:
        yield T("That day is {n} day ago.", "That day is {n} days ago.", n=ago)
    source = entry.sources[0].source
    first = entry.day.earliest
    if source.published and first and Span.parse(source.published).latest < first:
        published = When(Span.parse(source.published))
        yield T("The source was published on {day}, before that day.", day=published)
    if not source.url:
        yield T("The source has no link.")
    if "place" in values and "also" in values:
        yield from _apart(values["place"].place, values["also"].place)


def _apart(one: Place, other: Place) -> Iterator[T]:
    here, there = (one.latitude, one.longitude), (other.latitude, other.longitude)
    if None in {*here, *there}:
        return
    km = round(distance_km(here, there))  # type: ignore[arg-type]  # neither has a None
    if km > _FAR_KM:
        yield T("{place} and {other} are {km} km apart.", place=one.name, other=other.name, km=km)


async def _other_places(draft: Draft, match: PlaceMatch, ctx: Context) -> list[Caution]:
    """Say which place was understood where the name could mean another."""
    if match.how.is_plain and not match.others:
        return []
    (where,) = await place_choices((match.place,), ctx)
    others = await place_choices(match.others[:_OTHERS], ctx)
    return [
        Caution(
            (T("The place was read as {place}.", place=where.label),),
            tuple(
                Action(T("Rather {place}", place=one.label), f"add {draft.kind}",
                       {"draft": draft.ref, "place": one.value})
                for one in others
            ),
        )
    ]  # fmt: skip


async def _against(draft: Draft, entry: Entry, place: Place, ctx: Context) -> list[Caution]:
    """Name the fresh assessments that see a place otherwise than a claim about its control."""
    if entry.kind is not Kind.CLAIM or entry.control is None or draft.fields.get("link"):
        return []
    picture = await ctx.store.pictures.of(place, ctx.today)
    return [
        Caution(
            (T("{ref} assesses it otherwise: {status}", ref=Ref(one.ref), status=status(held)),),
            (
                Action(T("In tension with {ref}", ref=one.ref), f"add {draft.kind}",
                       {"draft": draft.ref, "link": f"{LinkType.IN_TENSION_WITH} {one.ref}"}),
            ),
        )
        for one in picture.assessments
        if (held := one.control) is not None
        and held.status != entry.control.status
        and (ctx.today - one.day.latest).days <= ctx.stale_days
    ]  # fmt: skip
