"""Places, speakers and sources by name, and what to say when the name is not enough."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from commands.kit.context import Context
from commands.kit.errors import Ambiguous, BadParam, NotFound, UserError
from commands.kit.i18n import T
from commands.kit.params.basic import shown
from commands.kit.reply import Choice, Inline, Phrase, Typed, joined
from commands.kit.vocabulary import named, oblast
from store.model.entry import Actor, Place, Source
from store.model.text import fold
from store.places.bearers import AREA_KINDS
from store.places.recognition import Candidate, Certainty, Recognition
from store.queries.geography import Located
from store.queries.places import PlaceMatch

_OFFERED, _CLOSE = 8, 3
_MOST_PLACES = 20
_ALONE = re.compile(r"[PAS]-[0-9]+$|https?://", re.IGNORECASE)


def a_name(words: Sequence[str]) -> int:
    """Take a reference or an address alone, of a name all the words there are."""
    return int(bool(words) and bool(_ALONE.match(words[0])))


def some_names(_words: Sequence[str]) -> int:
    """Take all the words there are."""
    return 0


class KnownPlace(Struct, frozen=True):
    """A place by any of its names, or by P- and its number; read as a PlaceMatch.

    What is `writing` takes only a name that is plain, and asks about every other.
    """

    help: T
    shape: str = "PLACE"
    example: str = "Pokrovsk"
    raw: bool = False
    writing: bool = False
    takes = staticmethod(a_name)

    async def read(self, text: str, ctx: Context) -> PlaceMatch:
        if (number := _number(text, "P")) is not None:
            place = await ctx.store.places.get(number)
            if place is not None:
                return PlaceMatch(place, place.name)
        answer = await ctx.store.places.recognise(text, writing=self.writing)
        match answer.outcome:
            case Certainty.SETTLED:
                best, *others = answer.candidates
                return PlaceMatch(best.place, best.name, best.how, _places_of(others))
            case Certainty.ASK:
                raise await _which_place(text, answer, ctx)
        raise await _no_place(text, answer, ctx)

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        if not text.strip():
            return await place_choices(await ctx.store.places.on_record(_OFFERED), ctx)
        candidates = await ctx.store.places.suggest(text, _OFFERED)
        return await place_choices(_places_of(candidates), ctx)


async def _which_place(text: str, answer: Recognition, ctx: Context) -> Ambiguous:
    """Ask which of the places of a name is meant, or whether one of another name is."""
    candidates = answer.candidates
    namesakes = len(candidates) > 1 and all(one.how.is_plain for one in candidates)
    question = T("No exact match for “{name}”. Did you mean:", name=shown(text))
    if namesakes:
        question = T("Which {name}? There are {count}.", name=shown(text), count=len(candidates))
    more = [T("The {n} likeliest:", n=_OFFERED)] if len(candidates) > _OFFERED else []
    choices = await place_choices(_places_of(candidates[:_OFFERED]), ctx)
    return Ambiguous(question, *more, choices=choices)


async def _no_place(text: str, answer: Recognition, ctx: Context) -> NotFound:
    """Say that a name is not known, and what is: a speaker, a name like it, or what is covered."""
    missing = T("No place “{name}” is known here.", name=shown(text))
    if speakers := await ctx.store.actors.named(text):
        who = speakers[0]
        is_one = T("{name} is a speaker; what they said:", name=who.name)
        return NotFound(missing, is_one, " ", Typed(f"/claims by:{who.ref}"))
    if answer.similar:
        choices = await place_choices(_places_of(answer.similar), ctx)
        return NotFound(missing, T("Similar names:"), choices=choices)
    if countries := await ctx.store.places.list_countries():
        names = Phrase(joined(", ", *map(named, countries)))
        return NotFound(missing, T("This desk covers places in {countries}.", countries=names))
    return NotFound(missing, T("Try another spelling, in Latin or Cyrillic letters."))


def _places_of(candidates: Sequence[Candidate]) -> tuple[Place, ...]:
    return tuple(candidate.place for candidate in candidates)


class KnownActor(Struct, frozen=True):
    """A speaker or assessor by any of their names, or by A- and a number; read as an Actor.

    One that is `exact` takes no name for another that begins so.
    """

    help: T
    shape: str = "WHO"
    example: str = "Putin"
    raw: bool = False
    exact: bool = False
    takes = staticmethod(a_name)

    async def read(self, text: str, ctx: Context) -> Actor:
        if (number := _number(text, "A")) is not None:
            actor = await ctx.store.actors.get(number)
            if actor is not None:
                return actor
        found = await ctx.store.actors.named(text)
        if self.exact and not found:
            near = await ctx.store.actors.near(text, _CLOSE)
            raise NotFound(
                T("No speaker “{name}” is on record.", name=shown(text)),
                choices=_actor_choices(near),
            )
        found = found or await ctx.store.actors.like(text, _OFFERED)
        match found:
            case (actor,):
                return actor
            case ():
                raise NotFound(
                    T("No speaker “{name}” is on record. Those who are:", name=shown(text)),
                    choices=_actor_choices(await ctx.store.actors.like("", _OFFERED)),
                )
            case _:
                raise Ambiguous(T("Which {name}?", name=shown(text)), choices=_actor_choices(found))

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return _actor_choices(await ctx.store.actors.like(text, _OFFERED))


class SomePlaces(Struct, frozen=True):
    """Places, with commas between them; read as a tuple of Place."""

    help: T
    shape: str = "PLACES"
    example: str = "Pokrovsk, Myrnohrad"
    raw: bool = False
    takes = staticmethod(some_names)

    async def read(self, text: str, ctx: Context) -> tuple[Place, ...]:
        names = [name.strip() for name in text.split(",") if name.strip()]
        if len(names) > _MOST_PLACES:
            raise BadParam(
                T("Those are {n} places; write at most {most}.", n=len(names), most=_MOST_PLACES)
            )
        found: list[Place] = []
        for number, name in enumerate(names, start=1):
            try:
                found.append((await KnownPlace(self.help, writing=True).read(name, ctx)).place)
            except UserError as error:  # what is offered instead of one leaves the others there
                before, after = [place.ref for place in found], names[number:]
                error.choices = tuple(
                    Choice(one.label, ", ".join([*before, one.value, *after]))
                    for one in error.choices
                )
                raise
        return tuple(dict.fromkeys(found))

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        *before, last = text.split(",")
        found = await KnownPlace(self.help).suggest(last.strip(), ctx)
        start = ", ".join(name.strip() for name in before)
        if not start:
            return found
        return [
            Choice(Phrase((f"{start}, ", choice.label)), f"{start}, {choice.value}")
            for choice in found
        ]


class KnownSource(Struct, frozen=True):
    """Where something was read: by name, by address, or by S- and a number; read as a Source."""

    help: T
    shape: str = "SOURCE"
    example: str = "S-1"
    raw: bool = False
    takes = staticmethod(a_name)

    async def read(self, text: str, ctx: Context) -> Source:
        if (number := _number(text, "S")) is not None:
            source = await ctx.store.sources.get(number)
            if source is not None:
                return source
        if is_address(text):
            source = await ctx.store.sources.at(text)
            if source is not None:
                return source
            raise NotFound(T("No source of that address is on record."))
        found = await ctx.store.sources.like(text, _OFFERED)
        exact = [one for one in found if fold(one.name) == fold(text)]
        if len(exact) == 1:
            return exact[0]
        missing = T("No source “{name}” is on record.", name=shown(text))
        if exact:
            missing = T("Which source “{name}”? There are {n}.", name=shown(text), n=len(exact))
            raise Ambiguous(missing, choices=_source_choices(exact))
        found = found or await ctx.store.sources.near(text, _CLOSE)
        raise NotFound(missing, choices=_source_choices(found[:_CLOSE]))

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return _source_choices(await ctx.store.sources.like(text, _OFFERED))


def is_address(text: str) -> bool:
    """Tell whether a text is an address of the web, as a source can have one."""
    return bool(re.fullmatch(r"https?://\S+", text)) and bool(host_of(text))


def host_of(address: str) -> str:
    """Return the host of an address; empty if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


async def place_choices(places: tuple[Place, ...], ctx: Context) -> tuple[Choice, ...]:
    """Return places to choose from, told apart by raion, oblast and a town that people know."""
    located = await ctx.store.landmarks.locate(places)
    alike = Counter((one.place.name, one.place.raion) for one in located)
    return tuple(
        Choice(_where(one, closer=alike[one.place.name, one.place.raion] > 1), one.place.ref)
        for one in located
    )


def _where(located: Located, *, closer: bool) -> Inline:
    """Return where a place lies; where raion and name do not tell it apart, `closer`."""
    place = located.place
    parts = joined(
        ", ",
        named(place),
        named(located.hromada) if closer and located.hromada else None,
        named(located.raion) if located.raion else None,
        oblast(place) if place.oblast != place.name else None,
    )
    if located.town is None or place.kind in AREA_KINDS:
        return Phrase(parts)
    how_far = T("{km} km from {town}", km=located.km, town=named(located.town))
    if place.approximate:
        how_far = T("about {km} km from {town}", km=located.km, town=named(located.town))
    return Phrase((*parts, ", ", how_far))


def _actor_choices(actors: Sequence[Actor]) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"{actor.name}, {actor.role}" if actor.role else actor.name, actor.ref)
        for actor in actors
    )


def _source_choices(sources: Sequence[Source]) -> tuple[Choice, ...]:
    return tuple(Choice(f"{one.ref} · {one.name}", one.ref) for one in sources)


def _number(text: str, letter: str) -> int | None:
    head, dash, digits = text.strip().upper().partition("-")
    is_ref = head == letter and dash and digits.isascii() and digits.isdigit()
    return int(digits[:12]) if is_ref else None
