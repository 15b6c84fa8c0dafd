"""Which place a name in a text is: by the recogniser, and by what else the text names near it.

An author speaks of one area at a time. So a village that has namesakes is the one beside the town
whose direction the sentence or its heading gives, or beside what else the sentence names; and one
that the recogniser took because it lies near the desk's ground is doubted where the sentence
speaks of another part of the country. What stays open is asked, never the nearest by itself.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from commands.shared.extraction.places.oblast_words import read_oblast_behind
from commands.shared.extraction.places.which_namesake import (
    BESIDE_KM,
    choose_nearest,
    find_great,
    keep_spelt_so,
    km_to,
)
from store.model.entry import Place
from store.places.bearers import AREA_KINDS, Names
from store.places.ground import NEAR_KM, Ground
from store.places.in_text.place_mentions import Mention, find_mentions
from store.places.in_text.said_where import read_where
from store.places.name_key import name_key
from store.places.namesakes import CITY, METROPOLIS
from store.places.recognise import recognise
from store.places.recognition import Candidate, Certainty, ReadAs, Recognition

_TOWN = 3_000  # people
_REGION_KM = 150.0
_LATELY, _LATELY_KM = 3, 20.0  # sentences, and how near to what they name a village is
_COUNTRY_KM = 400.0  # a text that names a town as near as that speaks of this war
_PIECE = 3500
_DIRECTION = re.compile(
    r"[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*к(?:ому|ий|ого|им|ом|ое)\s+(?:напрям|направлени)\w+"
)
_CITY_OF = re.compile(r"\b(?:city of|міст(?:о|а|і|у)|город(?:е|а|у)?)\s+$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][\w’'ʼ]{3,}")
_LANDS = ("Donbas", "Donbass", "Донбас")
"""Which are called regions, and are none of the gazetteer's."""
_STEM = 5  # letters, as keys write them, of an area's name
_IN_A_TOWN = re.compile(r"(?<!\w)во? [А-ЯЁ][а-яё-]+[сц]к(?=е$)", re.IGNORECASE)
"""Russian, of a town: "в Волчанске" is in Волчанск."""


class NamedPlace(Struct, frozen=True):
    """A name in a text, from `start` up to `end`: the place if it is settled, else the choices."""

    start: int
    end: int
    place: Place | None
    choices: tuple[Place, ...] = ()
    is_direction: bool = False
    is_plain: bool = True

    @property
    def is_area(self) -> bool:
        places = (self.place,) if self.place else self.choices
        return bool(places) and all(place.kind in AREA_KINDS for place in places)


class PlaceReader:
    """What the places of one text are; it remembers what was settled."""

    def __init__(self, names: Names, ground: Ground) -> None:
        self._names = names
        self._ground = ground
        self._recognised: dict[str, Recognition] = {}
        self._settled: dict[str, Place] = {}
        self._places: set[int] = set()
        self._is_of_here: bool | None = None
        self._capitalised: set[str] | None = None
        self._lately: list[list[Place]] = []
        self._heading: Sequence[Mention] = ()

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """Return what the recogniser finds between two characters."""
        mentions: list[Mention] = []
        for at in range(start, end, _PIECE):
            piece = text[at : min(end, at + _PIECE)]
            mentions += [_shift(it, at) for it in find_mentions(piece, self._names, self._ground)]
        mentions = [it for it in mentions if not self._is_elsewhere(text, it.end)]
        mentions = [self._doubt_hromada(text, it) for it in mentions]
        mentions = [self._widen(it) if it.settled else self._narrow(text, it) for it in mentions]
        mentions += self._find_directions(text, start, end, mentions)
        for mention in mentions:
            if mention.settled:
                place = mention.candidates[0].place
                self._places.add(place.id)
                if _is_direction(mention):
                    self._settled[name_key(place.name)] = place
        return mentions

    def _recognise(self, words: str) -> Recognition:
        """Recognise each name of the text once."""
        if words not in self._recognised:
            self._recognised[words] = recognise(words, self._names, self._ground)
        return self._recognised[words]

    def _within(self, text: str, start: int, end: int) -> tuple[Candidate, ...]:
        """Return the places of a name in the oblast that the text names right behind it."""
        oblast_name = read_oblast_behind(text, end)
        if oblast_name is None:
            return ()
        answer = self._recognise(f"{text[start:end]} {oblast_name}")
        if len(answer.candidates) == 1 and answer.candidates[0].how is ReadAs.OTHER:
            local_name = answer.candidates[0].place.local_name  # its namesakes too, if no Russian
            answer = self._recognise(f"{local_name} {oblast_name}")
        return tuple(it for it in answer.candidates if it.place.kind not in AREA_KINDS)

    def _is_elsewhere(self, text: str, end: int) -> bool:
        """Tell whether an oblast that is not of this country is named right behind a name."""
        oblast_name = read_oblast_behind(text, end)
        if oblast_name is None or oblast_name.startswith(_LANDS):
            return False
        areas = self._recognise(oblast_name).candidates
        return not any(it.place.kind in AREA_KINDS for it in areas)

    def _narrow(self, text: str, mention: Mention) -> Mention:
        within = self._within(text, mention.start, mention.end)
        if not within and _CITY_OF.search(text, max(0, mention.start - 15), mention.start):
            within = tuple(it for it in mention.candidates if it.place.population >= CITY)
        if not within:
            return mention
        return Mention(mention.start, mention.end, mention.text, within, len(within) == 1)

    def _widen(self, mention: Mention) -> Mention:
        """Add the namesakes of a village of which a gazetteer has the Russian name, of them not."""
        best = mention.candidates[0]
        small = best.place.population < _TOWN and best.place.kind not in AREA_KINDS
        if best.how is not ReadAs.OTHER or not small or best.km == 0:
            return mention
        answer = self._recognise(best.place.local_name)
        if answer.outcome is not Certainty.ASK:
            return mention
        return Mention(mention.start, mention.end, mention.text, answer.candidates, settled=False)

    def _doubt_hromada(self, text: str, mention: Mention) -> Mention:
        """Leave open which hromada of a name is meant, if the text is of another one's land."""
        best, *others = mention.candidates
        others = [it for it in others if it.place.kind == best.place.kind == "hromada"]
        if not (mention.settled and others) or self._has_words_of(text, [best.place.oblast]):
            return mention
        areas = [area for it in others for area in (it.place.oblast, it.place.raion)]
        return structs.replace(mention, settled=not self._has_words_of(text, areas))

    def _has_words_of(self, text: str, areas: Sequence[str]) -> bool:
        """Tell whether a text has a word of an area's name: "Нікопольщина" is of Nikopol Raion."""
        if self._capitalised is None:
            self._capitalised = {name_key(word[0]) for word in _CAPITALISED.finditer(text)}
        stems = tuple(name_key(area.split()[0])[:_STEM] for area in areas if area)
        return any(word.startswith(stems) for word in self._capitalised)

    def _find_directions(
        self, text: str, start: int, end: int, known: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Return the directions called after a town farther off, which a chat would pass over."""
        for match in _DIRECTION.finditer(text, start, end):
            if any(it.start < match.end() and match.start() < it.end for it in known):
                continue
            answer = self._recognise(match[0])
            if answer.outcome is Certainty.SETTLED:
                yield Mention(match.start(), match.end(), match[0], answer.candidates, settled=True)

    def _names_places_here(self, text: str) -> bool:
        """Tell whether a text names places near the desk's, wherever in it they stand."""
        if self._places:
            return True
        if self._is_of_here is None:
            self._is_of_here = any(
                _is_of_here(mention)
                for at in range(0, len(text), _PIECE)
                for mention in find_mentions(text[at : at + _PIECE], self._names, self._ground)
            )
        return self._is_of_here

    def is_name(self, words: str) -> bool:
        """Tell whether some place is called so: all words together."""
        answer = self._recognise(words)
        return any(it.how in {ReadAs.OFFICIAL, ReadAs.OWN} for it in answer.candidates)

    def look_up(
        self, text: str, start: int, end: int, beside: Sequence[Place]
    ) -> tuple[Place | None, tuple[Place, ...]]:
        """Return the place of a name that a text surely uses as that of a place, farther off too.

        Only in a text that names places here; settled only by its oblast right behind it, by what
        else the sentence names, or where no namesake is known.
        """
        if self._is_elsewhere(text, end):
            return None, ()
        if within := self._within(text, start, end):
            places = tuple(candidate.place for candidate in within)
            place = places[0] if len(places) == 1 else self._choose(within, beside)
            return place, () if place else places
        if not self._names_places_here(text):
            return None, ()
        town = _IN_A_TOWN.search(text, max(0, start - 3), end)
        name = text[start : town.end() if town else end]
        answer = self._recognise(name)
        where = read_where(text, start, end, self._names)
        spelt = [it for it in answer.candidates if it.how is not ReadAs.TYPED]
        near = [
            candidate
            for candidate in spelt
            if candidate.km <= _REGION_KM and candidate.place.kind not in AREA_KINDS
            if not (where and where.is_abroad_for(candidate.place))
        ]
        if answer.outcome is Certainty.UNKNOWN or not near:
            return None, ()
        place = self._choose(near, beside) or find_great(spelt, beside)
        is_only = answer.outcome is Certainty.SETTLED or len(spelt) == 1
        is_settled = is_only and near[0] is spelt[0]
        if place is None and (lately := [it for places in self._lately for it in places]):
            place = self._choose(near, lately, lately=True)
        if place is None and is_settled:
            place = near[0].place
        if place is not None:
            self._lately = self._lately or [[]]
            self._lately[-1].append(place)
        return place, () if place else tuple(candidate.place for candidate in near)

    def settle(self, mentions: Sequence[Mention], heading: Sequence[Mention]) -> list[NamedPlace]:
        """Return which places are meant by the names of one sentence, under its heading."""
        anchors = [it.candidates[0].place for it in mentions if _is_direction(it)]
        anchors = anchors or [it.candidates[0].place for it in heading if _is_direction(it)]
        named = [
            self._settle(self._keep_within(mention, heading), anchors, mentions)
            for mention in mentions
        ]
        if heading != self._heading or anchors or any(name.is_area for name in named):
            self._heading, self._lately = heading, []
        else:
            named = [self._settle_by_lately(*each) for each in zip(named, mentions, strict=True)]
        if places := [name.place for name in named if name.place and not name.is_area]:
            self._lately = [*self._lately[1 - _LATELY :], places]
        return named

    def _keep_within(self, mention: Mention, heading: Sequence[Mention]) -> Mention:
        """Return only the namesakes in the raion or oblast under whose name a sentence stands."""
        areas = [it.candidates[0].place for it in heading if is_area(it) and not _is_direction(it)]
        if mention.settled or len(areas) != 1:
            return mention
        within = tuple(it for it in mention.candidates if _lies_in(it.place, areas[0]))
        return (
            structs.replace(mention, candidates=within, settled=len(within) == 1)
            if within
            else mention
        )

    def _settle_by_lately(self, name: NamedPlace, mention: Mention) -> NamedPlace:
        """Settle a village beside which the author has just been, if no namesake is near there."""
        beside = [place for places in self._lately for place in places]
        if name.is_direction or not beside:
            return name
        if name.place:
            is_doubtful = mention.settled and self._has_namesake_by(name.place, beside)
            choices = tuple(it.place for it in mention.candidates)
            return structs.replace(name, place=None, choices=choices) if is_doubtful else name
        place = self._choose(mention.candidates, beside, lately=True)
        return structs.replace(name, place=place, choices=()) if place else name

    def _has_namesake_by(self, place: Place, beside: Sequence[Place]) -> bool:
        """Tell whether the author is far from a small place, and beside another of its name."""
        if place.population >= CITY or km_to(place, beside) <= BESIDE_KM:
            return False
        return bool(self._list_namesakes(place, beside, _LATELY_KM))

    def _settle(
        self, mention: Mention, anchors: Sequence[Place], others: Sequence[Mention]
    ) -> NamedPlace:
        direction = _is_direction(mention)
        others = [it for it in others if it.start != mention.start]
        sure = [it.candidates[0] for it in others if it.settled]
        beside = anchors or [it.place for it in sure if it.place.kind not in AREA_KINDS]
        guessed = beside or [
            candidate.place
            for other in others
            for candidate in other.candidates
            if candidate.km <= NEAR_KM and candidate.place.kind not in AREA_KINDS
        ]
        candidates: Sequence[Candidate] = mention.candidates
        if direction:
            place: Place | None = candidates[0].place if mention.settled else None
        elif mention.settled:
            place = self._doubt(candidates, guessed, anchors)
        else:
            candidates = keep_spelt_so(mention.text, candidates)
            place = self._choose(candidates, guessed)
            if place is not None:
                self._settled[name_key(place.name)] = place  # the same name is the same place below
            place = place or find_great(candidates, beside)
        choices = () if place else tuple(candidate.place for candidate in candidates)
        direction = mention.candidates[0].how is ReadAs.DIRECTION
        plain = mention.candidates[0].how is not ReadAs.DECLINED
        return NamedPlace(mention.start, mention.end, place, choices, direction, plain)

    def _doubt(
        self, candidates: Sequence[Candidate], beside: Sequence[Place], anchors: Sequence[Place]
    ) -> Place | None:
        """Return the place that the recogniser took, or which namesake of it the text points to.

        On the direction of one town lies no other town that is far from it.
        """
        best = candidates[0]
        is_far = bool(anchors) and km_to(best.place, anchors) > NEAR_KM
        namesakes = self._list_namesakes(best.place, anchors, BESIDE_KM) if is_far else []
        if namesakes and best.place.population < METROPOLIS:
            is_one = len(namesakes) == 1 and best.place.population < CITY
            return namesakes[0] if is_one else None
        if best.km == 0 or best.place.population > _TOWN or best.place.kind in AREA_KINDS:
            return best.place
        if beside and km_to(best.place, beside) > NEAR_KM:
            return self._choose(candidates[1:], beside)
        return best.place

    def _list_namesakes(self, place: Place, beside: Sequence[Place], within: float) -> list[Place]:
        """Return the other places of its name that are near to some."""
        bearers = self._names.find([name_key(place.local_name)])
        others = {it.place.id: it.place for it in bearers if it.place.kind not in AREA_KINDS}
        return [it for it in others.values() if it != place and km_to(it, beside) <= within]

    def _choose(
        self,
        candidates: Sequence[Candidate],
        beside: Sequence[Place],
        *,
        lately: bool = False,
    ) -> Place | None:
        """Return the candidate that the text itself points to, None where it points to none.

        A name that is some village's to the letter is not taken as another's in the genitive.
        """
        place = self._point(candidates, beside, lately=lately)
        declined = {it.place.id for it in candidates if it.how is ReadAs.DECLINED}
        is_exact = any(it.how is ReadAs.OFFICIAL for it in candidates)
        return None if place is not None and is_exact and place.id in declined else place

    def _point(
        self, candidates: Sequence[Candidate], beside: Sequence[Place], *, lately: bool
    ) -> Place | None:
        for candidate in candidates:
            if self._settled.get(name_key(candidate.name)) == candidate.place:
                return candidate.place
        own = [it for it in candidates if it.how not in {ReadAs.FORMER, ReadAs.OTHER}]
        if len(own) == 1 and all(it.place.id in self._places for it in candidates if it not in own):
            return own[0].place
        if not beside or not candidates:
            return None
        within = _LATELY_KM if lately else BESIDE_KM
        return choose_nearest(candidates, beside, within, next_door=not lately)


def _is_of_here(mention: Mention) -> bool:
    """Tell whether a place near is named, or a city, though a village bears its name too."""
    near = [it for it in mention.candidates if it.km <= _COUNTRY_KM]
    sure = near[:1] if mention.settled else []
    return bool(sure) or any(it.place.population >= CITY for it in near)


def is_area(mention: Mention) -> bool:
    """Tell whether a name is that of a direction, a raion or an oblast."""
    return _is_direction(mention) or (
        mention.settled and mention.candidates[0].place.kind in AREA_KINDS
    )


def _lies_in(place: Place, area: Place) -> bool:
    return area.name in {place.oblast, place.raion, place.hromada}


def _is_direction(mention: Mention) -> bool:
    return mention.settled and mention.candidates[0].how is ReadAs.DIRECTION


def _shift(mention: Mention, by: int) -> Mention:
    start, end = mention.start + by, mention.end + by
    return Mention(start, end, mention.text, mention.candidates, mention.settled)
