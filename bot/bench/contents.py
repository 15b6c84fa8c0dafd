"""What a made entry says: kind, day, speaker, places, sources, drawn at random."""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from bot.bench.cast import Cast, zipf_weights
from bot.bench.words import sentence
from store.model.entry import Attribution, Encirclement, Kind, PlaceRole, Precision, Share
from store.model.filing import FiledPlace, FiledSource
from store.model.span import Basis, Span

_KINDS = {Kind.EVENT: 0.60, Kind.CLAIM: 0.35, Kind.ASSESSMENT: 0.05}
_ROLES = dict(zip(PlaceRole, (0.80, 0.10, 0.05, 0.05), strict=True))
_SHAPES = {"day": 0.80, "interval": 0.10, "open": 0.05, "about": 0.05}
_TYPES = {
    Kind.EVENT: ("fighting", "strike", "advance", "movement", "footage", "logistics"),
    Kind.CLAIM: ("control", "encirclement", "statement", "losses", "statement", "statement"),
    Kind.ASSESSMENT: ("control",),
}
_SPOKEN = {Kind.EVENT: 0.20, Kind.CLAIM: 0.92, Kind.ASSESSMENT: 1.0}
_ASSESSORS = 12


def contents(rng: Random, who: Cast, day: date, size: int) -> dict[str, Any]:
    """Return the fields of the filing of one made entry, filed on `day` among `size`."""
    kind: Kind = _draw(rng, _KINDS)
    type_ = rng.choice(_TYPES[kind])
    holds = kind is Kind.ASSESSMENT or (type_ == "control" and _in(rng, 0.6))
    surrounds = type_ == "encirclement" and _in(rng, 0.3)
    actors = who.actors[:_ASSESSORS] if kind is Kind.ASSESSMENT else who.actors
    return {
        "kind": kind,
        "type": type_,
        "text": sentence(rng, size),
        "day": _span(rng, day),
        "sources": tuple(
            FiledSource(source_id) for source_id in _some(rng, who.sources, none=0, two=0.2)
        ),
        "places": tuple(
            _at(rng, place_id) for place_id in _some(rng, who.places, none=0.03, two=0.22)
        ),
        "attribution": rng.choice(list(Attribution)),
        "actor_id": _one(rng, actors) if _in(rng, _SPOKEN[kind]) else None,
        "quote": "we hold the road" if _in(rng, 0.15) else "",
        "credibility": rng.randrange(1, 7),
        "control": rng.choice(who.controls) if holds else None,
        "share": rng.choice(list(Share)) if holds else Share.UNSPECIFIED,
        "label": "gray zone" if holds and _in(rng, 0.5) else "",
        "encirclement": rng.choice(list(Encirclement)) if surrounds else None,
    }


def _span(rng: Random, day: date) -> Span:
    last = day - timedelta(days=int(rng.expovariate(0.3)))
    match _draw(rng, _SHAPES):
        case "interval":
            first = last - timedelta(days=rng.randrange(1, 9))
            return Span.between(first, last, Basis.RELATIVE)
        case "open":
            return Span.between(None, last, Basis.PUBLICATION)
        case "about":
            return Span(f"{last}~", last, last, Basis.RELATIVE)
        case _:
            return Span.on(last)


def _at(rng: Random, place_id: int) -> FiledPlace:
    detail = "southern edge" if _in(rng, 0.15) else ""
    return FiledPlace(place_id, _draw(rng, _ROLES), rng.choice(list(Precision)), detail)


def _in(rng: Random, share: float) -> bool:
    return rng.random() < share


def _draw(rng: Random, shares: dict[Any, float]) -> Any:  # noqa: ANN401 -- any of its keys
    left = rng.random()
    for value, share in shares.items():
        left -= share
        if left < 0:
            return value
    return next(iter(shares))


@cache
def _weights(count: int) -> Sequence[float]:
    return zipf_weights(count)


def _one(rng: Random, among: Sequence[int]) -> int:
    weights = _weights(len(among))
    return among[bisect(weights, rng.random() * weights[-1])]


def _some(rng: Random, among: Sequence[int], *, none: float, two: float) -> list[int]:
    """Return one of `among`, or with these chances none or two."""
    chance = rng.random()
    count = 0 if chance < none else 2 if chance < none + two else 1
    return list(dict.fromkeys(_one(rng, among) for _ in range(count)))
