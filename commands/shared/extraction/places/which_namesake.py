"""Which of several places of one name a text means, by what it names beside it, or by size."""

from collections.abc import Iterable, Sequence

from store.model.entry import Place
from store.places.ground import FAR_KM, distance_km
from store.places.namesakes import CITY, METROPOLIS, is_clearly_farther
from store.places.recognition import Candidate, ReadAs

BESIDE_KM = 45.0  # of the town after which a direction is called
_GREAT, _TIMES = 10_000, 10  # people, and how many times those of any other
_VILLAGE = 1_000  # people, or a number that nobody knows
_AROUND_KM = 30.0  # a village that close to what the sentence names may be meant, not a city
_NEXT_DOOR_KM, _NEXT_DOOR_TIMES, _NEXT_DOOR_OFF_KM = 10.0, 2.5, 10.0
_SAME_RAION_TIMES, _SAME_RAION_OFF_KM = 3.0, 15.0
_FRONT_KM = 200.0  # from the desk's ground
_ENDING = 3  # letters that may change in another case


def measure_km(first: Place, second: Place) -> float:
    if None in {first.latitude, first.longitude, second.latitude, second.longitude}:
        return FAR_KM
    return distance_km(
        (first.latitude or 0.0, first.longitude or 0.0),
        (second.latitude or 0.0, second.longitude or 0.0),
    )


def km_to(place: Place, others: Iterable[Place]) -> float:
    return min((measure_km(place, other) for other in others), default=FAR_KM)


def choose_nearest(
    candidates: Sequence[Candidate], beside: Sequence[Place], within: float, *, next_door: bool
) -> Place | None:
    """Return the place that is clearly nearest to what is named beside it, if it is near.

    A village `next_door` to what the same sentence names needs less to be clearly nearest.
    """
    far = sorted((km_to(it.place, beside), it.place.id, it.place) for it in candidates)
    (km, _, nearest), *rest = far
    if km > within:
        return None
    clear = all(
        _is_farther(next_km, place, km, nearest)
        or (next_door and _is_next_door(next_km, place, km, nearest))
        for next_km, _, place in rest
    )
    clear = clear or _is_alone_in_raion(km, nearest, rest, beside)
    return nearest if clear else None


def _is_farther(next_km: float, place: Place, km: float, nearest: Place) -> bool:
    """Tell whether another place is clearly farther, even if the points of both are off."""
    return is_clearly_farther(next_km - place.approximate, km + nearest.approximate)


def _is_next_door(next_km: float, place: Place, km: float, nearest: Place) -> bool:
    """Tell whether a place whose point is its own is next door, and the other is not."""
    if km > _NEXT_DOOR_KM or nearest.approximate:
        return False
    least = max(_NEXT_DOOR_TIMES * km, km + _NEXT_DOOR_OFF_KM)
    return next_km - place.approximate >= least


def _is_alone_in_raion(
    km: float, place: Place, rest: Sequence[tuple[float, int, Place]], beside: Sequence[Place]
) -> bool:
    """Tell whether it alone of its name lies in the raion of what is named beside it.

    Then it matters little how far off its point may be; a greater village across the border of
    the raion is known by its name alone.
    """
    near = {(other.oblast, other.raion) for other in beside if other.raion}
    return (place.oblast, place.raion) in near and not any(
        (other.oblast, other.raion) in near
        or next_km < max(_SAME_RAION_TIMES * km, km + _SAME_RAION_OFF_KM)
        or (next_km <= _AROUND_KM * 2 and other.population >= _VILLAGE)
        for next_km, _, other in rest
    )


def find_great(candidates: Sequence[Candidate], beside: Sequence[Place]) -> Place | None:
    """Return the town that is meant where the others of its name are small.

    Of a city and a hamlet that are both of this part of the country, the city is sooner meant,
    unless the sentence names something close to the hamlet.
    """
    great = [it for it in candidates if it.place.population >= _GREAT]
    if len(great) != 1:
        return None
    city, is_here = great[0].place, great[0].km <= _FRONT_KM
    others = [it for it in candidates if it is not great[0] and not (is_here and _is_away(it))]
    reach = _AROUND_KM if city.population >= METROPOLIS else BESIDE_KM
    rivals = (
        it.place.population * _TIMES > city.population
        or (it.km <= BESIDE_KM and not (is_here and it.place.population < _VILLAGE))
        or km_to(it.place, beside) <= reach
        for it in others
    )
    return None if any(rivals) else city


def _is_away(candidate: Candidate) -> bool:
    """Tell whether a village is in another part of the country."""
    return candidate.km > _FRONT_KM and candidate.place.population < CITY


def keep_spelt_so(words: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Leave out places of another name that only sounds so, where one is spelt so to the letter."""
    own = {ReadAs.OFFICIAL, ReadAs.DECLINED}
    spelt = [it for it in candidates if it.how in own and _is_spelt_so(words, it.place)]
    rest = [it for it in candidates if it not in spelt]
    return spelt if spelt and all(it.how in own for it in rest) else candidates


def _is_spelt_so(words: str, place: Place) -> bool:
    for name in (place.local_name, place.name):
        stem = name.casefold()[: max(_ENDING, len(name) - _ENDING)]
        if words.casefold().startswith(stem):
            return True
    return False
