"""A line of nothing but names and days, as a question: Putin; Pokrovsk yesterday; ISW on Lyman."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo

from bot.reference_line import read_dated_reference
from commands.kit.days.day_words import month_of
from commands.shared.questions import (
    LONGEST,
    Asks,
    BoundedDays,
    Question,
    are_several,
    drop_matters,
    drop_small_words,
    frame_question,
    is_matter,
    separate_days,
)
from store import Store
from store.model.entry import Actor, Kind
from store.places.ground import NEAR_KM
from store.places.recognition import Certainty
from store.queries.lists import Filter

_MOST_WORDS = 6
_MOST_OF_A_NAME = 3
_MOST_SEARCHED = 4
_SMALL = {"village", "settlement", "locality"}
_JOINT = r"(?:[:,–—-]|(?:^| )(?:on|about|re|in|про|щодо|по))"
_SOMEBODY_ON = re.compile(
    r"(?P<by>[^\W\d_].*?) (?:(?:on|about) |(?=(?:про|щодо|об?) ))(?P<place>[^\W\d_].+)",
    re.IGNORECASE,
)
_NOUNS = (
    (Asks.CLAIMS, r"(?:latest )?(?:claims?|statements?)|заяви|заявления"),
    (Asks.EVENTS, r"(?:latest )?events|події|события"),
    (Asks.MAP, r"map|карта|мапа"),
    (Asks.TIMELINE, r"timeline|хронологія|хронология"),
)
"""What people write after the name of a place or a speaker for the command that they want."""


async def read_name_line(store: Store, line: str, today: date, zone: tzinfo) -> Question | None:
    """Return what a bare name, two of them or a day ask for; None where one of them is not known.

    A place asks for its status, a speaker for their claims, a day for what happened on it, a
    greeting for what this is.
    """
    bare, days = separate_days(line, today, zone)
    bare = drop_matters(bare.strip(" ?!.,:"))
    if days and (not bare or is_matter(bare)):
        return frame_question(Asks.EVENTS, {}, days)
    if days and (asked := read_dated_reference(bare, days)):
        return asked
    if not bare:
        is_greeting = re.search(r"\w", line) is not None and len(line) <= LONGEST
        return Question("about", {}) if is_greeting else None
    name = drop_small_words(bare)
    for words in dict.fromkeys((bare, name) if name else (bare,)):
        if len(words.split()) <= _MOST_WORDS and (asked := await _read_names(store, words, days)):
            return asked
    return await _ask_unknown(store, bare, days)


async def search_words(store: Store, line: str) -> Question | None:
    """Return the search for a few words that are no name; None where no entry has them all."""
    from store.queries import search

    words = line.strip(" ?!.,:")
    if any(month_of(word) for word in words.split()):
        return None
    if len(words.split()) > _MOST_SEARCHED or not re.search(r"[^\W\d_]{4}", words):
        return None
    wanted = Filter(None, words=words)
    if not search.query(words) or not (await store.lists.total(wanted)).number:
        return None
    return Question("search", {"text": words})


async def _read_names(store: Store, words: str, days: Sequence[BoundedDays]) -> Question | None:
    asks, name = _take_noun(words)
    if asks in {None, Asks.CLAIMS} and await _is_sooner_a_speaker(store, name):
        return frame_question(Asks.CLAIMS, {"by": name}, days)
    if await _is_place(store, name):
        default = Asks.CHANGES if are_several(days) else Asks.STATUS
        return frame_question(asks or default, {"place": name}, days)
    if asks not in {None, Asks.CLAIMS}:
        return None
    if speakers := await _find_speakers(store, name):
        if await _have_claims(store, speakers):
            return frame_question(Asks.CLAIMS, {"by": name}, days)
        return Question("sources", {"name": name})
    for by, place in _split(name):
        speakers = await _find_speakers(store, by)
        if speakers and await _is_place(store, place):
            if asks is None and not await _have_claims(store, speakers):
                return frame_question(Asks.STATUS, {"place": place}, days)
            return frame_question(Asks.CLAIMS, {"by": by, "place": place}, days)
    return None


async def _ask_unknown(store: Store, words: str, days: Sequence[BoundedDays]) -> Question | None:
    """Ask for what somebody says about a place whom nobody knows: that is what the answer says."""
    match = _SOMEBODY_ON.fullmatch(words)
    if match is None or len(match["by"].split()) > _MOST_OF_A_NAME:
        return None
    if not await _is_place(store, match["place"]):
        return None
    return frame_question(Asks.CLAIMS, match.groupdict(), days)


def _take_noun(words: str) -> tuple[Asks | None, str]:
    """Return what a noun behind the words asks for, and the words before it."""
    for asks, noun in _NOUNS:
        if match := re.fullmatch(rf"(.+?)(?:'s)? (?:{noun})", words, re.IGNORECASE):
            return asks, match[1]
    return None, words


async def _is_place(store: Store, name: str) -> bool:
    """Tell whether a name is a place's.

    One word that is only the name of a village far away is sooner a word: Слава, Весна. So are
    words of two letters: "а на" is not Anna.
    """
    if not re.search(r"[^\W\d_]{3}", name):
        return False
    known = await store.places.recognise(name)
    if known.outcome is Certainty.UNKNOWN:
        return False
    far = all(each.km > NEAR_KM and each.place.kind in _SMALL for each in known.candidates)
    return not far or len(name.split()) > 1


async def _is_sooner_a_speaker(store: Store, name: str) -> bool:
    """Tell whether a name is that of a speaker with claims, and only almost that of a place."""
    speakers = await store.actors.by_name(name)
    if not speakers or not await _have_claims(store, speakers):
        return False
    known = await store.places.recognise(name)
    return all(candidate.how.is_guess for candidate in known.candidates)


async def _find_speakers(store: Store, name: str) -> Sequence[Actor]:
    return await store.actors.by_name(name) or await store.actors.meant(name)


async def _have_claims(store: Store, speakers: Iterable[Actor]) -> bool:
    """Tell whether any of them makes claims; a map makes none."""
    for actor in speakers:
        if (await store.lists.total(Filter(Kind.CLAIM, actor_id=actor.id))).number:
            return True
    return False


def _split(words: str) -> Iterator[tuple[str, str]]:
    """Yield each way of reading words as a speaker and a place, the speaker before or after it."""
    pieces = words.split()
    for at in range(1, len(pieces)):
        first, second = " ".join(pieces[:at]), " ".join(pieces[at:])
        yield re.sub(rf"{_JOINT}$", "", first), re.sub(r"^(?:on|about|in|про|щодо) ", "", second)
        yield second, first.rstrip(",:–—- ")
