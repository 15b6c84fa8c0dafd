"""How places are named, and what of them: in English; all examples are made up."""

from commands.shared.extraction.wording.rule_table import Rule, Topic

PLACES = (
    Rule(
        Topic.ROLE,
        "near",
        r"near|around|outside|(?:close|next|adjacent) to|not far from|in the (?:vicinity|areas?) of"
        r"|on the approaches to|(?:km|kilomet(?:er|re)s?|miles?) (?:from|of)"
        r"|(?:to the )?(?:(?:north|south)(?:-?(?:east|west))?|east|west) of|between"
        r"|on the outskirts near|beyond|by",
        "shells fell near",
        "Near a place is not in it.",
    ),
    Rule(
        Topic.ROLE,
        "toward",
        r"towards?|in the direction of|from the direction of|from the side of|heading for"
        r"|(?:on )?(?:the )?(?:road|highway|route)s? to|en route to",
        "columns moved toward",
        "On the way to a place is not in it.",
    ),
    Rule(
        Topic.ROLE,
        "toward",
        r"(?:turn(?:s|ed|ing)?|way|heading|bound|opens?|threat) (?:to|for)|onto|on to"
        r"|(?:march|advanc|clos)(?:es|ed|ing)? (?:in )?(?:on|to)"
        r"|(?:left|fled|leaving|fleeing)(?: [\w’'-]+){1,3} for",
        "Next they will turn to",
        "What comes next is not there yet.",
    ),
    Rule(
        Topic.ROLE,
        "about",
        r"from|out of|left|fled|leaving|away from|unlike|instead of|rather than|as opposed to",
        "people came from",
        "Whoever comes from a place is not in it.",
    ),
    Rule(
        Topic.ROLE,
        "at",
        r"in|at|into|inside|within|over|on|across|through|of|entered|to|in and around|against",
        "a strike in",
        "In a place.",
    ),
    Rule(
        Topic.KIND_OF_PLACE,
        "place",
        r"(?:the )?(?:villages?|towns?|cit(?:y|ies)|settlements?)(?: of)?|nearby|neighbou?ring|the",
        "the village of",
        "Between a preposition and a name: it says what the name names.",
    ),
    Rule(
        Topic.PART,
        "part",
        r"(?:the )?(?:(?:north|south|east|west)\w* |central |outer )?(?:outskirts?|districts?"
        r"|suburbs?"
        r"|edges?|parts?|quarters?|half|sector|cent(?:re|er)|heart|streets?|rest) of"
        r"|the (?:(?:north|south)-?)?(?:north|south|east|west) of|most of|all of"
        r"|(?:(?:north|south)-?)?(?:north|south|east|west)ern|central|downtown",
        "the eastern districts of",
        "A part of a place is in it, but not the place.",
    ),
    Rule(
        Topic.QUARTER,
        "quarter",
        r"(?:the )?(?:district|neighbou?rhood|microdistrict|quarter)",
        "in the neighbourhood",
        "The name behind it is that of a part of a town.",
    ),
    Rule(
        Topic.ANAPHOR,
        "town",
        r"(?:the|this) (?:town|city|village|settlement)(?:’s|'s)?|there|the two (?:cities|towns)",
        "Fighting goes on in the town.",
        "It stands for the place that was named last.",
    ),
    Rule(
        Topic.DIRECTION,
        "direction",
        r"direction|axis|sector of the front|front|sector|tactical area|operational (?:area|zone)",
        "the Vilne direction",
        "A direction is an area along the front, not the town after which it is called.",
    ),
    Rule(
        Topic.NO_PLACE,
        "not",
        r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
        r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|western|russian?|ukrain\w+|kyiv"
        r"|moscow|kremlin|europe\w*|american?|english|street|avenue|brigade|regiment|army|forces"
        r"|committee|ministry|telegram|facebook|president|general|black|hawk|nato|bradley|abrams"
        r"|leopard|gmt|et|western|christmas|easter|god|donbas|south|north|east|west|aid|the|a|i)",
        "in November",
        "Words with a capital behind a preposition that name no town.",
    ),
)
