"""What a rule of reading is, and the rules of one language, ready to be looked for in a text."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct


class Topic(StrEnum):
    """What a rule is about; the values that its rules may have stand beside it."""

    SAYING = "saying"  # said, denied, judged, shown
    CLAIMING = "claiming"  # a noun of saying: the claim that
    QUOTING = "quoting"  # before whom somebody else quotes
    UPDATING = "updating"  # between a name and a colon: what its bearer did to a map
    SOURCE = "source"  # words before a speaker: according to
    PERSON = "person"  # somebody who is not named
    CROWD = "crowd"  # several who are not named
    BODY = "body"  # an office, a unit, an agency
    SIGNER = "signer"  # who is read as a speaker without a verb: before a colon, behind a dash
    LOCAL = "local"  # who governs a town: of it he speaks
    SERVING = "serving"  # somebody of an army
    JUDGE = "judge"  # somebody who follows the war and judges it
    ORIGIN = "origin"  # anonymous, hearsay, footage: how the words came
    CUT = "cut"  # where a speaker's name ends
    PRONOUN = "pronoun"  # he, she, they
    ROLE = "role"  # at, near, toward, from: before a place
    KIND_OF_PLACE = "kind of place"  # village, town: before or behind its name
    PART = "part"  # a part of a place: before it
    QUARTER = "quarter"  # before the name of a part of a town
    ANAPHOR = "anaphor"  # "the town": a place that was named before
    DIRECTION = "direction"
    NO_PLACE = "no place"  # what is written like a place and is none
    SIDE = "side"  # russian, ukrainian
    OWN = "own"  # our, its: the side of the speaker
    CONTROL = "control"  # held, contested, infiltrated
    WEAK_OBJECT = "weak object"  # what may be held in a place without the place
    SHARE = "share"
    ENCIRCLING = "encircling"
    THREAT = "threat"  # what might come
    GUESS = "guess"  # what is only likely
    PAST = "past"  # what was so only once
    NEGATION = "negation"
    DEBUNKING = "debunking"
    HAPPENING = "happening"  # an entry's type
    WHEN = "when"  # days that are counted from another
    RELEASE = "release"  # right before the day on which pictures or papers came out
    FURNITURE = "furniture"  # a sentence that states nothing
    CAPTION = "caption"  # before a colon: what a line is, not who speaks
    HEAD = "head"  # forwarded, byline, dated


HOLDING = frozenset({"held", "held by", "taken", "lost", "ours"})
"""What a rule of control means that tells of a side: who holds a place now, or did."""


class Rule(Struct, frozen=True):
    """One way of saying something: what it means, an example that it has to catch, and why.

    `pattern` is a regular expression of whole words, without groups of its own.
    """

    topic: Topic
    means: str
    pattern: str
    example: str
    why: str


class Hit(Struct, frozen=True):
    """Words in a text that a rule catches: characters from `start` up to `end`."""

    means: str
    start: int
    end: int


class Rules:
    """The rules of one language."""

    def __init__(self, language: str, rules: Sequence[Rule]) -> None:
        self.language = language
        self.rules = tuple(rules)
        self._patterns = {topic: _join(rules, topic) for topic in Topic}

    def find(self, topic: Topic, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return what the rules of a topic catch between two characters, in order."""
        pattern, meanings = self._patterns[topic]
        return [
            Hit(meanings[int(match.lastgroup[1:])], match.start(), match.end())
            for match in pattern.finditer(text, start, len(text) if end is None else end)
            if match.lastgroup is not None
        ]

    def first(self, topic: Topic, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the first of what the rules of a topic catch."""
        pattern, meanings = self._patterns[topic]
        match = pattern.search(text, start, len(text) if end is None else end)
        if match is None or match.lastgroup is None:
            return None
        return Hit(meanings[int(match.lastgroup[1:])], match.start(), match.end())

    def has(self, topic: Topic, text: str, means: str | None = None) -> bool:
        """Tell whether a topic's rules catch anything, or anything of one meaning."""
        if means is None:
            return self._patterns[topic][0].search(text) is not None
        return any(hit.means == means for hit in self.find(topic, text))

    def before(self, topic: Topic, text: str, end: int) -> Hit | None:
        """Return what the rules of a topic catch right before a character."""
        stop = len(text[:end].rstrip())
        ahead = _AHEAD if topic in _LOOK_AHEAD else 0
        hits = self.find(topic, text, max(0, end - _REACH), min(len(text), end + ahead))
        return next((hit for hit in reversed(hits) if hit.end == stop), None)


_REACH, _AHEAD = 60, 80
_LOOK_AHEAD = {Topic.CONTROL, Topic.QUARTER}  # some words count only before a name of some form


def _join(rules: Iterable[Rule], topic: Topic) -> tuple[re.Pattern[str], tuple[str, ...]]:
    own = [rule for rule in rules if rule.topic is topic]
    parts = "|".join(f"(?P<r{at}>{rule.pattern})" for at, rule in enumerate(own))
    pattern = rf"(?<!\w)(?:{parts})(?!\w)" if own else r"(?!)"
    return re.compile(pattern, re.IGNORECASE), tuple(rule.means for rule in own)
