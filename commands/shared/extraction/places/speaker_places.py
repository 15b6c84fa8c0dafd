"""Which places of a sentence only say who speaks and where, and what "the town" cannot be."""

import re
from collections.abc import Sequence

from commands.kit.days.day_words import month_of
from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.places.place_roles import PlaceInSentence
from commands.shared.extraction.speaker_names import CAPITAL_NAME, Speaker
from commands.shared.extraction.wording.rule_table import Rules, Topic
from store.model.entry import Attribution, Place, PlaceRole

_WORDS_OF_A_TITLE = 8
_BIG = re.compile(r"(?:the |this )?(?:city|міст|город)", re.IGNORECASE)
_QUOTE_MARK = re.compile('[“«„"]')
_CAPITAL = re.compile(r"\b[^\W\d_a-zа-яёіїєґ][a-zа-яёіїєґ][\w’'ʼ-]*")


def leave_out_speakers(
    text: str,
    sentence: Spot,
    places: list[PlaceInSentence],
    speaker: Speaker | None,
    rules: Rules,
) -> list[PlaceInSentence]:
    """Return the places that a sentence is about, without those of whoever speaks in it."""
    if speaker is None:
        return places
    start = sentence[0]
    told = [place for place in places if not is_of_speaker(text, start, place, speaker, rules)]
    if not told:
        told = _find_own_town(text, sentence, places, speaker, rules)
    if any(place.named.place for place in told):
        told = [place for place in told if not _is_scene(text, start, place)]
    return told


def _find_own_town(
    text: str,
    sentence: Spot,
    places: Sequence[PlaceInSentence],
    speaker: Speaker,
    rules: Rules,
) -> list[PlaceInSentence]:
    """Return the place of whoever speaks where what they say is of it: "people of X: there …".

    The mayor of X says what happens in the city; police in X say who was hurt there.
    """
    start, end = sentence
    words = text[max(start, speaker.verb.end) : end]
    is_there = rules.has(Topic.ANAPHOR, words)
    if CAPITAL_NAME.search(speaker.name):
        return list(places) if is_there and is_local_head(text, start, speaker, rules) else []
    hurt = rules.has(Topic.HAPPENING, words, "casualties")
    return [
        place
        for place in places
        if is_there
        or _opens(text, start, place)
        or (hurt and place.governed and place.role is PlaceRole.AT)
    ]


def is_local_head(text: str, start: int, speaker: Speaker, rules: Rules) -> bool:
    """Tell whether the head of a town speaks."""
    return rules.has(Topic.LOCAL, text[min(start, speaker.spot[0]) : speaker.spot[1]])


def is_of_speaker(
    text: str, start: int, place: PlaceInSentence, speaker: Speaker, rules: Rules
) -> bool:
    """Tell whether a place only says who speaks, and where: "the mayor of X", "N. N., in X,"."""
    first, last = speaker.spot
    if first <= place.start < last:
        return place.role is not PlaceRole.TOWARD
    if start <= first and last <= place.start < place.end <= speaker.verb.start:
        return text[last : last + 1] == ","  # "X, visiting Y, said"
    if _is_where_they_stood(text, place, speaker):
        return True
    if rules.before(Topic.PART, text, place.start) or rules.has(
        Topic.CONTROL, text[start : place.start]
    ):
        return False  # "They hold the north of X, N. N. said": X is no office of his
    title = text[start : place.start].split()
    return (
        place.end < first
        and not text[place.end : first].strip(" ,")
        and 0 < len(title) <= _WORDS_OF_A_TITLE
        and (title[-1] == "of" or len(title) == 1)
    )


def _is_where_they_stood(text: str, place: PlaceInSentence, speaker: Speaker) -> bool:
    """Tell whether a place is told of whoever is quoted: “…,” said N. N. in a cellar in X."""
    first, last = speaker.spot
    is_behind = speaker.verb.end <= first and last <= place.start
    quoted = text[max(0, speaker.verb.start - 3) : speaker.verb.start].rstrip()[-1:] in {
        "”",
        "»",
        '"',
    }
    return is_behind and quoted and not _QUOTE_MARK.search(text, last, place.start)


def _is_scene(text: str, start: int, place: PlaceInSentence) -> bool:
    """Tell whether "In X, Y said", of a town not known here, tells where Y was."""
    unknown = place.named.place is None and not place.named.choices
    return unknown and _opens(text, start, place)


def _opens(text: str, start: int, place: PlaceInSentence) -> bool:
    """Tell whether a sentence begins with a place, "In X,": of an office there it is told."""
    one_word = len(text[start : place.start].split()) == 1
    return one_word and text[place.end : place.end + 1] == ","


def name_another(text: str, spot: Spot, rules: Rules, speaker: Speaker | None) -> bool:
    """Tell whether words before "the town" may name a town that nobody recognised."""
    is_named = speaker is not None and speaker.attribution is Attribution.NAMED
    first, last = speaker.spot if speaker and is_named else (spot[0], spot[0])
    return any(
        any(map(str.isalpha, text[spot[0] : match.start()]))
        and not first <= match.start() < last
        and not rules.has(Topic.SIDE, match[0])
        and not rules.has(Topic.BODY, match[0])
        and not rules.before(Topic.QUARTER, text, match.start())
        and not rules.has(Topic.WHEN, match[0])
        and month_of(match[0]) is None
        for match in _CAPITAL.finditer(text, *spot)
    )


def can_be(words: str, place: Place | None) -> bool:
    """Tell whether a place may be called so: nobody calls a hamlet a city."""
    return place is None or place.kind != "village" or not _BIG.match(words)
