"""Whether a sentence says that a place is surrounded."""

import re

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.states.doubts import is_not_confirmed
from commands.shared.extraction.states.ringed_troops import find_ringed_side
from commands.shared.extraction.wording.rule_table import Topic
from store.model.entry import Encirclement

_REACH, _BEHIND = 110, 45
_WORDS_BEFORE = 6
_UNFULFILLED = re.compile(
    r"\b(?:would|could|might) have\b"
    r"|\b(?:бу(?:в|ла|ло|ли)|был(?:а|о|и)?|міг|мог(?:ла|ло|ли)?) (?:би|б|бы)\b",
    re.IGNORECASE,
)
"""Before an encirclement: it did not come, "X would have been surrounded"."""
_BEFORE_TROOPS = re.compile(
    r"(?:\bthe (?:encircled|surrounded)"
    r"|\b(?:оточен|окруж[её]нн)(?:ого|их|ої|ых|ой|ую|им|ым|ими|ыми))$",
    re.IGNORECASE,
)
"""Of troops: "to destroy the encircled enemy" says that he is encircled, not that he may be."""
_OUT_OF = re.compile(r"(?:out of|from|из|з|із)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before an encirclement: who tries to get out of it is in it."""
_NOT_THERE = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,2}(?:немає|нема|нет|не (?:йдеться|ідеться|було|ид[её]т|было))\b",
    re.IGNORECASE,
)
"""Behind an encirclement: "оточення наразі немає" denies it."""
_NEARLY = re.compile(
    r"\s+(?:майже|практично|ледь не|почти|практически|едва не|almost|nearly"
    r"|(?:on|from) (?:two|three) sides|з (?:двох|трьох) (?:боків|сторін)"
    r"|с (?:двух|тр[её]х) сторон)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:broken|lifted|ended)\b|\b(?:прорва|деблок|знят|прорыв|снят)\w*", re.IGNORECASE
)
"""Behind an encirclement: whether the place is surrounded still is not said."""
_HALF = re.compile(r"semi|half|partial|напів|частков|кліщ|полу|частичн|клещ", re.IGNORECASE)
_IN_PART = re.compile(r"\b(?:half|part(?:ial)?ly|частково|частично)\s+$", re.IGNORECASE)
_TO_WHOM = re.compile(r"\baccording to\b", re.IGNORECASE)
"""Words before a name, of which the second alone would tell of what might come."""
_NOT_THAT_BUT = re.compile(
    r"\b(?:[Nn]ot|[Нн]е) (?:(?:in|в|у|во) )?[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]++"
    r"(?: [^\W\d_a-zа-яёіїєґ][\w’'ʼ-]++)?,? (?:but|а|но) "
)
"""Before an encirclement: "not Vilne but Stare is surrounded" denies it of Vilne alone."""


_ENEMY = re.compile(r"enem", re.IGNORECASE)
"""Who the enemy is depends on who speaks, in English: "our units destroy the encircled enemy"."""


class EncirclementInText(Struct, frozen=True):
    """What is said of an encirclement, and the words."""

    value: Encirclement
    spot: Spot


def read_encirclement(clause: Clause) -> EncirclementInText | None:
    """Return what a clause says of an encirclement."""
    hit = clause.rules.first(Topic.ENCIRCLING, clause.text, clause.start, clause.end)
    if hit is None:
        return None
    before = clause.text[max(clause.start, hit.start - _REACH) : hit.start]
    before = _NOT_THAT_BUT.sub("", before)
    spot = hit.start, hit.end
    if _is_of_attackers(clause, spot):
        return None
    is_unsaid = is_not_confirmed(clause, hit) or _UNFULFILLED.search(_cut_last_words(before))
    if is_unsaid or clause.is_guess(*spot):
        return None
    if clause.rules.has(Topic.THREAT, before, "if"):
        return EncirclementInText(Encirclement.THREATENED, spot)
    is_lacking = _NOT_THERE.match(clause.text, hit.end, clause.end) is not None
    if is_lacking or clause.denies(hit) or clause.rules.has(Topic.NEGATION, before):
        return EncirclementInText(Encirclement.NONE, spot)
    return None if clause.is_retold else _read_stated(clause, spot, before)


def _read_stated(clause: Clause, spot: Spot, before: str) -> EncirclementInText | None:
    """Return what is said of an encirclement that is not denied."""
    after = clause.text[spot[1] : min(clause.end, spot[1] + _BEHIND)]
    right_before = _cut_last_words(before)
    is_half = _HALF.search(clause.text, *spot) or _IN_PART.search(before)
    if is_half or _NEARLY.match(clause.text, spot[1], clause.end):
        return EncirclementInText(Encirclement.THREATENED, spot)
    attributive = _BEFORE_TROOPS.search(clause.text, clause.start, spot[1]) is not None
    is_escape = _OUT_OF.search(before) is not None
    if not (attributive or is_escape) and clause.rules.has(Topic.THREAT, right_before):
        return EncirclementInText(Encirclement.THREATENED, spot)
    if clause.rules.has(Topic.THREAT, after) or clause.rules.has(Topic.NEGATION, after):
        return None  # "is not complete": neither none nor all of it
    if _ENDED.search(after):
        return None
    value = Encirclement.ASSESSED if clause.is_judged else Encirclement.CLAIMED
    return EncirclementInText(value, spot)


def _cut_last_words(before: str) -> str:
    return " ".join(_TO_WHOM.sub("", before).split()[-_WORDS_BEFORE:])


def _is_of_attackers(clause: Clause, ring: Spot) -> bool:
    """Tell whether Russian troops are surrounded: the town in which they are is not."""
    sides = clause.rules.find(Topic.SIDE, clause.text, clause.start, clause.end)
    told = [side for side in sides if not clause.speaker[0] <= side.start < clause.speaker[1]]
    ringed = find_ringed_side(clause.text, ring, told, clause.start, clause.end)
    if ringed is None or clause.side_of(ringed) != "russian":
        return False
    is_enemy = _ENEMY.match(clause.text, ringed.start) is not None
    return not is_enemy or clause.side == "ukrainian"
