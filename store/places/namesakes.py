"""Which of several places of one name is meant: by nearness to the desk's ground, or one asks."""

from collections.abc import Sequence

from store.places.ground import NEAR_KM
from store.places.recognition import Candidate, How

CITY = 30_000
"""People from which a place of a name may be meant wherever the desk's ground is."""
_TIMES, _FARTHER_KM = 1.7, 40.0
_GREATER = 4


def settle_namesakes(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one that must be meant, or None where somebody has to say which.

    The nearest is, if it is known to lie in the desk's neighbourhood and the next is clearly
    farther even if its point is off; a city is, if no other lies in the neighbourhood.
    """
    if len(candidates) == 1:
        return candidates[0]
    cities = [one for one in candidates if one.place.population >= CITY]
    near = [one for one in candidates if one.km <= NEAR_KM]
    if cities:
        lone = len(cities) == 1 and all(one.place.id == cities[0].place.id for one in near)
        return cities[0] if lone else None
    best, *rest = sorted(candidates, key=lambda one: (one.km, one.place.id))
    next_km = min(one.km - _off_km(one) for one in rest)
    clear = is_clearly_farther(next_km, best.km)
    return best if best.km <= NEAR_KM and clear and not _off_km(best) else None


def settle_by_size(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one after which a direction is called: the only one, or much the greatest here."""
    near = [one for one in candidates if one.km <= NEAR_KM] or candidates
    first, *rest = sorted(near, key=lambda one: -one.place.population)
    people = max((one.place.population for one in rest), default=0)
    return first if not rest or first.place.population >= _GREATER * max(people, 1) else None


def is_clearly_farther(km: float, than_km: float) -> bool:
    """Tell whether one distance exceeds another so much that the nearer place is meant."""
    return km >= _TIMES * than_km and km >= than_km + _FARTHER_KM


def _off_km(candidate: Candidate) -> int:
    """Return how far off a village's point may be; an area's middle is not taken for its place."""
    return 0 if candidate.how is How.AREA else candidate.place.approximate
