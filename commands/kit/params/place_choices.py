"""Places told apart, for who has to choose one: by what they lie in, and by a town nearby."""

from collections import Counter
from typing import TYPE_CHECKING

from commands.kit.context import Context
from commands.kit.inlines import Inline, Phrase, T, join
from commands.kit.reply import Choice
from commands.kit.vocabulary import oblast, place_name
from store.model.entry import Place
from store.places.bearers import AREA_KINDS
from store.places.ground import NEAR_KM
from store.places.recognition import Certainty

if TYPE_CHECKING:
    from store.queries.geography import Located


async def place_choices(places: tuple[Place, ...], ctx: Context) -> tuple[Choice, ...]:
    """Return places to choose from, told apart by raion, oblast and a town that people know."""
    if not places:
        return ()
    located = await ctx.store.landmarks.locate(places)
    alike = Counter((at.place.name, at.place.raion) for at in located)
    return tuple(
        Choice(_where(at, closer=alike[at.place.name, at.place.raion] > 1), at.place.ref)
        for at in located
    )


async def name_subject(place: Place, ctx: Context, *, around: bool = False) -> Inline:
    """Return what people are told of: a place, told apart from others, or its direction."""
    whole = await tell_apart(place, ctx)
    if not around:
        return whole or place_name(place)
    if whole:
        return T("Direction: {place}", place=whole)
    return T("{place} direction", place=place_name(place))


async def tell_apart(place: Place, ctx: Context) -> Inline | None:
    """Return a place with what it lies in; None where the name alone leads to it here."""
    answer = await ctx.store.places.recognise(place.name)
    is_settled = answer.outcome is Certainty.SETTLED and answer.candidates[0].place.id == place.id
    if place.kind in AREA_KINDS or (is_settled and answer.candidates[0].km <= NEAR_KM):
        return None
    (choice,) = await place_choices((place,), ctx)
    return choice.label


def _where(located: "Located", *, closer: bool) -> Inline:
    """Return where a place lies; where raion and name do not tell it apart, `closer`."""
    place = located.place
    parts = join(
        ", ",
        place_name(place),
        place_name(located.hromada) if closer and located.hromada else None,
        place_name(located.raion) if located.raion else None,
        oblast(place) if place.oblast != place.name else None,
    )
    if located.town is None or place.kind in AREA_KINDS:
        return Phrase(parts)
    how_far = T("{km} km from {town}", km=located.km, town=place_name(located.town))
    if place.approximate:
        how_far = T("about {km} km from {town}", km=located.km, town=place_name(located.town))
    return Phrase((*parts, ", ", how_far))
