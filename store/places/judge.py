"""Which of the readings of a name is meant: the rules, apart from where the readings come from."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from store.places.ground import NEAR_KM, Ground
from store.places.namesakes import (
    CITY,
    METROPOLIS,
    is_clearly_farther,
    is_great,
    settle_by_size,
    settle_namesakes,
)
from store.places.readings import NameReading, Tier, is_spelling
from store.places.recognition import Candidate, Certainty, ReadAs, Recognition

_TRUSTED_KM = 500.0  # farther off, another spelling of a village's name is a chance likeness
_SMALL_TOWN, _TOWN = 5_000, 10_000  # people
_TOWN_KM = 150.0
_SHORT = 5  # letters of a name that may be no name at all
_FORMS = frozenset({Tier.FORM_OF_DESK, Tier.FORM})


class Judge(Struct, frozen=True):
    """Decides for one desk and one question.

    `governed` is whether a preposition stood before the name, `qualified` whether it was said in
    what it lies, `writing` whether something is to be filed by the answer, and `directions`
    whether that may be a direction.
    """

    ground: Ground
    governed: bool = False
    qualified: bool = False
    writing: bool = False
    beside: bool = False
    directions: bool = False

    def decide(self, readings: Sequence[NameReading]) -> Recognition:
        if not readings:
            return Recognition(Certainty.UNKNOWN)
        tier = min(reading.tier for reading in readings)
        first = [reading for reading in readings if reading.tier == tier]
        rest = [reading for reading in readings if reading.tier > tier]
        group = self.list_candidates(first)
        rivals = [reading for reading in rest if self._rivals(reading, group[0])]
        settled = self._settle(first, group)
        if settled is not None and rivals and not self._is_safe(settled, tier, rivals):
            settled = self._settle_form(rivals)
        if settled is None and not any(reading.verbatim for reading in first):
            settled = self._settle_form(list(filter(_is_form_of_desk, rest)))
        if settled is not None and not self._is_trusted(settled, first, rivals):
            settled = None
        almost = [r for r in rest if r in rivals or self._is_near(r) or _is_renamed_town(r)]
        every = [*group, *self.list_candidates(almost)]
        every.sort(key=_order)
        if settled is None:
            return Recognition(Certainty.ASK, tuple(every))
        others = (other for other in every if other.place.id != settled.place.id)
        return Recognition(Certainty.SETTLED, (settled, *others))

    def _settle(self, first: Sequence[NameReading], group: Sequence[Candidate]) -> Candidate | None:
        """Return which of several of one name is meant, None where somebody has to say."""
        if first[0].how is ReadAs.DIRECTION:
            return settle_by_size(group)
        if first[0].tier >= Tier.SLIP:
            return self._settle_slip(first) if first[0].tier is Tier.SLIP else None
        if self.qualified:
            return group[0] if len(group) == 1 else None
        return settle_namesakes(group)

    def _settle_slip(self, slips: Sequence[NameReading]) -> Candidate | None:
        """Return the one place here that is spelt almost so, unless others could be as well."""
        here = [slip for slip in slips if slip.bearer.by_desk]
        here = here or list(filter(self._is_near, slips)) or list(filter(self.is_here, slips))
        if len(here) != 1:
            return None
        settled = here[0].bearer
        others = [] if settled.by_desk else [slip.bearer for slip in slips if slip is not here[0]]
        namesake = any(
            other.key == settled.key or other.place.name == settled.place.name for other in others
        )
        city = any(other.place.population >= CITY for other in others)
        return None if namesake or city else self.list_candidates(here)[0]

    def _rivals(self, almost: NameReading, best: Candidate) -> bool:
        """Tell whether a place of almost that name is near or a city, and the best is neither.

        A Russian village may bear the Russian name of a city: Николаев is Mykolaiv as well. For
        what is written, a town that once had the name counts too.
        """
        km = self._km(almost)
        if self.writing and _is_renamed_town(almost) and best.km > 0:
            return best.place.population < CITY
        weighty = is_city(almost) or (self.writing and almost.bearer.former)
        if almost.tier < Tier.SLIP and weighty and best.place.population < CITY:
            return best.km > NEAR_KM
        declined = self.governed and almost.tier in _FORMS and best.km > NEAR_KM
        return declined or (km <= NEAR_KM and is_clearly_farther(best.km, km))

    def _settle_form(self, rivals: Sequence[NameReading]) -> Candidate | None:
        """After a preposition, a near place's declined name beats a far one's plain name.

        So does one of the desk's where nobody bears the plain name to the letter: в Покровске.
        """
        forms = [reading for reading in rivals if reading.tier in _FORMS and self._is_near(reading)]
        if not (self.governed and forms):
            return None
        return settle_namesakes(self.list_candidates(forms))

    def _is_safe(self, settled: Candidate, tier: Tier, rivals: Sequence[NameReading]) -> bool:
        """Tell whether no place of almost that name can be meant instead."""
        deliberate = tier <= Tier.DESK_TO_THE_SOUND or self.qualified
        if deliberate or settled.km <= NEAR_KM:
            return True
        towns = (rival for rival in rivals if rival.bearer.place.population >= _TOWN)
        return settled.place.population >= CITY and not any(map(self._is_near, towns))

    def _is_trusted(
        self, settled: Candidate, first: Sequence[NameReading], rivals: Sequence[NameReading]
    ) -> bool:
        """Tell whether a reading is good enough to go by: to answer from, or to write."""
        if self.writing:
            return not self.beside and self._is_certain(settled, first, rivals)
        by_place = {reading.bearer.place.id: reading for reading in first}
        reading = by_place.get(settled.place.id)
        if settled.how is ReadAs.DECLINED and not self.governed and settled.km > 0:
            long = reading is None or len(reading.bearer.key) > _SHORT
            return long and settled.km <= NEAR_KM
        if settled.km <= NEAR_KM:
            return first[0].tier is not Tier.FORM_OF_OTHER or not _is_far_fetched(first)
        if settled.place.population >= CITY:
            return not _is_far_fetched(first)
        if reading is None or reading.tier <= Tier.TO_THE_LETTER:
            return True
        return settled.km <= _TRUSTED_KM and (
            reading.tier is not Tier.OTHER
            or reading.how is ReadAs.FORMER
            or is_spelling(reading.bearer)
            or (reading.verbatim and settled.place.population >= _SMALL_TOWN)
        )

    def _is_certain(
        self, settled: Candidate, first: Sequence[NameReading], rivals: Sequence[NameReading]
    ) -> bool:
        if settled.how is ReadAs.DIRECTION:
            return self.directions and (settled.km <= NEAR_KM or settled.place.population >= CITY)
        if is_great(settled):
            return first[0].tier <= Tier.OTHER and not _is_far_fetched(first)
        if len(first) > 1 or not _is_plain(first[0]):
            return False
        if any(map(_is_renamed_town, rivals)):
            return False
        tier, is_city = first[0].tier, settled.place.population >= CITY
        own = tier <= Tier.TO_THE_LETTER or (tier is Tier.OTHER and is_city)
        return settled.km <= NEAR_KM or (own and not rivals)

    def has_rival_namesake(self, settled: Candidate, namesakes: Sequence[Candidate]) -> bool:
        """Tell whether a place read by another spelling of its name may be one of its namesakes.

        For what is written, any of them counts; else one that is nearer, unless it is a town here.
        """
        others = [it for it in namesakes if it.place.id != settled.place.id]
        is_town = settled.place.population >= _TOWN and settled.km <= NEAR_KM
        nearer = not is_town and any(it.km < settled.km for it in others)
        return nearer or (self.writing and bool(others))

    def is_meant(self, reading: NameReading) -> bool:
        """Tell whether a reading is as likely, though a city elsewhere has the name.

        Podilsk is Podolsk too, but so is a greater city near Moscow.
        """
        is_own = not _is_by_the_way(reading) or self._is_near(reading)
        return self.is_likely(reading) and is_own

    def is_of_own_town(self, reading: NameReading) -> bool:
        """Tell whether who only asks has declined a town on record: карта Покровська.

        A city elsewhere that is called like that case of it is sooner not meant.
        """
        is_town = reading.tier <= Tier.FORM and reading.bearer.place.population >= _TOWN
        return is_town and not self.writing and self._km(reading) == 0

    def is_likely(self, reading: NameReading) -> bool:
        """Tell whether a reading is so good that a slip need not be thought of."""
        known = reading.tier <= Tier.DESK_TO_THE_SOUND or reading.bearer.place.population >= CITY
        return known or reading.bearer.is_area or self._is_near(reading)

    def _is_near(self, reading: NameReading) -> bool:
        return self._km(reading) <= NEAR_KM

    def is_here(self, reading: NameReading) -> bool:
        """Tell whether a place is of the desk's neighbourhood: a town's is twice as wide."""
        is_town = reading.bearer.place.population >= _TOWN and not self.qualified
        reach = _TOWN_KM if is_town else NEAR_KM
        return reading.bearer.by_desk or self._km(reading) <= reach

    def _km(self, reading: NameReading) -> float:
        return self.ground.measure(reading.bearer.place)

    def list_candidates(self, readings: Iterable[NameReading]) -> list[Candidate]:
        measure = self.ground.measure
        bearers = [(reading.bearer, reading.how) for reading in readings]
        candidates = [
            Candidate(bearer.place, bearer.name, how, measure(bearer.place))
            for bearer, how in bearers
        ]
        candidates.sort(key=lambda candidate: (candidate.km, candidate.place.id))
        return candidates


def _order(candidate: Candidate) -> tuple[bool, float]:
    return not is_great(candidate), candidate.km


def is_city(reading: NameReading) -> bool:
    """Tell whether it is a city, or a region, that may be meant wherever the desk's ground is."""
    place = reading.bearer.place
    return place.population >= CITY or place.kind == "region"


def _is_by_the_way(reading: NameReading) -> bool:
    """Tell whether a name is none of its own, nor a great city's."""
    bearer = reading.bearer
    own = bearer.official or bearer.by_desk or bearer.former or bearer.is_area
    return not own and bearer.place.population < METROPOLIS


def _is_renamed_town(reading: NameReading) -> bool:
    """Tell whether it is a town by its former name, which a village may bear today."""
    return reading.bearer.former and reading.bearer.place.population >= _SMALL_TOWN


def _is_form_of_desk(reading: NameReading) -> bool:
    return reading.tier is Tier.FORM_OF_DESK


def _is_far_fetched(first: Sequence[NameReading]) -> bool:
    """Tell whether a name is but like another one of a city's: Горки, for that of Горький."""
    best = max(first, key=lambda reading: reading.bearer.place.population)
    if best.bearer.official or best.bearer.by_desk or best.bearer.former:
        return False
    if is_spelling(best.bearer):
        return False
    return len(first) > 1 or not best.verbatim


def _is_plain(reading: NameReading) -> bool:
    """Tell whether a name is so plainly a place's own that what is written may rest on it."""
    match reading.tier:
        case Tier.DESK | Tier.DESK_TO_THE_SOUND | Tier.TO_THE_LETTER | Tier.TO_THE_SOUND:
            return reading.how is not ReadAs.DIRECTION
        case Tier.OTHER:
            return is_spelling(reading.bearer)
    return False
