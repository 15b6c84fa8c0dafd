"""Which verbs of a sentence say something: neither quoted nor passive, the last one first."""

import re

from commands.shared.extraction.sentences import find_quotes
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic

_WORDS_OF_A_TAIL = 7
_INSERTED = re.compile(r"[,!?…]\s[–—-]\s$")
"""Before a verb within quotation marks: «Тихо, – сказав він. – Поки що»: it is not quoted."""
_PASSIVE = re.compile(
    r"(?:\b(?:was|were|been|be|being|are|is|to|no|any|the|a|an|its|their|these|of|mak(?:e|es|ing)|made"
    r"|with|without|more|some|several|many|as|despite)|[’']s?)\s+$",
    re.IGNORECASE,
)
"""Before a participle that no speaker governs: "was reported", "as reported"."""
_ADDING = re.compile(r"add(?:s|ed)?", re.IGNORECASE)
_ADDS_A_THING = re.compile(r"\s+(?!(?:that|how|on|in|at|to|during|when|while)\b)[a-z]")


def find_saying_verbs(text: str, start: int, end: int, rules: Rules) -> list[Hit]:
    """Return the verbs of saying between two characters that may have a speaker.

    One in the last words of a sentence, "…, N. N. said", comes first.
    """
    verbs = [
        hit
        for hit in rules.find(Topic.SAYING, text, start, end)
        if not (is_quoted(text, hit, start, end) or _adds_a_thing(text, hit, end))
    ]
    finite = [hit for hit in verbs if not text[hit.start : hit.end].endswith("ing")]
    verbs = finite or verbs
    if verbs and len(text[verbs[-1].end : end].split()) <= _WORDS_OF_A_TAIL:
        verbs = [verbs[-1], *verbs[:-1]]
    return [verb for verb in verbs if not _PASSIVE.search(text[start : verb.start])]


def is_quoted(text: str, hit: Hit, start: int, end: int) -> bool:
    """Tell whether words stand within quotation marks, and are not those of who quotes."""
    quotes = find_quotes(text, start, end)
    inserted = _INSERTED.search(text, start, hit.start) is not None
    return not inserted and any(quote.start <= hit.start < quote.end for quote in quotes)


def _adds_a_thing(text: str, hit: Hit, end: int) -> bool:
    """Tell whether something is added rather than said: "winter adds weight to it"."""
    is_adding = _ADDING.fullmatch(text, hit.start, hit.end) is not None
    return is_adding and _ADDS_A_THING.match(text, hit.end, end) is not None
