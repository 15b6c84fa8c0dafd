"""Which of several places of one name is meant: by nearness to the desk's ground, or one asks."""

from collections.abc import Sequence

from store.places.ground import NEAR_KM
from store.places.recognition import Candidate, ReadAs

CITY = 30_000
"""People from which a place may be meant wherever the desk's ground is."""
METROPOLIS = 500_000
"""People from which a place is meant, and no village of its name, if none lies near."""
_BESIDE_KM = 25.0  # from a place on record: one of several of a name is the one spoken of here
_TIMES, _FARTHER_KM = 1.7, 40.0
_GREATER = 4


def settle_namesakes(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one that must be meant, or None where somebody has to say which.

    The nearest is, if it is known to lie beside what is on record and the next, even if its point
    is off, is clearly farther and no neighbour; unless one is a city. Kyiv is, where no village
    Kyiv lies near. Of areas, the one with something on record is.
    """
    if len(candidates) == 1:
        return candidates[0]
    if any(candidate.place.population >= CITY or is_great(candidate) for candidate in candidates):
        near = {candidate.place.id for candidate in candidates if candidate.km <= NEAR_KM}
        great = [candidate for candidate in candidates if is_great(candidate)]
        return great[0] if len(great) == 1 and near <= {great[0].place.id} else None
    best, *rest = sorted(candidates, key=lambda candidate: (candidate.km, candidate.place.id))
    next_km = min(candidate.km - _off_km(candidate) for candidate in rest)
    clear = is_clearly_farther(next_km, best.km)
    if best.how is ReadAs.AREA:
        return best if best.km == 0 and clear else None
    known = best.km <= _BESIDE_KM and not best.place.approximate
    return best if known and clear and next_km > NEAR_KM + _BESIDE_KM else None


def settle_by_size(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one after which a direction is called: the only one, or much the greatest here."""
    near = [candidate for candidate in candidates if candidate.km <= NEAR_KM] or candidates
    first, *rest = sorted(near, key=lambda candidate: -candidate.place.population)
    people = max((candidate.place.population for candidate in rest), default=0)
    return first if not rest or first.place.population >= _GREATER * max(people, 1) else None


def is_great(candidate: Candidate) -> bool:
    """Tell whether everybody knows it: a great city, a region or a country."""
    place = candidate.place
    return place.kind in {"region", "country"} or place.population >= METROPOLIS


def is_clearly_farther(km: float, than_km: float) -> bool:
    """Tell whether one distance exceeds another so much that the nearer place is meant."""
    return km >= _TIMES * than_km and km >= than_km + _FARTHER_KM


def _off_km(candidate: Candidate) -> int:
    """Return how far off a village's point may be; an area's middle is not taken for its place."""
    return 0 if candidate.how is ReadAs.AREA else candidate.place.approximate
