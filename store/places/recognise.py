"""A name as somebody wrote it → the place that is meant, the ones to ask about, or none.

It says *unknown* as readily as a name: a wrong place is the worst that it could answer.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from store.places.bearers import Names
from store.places.ground import FAR_KM, NEAR_KM, Ground, distance_km
from store.places.name_key import name_key
from store.places.namesakes import CITY, is_clearly_farther, settle_by_size, settle_namesakes
from store.places.phrase import LABELS, Phrase, list_phrases
from store.places.readings import (
    Reading,
    Tier,
    is_spelling,
    merge_readings,
    read_exactly,
    read_forms,
    read_slips,
    read_unit,
)
from store.places.recognition import Candidate, How, Outcome, Recognition

_BESIDE_TOWN_KM = 40.0
_MOST_SIMILAR = 8
_KNOWN_TOWN = 5_000  # people

_UNKNOWN = Recognition(Outcome.UNKNOWN)


def recognise(text: str, names: Names, ground: Ground, *, writing: bool = False) -> Recognition:
    """Return what a text, which is to be the name of one place, means.

    For a question, what is likely enough is answered; for what is `writing`, only what is plain.
    """
    similar: tuple[Candidate, ...] = ()
    for phrase in list_phrases(text):
        answer = _Asked(phrase, names, ground, writing).recognise()
        if answer.outcome is not Outcome.UNKNOWN:
            return answer
        similar = answer.similar or similar
    return Recognition(Outcome.UNKNOWN, similar=similar)


class _Asked(Struct, frozen=True):
    """One way to take what was asked."""

    phrase: Phrase
    names: Names
    ground: Ground
    writing: bool

    def recognise(self) -> Recognition:
        phrase = self.phrase
        if phrase.unit is not None:
            areas = self._keep_within(read_unit(phrase.name, phrase.unit, self.names))
            return self._decide(areas)
        exact = read_exactly(phrase.name, self.names)
        if phrase.strict:
            return self._decide(self._keep_within(exact))
        readings = self._keep_within(merge_readings(exact, read_forms(phrase.name, self.names)))
        if not any(self._is_likely(reading) for reading in readings):
            slips = self._keep_within(read_slips(phrase.name, self.names))
            near = [slip for slip in slips if self._is_here(slip)]
            readings = merge_readings(readings, near)
            if not readings:
                return Recognition(Outcome.UNKNOWN, similar=self._list_similar(slips))
        return self._decide(readings)

    def _decide(self, readings: Sequence[Reading]) -> Recognition:
        if not readings:
            return _UNKNOWN
        tier = min(reading.tier for reading in readings)
        first = [reading for reading in readings if reading.tier == tier]
        group = self._candidates(first)
        almost = [one for one in readings if one.tier > tier and self._rivals(one, group)]
        by_size = first[0].how is How.DIRECTION
        settled = settle_by_size(group) if by_size else settle_namesakes(group)
        if settled is not None and almost and not self._is_safe(settled, tier):
            forms = [one for one in almost if one.tier is Tier.FORM]
            settled = self._settle_form(forms)
        if settled is not None and self.writing and not self._is_plain(first, almost):
            settled = None
        if settled is not None and not self._is_trusted(settled, first):
            settled = None
        every = sorted([*group, *self._candidates(almost)], key=lambda one: one.km)
        if settled is None:
            return Recognition(Outcome.ASK, tuple(every))
        others = (one for one in every if one.place.id != settled.place.id)
        return Recognition(Outcome.SETTLED, (settled, *others))

    def _rivals(self, almost: Reading, group: Sequence[Candidate]) -> bool:
        """Tell whether a place of almost that name is near, and clearly nearer than those of it."""
        km = self._km(almost)
        return km <= NEAR_KM and is_clearly_farther(group[0].km, km)

    def _settle_form(self, forms: Sequence[Reading]) -> Candidate | None:
        """After a preposition, a near place's declined name beats a far one's plain name."""
        if not (self.phrase.governed and forms):
            return None
        return settle_namesakes(self._candidates(forms))

    def _is_safe(self, settled: Candidate, tier: Tier) -> bool:
        """Tell whether no near place of almost that name can be meant instead."""
        deliberate = tier is Tier.DESK or bool(self.phrase.within)
        return deliberate or settled.km <= NEAR_KM or settled.place.population >= CITY

    def _is_plain(self, first: Sequence[Reading], almost: Sequence[Reading]) -> bool:
        """Tell whether what is written may rest on it without a question."""
        if len(first) > 1 or first[0].how is How.DIRECTION:
            return False
        match first[0].tier:
            case Tier.DESK:
                return True
            case Tier.TO_THE_LETTER | Tier.TO_THE_SOUND:
                return not almost or self._is_near(first[0])
            case Tier.OTHER:
                return not almost and is_spelling(first[0].bearer)
        return False

    def _is_trusted(self, settled: Candidate, first: Sequence[Reading]) -> bool:
        """Tell whether another name of a far place is its own, spelt otherwise, or a city's."""
        reading = next((one for one in first if one.bearer.place.id == settled.place.id), None)
        if reading is None or reading.tier not in {Tier.OTHER, Tier.FORM_OF_OTHER}:
            return True
        known = settled.km <= NEAR_KM or settled.place.population >= CITY
        return known or reading.how is not How.OTHER or is_spelling(reading.bearer)

    def _is_likely(self, reading: Reading) -> bool:
        """Tell whether a reading is so good that a slip need not be thought of."""
        known = reading.tier is Tier.DESK or reading.bearer.place.population >= CITY
        return known or reading.bearer.is_area or self._is_near(reading)

    def _is_near(self, reading: Reading) -> bool:
        return self._km(reading) <= NEAR_KM

    def _is_here(self, reading: Reading) -> bool:
        return reading.bearer.by_desk or self._is_near(reading)

    def _km(self, reading: Reading) -> float:
        return self.ground.measure(reading.bearer.place)

    def _candidates(self, readings: Iterable[Reading]) -> list[Candidate]:
        candidates = (
            Candidate(one.bearer.place, one.bearer.name, one.how, self._km(one)) for one in readings
        )
        return sorted(candidates, key=lambda one: (one.km, one.place.id))

    def _list_similar(self, slips: Sequence[Reading]) -> tuple[Candidate, ...]:
        known = [one for one in slips if one.bearer.place.population >= _KNOWN_TOWN]
        return tuple(self._candidates(known)[:_MOST_SIMILAR])

    def _keep_within(self, readings: list[Reading]) -> list[Reading]:
        for qualifier in self.phrase.within:
            if readings:
                readings = _keep(readings, qualifier, self.names)
        return readings


def _keep(readings: Sequence[Reading], qualifier: str, names: Names) -> list[Reading]:
    """Return the places that lie in, or close to, what the qualifier names, or bear that name."""
    key = name_key(qualifier)
    around = _read_surroundings(qualifier, names)
    areas = {one.bearer.place.id for one in around if one.bearer.is_area}
    spots = [
        (place.latitude, place.longitude)
        for place in (one.bearer.place for one in around if not one.bearer.is_area)
        if place.latitude is not None and place.longitude is not None
    ]
    numbers = {one.bearer.place.id for one in around}
    return [
        reading
        for reading in readings
        if reading.bearer.within & (areas | numbers)
        or reading.bearer.place.id in numbers
        or _km_to(reading, spots) <= _BESIDE_TOWN_KM
        or name_key(reading.bearer.place.oblast) == key
    ]


def _read_surroundings(qualifier: str, names: Names) -> list[Reading]:
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


def _km_to(reading: Reading, spots: Sequence[tuple[float, float]]) -> float:
    place = reading.bearer.place
    if place.latitude is None or place.longitude is None:
        return FAR_KM
    here = place.latitude, place.longitude
    return min((distance_km(here, spot) for spot in spots), default=FAR_KM)
