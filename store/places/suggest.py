"""Places to choose from while somebody types: what the desk has first, then what is near it."""

import re
import sqlite3
from collections.abc import Iterable

from store.model.text import fold
from store.places.bearers import Bearer, Names
from store.places.ground import NEAR_KM, Ground
from store.places.name_key import name_key
from store.places.phrase import list_phrases
from store.places.recognise import recognise
from store.places.recognition import Candidate, ReadAs
from store.places.stored import (
    find_beginning,
    list_known_among,
    list_known_beginning,
)
from store.places.typos import list_slips

_LOOKED_AT = 90  # names that begin so, of the gazetteer and of what is known here
_UNFINISHED = re.compile("(?<=.)(?:ts|k|i)$")  # what the next letter may turn to another sound
_SHORTEST_MISSPELT = 4


def suggest_places(
    db: sqlite3.Connection, names: Names, ground: Ground, text: str, limit: int
) -> tuple[Candidate, ...]:
    """Return the places whose name begins so, or that a misspelt text may mean, best first."""
    phrases = list_phrases(text)
    if not phrases:
        return ()
    phrase = phrases[-1]
    whole = phrase.within or phrase.unit
    candidates = [] if whole else _rank(_begin_so(db, ground, phrase.name), ground, phrase.name)
    if not candidates:
        answer = recognise(text, names, ground)
        candidates = [*answer.candidates, *answer.similar]
    if not candidates and not whole:
        candidates = _rank(_begin_almost_so(db, ground, phrase.name), ground, phrase.name)
    return tuple(candidates[:limit])


def _begin_so(db: sqlite3.Connection, ground: Ground, name: str) -> Iterable[Bearer]:
    prefix = _UNFINISHED.sub("", name_key(name)) or name_key(name)
    if not prefix:
        return ()
    known = list_known_beginning(db, ground, prefix, fold(name), _LOOKED_AT)
    return (*known, *find_beginning(db, prefix, _LOOKED_AT))


def _begin_almost_so(db: sqlite3.Connection, ground: Ground, name: str) -> Iterable[Bearer]:
    if len(name) < _SHORTEST_MISSPELT:
        return ()
    slips, key = list_slips(name, shortest=_SHORTEST_MISSPELT), name_key(name)
    lengths = len(key) - 1, len(key), len(key) + 1

    def begins_almost_so(other: str) -> bool:
        return any(other[:length] in slips for length in lengths)

    return list_known_among(db, ground, key[:1], begins_almost_so) if slips else ()


def _rank(bearers: Iterable[Bearer], ground: Ground, name: str) -> list[Candidate]:
    """Return each place once: on record, near, great, and among those by distance."""
    typed = fold(name)
    best: dict[int, Bearer] = {}
    for bearer in bearers:
        other = best.get(bearer.place.id)
        if other is None or _fits(bearer, typed) > _fits(other, typed):
            best[bearer.place.id] = bearer
    candidates = [
        (
            _fits(bearer, typed),
            Candidate(bearer.place, bearer.name, _how(bearer), ground.measure(bearer.place)),
        )
        for bearer in best.values()
    ]
    ranked = sorted(candidates, key=lambda pair: _order(*pair))
    return [candidate for _, candidate in ranked]


def _fits(bearer: Bearer, typed: str) -> tuple[bool, bool, bool]:
    to_the_letter = bearer.folded.startswith(typed)
    return to_the_letter, bearer.by_desk or bearer.official, not bearer.is_area


def _order(fits: tuple[bool, bool, bool], candidate: Candidate) -> tuple[object, ...]:
    place, near = candidate.place, candidate.km <= NEAR_KM
    by_size = 0 if near else -place.population
    return (
        not fits[2] and not fits[0],
        candidate.km > 0 or not fits[2],
        not near,
        not fits[0],
        by_size,
        candidate.km,
        -place.population,
        place.id,
    )


def _how(bearer: Bearer) -> ReadAs:
    if bearer.is_area:
        return ReadAs.AREA
    if bearer.former:
        return ReadAs.FORMER
    return ReadAs.OFFICIAL if bearer.by_desk or bearer.official else ReadAs.OTHER
