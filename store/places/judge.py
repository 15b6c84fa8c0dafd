"""Which of the readings of a name is meant: the rules, apart from where the readings come from."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from store.places.ground import NEAR_KM, Ground
from store.places.namesakes import (
    CITY,
    is_clearly_farther,
    is_great,
    settle_by_size,
    settle_namesakes,
)
from store.places.readings import Reading, Tier, is_spelling
from store.places.recognition import Candidate, How, Outcome, Recognition

_TRUSTED_KM = 500.0  # farther off, another spelling of a village's name is a chance likeness
_FORMS = frozenset({Tier.FORM_OF_DESK, Tier.FORM})


class Judge(Struct, frozen=True):
    """Decides for one desk and one question.

    `governed` is whether a preposition stood before the name, `qualified` whether it was said in
    what it lies, `writing` whether something is to be filed by the answer.
    """

    ground: Ground
    governed: bool = False
    qualified: bool = False
    writing: bool = False
    beside: bool = False

    def decide(self, readings: Sequence[Reading]) -> Recognition:
        if not readings:
            return Recognition(Outcome.UNKNOWN)
        tier = min(reading.tier for reading in readings)
        first = [reading for reading in readings if reading.tier == tier]
        rest = [reading for reading in readings if reading.tier > tier]
        group = self.list_candidates(first)
        rivals = [one for one in rest if self._rivals(one, group[0])]
        settled = self._settle(first, group)
        if settled is not None and rivals and not self._is_safe(settled, tier):
            settled = self._settle_form(rivals)
        if settled is not None and not self._is_trusted(settled, first, rivals):
            settled = None
        every = [*group, *self.list_candidates(filter(self._is_near, rest))]
        every.sort(key=_order)
        if settled is None:
            return Recognition(Outcome.ASK, tuple(every))
        others = (one for one in every if one.place.id != settled.place.id)
        return Recognition(Outcome.SETTLED, (settled, *others))

    def _settle(self, first: Sequence[Reading], group: Sequence[Candidate]) -> Candidate | None:
        """Return which of several of one name is meant, None where somebody has to say."""
        if first[0].how is How.DIRECTION:
            return settle_by_size(group)
        if first[0].tier >= Tier.SLIP:
            return self._settle_slip(first) if first[0].tier is Tier.SLIP else None
        if self.qualified:
            return group[0] if len(group) == 1 else None
        return settle_namesakes(group)

    def _settle_slip(self, slips: Sequence[Reading]) -> Candidate | None:
        """Return the one place here that is spelt almost so, unless others could be as well."""
        here = [one for one in slips if one.bearer.by_desk] or list(filter(self._is_near, slips))
        if len(here) != 1:
            return None
        settled = here[0].bearer
        others = [one.bearer for one in slips if one is not here[0] and not settled.by_desk]
        namesake = any(
            one.key == settled.key or one.place.name == settled.place.name for one in others
        )
        city = any(one.place.population >= CITY for one in others)
        return None if namesake or city else self.list_candidates(here)[0]

    def _rivals(self, almost: Reading, best: Candidate) -> bool:
        """Tell whether a place of almost that name is near, and the best of that name is not."""
        km = self._km(almost)
        declined = self.governed and almost.tier in _FORMS and best.km > NEAR_KM
        return declined or (km <= NEAR_KM and is_clearly_farther(best.km, km))

    def _settle_form(self, rivals: Sequence[Reading]) -> Candidate | None:
        """After a preposition, a near place's declined name beats a far one's plain name."""
        forms = [one for one in rivals if one.tier in _FORMS and self._is_near(one)]
        if not (self.governed and forms):
            return None
        return settle_namesakes(self.list_candidates(forms))

    def _is_safe(self, settled: Candidate, tier: Tier) -> bool:
        """Tell whether no place of almost that name can be meant instead."""
        deliberate = tier <= Tier.DESK_TO_THE_SOUND or self.qualified
        return deliberate or settled.km <= NEAR_KM or settled.place.population >= CITY

    def _is_trusted(
        self, settled: Candidate, first: Sequence[Reading], rivals: Sequence[Reading]
    ) -> bool:
        """Tell whether a reading is good enough to go by: to answer from, or to write."""
        if self.writing:
            return not self.beside and self._is_certain(settled, first, rivals)
        if settled.km <= NEAR_KM or settled.place.population >= CITY:
            return True
        if settled.how is How.DECLINED:
            return self.governed
        reading = next((one for one in first if one.bearer.place.id == settled.place.id), None)
        if reading is None or reading.tier <= Tier.TO_THE_LETTER:
            return True
        return settled.km <= _TRUSTED_KM and (
            reading.tier is not Tier.OTHER
            or reading.how is How.FORMER
            or is_spelling(reading.bearer)
        )

    def _is_certain(
        self, settled: Candidate, first: Sequence[Reading], rivals: Sequence[Reading]
    ) -> bool:
        if is_great(settled):
            return True
        if len(first) > 1 or not _is_plain(first[0]):
            return False
        near = settled.km <= NEAR_KM
        return near or (not rivals and first[0].tier is not Tier.TO_THE_SOUND)

    def is_likely(self, reading: Reading) -> bool:
        """Tell whether a reading is so good that a slip need not be thought of."""
        known = reading.tier <= Tier.DESK_TO_THE_SOUND or reading.bearer.place.population >= CITY
        return known or reading.bearer.is_area or self._is_near(reading)

    def _is_near(self, reading: Reading) -> bool:
        return self._km(reading) <= NEAR_KM

    def is_here(self, reading: Reading) -> bool:
        return reading.bearer.by_desk or self._is_near(reading)

    def _km(self, reading: Reading) -> float:
        return self.ground.measure(reading.bearer.place)

    def list_candidates(self, readings: Iterable[Reading]) -> list[Candidate]:
        candidates = (
            Candidate(one.bearer.place, one.bearer.name, one.how, self._km(one)) for one in readings
        )
        return sorted(candidates, key=lambda one: (one.km, one.place.id))


def _order(candidate: Candidate) -> tuple[bool, float]:
    return not is_great(candidate), candidate.km


def _is_plain(reading: Reading) -> bool:
    """Tell whether a name is so plainly a place's own that what is written may rest on it."""
    match reading.tier:
        case Tier.DESK | Tier.DESK_TO_THE_SOUND | Tier.TO_THE_LETTER | Tier.TO_THE_SOUND:
            return reading.how is not How.DIRECTION
        case Tier.OTHER:
            return is_spelling(reading.bearer)
    return False
