"""A sentence → its clauses, also the one that it only concedes: "Although X says it, …"."""

import re

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.sentences import find_quotes
from commands.shared.extraction.wording.rule_table import Rules, Topic

_SAYS = "(?:report|claim|announc|insist|maintain|warn)(?:s|es|ed)|said|says|denied|denies"
_NAME = r"(?-i:[A-Z])[\w’'-]+ (?:[\w’'-]+ ){0,2}"
_AS = rf"as(?= {_NAME}(?:{_SAYS})\b)"
_GOES_ON = rf",\s+(?={_NAME}(?:{_SAYS}) (?:that|it|its|they|their|this|the|(?-i:[A-Z])))"
"""Between two who say something: "X says it is taken, Y says it is not"."""
_TURN = (
    "but|while|whereas|although|а|але|но|тоді як|тогда как|хоча|хотя|проте|однак|однако|водночас"
)
_WHICH = r",\s+an? (?:claim|assertion|allegation|statement)(?: that| which)?"
_CLAUSE = re.compile(
    rf"[;:]\s+|{_WHICH}\s+(?=(?-i:[A-Z]))|{_GOES_ON}"
    rf"|(?<!\ball),?\s+(?:{_TURN}|при этом|{_AS})\s+",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"[;,]\s+$|{_WHICH}\s+$|,?\s+(?:as|{_TURN})\s+$", re.IGNORECASE)
_CALLED_A_CLAIM = re.compile(rf"{_WHICH}\s+$", re.IGNORECASE)
_CONCEDES = re.compile(
    r"[«“\"\s]*(?:even though|even if|although|though|while|whereas|despite|in spite of"
    r"|contrary to|notwithstanding|asked (?:about|whether|if)|commenting on|responding to"
    r"|reacting to|хоча|хоч|хотя|попри|незважаючи на|несмотря на|всупереч|вопреки"
    r"|коментуючи|комментируя|[ув] той час,? як|в то время,? как)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+")
_IS = re.compile(r"\b(?:is|are|was|were|has|have|remains?)\b")
_TOLD = (Topic.SAYING, Topic.CLAIMING, Topic.CONTROL, Topic.ENCIRCLING)
_STATED = (Topic.CONTROL, Topic.ENCIRCLING, Topic.HAPPENING, Topic.NEGATION)
_SUBORDINATE = re.compile(
    r"(?:that|which|who|whose|where|as|що|щоб|як\w*|де|коли|что|чтобы|котор\w+|где|когда)\b",
    re.IGNORECASE,
)


def split_clauses(text: str, start: int, end: int, rules: Rules) -> list[Spot]:
    """Return the clauses between two characters; a quotation is never cut in two."""
    quotes = find_quotes(text, start, end)
    cuts = {
        match.end(): match.start()
        for match in _CLAUSE.finditer(text, start, end)
        if not any(quote.start <= match.start() < quote.end for quote in quotes)
    }
    main = find_main_clause(text, start, end, rules)
    if main > start:
        cuts[main] = len(text[:main].rstrip(", \t"))
    firsts = [start, *sorted(cuts)]
    lasts = [*(cuts[first] for first in firsts[1:]), end]
    return list(zip(firsts, lasts, strict=True))


def find_main_clause(text: str, start: int, end: int, rules: Rules) -> int:
    """Return where the main clause begins behind one that concedes something, else the start."""
    opens = _CONCEDES.match(text, start, end)
    if opens is None:
        return start
    commas = [
        comma
        for comma in _COMMA.finditer(text, opens.end(), end)
        if not _SUBORDINATE.match(text, comma.end(), end)
    ]
    for at, comma in enumerate(commas):
        last = commas[at + 1].start() if at + 1 < len(commas) else end
        conceded = text[opens.end() : comma.start()]
        if _is_main(text, comma.end(), last, rules) and _tells(conceded, rules):
            return comma.end()
    return start


def _tells(words: str, rules: Rules) -> bool:
    return any(rules.has(topic, words) for topic in _TOLD)


def _is_main(text: str, start: int, end: int, rules: Rules) -> bool:
    """Tell whether words state something: no name of a list is one, nor "X said" alone."""
    words = text[start:end]
    if _IS.search(words) or any(rules.has(topic, words) for topic in _STATED):
        return True
    saying = rules.first(Topic.SAYING, words)
    return saying is not None and len(words[saying.end :].split()) > 1


def is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a part ends on what joins it to one that somebody else may say."""
    return _JOINT.search(text, start, end) is not None


def is_called_a_claim(text: str, start: int, end: int) -> bool:
    """Tell whether a part ends on what calls it a claim: "X said so, a claim Y calls false"."""
    return _CALLED_A_CLAIM.search(text, start, end) is not None


def cut_joint(text: str, start: int, end: int) -> int:
    """Return where a part ends without what joins it to the next."""
    return start + len(_JOINT.sub("", text[start:end]))
