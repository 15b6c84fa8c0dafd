"""The place that was meant is said, when it is not the one that was typed."""

from typing import TYPE_CHECKING

from commands.kit.context import Context
from commands.kit.inlines import Line, Phrase, Strong, T, join
from commands.kit.params.place_choices import place_choices
from commands.kit.reply import Action, Reply, Small, Text, Tone, Unanswered
from commands.kit.vocabulary import oblast, other_place_name, place_name
from commands.shared.views.asked_subject import offer_to_tell
from store.model.entry import Place
from store.places.recognition import ReadAs
from store.queries.places import PlaceMatch

if TYPE_CHECKING:
    from store.queries.geography import OnRecord

_NEAREST = 3
_CITY = 30_000  # people: its name means it, whatever village bears that too


def about_match(match: PlaceMatch, typed: str = "") -> tuple[Text, ...]:
    """Return the line that says as what a name was read; none for a place's own plain name."""
    name, place = typed or match.name, place_name(match.place)
    match match.how:
        case ReadAs.TYPED:
            line: Line = (T("Read as {place}, a close spelling.", place=place),)
        case ReadAs.DECLINED:
            line = (T("Read as {place}.", place=place),)
        case ReadAs.OTHER if name in {match.place.name, match.place.local_name}:
            line = (T("Read as {place}.", place=place),)  # of a form that nobody stored
        case ReadAs.DIRECTION:
            line = (T("Read as the direction of {place}.", place=place),)
        case ReadAs.BESIDE:
            line = (T("Read as {place} itself.", place=place),)
        case ReadAs.FORMER:
            line = (T("{name} is a former name of {place}.", name=name, place=place),)
        case ReadAs.OTHER:
            line = (T("{name} is another name of {place}.", name=name, place=place),)
        case ReadAs.OFFICIAL if match.others and match.place.population < _CITY:
            line = (T("Read as {place}, the nearest of that name.", place=_lies_in(match.place)),)
        case _:
            return ()
    return (Text(line),)


def _lies_in(place: Place) -> Phrase:
    return Phrase(join(", ", place_name(place), oblast(place)))


async def other_places(match: PlaceMatch, command: str, ctx: Context) -> tuple[Action, ...]:
    """Return "Not this one?" choices: the places that bear the same name."""
    choices = await place_choices(match.others[:3], ctx)
    return tuple(
        Action(T("Not this one? {place}", place=choice.label), command, {"place": choice.value})
        for choice in choices
    )


def _how_far(place: Place, other: "OnRecord") -> T:
    """Return how far another place is: about, where the point of either is a guess."""
    name = place_name(other.place)
    if place.approximate or other.place.approximate:
        return T("{place}, about {km} km away", place=name, km=other.km)
    return T("{place}, {km} km away", place=name, km=other.km)


async def nothing_here(match: PlaceMatch, ctx: Context) -> Reply:
    """Say that a place is known but nothing about it is on record, and where there is something."""
    place = match.place
    near = await ctx.store.landmarks.on_record_near(place, _NEAREST)
    actions = tuple(
        Action(
            _how_far(place, other),
            "status",
            {"place": other.place.ref},
        )
        for other in near
    )
    missing = Unanswered(place.ref)
    told = (offer_to_tell(missing),) if ctx.remembers else ()
    none = join(" · ", Strong(T("NO ASSESSMENT ON RECORD")), T("nothing on record yet"))
    title: Line = (Strong(place_name(place)), ": ", *none)
    (located,) = await ctx.store.landmarks.locate((place,))
    raion = place_name(located.raion) if located.raion else None
    where = join(" · ", other_place_name(place), raion, oblast(place))
    return Reply(
        title,
        (*about_match(match), *([Small(where)] if where else [])),
        (*actions, *await other_places(match, "status", ctx), *told),
        Tone.NOTHING,
        unanswered=(missing,),
    )
