"""Places to choose from while somebody types: what the desk has first, then what is near it."""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from store.model.text import fold
from store.places.bearers import Names
from store.places.ground import NEAR_KM, Ground
from store.places.name_key import name_key
from store.places.name_starts import (
    NameStart,
    find_beginning,
    list_known_among,
    list_known_beginning,
    load_places,
)
from store.places.phrase import list_phrases
from store.places.recognise import recognise
from store.places.recognition import Candidate, ReadAs
from store.places.typos import list_slips

_LOOKED_AT = 90  # names that begin so, of the gazetteer and of what is known here
_UNFINISHED = re.compile("(?<=..)(?:ts|k|i)$")  # what the next Latin letter may turn: k, kh
_SHORTEST_MISSPELT = 4


def suggest_places(
    db: sqlite3.Connection, names: Names, ground: Ground, text: str, limit: int
) -> tuple[Candidate, ...]:
    """Return the places whose name begins so, or that a misspelt text may mean, best first."""
    phrases = list_phrases(text)
    if not phrases:
        return ()
    phrase = phrases[-1]
    name, whole = phrase.name, phrase.within or phrase.unit
    if not whole and (best := _rank_beginning(db, ground, name, limit)):
        return _load(db, best)
    answer = recognise(text, names, ground)
    if candidates := (*answer.candidates, *answer.similar):
        return candidates[:limit]
    almost = () if whole else _begin_almost_so(db, ground, name)
    return _load(db, _rank(almost, ground, name)[:limit])


def _load(
    db: sqlite3.Connection, ranked: Sequence[tuple[NameStart, float]]
) -> tuple[Candidate, ...]:
    places = load_places(db, [start.place_id for start, _ in ranked])
    return tuple(Candidate(places[it.place_id], it.name, _how(it), km) for it, km in ranked)


def _rank_beginning(
    db: sqlite3.Connection, ground: Ground, name: str, limit: int
) -> list[tuple[NameStart, float]]:
    """Return the best of the places whose name begins so.

    Where enough of them are on record, these are the best, and no others are looked for.
    """
    key = name_key(name)
    prefix = _UNFINISHED.sub("", key) if name.isascii() else key
    if not prefix:
        return []
    known = list_known_beginning(db, ground, prefix, fold(name), _LOOKED_AT)
    on_record = [it for it in known if it.place_id in ground.numbers and not it.is_area]
    if len({it.place_id for it in on_record}) >= limit:
        return _rank(on_record, ground, name)[:limit]
    return _rank((*known, *find_beginning(db, prefix, _LOOKED_AT)), ground, name)[:limit]


def _begin_almost_so(db: sqlite3.Connection, ground: Ground, name: str) -> Iterable[NameStart]:
    if len(name) < _SHORTEST_MISSPELT:
        return ()
    slips, key = list_slips(name, shortest=_SHORTEST_MISSPELT), name_key(name)
    shorter, same, longer = len(key) - 1, len(key), len(key) + 1

    def begins_almost_so(other: str) -> bool:
        return other[:shorter] in slips or other[:same] in slips or other[:longer] in slips

    return list_known_among(db, ground, key[:1], begins_almost_so) if slips else ()


def _rank(starts: Iterable[NameStart], ground: Ground, name: str) -> list[tuple[NameStart, float]]:
    """Return each place once, with its distance: on record, near, great, and those by distance."""
    typed = fold(name)
    best: dict[int, tuple[tuple[bool, bool, bool], NameStart]] = {}
    for start in starts:
        fits = start.folded.startswith(typed), start.own, not start.is_area
        other = best.get(start.place_id)
        if other is None or fits > other[0]:
            best[start.place_id] = fits, start
    measured = [
        (fits, start, ground.measure_spot(start.place_id, start.latitude, start.longitude))
        for fits, start in best.values()
    ]
    measured.sort(key=_order)
    return [(start, km) for _, start, km in measured]


def _order(measured: tuple[tuple[bool, bool, bool], NameStart, float]) -> tuple[object, ...]:
    (to_the_letter, _, no_area), start, km = measured
    near = km <= NEAR_KM
    return (
        not no_area and not to_the_letter,
        km > 0 or not no_area,
        not near,
        not to_the_letter,
        0 if near else -start.population,
        km,
        -start.population,
        start.place_id,
    )


def _how(start: NameStart) -> ReadAs:
    if start.is_area:
        return ReadAs.AREA
    if start.former:
        return ReadAs.FORMER
    return ReadAs.OFFICIAL if start.own else ReadAs.OTHER
