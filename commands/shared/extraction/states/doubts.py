"""Whether words only tell that something is not known to be so, or on what it hangs."""

import re

from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.wording.rule_table import Hit, Topic

_WORDS_TO_NOT = 2
_NO_PROOF = re.compile(
    r"\b(?:no|not|lack of|without)\b[^.;,]{0,25}"
    r"\b(?:evidence|confirmation|proof|indications?|signs?|data|information)\b"
    r"|\b(?:нема|немає|нет|без)\s+(?:\w+ )?"
    r"(?:підтвер|доказ|свідчен|ознак|даних|інформац|подтвер|признак|данных|информац)",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"(?:\b(?:not|cannot|unable to|refus(?:ed|es) to|declin(?:ed|es) to)|n[’']t)\b"
    r"(?! (?:only|just|merely)\b)[^,;.]{0,30}?"
    r"\b(?:confirm|verif|assess|believ|think|say|claim|report|know|see|observ|establish|conclude"
    r"|corroborat|judge|consider|estimat|accept|agree)\w*\s+(?:that|whether|if|(?=(?-i:[A-Z])))"
    r"|\bне\s+(?!(?:тільки|лише|только)\b)(?:[\w’'ʼ]+\s+){0,3}?"
    r"(?:підтвер|вважа|оцін|дума|каза|сказа|зна|бач|стверд|вір|перекона|встанов|подтвер|счита|оцен"
    r"|говор|вид|утвержд|вер|уверен|установ)[\w’'ʼ]*,?\s+(?:що|чи|что)\b",
    re.IGNORECASE,
)
"""Before what somebody cannot confirm, or does not assess: it is not said."""
_IF = re.compile(
    r"(?<!even )(?<!asked )(?<!of )\b(?:if|unless|whether)\b"
    r"|(?<!навіть )\b(?:якщо|якби)\b|(?<!даже )\bесли\b",
    re.IGNORECASE,
)
_CALLED_FALSE = re.compile(
    r"(?:[,;(–—]|\s-)\s*(?:which|(?:but|though|although|and|yet) (?:this|that|it|the claim)"
    r"|a (?:claim|statement|lie) (?:that|which)|що є|(?:але|хоча|а|проте|однак|та) це"
    r"|что является|(?:но|хотя|а|однако) это)\s",
    re.IGNORECASE,
)
"""Behind what somebody says, before the words that call it false."""
_IF_BEHIND = re.compile(r",\s+(?:if|unless|якщо|если)\s", re.IGNORECASE)


def is_called_false(words: str) -> bool:
    """Tell whether who tells what somebody said calls it false: "X said so, which is untrue"."""
    return _CALLED_FALSE.search(words) is not None


def is_unproven(clause: Clause, hit: Hit) -> bool:
    """Tell whether there is no proof of it, or who judges or says so does not: "has not seen"."""
    before = clause.text[clause.start : hit.start]
    verbs = clause.rules.find(Topic.SAYING, clause.text, clause.start, hit.start)
    subject = clause.text[clause.start : verbs[-1].start].split() if verbs else []
    is_not_said = clause.rules.has(Topic.NEGATION, " ".join(subject[-_WORDS_TO_NOT:]))
    return is_not_said or is_not_confirmed(clause, hit) or _NO_PROOF.search(before) is not None


def is_not_confirmed(clause: Clause, hit: Hit) -> bool:
    """Tell whether somebody does not or cannot say that it is so: "cannot confirm that"."""
    return _NOT_SAID.search(clause.text, clause.start, hit.start) is not None


def hangs_on_something(clause: Clause, hit: Hit) -> bool:
    """Tell whether it is so only if something else is: "if they are right, X holds Y"."""
    before = _IF.search(clause.text, clause.start, hit.start)
    return before is not None or _IF_BEHIND.search(clause.text, hit.end, clause.end) is not None
