"""Places, speakers and sources by name, and what to say when the name is not enough."""

import re
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import Ambiguous, Code, NotFound, UserError
from commands.kit.inlines import Phrase, T, Typed, join
from commands.kit.params.basic import echo
from commands.kit.params.other_reference import refuse_other_reference
from commands.kit.params.place_choices import place_choices
from commands.kit.params.search_hint import find_mentions
from commands.kit.reply import Choice
from commands.kit.vocabulary import place_name, speaker_name, speaker_role
from store.model.entry import Actor, Place, Source
from store.model.override import override
from store.model.ref import ACTOR, PLACE, SOURCE, PlaceRef, Ref
from store.model.text import fold
from store.places.phrase import AreaKind, unit_of, unit_word
from store.places.recognition import Candidate, Certainty, ReadAs, Recognition
from store.queries.places import PlaceMatch

_OFFERED, _CLOSE = 8, 3
_LOOKED_AT = 50
_ALONE = re.compile(r"[PASpas]-[0-9]+$|[Hh][Tt][Tt][Pp][Ss]?://")


async def name_example_places(most: int, ctx: Context) -> str:
    """Return the names of the places on which this desk has most on record."""
    return ", ".join(place.name for place in await ctx.store.places.on_record(most))


async def find_example_speaker(ctx: Context) -> str:
    """Return the name of a speaker of this desk, of a person if there is one; "" if of nobody."""
    actors = sorted(await ctx.store.actors.like("", _LOOKED_AT), key=_is_no_person)
    return actors[0].name if actors else ""


def _is_no_person(actor: Actor) -> bool:
    return actor.kind != "person"


def a_name(words: Sequence[str]) -> int:
    """Take a reference or an address alone, of a name all the words there are."""
    return int(bool(words) and bool(_ALONE.match(words[0])))


def a_place(words: Sequence[str]) -> int:
    """Take a reference, with the word that says its direction; of a name all the words."""
    alone = a_name(words)
    return alone + int(bool(alone and words[1:]) and unit_word(words[1]) is AreaKind.DIRECTION)


class KnownPlace(ParamType, frozen=True):
    """A place by any of its names, or by P- and its number; read as a PlaceMatch.

    For what is `writing`, only what is plain is taken, and a direction only where `directions` are.
    """

    help: T
    shape: str = "PLACE"
    writing: bool = False
    directions: bool = False
    takes = staticmethod(a_place)

    @override
    async def exemplify(self, ctx: Context) -> str:
        return await name_example_places(1, ctx) or self.shape

    @override
    async def read(self, text: str, ctx: Context) -> PlaceMatch:
        if match := await _read_reference(text, ctx):
            if match.around and self.writing and not self.directions:
                town = Candidate(match.place, match.name, match.how, 0)
                answer = Recognition(Certainty.ASK, (town,))
                raise await self._which_place(text, answer, ctx)
            return match
        answer = await ctx.store.places.recognise(
            text, writing=self.writing, directions=self.directions
        )
        if not answer.candidates or fold(answer.candidates[0].name) != fold(text):
            await _ensure_no_day(text, answer, ctx)
        match answer.outcome:
            case Certainty.SETTLED:
                best, *others = answer.candidates
                return PlaceMatch(best.place, best.name, best.how, _places_of(others))
            case Certainty.ASK:
                raise await self._which_place(text, answer, ctx)
        raise refuse_other_reference(text, PLACE) or await _no_place(text, answer, ctx)

    async def _which_place(self, text: str, answer: Recognition, ctx: Context) -> Ambiguous:
        """Ask which of the places of a name is meant, or whether one of another name is."""
        candidates = answer.candidates
        takes_directions = self.directions or not self.writing
        question = _put_question(text, answer, town_alone=not takes_directions)
        more = [T("The {n} nearest:", n=_OFFERED)] if len(candidates) > _OFFERED else []
        choices = await _choices(candidates[:_OFFERED], ctx, directions=takes_directions)
        code = Code.SEVERAL_PLACES if answer.listed else Code.AMBIGUOUS_PLACE
        return Ambiguous(question, *more, code=code, choices=choices)

    @override
    def write(self, value: PlaceMatch) -> str:
        return value.ref

    @override
    def refer(self, value: PlaceMatch) -> tuple[str, ...]:
        return (value.place.ref,)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        if not text.strip():
            return await place_choices(await ctx.store.places.on_record(_OFFERED), ctx)
        return await ctx.store.read_together(partial(self._suggest, text, ctx))

    async def _suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        candidates = await ctx.store.places.suggest(text, _OFFERED)
        takes_directions = self.directions or not self.writing
        return await _choices(candidates, ctx, directions=takes_directions)


async def _ensure_no_day(text: str, answer: Recognition, ctx: Context) -> None:
    """Refuse the name of a month, a weekday or the like that only sounds like a place's."""
    from commands.kit.days import latest_of  # noqa: PLC0415 -- of few names

    latest = latest_of(text, ctx.today)
    if latest is None:
        return
    day = T("“{name}” names days, not a place. For what happened then:", name=echo(text))
    first, _, last = latest.partition("/")
    then = Typed(f"/events since:{first} until:{last or first}")
    choices = await place_choices(_places_of(answer.candidates[:_CLOSE]), ctx)
    raise NotFound(day, then, code=Code.UNKNOWN_PLACE, choices=choices)


async def _read_reference(text: str, ctx: Context) -> PlaceMatch | None:
    """Return the place of P-12, or P-12 direction; None where it is no reference, or of nothing."""
    ref, around = Ref.read(text, PLACE, lettered=True), False
    if ref is None and unit_of(text) is AreaKind.DIRECTION:
        ref, around = Ref.read(text.rsplit(None, 1)[0], PLACE, lettered=True), True
    place = await ctx.store.places.get(ref.number) if ref else None
    if place is None:
        return None
    return PlaceMatch(place, place.name, ReadAs.DIRECTION if around else ReadAs.OFFICIAL)


def _put_question(text: str, answer: Recognition, *, town_alone: bool) -> T:
    """Return what to ask; `town_alone` is whether a direction cannot be taken."""
    name, candidates = echo(text), answer.candidates
    if answer.elsewhere:
        return T("“{name}” is a city that this desk does not cover. Or did you mean:", name=name)
    if town_alone and candidates[0].how is ReadAs.DIRECTION:
        return T(
            "Nothing is filed under a direction. Take its town, or have an area drawn round it"
            " with /desk area add:"
        )
    if answer.listed:
        return T("One place at a time. Which one?")
    if len(candidates) > 1 and all(candidate.how.is_plain for candidate in candidates):
        return T("Which {name}? There are {count}.", name=name, count=len(candidates))
    return T("No exact match for “{name}”. Did you mean:", name=name)


async def _choices(
    candidates: Sequence[Candidate], ctx: Context, *, directions: bool
) -> tuple[Choice, ...]:
    """Return what to choose from; a direction as one only where `directions` are taken."""
    choices = await place_choices(_places_of(candidates), ctx)
    return tuple(
        _direction_of(choice, candidate.place)
        if directions and candidate.how is ReadAs.DIRECTION
        else choice
        for choice, candidate in zip(choices, candidates, strict=True)
    )


def _direction_of(town: Choice, place: Place) -> Choice:
    return Choice(T("Direction: {place}", place=town.label), str(PlaceRef(place.id, around=True)))


async def _no_place(text: str, answer: Recognition, ctx: Context) -> NotFound:
    """Say that a name is not known, and what is: a speaker, a name like it, or what is covered."""
    missing = T("No place “{name}” is known here.", name=echo(text))
    if answer.elsewhere:
        missing = T("“{name}” is a city that this desk does not cover.", name=echo(text))
    if speakers := await ctx.store.actors.by_name(text):
        who = speakers[0]
        is_one = T("{name} is a speaker; what they said:", name=speaker_name(who))
        return NotFound(
            missing, is_one, " ", Typed(f"/claims by:{who.ref}"), code=Code.UNKNOWN_PLACE
        )
    similar = _places_of(answer.similar) or await _find_on_other_layout(text, ctx)
    if similar := similar or await ctx.store.places.similar_on_record(text, _CLOSE):
        choices = await place_choices(similar, ctx)
        return NotFound(missing, T("Similar names:"), choices=choices, code=Code.UNKNOWN_PLACE)
    if mentions := await find_mentions(text, ctx):
        return NotFound(missing, *mentions, code=Code.UNKNOWN_PLACE)
    if countries := await ctx.store.places.list_countries():
        names = Phrase(join(", ", *map(place_name, countries)))
        return NotFound(
            missing,
            T("This desk covers places in {countries}.", countries=names),
            code=Code.UNKNOWN_PLACE,
        )
    return NotFound(
        missing, T("Try another spelling, in Latin or Cyrillic letters."), code=Code.UNKNOWN_PLACE
    )


async def _find_on_other_layout(text: str, ctx: Context) -> tuple[Place, ...]:
    """Return the place that the same keys name in another language: Gjrhjdcmr is Покровськ."""
    from commands.kit.keyboard_layout import list_other_layouts  # noqa: PLC0415 -- of few names

    for other in list_other_layouts(text):
        answer = await ctx.store.places.recognise(other)
        if answer.outcome is Certainty.SETTLED:
            return _places_of(answer.candidates[:1])
    return ()


def _places_of(candidates: Sequence[Candidate]) -> tuple[Place, ...]:
    return tuple(candidate.place for candidate in candidates)


class KnownActor(ParamType, frozen=True):
    """A speaker or assessor by any of their names, or by A- and a number; read as an Actor.

    One that is `exact` takes no name for another that begins so.
    """

    help: T
    shape: str = "WHO"
    exact: bool = False
    takes = staticmethod(a_name)

    @override
    async def exemplify(self, ctx: Context) -> str:
        return await find_example_speaker(ctx) or self.shape

    @override
    async def read(self, text: str, ctx: Context) -> Actor:
        if ref := Ref.read(text, ACTOR, lettered=True):
            actor = await ctx.store.actors.get(ref.number)
            if actor is not None:
                return actor
        actors = await ctx.store.actors.by_name(text)
        if not self.exact:
            if len(actors) == 1:  # it may be another's surname since
                actors = tuple(dict.fromkeys((*actors, *await ctx.store.actors.called(text))))
            actors = actors or await ctx.store.actors.meant(text)
            actors = actors or await ctx.store.actors.begun(text)
        match actors:
            case (actor,):
                return actor
            case ():
                raise refuse_other_reference(text, ACTOR) or await self._no_speaker(text, ctx)
            case _:
                which = T("Which {name}?", name=echo(text))
                choices = _actor_choices(actors[:_OFFERED])
                raise Ambiguous(which, code=Code.AMBIGUOUS_SPEAKER, choices=choices)

    async def _no_speaker(self, text: str, ctx: Context) -> UserError:
        """Say that nobody of that name is on record, who may be meant, and where it is named."""
        hinted = () if self.exact else await ctx.store.actors.hinted(text, _OFFERED)
        if hinted:
            unsure = T("No exact match for “{name}”. Did you mean:", name=echo(text))
            return Ambiguous(unsure, code=Code.AMBIGUOUS_SPEAKER, choices=_actor_choices(hinted))
        missing = T("No speaker “{name}” is on record.", name=echo(text))
        likely = await ctx.store.actors.near(text, _CLOSE)
        from commands.kit.keyboard_layout import list_other_layouts  # noqa: PLC0415 -- as above

        for other in list_other_layouts(text):
            likely = likely or await ctx.store.actors.meant(other)
        return NotFound(
            missing,
            *await find_mentions(text, ctx),
            code=Code.UNKNOWN_SPEAKER,
            choices=_actor_choices(likely),
        )

    @override
    def write(self, value: Actor) -> str:
        return value.ref

    @override
    def refer(self, value: Actor) -> tuple[str, ...]:
        return (value.ref,)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return _actor_choices(await ctx.store.actors.like(text, _OFFERED))


class KnownSource(ParamType, frozen=True):
    """Where something was read: by name, by address, or by S- and a number; read as a Source."""

    help: T
    shape: str = "SOURCE"
    example: str = "S-1"
    takes = staticmethod(a_name)

    @override
    async def read(self, text: str, ctx: Context) -> Source:
        ref = Ref.read(text, SOURCE, lettered=True)
        if ref and (source := await ctx.store.sources.get(ref.number)):
            return source
        if is_address(text):
            if source := await ctx.store.sources.at(text):
                return source
            raise await self._unknown_address(text, ctx)
        sources = await ctx.store.sources.like(text, _OFFERED)
        exact = [source for source in sources if fold(source.name) == fold(text)]
        if len(exact) == 1:
            return exact[0]
        missing = T("No source “{name}” is on record.", name=echo(text))
        if exact:
            missing = T("Which source “{name}”? There are {n}.", name=echo(text), n=len(exact))
            choices = _source_choices(exact)
            raise Ambiguous(missing, code=Code.AMBIGUOUS_SOURCE, choices=choices)
        if not sources:
            if other := refuse_other_reference(text, SOURCE):
                raise other
            sources = await ctx.store.sources.near(text, _CLOSE)
        choices = _source_choices(sources[:_CLOSE])
        raise NotFound(missing, code=Code.UNKNOWN_SOURCE, choices=choices)

    async def _unknown_address(self, address: str, ctx: Context) -> NotFound:
        """Say that it is not on record; of an archive's or mirror's copy, offer the page itself."""
        from store.model.address import original_address  # noqa: PLC0415 -- few are looked for

        original = original_address(address)
        none = T("No source of that address is on record.")
        if not original:
            return NotFound(none, code=Code.UNKNOWN_SOURCE)
        copied = T("That is a copy of {page}, and not on record.", page=echo(original))
        known = await ctx.store.sources.at(original)
        page = Choice(T("The page itself: {page}", page=echo(original)), original)
        choices = _source_choices([known]) if known else (page,)
        return NotFound(copied, code=Code.UNKNOWN_SOURCE, choices=choices)

    @override
    def write(self, value: Source) -> str:
        return value.ref

    @override
    def refer(self, value: Source) -> tuple[str, ...]:
        return (value.ref,)

    @override
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


def _actor_choices(actors: Sequence[Actor]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            Phrase(join(", ", speaker_name(actor), speaker_role(actor) if actor.role else None)),
            actor.ref,
        )
        for actor in actors
    )


def _source_choices(sources: Sequence[Source]) -> tuple[Choice, ...]:
    return tuple(Choice(f"{source.ref} · {source.name}", source.ref) for source in sources)
