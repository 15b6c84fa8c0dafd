"""A name as somebody wrote it → the place that is meant, the ones to ask about, or none.

It says *unknown* as readily as a name: a wrong place is the worst that it could answer.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from store.model.text import fold
from store.places.bearers import AREA_KINDS, Bearer, Names
from store.places.ground import FAR_KM, NEAR_KM, Ground, distance_km
from store.places.judge import Judge, is_city
from store.places.name_key import name_key
from store.places.namesakes import CITY
from store.places.phrase import LABELS, AreaKind, NamePhrase, governs, list_phrases
from store.places.readings import (
    NameReading,
    Tier,
    merge_readings,
    read_exactly,
    read_forms,
    read_slips,
    read_unit,
    read_unit_or_raion,
)
from store.places.recognition import Candidate, Certainty, ReadAs, Recognition

_BESIDE_TOWN_KM = 40.0
_MOST_SIMILAR = 8
_MOST_LISTED = 4
_MOST_OF_A_NAME = 3
_LONG_ENOUGH = 5  # letters, to tell a name by its beginning
_KNOWN_TOWN = 5_000  # people
_JOINT = r"(?i),?\s+(?:and|or|vs|та|і|й|или|и|або)\s+|\s*[&/+;,–—-]\s*"
"""What stands between the names of two places."""


def recognise(
    text: str, names: Names, ground: Ground, *, writing: bool = False, directions: bool = False
) -> Recognition:
    """Return what a text, which is to be the name of one place, means.

    For a question, what is likely enough is answered; for what is `writing`, only what is plain: a
    direction only where `directions` can be written.
    """
    similar, elsewhere = tuple[Candidate, ...](), False
    for phrase in list_phrases(text):
        asked = _Asked(phrase, names, ground, writing, directions)
        answer = asked.ask_which_of_list() or asked.recognise()
        answer = _say_beside(answer) if phrase.beside else answer
        if answer.outcome is not Certainty.UNKNOWN:
            return answer
        similar, elsewhere = answer.similar or similar, answer.elsewhere or elsewhere
    if writing:
        likely = recognise(text, names, ground)
        outcome = Certainty.ASK if likely.candidates else Certainty.UNKNOWN
        return replace(likely, outcome=outcome)
    unknown = Recognition(Certainty.UNKNOWN, similar=similar, elsewhere=elsewhere)
    return _ask_which_of_joined(text, names, ground) or unknown


def _ask_which_of_joined(text: str, names: Names, ground: Ground) -> Recognition | None:
    """Ask which is meant of places with "and" between them, or of two names side by side.

    A preposition before the first is before all. Two words that are only names of villages far
    away are sooner words.
    """
    lead, _, rest = text.strip().partition(" ")
    lead = f"{lead} " if rest and governs(lead) else ""
    joined = [part for part in re.split(_JOINT, text.strip().removeprefix(lead)) if part]
    words = text.split()
    answers: list[Recognition] = []
    if 1 < len(joined) <= _MOST_LISTED:
        answers = [recognise(f"{lead}{part}", names, ground) for part in joined]
        answers = list(map(_keep_likely_named, answers))
    elif 1 < len(words) <= _MOST_LISTED:
        plain = [NamePhrase(word, strict=True) for word in words]
        answers = [_Asked(phrase, names, ground, writing=False).recognise() for phrase in plain]
    answer = _ask_which_of(answers, names, unsure=len(joined) > 1)
    return answer if answer and all(map(_is_likely_named, answer.candidates)) else None


def _ask_which_of(
    answers: Sequence[Recognition], names: Names, *, unsure: bool
) -> Recognition | None:
    """Ask which of several places is meant; None where one is unsure, or where another lies.

    Where one may be `unsure`, the cities and the nearest of its namesakes are among those to choose
    from.
    """
    sure = [answer for answer in answers if answer.outcome is Certainty.SETTLED]
    known = sure if not unsure else [answer for answer in answers if answer.candidates]
    if len(known) < len(answers) or not (sure or (known and all(map(_has_city, known)))):
        return None
    likely = [
        answer.candidates[:1] if answer in sure else _put_cities_first(answer)[:_MOST_OF_A_NAME]
        for answer in answers
    ]
    places = {candidate.place.id: candidate for each in likely for candidate in each}
    apart = len(places) > 1 and not any(map(_is_area, places.values()))
    others = (candidate for each in likely[1:] for candidate in each)
    if apart and not any(_bears_region(likely[0][0], other, names) for other in others):
        return Recognition(Certainty.ASK, tuple(places.values()), listed=True)
    return None


def _put_cities_first(answer: Recognition) -> list[Candidate]:
    return sorted(answer.candidates, key=lambda candidate: candidate.place.population < CITY)


def _keep_likely_named(answer: Recognition) -> Recognition:
    """Return an answer that asks without the far villages that bear the name too."""
    if answer.outcome is Certainty.SETTLED:
        return answer
    return replace(answer, candidates=tuple(filter(_is_likely_named, answer.candidates)))


def _has_city(answer: Recognition) -> bool:
    return any(candidate.place.population >= CITY for candidate in answer.candidates)


def _is_likely_named(candidate: Candidate) -> bool:
    return candidate.km <= NEAR_KM or candidate.place.population >= _KNOWN_TOWN


class _Asked(Struct, frozen=True):
    """One way to take what was asked."""

    phrase: NamePhrase
    names: Names
    ground: Ground
    writing: bool
    directions: bool = False

    def recognise(self) -> Recognition:
        """Return what the phrase means, and ask where its own name has namesakes nearer."""
        answer = self._recognise()
        if answer.outcome is not Certainty.SETTLED or answer.candidates[0].how is not ReadAs.OTHER:
            return answer
        return self._ask_of_namesakes(answer)

    def _ask_of_namesakes(self, answer: Recognition) -> Recognition:
        """Ask of a village by another spelling what its own name would ask.

        Of 28 Novopavlivkas the gazetteer has the Russian name of one: it need not be that one.
        """
        settled = answer.candidates[0]
        own = self._keep_within(read_exactly(settled.place.name, self.names))
        if settled.place.population >= CITY or any(it.bearer.by_desk for it in own):
            return answer
        judge = Judge(self.ground, qualified=bool(self.phrase.within), writing=self.writing)
        namesakes = judge.list_candidates(it for it in own if it.bearer.official)
        if judge.has_rival_namesake(settled, namesakes):
            return Recognition(Certainty.ASK, tuple(namesakes))
        return answer

    def _recognise(self) -> Recognition:
        phrase = self.phrase
        judge = Judge(
            self.ground,
            phrase.governed,
            bool(phrase.within),
            self.writing,
            beside=phrase.beside,
            directions=self.directions,
        )
        if phrase.unit is not None:
            areas = read_unit_or_raion(phrase.name, phrase.unit, self.names)
            return judge.decide(self._keep_within(areas))
        readings = read_exactly(phrase.name, self.names)
        if phrase.strict:  # с.Іонине is not Sonyne
            words = len(fold(phrase.name).split())
            readings = [it for it in readings if len(it.bearer.folded.split()) == words]
        else:
            readings = merge_readings(readings, read_forms(phrase.name, self.names))
        readings = self._keep_within(readings)
        borne = [
            reading
            for reading in readings
            if phrase.governed or reading.tier <= Tier.OTHER or judge.is_of_own_town(reading)
        ]
        if any(map(judge.is_meant, borne)):
            return judge.decide(readings)
        if _is_city_elsewhere(phrase):
            return _ask_which_village(judge, readings)
        if any(map(judge.is_likely, readings)):
            return judge.decide(readings)
        if phrase.strict:
            return judge.decide(readings)
        slips = self._keep_within(read_slips(phrase.name, self.names))
        if any(map(judge.is_here, slips)):
            readings = merge_readings(readings, slips)
        return judge.decide(readings) if readings else _offer(judge, slips)

    def ask_which_of_list(self) -> Recognition | None:
        """Ask which is meant where a comma stands between two places, the first plain by itself.

        None where what follows the comma says where the first lies: its region, an area, or a
        town by which to tell it from its namesakes.
        """
        if not self.phrase.listed:
            return None
        parts = [
            _Asked(NamePhrase(part, strict=True), self.names, self.ground, self.writing)
            for part in (self.phrase.name, *self.phrase.listed)
        ]
        first, *others = (part.recognise() for part in parts[:_MOST_LISTED])
        is_sure = first.outcome is Certainty.SETTLED
        is_unsure = is_sure or self._may_list_cities(first, others)
        return _ask_which_of([first, *others], self.names, unsure=is_unsure)

    def _may_list_cities(self, first: Recognition, others: Sequence[Recognition]) -> bool:
        """Tell whether cities may be meant where a far village near the other is called so.

        "Rivne, Lviv" is sooner the two cities than one of the Rivnes of Lviv Oblast. What is
        `writing` has tables, in which regions follow villages.
        """
        if self.writing or not all(map(_has_city, (first, *others))):
            return False
        told = self.recognise()
        return told.outcome is Certainty.SETTLED and not _is_likely_named(told.candidates[0])

    def _keep_within(self, readings: list[NameReading]) -> list[NameReading]:
        for qualifier in self.phrase.within:
            if readings:
                readings = _keep(readings, qualifier, self.names, plainly=self.writing)
        return readings


def _is_area(candidate: Candidate) -> bool:
    return candidate.place.kind in AREA_KINDS


def _bears_region(place: Candidate, other: Candidate, names: Names) -> bool:
    """Tell whether the other was called as the region in which the place lies: Donetsk.

    Dnipro is the seat of Dnipropetrovsk Oblast, and its name is another.
    """
    region = place.place.oblast
    words = region.split()
    starts = (" ".join(words[:end]) for end in range(1, len(words) + 1))
    if name_key(other.place.name) in map(name_key, starts):
        return True
    areas = read_unit(other.name, AreaKind.REGION, names)
    return any(area.bearer.place.name == region for area in areas)


def _say_beside(answer: Recognition) -> Recognition:
    """Have it said that a place was asked about by what lies near it."""
    candidates = tuple(
        replace(candidate, how=ReadAs.BESIDE) if candidate.how.is_plain else candidate
        for candidate in answer.candidates
    )
    return replace(answer, candidates=candidates)


def _is_city_elsewhere(phrase: NamePhrase) -> bool:
    """Tell whether a name is that of a large city in another country."""
    from store.places.elsewhere.cities import is_city_elsewhere  # noqa: PLC0415 -- few names get here

    return not phrase.within and is_city_elsewhere(phrase.name, governed=phrase.governed)


def _ask_which_village(judge: Judge, readings: Sequence[NameReading]) -> Recognition:
    """Ask which far place is meant that has, or had, the name of a city elsewhere."""
    villages = [it for it in readings if it.bearer.official or it.bearer.former or is_city(it)]
    outcome = Certainty.ASK if villages else Certainty.UNKNOWN
    return Recognition(outcome, tuple(judge.list_candidates(villages)), elsewhere=True)


def _offer(judge: Judge, slips: Sequence[NameReading]) -> Recognition:
    """Say that nothing is known, with the towns that are spelt alike."""
    towns = [reading for reading in slips if reading.bearer.place.population >= _KNOWN_TOWN]
    similar = judge.list_candidates(towns)[:_MOST_SIMILAR]
    return Recognition(Certainty.UNKNOWN, similar=tuple(similar))


def _keep(
    readings: Sequence[NameReading], qualifier: str, names: Names, *, plainly: bool
) -> list[NameReading]:
    """Return the places that lie in, or close to, what the qualifier names, or bear that name.

    If it has to be said `plainly`, a town is nothing to lie close to: it may be a second place.
    """
    key = name_key(qualifier)
    around = _read_surroundings(qualifier, names)
    if plainly and not any(phrase.unit for phrase in list_phrases(qualifier)):
        wide = {"region", "country", "area"}
        around = [
            reading
            for reading in around
            if not reading.bearer.is_area or reading.bearer.place.kind in wide
        ]
    spots = [
        (place.latitude, place.longitude)
        for place in (reading.bearer.place for reading in around if not reading.bearer.is_area)
        if not plainly
        if place.latitude is not None and place.longitude is not None
    ]
    numbers = {reading.bearer.place.id for reading in around}
    countries = {
        reading.bearer.place.code for reading in around if reading.bearer.place.kind == "country"
    }
    return [
        reading
        for reading in readings
        if not numbers.isdisjoint((*reading.bearer.within, reading.bearer.place.id))
        or reading.bearer.country in countries
        or _km_to(reading, spots) <= _BESIDE_TOWN_KM
        or name_key(reading.bearer.place.oblast) == key
    ]


def _read_surroundings(qualifier: str, names: Names) -> list[NameReading]:
    for phrase in list_phrases(qualifier):
        if phrase.unit is not None:
            areas = read_unit(phrase.name, phrase.unit, names)
        else:
            areas = merge_readings(
                read_exactly(phrase.name, names),
                *(read_unit(phrase.name, unit, names) for unit in LABELS),
                read_forms(phrase.name, names) if not phrase.strict else (),
            )
        if areas:
            return areas
    return []


def _km_to(reading: NameReading, spots: Sequence[tuple[float, float]]) -> float:
    place = reading.bearer.place
    if place.latitude is None or place.longitude is None:
        return FAR_KM
    here = place.latitude, place.longitude
    return min((distance_km(here, spot) for spot in spots), default=FAR_KM)


def read_bearers(text: str, names: Names) -> tuple[list[Bearer], bool]:
    """Return who bears a name in whatever it is wrapped, and whether it says near, not in.

    For what has a point besides: that tells the bearers apart.
    """
    phrases = [phrase for phrase in list_phrases(text) if phrase.unit is None]
    for phrase in phrases:
        if readings := read_exactly(phrase.name, names):
            return [reading.bearer for reading in readings], phrase.beside
    return [], False


def is_written_so(text: str, name: str) -> bool:
    """Tell whether a text begins with a name, or is its beginning."""
    key, own = name_key(text), name_key(name)
    return (
        len(own) >= _LONG_ENOUGH
        and len(key) >= _LONG_ENOUGH
        and (key.startswith(own) or own.startswith(key))
    )
