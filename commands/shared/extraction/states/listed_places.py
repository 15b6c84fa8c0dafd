"""Which of a sentence's places a status or an encirclement is said of: one, or a list of them."""

import re
from collections.abc import Sequence

from commands.shared.extraction.places.place_roles import PlaceInSentence
from commands.shared.extraction.states.control_in_text import ControlInText
from commands.shared.extraction.states.encirclement_in_text import EncirclementInText
from commands.shared.extraction.wording.rule_table import Rules, Topic
from store.model.entry import PlaceRole, Precision

_REACH = 60  # characters between the places of one list
_WORDS_TO_OBJECT = 6
_APART = re.compile(
    r"[,;:()–—]|\b(?:and|та|і|й|и|але|но|but|when|while|after|before|because|since|as|коли|поки|після"
    r"|бо|когда|пока|после)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:[\s,]|and|as well as|nor|та|і|й|ані|ні|а також|и|ни|а также"
    r"|[^\W\d_a-zа-яіїєґё][\w’'ʼ-]*+)+"
)
_PREDICATE = re.compile(
    r"\s+(?:is|are|was|were|remains?|[а-яіїєґ]+(?:ють|уть|ять|ать|ить|ет|ёт|ит|ут|ют|ат|ят|ує|ає|ли)"
    r"(?:ся|сь)?)\b"
)
_OF_ONE = re.compile(
    r"\s+(?:is|was|has|isn[’']t|wasn[’']t|remains)\b|\s+(?:[\w’'ʼ-]+\s+){0,3}?"
    r"(?:оточен(?:ий|а)|окруж[её]н(?:а)?|відрізан(?:ий|а)|отрезан(?:а)?)(?!\w)"
)
"""Behind a place, of one alone."""
_NOR = re.compile(r"\b(?:n?or|ні|ані|ни) $", re.IGNORECASE)
_WORD_BEHIND = re.compile(r"\s+[\w’'ʼ-]++")


def list_held(
    text: str,
    control: ControlInText,
    held: PlaceInSentence,
    places: Sequence[PlaceInSentence],
    rules: Rules,
) -> list[PlaceInSentence]:
    """Return the places that a status is given to: the one found, and those in one list with it.

    "They hold Vilne and Stare is surrounded" says nothing of who holds Stare.
    """
    listed = [it for it in places if _is_listed_with(text, it, held)]
    behind = [it for it in listed if control.spot[1] <= held.start < it.start]
    if any(_begins_anew(text, it, rules) for it in behind):
        return [held]
    return listed or [held]


def list_ringed(
    text: str,
    ring: EncirclementInText,
    places: Sequence[PlaceInSentence],
    held: Sequence[PlaceInSentence],
) -> list[PlaceInSentence]:
    """Return the places that are said to be surrounded; none where it is not sure which.

    Of a list of which only a part is `held`, one part alone is surrounded too.
    """
    if len({it.named for it in places}) <= 1:
        return [*places]
    ringed = _find_ringed(text, ring, sorted(places, key=lambda it: it.start))
    if ringed is None:
        return []
    if _is_one(text, ring, ringed):
        return [ringed]
    alike = [it for it in places if (it in held) is (ringed in held)]
    return [it for it in alike if _is_listed_with(text, it, ringed)]


def _find_ringed(
    text: str, ring: EncirclementInText, places: Sequence[PlaceInSentence]
) -> PlaceInSentence | None:
    """Return which of several places is surrounded: the verb's object, else its subject.

    "Once Vilne is taken, Stare will be surrounded" says it of Stare alone.
    """
    first, last = ring.spot
    inside = [it for it in places if it.role is PlaceRole.AT and not it.named.is_area]
    behind = next((it for it in inside if it.start >= last), None)
    if behind is not None:
        between = text[last : behind.start]
        if len(between.split()) <= _WORDS_TO_OBJECT and not _APART.search(between):
            return behind
    return next((it for it in reversed(inside) if it.end <= first), None)


def _is_one(text: str, ring: EncirclementInText, ringed: PlaceInSentence) -> bool:
    """Tell whether the verb is of one: "not in Vilne, and Stare is surrounded" is of Stare."""
    told = text[ringed.end : ring.spot[1]]
    is_either = _NOR.search(text, max(0, ringed.start - _REACH), ringed.start) is not None
    return ringed.end <= ring.spot[0] and not is_either and _OF_ONE.match(told) is not None


def _begins_anew(text: str, place: PlaceInSentence, rules: Rules) -> bool:
    """Tell whether a verb of its own stands right behind a place."""
    word = _WORD_BEHIND.match(text, place.end)
    if word is None:
        return False
    return _PREDICATE.match(text, place.end) is not None or any(
        rules.find(topic, text, place.end, word.end())
        for topic in (Topic.CONTROL, Topic.ENCIRCLING)
    )


def _is_listed_with(text: str, place: PlaceInSentence, held: PlaceInSentence) -> bool:
    """Tell whether a place is the one that is held, or stands in one list with it."""
    if place is held:
        return True
    first, last = sorted((place, held), key=lambda it: it.start)
    between = text[first.end : last.start]
    return (
        place.role is held.role
        and (place.precision is held.precision or held.precision is not Precision.PART)
        and len(between) < _REACH
        and _LIST.fullmatch(between) is not None
    )
