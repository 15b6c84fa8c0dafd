"""Whose words somebody only passes on: "ISW reported that Y said", "X said Y had told him"."""

import re
from collections.abc import Iterator

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.sentence_parts import find_main_clause
from commands.shared.extraction.speaker_names import Speaker
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic

_THAT = re.compile(r"(?:,?\s+(?:that|що|что)\b|\s*[,:–—-])?\s*", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:\b(?:that|що|что)\b|[,;:–—”»\"])", re.IGNORECASE)
"""What a clause begins behind: the words up to a verb are who says something there."""
_SAME = re.compile(
    r"(?:\s*\b(?:and|but|or|also|then|further|separately|has|have|had|still|previously|it|they|he|she"
    r"|which|who|та|і|й|але|також|він|вона|воно|вони|який|яка|які|и|но|также|он|она|оно|они|который"
    r"|которая|которые))*\s*",
    re.IGNORECASE,
)
"""Before a verb of whoever spoke before it: "it assesses", "and noted"."""
_PASSIVE = re.compile(
    r"\b(?:was|were|been|be|being|is|are|to|the|an?|its|their|of|as|by|with|not)\s+$", re.IGNORECASE
)
_BEFORE_A_NOUN = re.compile(
    r"(?:[’']s?|\b(?:the|any|no|some|these|those|such|of|false|recent|latest|earlier|repeated"
    r"|unverified|unconfirmed|russian|ukrainian|kremlin|enemy|to|by|with|on))\s+$",
    re.IGNORECASE,
)
"""Before "claims that", where it is no verb: "Russian claims that", "the mayor's claims that"."""
_WHERE_IT_SAID_SO = re.compile(r"\b(?:in|у|в|во)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
"""Before what somebody says something in: "said in its latest report that"."""
_EVIDENCE = re.compile(
    r"\b(?:data|evidence|imagery|information|indications?|analysis|maps?|дан(?:і|их|ные|ным)|доказ"
    r"|карт|мап|снимк|знімк)",
    re.IGNORECASE,
)
"""What a judgement rests on: nobody says it."""
_QUOTED = re.compile(r"\s+([^,;:.”»\"]{2,60}?)(?=\s+(?:as|that|що|что)\s|\s*[,;:.”»\"]|\s*$)")
_TOLD_BEFORE = re.compile(
    r"[,”»\"](?!\s*(?:which|who|as|after|before|while|when|but|and|although|though"
    r"|despite|where|що|як\w*|але|хоча|та|і|котор\w+|как|но|хотя|и|а)\s)[^,;:”»\"]{0,60}$",
    re.IGNORECASE,
)
"""Between what is said and a verb behind it: "“They hold it,” the mayor said"."""
_RETURNS = re.compile(
    r"\b(?:but|and|while) that\b|(?<!\w)(?:але|та|і|й|а|но|и) (?:що|что)\b", re.IGNORECASE
)
"""Where whoever speaks goes on: "X said that Y claims it, but that it is not so"."""
_WORDS_BEHIND, _WORDS_TO_A_CLAIM = 7, 3
_THAT_SAID = re.compile(r"\b(?:that|що|что)\b|[,:;]", re.IGNORECASE)


class PassedOn(Struct, frozen=True):
    """Words with which somebody else's come, where who says them is named, and the name if quoted.

    Nobody is where only a noun, "Moscow's claim that", tells of it. What is mixed is of both.
    """

    saying: Hit
    told: Spot | None = None
    name: Spot | None = None
    is_mixed: bool = False


def find_passed_on(
    text: str, sentence: Spot, outer: Speaker | None, rules: Rules
) -> PassedOn | None:
    """Return how a sentence passes a status on that whoever speaks does not state itself.

    A second verb of saying between the outer speaker and the status, or behind its last word, has
    its own speaker; so has what is quoted.
    """
    main = find_main_clause(text, *sentence, rules)
    if outer is None or outer.spot[0] >= main:
        sentence = main, sentence[1]
    states = _find_states(text, sentence, rules)
    if not states or (outer is not None and outer.verb.means == "denied"):
        return None
    if quoted := _find_quoted(text, rules.find(Topic.QUOTING, text, *sentence), sentence[1], rules):
        return quoted
    if outer is None:
        return None
    told = _find_told(text, sentence, outer, states)
    sources = [hit for hit in rules.find(Topic.SOURCE, text, *told) if _names_behind(text, hit)]
    if source := _find_quoted(text, sources, told[1], rules):
        return source
    if tells_of_a_claim(text, told, rules):
        return PassedOn(outer.verb)
    if saying := next(_find_sayings(text, told, rules), None):
        returns = _RETURNS.search(text, saying.end, max(saying.end, states[-1].start))
        return PassedOn(saying, is_mixed=True) if returns else PassedOn(saying, told)
    saying = next(_find_sayings(text, (sentence[0], told[0]), rules, outer), None)
    return PassedOn(saying) if saying else None


def _names_behind(text: str, source: Hit) -> bool:
    """Tell whether several words, "according to", stand before who says something."""
    return source.means == "by" and " " in text[source.start : source.end]


def _find_quoted(text: str, hits: list[Hit], end: int, rules: Rules) -> PassedOn | None:
    """Return the first words behind which somebody is named, rather than what is seen."""
    for hit in hits:
        quoted = _QUOTED.match(text, hit.end, end)
        if quoted and not _is_evidence(quoted[1], rules):
            return PassedOn(hit, name=quoted.span(1))
    return None


def tells_of_a_claim(text: str, clause: Spot, rules: Rules, verb: Hit | None = None) -> bool:
    """Tell whether a status is only what is claimed: "they mocked the claim that".

    Who has a `verb` of saying with the claim right behind it, "repeated his claim that", makes it.
    """
    states = _find_states(text, clause, rules)
    claims = [
        hit
        for hit in rules.find(Topic.CLAIMING, text, *clause)
        if _is_noun(text, hit, clause[0])
        and not _WHERE_IT_SAID_SO.search(text, clause[0], hit.start)
    ]
    if not (states and claims) or claims[0].end > states[0].start:
        return False
    return verb is None or not _makes_it(text, verb, claims[0])


def _is_noun(text: str, claim: Hit, start: int) -> bool:
    """Tell whether "claims that" is no verb: nobody stands before it."""
    if text[claim.end - 1] != "s" or not text[start : claim.start].strip():
        return True
    return _BEFORE_A_NOUN.search(text, start, claim.start) is not None


def _makes_it(text: str, verb: Hit, claim: Hit) -> bool:
    between = text[verb.end : max(verb.end, claim.start)]
    is_near = len(between.split()) <= _WORDS_TO_A_CLAIM and _THAT_SAID.search(between) is None
    return verb.start < claim.start and is_near


def _find_states(text: str, spot: Spot, rules: Rules) -> list[Hit]:
    hits = [hit for topic in _STATES for hit in rules.find(topic, text, *spot)]
    return sorted(hits, key=lambda hit: hit.start)


_STATES = (Topic.CONTROL, Topic.ENCIRCLING)


def _find_told(text: str, sentence: Spot, outer: Speaker, states: list[Hit]) -> Spot:
    """Return the part that the outer speaker tells: behind its name and verb, or before."""
    start, end = sentence
    is_here = start <= outer.spot[0] < end
    first = max(outer.verb.end, outer.spot[1]) if is_here else outer.verb.end
    last = min(outer.verb.start, outer.spot[0]) if is_here else outer.verb.start
    link = _THAT.match(text, first, end)
    begin = link.end() if link else first
    is_behind = states[0].end > first or (states[-1].end > first and link and link[0].strip())
    return (begin, end) if is_behind else (start, last)


def _find_sayings(
    text: str, told: Spot, rules: Rules, outer: Speaker | None = None
) -> Iterator[Hit]:
    """Yield the verbs of saying, with a subject of their own, that tell of a status.

    Those of the outer speaker are none.
    """
    states = _find_states(text, told, rules)
    for verb in rules.find(Topic.SAYING, text, *told) if states else ():
        before = text[told[0] : verb.start]
        is_behind = verb.start > states[0].start
        is_noun = is_behind and _BEFORE_A_NOUN.search(before) is not None
        if is_noun or (is_behind and not _tells_who_said_it(text, told, verb)):
            continue
        if outer is not None and outer.verb.start <= verb.start < outer.verb.end:
            continue
        subject = _SUBJECT.split(before)[-1]
        is_inverted = is_behind and not subject.strip(" –—-")
        is_going_on = text[verb.start : verb.end].endswith("ing")
        if is_inverted or not _is_own(subject, rules, is_going_on=is_going_on):
            yield verb


def _tells_who_said_it(text: str, told: Spot, verb: Hit) -> bool:
    """Tell whether a verb says behind a status who said it."""
    is_last = len(text[verb.end : told[1]].split()) <= _WORDS_BEHIND and verb.means != "denied"
    return is_last and _TOLD_BEFORE.search(text, told[0], verb.start) is not None


def _is_own(subject: str, rules: Rules, *, is_going_on: bool) -> bool:
    """Tell whether the words before a verb name nobody new: the same again, or what is seen."""
    is_passive = not is_going_on and _PASSIVE.search(subject) is not None
    return is_passive or _SAME.fullmatch(subject) is not None or _is_evidence(subject, rules)


def _is_evidence(words: str, rules: Rules) -> bool:
    is_own = rules.has(Topic.OWN, words)
    return is_own or rules.has(Topic.ORIGIN, words, "footage") or bool(_EVIDENCE.search(words))
