"""How people ask in English who lies, and what is true of what somebody says."""

from commands.shared.questions.english_words import ABOUT, OVER, SAY, STATE
from commands.shared.questions.pattern import Asks, Pattern

_LIE = (
    r"(?:l(?:ie|ies|ied|ying)|(?:tell(?:s|ing)?|told|speak(?:s|ing)?) (?:the truth|(?:a )?lies?)"
    r"|bluff(?:s|ed|ing)?|exaggerat(?:e|es|ed|ing)|honest|truthful|(?:right|wrong)(?! on))"
)
_TRUE = (
    r"(?:true|false|fake|right|wrong|real|confirmed|refuted|debunked|disputed|denied|proven"
    r"|a lie|lies)"
)
_OF_LIES = ("lie", "lying", "truth", "bluff", "exagg", "honest", "right", "wrong")

PATTERNS = (
    Pattern(
        Asks.CLAIMS,
        rf"(?:is|was|did|does|has|had|are|were)(?:n't)? (?P<by>(?!the |an? |this |that ).+?) {_LIE}"
        rf"{ABOUT}",
        "did Putin lie about Kupiansk",
        needs=_OF_LIES,
    ),
    Pattern(
        Asks.DISPUTES,
        rf"who(?:'s| is| was)? {_LIE}{OVER}",
        "who lies about Kupiansk",
        needs=_OF_LIES,
    ),
    Pattern(
        Asks.CLAIMS,
        r"(?:is|are|was|were) (?:the|this|that|any|all)(?: of the)?"
        r" (?:claims?|statements?|reports?) (?:about|on|of|that) (?P<place>.+?)"
        rf"(?: (?:is|was) {STATE})? {_TRUE}",
        "is the claim about Kupiansk true",
        needs=("claim", "statement", "report"),
    ),
    Pattern(
        Asks.CLAIMS,
        r"(?:is|are|was|were) (?P<by>(?!the |this |that |any |all ).+?)'?s?"
        rf" (?:claims?|statements?|words){ABOUT} {_TRUE}",
        "is Putin's claim about Kupiansk true",
        needs=("claim", "statement", "words"),
    ),
    Pattern(
        Asks.CLAIMS,
        rf"(?:is|was) (?:it true )?what (?P<by>.+?) {SAY}{ABOUT}(?: {_TRUE})?",
        "is what Putin said about Kupiansk true",
        needs=("what",),
    ),
    Pattern(
        Asks.CLAIMS,
        r"(?P<by>(?!who|what|is|was|did|does|are|why|when|how|has)\w.*?)"
        rf"(?: is| was| has)? (?:l(?:ies|ied|ying)|bluff(?:s|ed|ing)){ABOUT}",
        "Putin lied about Kupiansk",
        needs=_OF_LIES,
    ),
)
