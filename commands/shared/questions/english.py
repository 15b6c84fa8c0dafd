"""How people ask in English."""

from commands.shared.questions.english_words import ABOUT, OVER, SAY, STATE
from commands.shared.questions.pattern import Asks, Pattern

_SHOW = r"(?:(?:show|give|list)(?: me| us)? )?"
_SIDES = r"(?:sources?|assessors?|analysts?|maps?|people|sides|reports?|accounts?|claims?|they|you)"

_WHOM = r"(?:the )?(?:russia|russians?|ukraine|ukrainians?|enemy|orcs|they|rus?|afu)"

PATTERNS = (
    Pattern(
        Asks.MAP,
        r"(?:(?:show|give|send|draw)(?: me| us)? )?(?:a |the )?map"
        r" (?:(?:of|for|around|near) )?(?P<place>.+)",
        "show me a map of Pokrovsk",
        needs=("map",),
    ),
    Pattern(
        Asks.TIMELINE,
        r"(?:(?:show|give|send)(?: me| us)? )?(?:a |the )?timeline"
        r" (?:of|for|around|in) (?P<place>.+)",
        "timeline of Pokrovsk",
        needs=("timeline",),
    ),
    Pattern(
        Asks.COMPARED,
        r"(?:compare|(?:the )?difference)(?: (?:in|at|near|around))? (?P<place>.+?)"
        r"(?: (?:between|and|with|to|vs))*",
        "compare Pokrovsk 29 October and 7 November",
        needs=("compare", "difference"),
        dated=True,
    ),
    Pattern(
        Asks.COMPARED,
        r"what(?:'s| has|) changed(?: (?:in|at|near|around) (?P<place>.+?))? between(?: and)?",
        "what changed in Pokrovsk between 29 October and 7 November",
        dated=True,
    ),
    Pattern(
        Asks.CLAIMS,
        rf"{_SHOW}(?:the |all |any |latest |last )*(?:claims?|statements?)"
        r" (?:by|of|from) (?P<by>.+?) (?:about|on|regarding) (?P<place>.+)",
        "claims by Putin about Pokrovsk",
        needs=("claim", "statement"),
    ),
    Pattern(
        Asks.CLAIMS,
        rf"{_SHOW}(?:the |all |any |latest |last )*(?:claims?|statements?)"
        r" (?:by|of|from) (?P<by>.+)",
        "claims by Putin",
        needs=("claim", "statement"),
    ),
    Pattern(
        Asks.CLAIMS,
        rf"{_SHOW}(?:the |all |any |latest |last )*(?:claims?|statements?)"
        r" (?:about|on|regarding|around|near) (?P<place>.+)",
        "claims about Pokrovsk",
        needs=("claim", "statement"),
    ),
    Pattern(
        Asks.DISPUTES,
        r"(?:the |all |any |open |are there |which )*"
        r"(?:disputes?|disagreements?|contradictions?|discrepanc(?:y|ies)"
        r"|(?:disputed|conflicting|contradictory) (?:claims|reports|accounts|statements))"
        rf"(?: (?:are|is)(?: there)?)?(?: (?:open|unresolved))?{OVER}",
        "disputes about Pokrovsk",
        needs=("disp", "disagree", "contradict", "discrep", "conflict"),
    ),
    Pattern(
        Asks.DISPUTES,
        r"(?:where|on what|about what|what|how|who|do|does)"
        rf"(?: (?:do|does))?(?: (?:the|your|all|any|other))*(?: {_SIDES})?"
        r"(?: (?:still|not|now))*"
        r" (?:(?:dis)?agrees?|differs?|contradicts?(?: (?:each other|one another|whom|who))?"
        rf"|conflicts?)(?: (?:on|about) what)?{OVER}",
        "where do sources disagree about Pokrovsk",
        needs=("agree", "differ", "contradict", "conflict"),
    ),
    Pattern(
        Asks.DISPUTES,
        r"(?P<place>.+?)[ ,:–—-]+(?:open )?(?:disputes|disagreements|contradictions)",
        "Pokrovsk disputes",
        needs=("disp", "disagree", "contradict"),
    ),
    Pattern(
        Asks.DISPUTES,
        rf"what(?:'s| is| are)(?: still| currently| now)* (?:disputed|in dispute){OVER}",
        "what is disputed in Pokrovsk",
        needs=("disp",),
    ),
    Pattern(
        Asks.EVENTS,
        r"(?:the |all |any |latest |last )*events (?:in|at|near|around|about) (?P<place>.+)",
        "events in Pokrovsk",
    ),
    Pattern(Asks.EVENTS, r"(?:the |all )?events", "events on 31 October", dated=True),
    Pattern(
        Asks.STATUS,
        r"(?:is there |do you have |got )?(?:anything|something)"
        r" (?:on|about|from|in) (?P<place>.+)",
        "anything on Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        r"(?:(?:are|is) (?:there )?(?:any )?|any |how many )(?:the )?(?:russian|ukrainian)s?"
        r"(?: (?:army|forces|troops|soldiers))?(?: still| already| now)*"
        r"(?: (?:are|is)(?: there)?(?: still| left| now)*)?"
        r" (?:in|inside|at|near|around) (?P<place>.+)",
        "are there Russians in Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        r"(?:who|which side) (?:held|controlled|had|ran|occupied) (?P<place>.+)",
        "who held Pokrovsk on 24 October",
        dated=True,
    ),
    Pattern(
        Asks.STATUS,
        r"(?:is it true (?:that )?)?(?:the )?(?:russia|russians?|ukraine|ukrainians?|enemy)"
        r"(?: (?:army|forces|troops))?(?: have| has)?(?: already| now)*"
        r" (?:took|taken|captured|occupied|liberated|retook|retaken|encircled|surrounded|lost"
        r"|seized|holds?|controls?) (?P<place>.+)",
        "Russians took Pokrovsk",
    ),
    Pattern(
        Asks.CLAIMS,
        rf"is it true (?:that )?(?P<by>.+?) {SAY} (?:that )?(?P<place>.+?) (?:is|was|has)"
        rf"(?: not| still| already| now| been)* {STATE}",
        "is it true that Putin said that Pokrovsk is encircled",
        needs=("true",),
    ),
    Pattern(
        Asks.STATUS,
        rf"(?:is it true (?:that )?|if |whether )(?P<place>.+?) (?:(?:is|has|was)"
        rf" (?:still |already |now |been )*{STATE}|fell)",
        "is it true that Pokrovsk is encircled",
    ),
    Pattern(
        Asks.STATUS,
        rf"(?:did|have|has) {_WHOM}(?: (?:army|forces|troops))?"
        r" (?:already |really |just )*(?:tak(?:e|en)|captured?|occup(?:y|ied)|liberated?"
        r"|retak(?:e|en)|encircled?|surround(?:ed)?|lose|lost|h[eo]ld) (?P<place>.+?)"
        r"(?: yet| already| now)*",
        "did Russia take Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        rf"(?:are|is|were) (?:the )?(?:(?:russian|ukrainian)s?|afu|army|defenders)"
        rf"(?: (?:army|forces|troops|units|soldiers))?"
        rf" (?:still |already |now |being )*{STATE} (?:in|at|near|around) (?P<place>.+)",
        "are Ukrainian troops encircled in Pokrovsk",
    ),
    Pattern(
        Asks.CLAIMS,
        rf"who (?:says?|said|claim(?:s|ed)?|den(?:y|ies|ied)|disputes?|disputed|doubts?)"
        rf" (?:that )?(?P<place>.+?) (?:is|has|was)(?:n't|nt)?(?: not| still| already| now| been)*"
        rf" {STATE}",
        "who denies that Pokrovsk is encircled",
    ),
    Pattern(
        Asks.CLAIMS,
        r"who (?:den(?:y|ies|ied)|disputes?|disputed|doubts?|confirms?|confirmed"
        r"|claims?|claimed|reports?|reported|announced) (?P<place>.+)",
        "who denies the encirclement of Pokrovsk",
    ),
    Pattern(
        Asks.CLAIMS,
        r"how many (?:claims|reports|statements|entries)(?: are there)? (?:about|on|of|for) "
        r"(?P<place>.+)",
        "how many claims about Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        rf"when (?:did|was|were|will) (?P<place>.+?) (?:be |fall|{STATE})(?: to .+)?",
        "when did Pokrovsk fall",
    ),
    Pattern(
        Asks.STATUS,
        r"(?:who|which side)(?:'s| is)? (?:currently |now |really )?"
        r"(?:hold(?:s|ing)?|control(?:s|ling)?|has|in control of|in charge of) (?P<place>.+)",
        "who holds Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        r"who(?:'s| is) (?:winning|losing|ahead|advancing)(?: now)? (?:in|at|near|around|the battle"
        r" (?:of|for)) (?P<place>.+)",
        "who is winning in Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        r"(?:under|in) whose (?:control|hands) is (?P<place>.+)",
        "under whose control is Pokrovsk",
    ),
    Pattern(
        Asks.CHECK,
        r"is it true (?:that )?(?P<text>.+ .+)",
        "is it true that 5000 soldiers are surrounded",
        needs=("true",),
    ),
    Pattern(
        Asks.STATUS,
        rf"(?:is|has|was|are) (?P<place>.+?) (?:still |already |now |really |been "
        rf"|completely |fully )*"
        rf"{STATE}(?: (?:yet|now|already|or not|by .+))?",
        "is Pokrovsk encircled",
    ),
    Pattern(Asks.STATUS, r"did (?P<place>.+?) fall(?: yet| already)?", "did Pokrovsk fall"),
    Pattern(
        Asks.CHANGES,
        r"what(?:'s| is| has|) (?:changed|new|different)"
        r"(?: (?:in|at|near|around|about) (?P<place>.+?))?(?: since(?: then)?)?",
        "what changed since 29 October",
    ),
    Pattern(
        Asks.CHANGES,
        r"(?:is there |has )?anything (?:new|changed|happene?d|happening)"
        r"(?: (?:in|at|near|around|about|from|on|with) (?P<place>.+?))?(?: since(?: then)?)?",
        "anything new about Pokrovsk since 3 November",
    ),
    Pattern(
        Asks.CHANGES,
        r"(?:is there |are there |(?:give|send|show)(?: me| us)? )?(?:any )?(?:news|updates?)"
        r"(?: (?:from|on|in|about|for) (?P<place>.+?))?(?: since(?: then)?)?",
        "any news from Pokrovsk since 3 November",
        dated=True,
    ),
    Pattern(
        Asks.CHANGES,
        r"(?:is there |are there )?(?:any |the |latest )*(?:news|updates?)",
        "any news",
    ),
    Pattern(
        Asks.DIGEST,
        r"(?:(?:give|send|show)(?: me| us)? )?"
        r"(?:a |the |daily )*(?:digest|summary|sitrep)(?: of| for)?",
        "summary of today",
        dated=True,
    ),
    Pattern(
        Asks.STATUS,
        r"how(?:'s| is| are| does| bad is| hot is) (?:it|things|the situation)"
        r"(?: going| looking| look| now)*"
        r" (?:in|at|near|around|for) (?P<place>.+)",
        "how is it going in Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        r"what(?:'s| is) (?:up|happening|going on|the (?:situation|status|latest|news|state))"
        r"(?: now| right now)? (?:in|at|near|around|with|on|from|for|of) (?P<place>.+)",
        "what is happening in Pokrovsk",
    ),
    Pattern(
        Asks.CHANGES,
        r"(?P<place>.+?)[ ,:–—-]+(?:latest )?(?:news|updates?)",
        "Pokrovsk news of last week",
        dated=True,
    ),
    Pattern(
        Asks.STATUS,
        r"(?:(?:give|send|show)(?: me| us)? )?"
        r"(?:(?:any |the |latest )*(?:news|updates?|situation|status)|(?:the )?latest)"
        r" (?:from|on|in|about|of|for|near|around) (?P<place>.+)",
        "any news from Pokrovsk",
    ),
    Pattern(
        Asks.STATUS,
        r"(?P<place>.+?)[ ,:–—-]+(?:latest )?(?:news|updates?|situation|status)",
        "Pokrovsk news",
    ),
    Pattern(Asks.STATUS, r"how(?:'s| is) (?P<place>.+?)(?: doing)?", "how is Pokrovsk"),
    Pattern(Asks.STATUS, r"where(?:'s| is| lies) (?P<place>.+)", "where is Pokrovsk"),
    Pattern(
        Asks.STATUS, r"(?:tell|show) (?:me|us) (?:about )?(?P<place>.+)", "tell me about Pokrovsk"
    ),
    Pattern(
        Asks.CLAIMS,
        r"who(?:'s| is) (?P<by>.+?) and what (?:do(?:es)?|did|has) (?:he|she|they|it)"
        rf" {SAY}{ABOUT}",
        "who is Deineha and what does he say",
    ),
    Pattern(
        Asks.CLAIMS,
        rf"what (?:did|does|has|have) (?P<by>.+?) {SAY}{ABOUT}",
        "what did Putin say on 29 October",
    ),
    Pattern(
        Asks.CLAIMS,
        rf"what(?:'s| is| was| has) (?P<by>.+?)(?: been)? (?:saying|claiming|reporting){ABOUT}",
        "what is Putin saying about Pokrovsk",
    ),
    Pattern(
        Asks.CLAIMS,
        rf"(?:did|does|has) (?P<by>.+?) {SAY} (?:that )?(?P<place>.+?) (?:is|was|has)"
        rf"(?:n't)?(?: not| still| already| now| been)* {STATE}",
        "did Deineha say that Pokrovsk is lost",
    ),
    Pattern(
        Asks.CLAIMS,
        rf"(?:did|does|has) (?P<by>.+?) {SAY}(?: (?:anything|something))?{ABOUT}",
        "did Putin say anything about Pokrovsk",
    ),
    Pattern(
        Asks.STATUS, r"who(?:'s| is) (?:in|inside|at|near) (?P<place>.+)", "who is in Pokrovsk"
    ),
    Pattern(Asks.CLAIMS, r"who(?:'s| is| are) (?P<by>.+)", "who is Deineha"),
    Pattern(
        Asks.CLAIMS,
        r"(?:who|what do people) (?:say|says|said|claims?|claimed)(?: what| anything)?"
        r" (?:about|on|of) (?P<place>.+)",
        "who says what about Pokrovsk",
    ),
    Pattern(
        Asks.EVENTS,
        r"what (?:has )?happene?d (?:in|at|near|around|to) (?P<place>.+)",
        "what happened in Pokrovsk",
    ),
    Pattern(
        Asks.EVENTS,
        r"what(?:'s)? (?:was |got |been |has been )?"
        r"(?:hit|struck|attacked|bombed|shelled|destroyed)"
        r"(?: (?:in|at|near|around) (?P<place>.+))?",
        "what was hit last night",
        needs=("what",),
        dated=True,
    ),
    Pattern(
        Asks.EVENTS,
        r"what (?:has |have |)happene?d(?: there)?",
        "what happened on 31 October",
        dated=True,
    ),
    Pattern(
        Asks.EVENTS,
        r"what (?:has |have |)happene?d (?P<place>(?!then|next|when|after)\w.+)",
        "what happened Pokrovsk 31 October",
        needs=("what",),
        dated=True,
    ),
    Pattern(
        Asks.CHECK,
        r"(?:is|was) (?:this|that|it)(?: really| actually)? (?:true|real|fake|correct"
        r"|confirmed|legit)"
        r"|true|fake|real|true or (?:false|not|fake)|(?:can|could) (?:you|someone"
        r"|anyone) (?:check|verify|confirm) (?:this|that|it)",
        "is this true",
    ),
)
