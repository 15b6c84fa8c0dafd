"""How statements are worded in English. All examples are made up."""

from commands.shared.extraction.rules import Rule, Rules, Topic

_SPEAKERS = (
    Rule(
        Topic.SAYING,
        "said",
        r"sa(?:id|ys|y|ying)|told|tells|report(?:ed|s|ing)|claim(?:ed|s|ing)|stat(?:ed|es|ing)"
        r"|announc(?:ed|es|ing)|add(?:ed|s)|writes?|wrote|warn(?:ed|s)|argu(?:ed|es)|not(?:ed|es)"
        r"|explain(?:ed|s)|confirm(?:ed|s)|recall(?:ed|s)|describ(?:ed|es)|insist(?:ed|s)"
        r"|acknowledg(?:ed|es)|admitt(?:ed|s)|alleg(?:ed|es)|maintains"
        r"|(?:report|claim|warn|believe|note|add|estimate)(?= that\b)",
        "The mayor said that the bridge was closed.",
        "A verb of speech has a speaker; none of them tells whether it is so.",
    ),
    Rule(
        Topic.SAYING,
        "denied",
        r"den(?:ied|ies|ying)|reject(?:ed|s|ing)|refut(?:ed|es)|dismiss(?:ed|es)|disput(?:ed|es)",
        "The brigade denied that it had left.",
        "What is denied is not stated: no status and no encirclement rests on it.",
    ),
    Rule(
        Topic.SAYING,
        "judged",
        r"assess(?:ed|es)|estimat(?:ed|es)|judg(?:ed|es)|(?:still )?marks|classif(?:ied|ies)"
        r"|found|conclud(?:ed|es)|observed|shows it as",
        "The project estimates that a third of the town is lost.",
        "A judgement is somebody's; of one who judges it is an assessment.",
    ),
    Rule(
        Topic.SAYING,
        "joked",
        r"jok(?:ed|es)|sigh(?:ed|s)|quipp?(?:ed|s)|laugh(?:ed|s)|grinn(?:ed|s)|shrugg(?:ed|s)|mused",
        "“War is paperwork,” a clerk quipped.",
        "A quip states nothing that could be checked.",
    ),
    Rule(
        Topic.SOURCE,
        "by",
        r"according to|in the words of",
        "According to the district head, two roads are open.",
        "Here the speaker follows.",
    ),
    Rule(
        Topic.SOURCE,
        "same",
        r"according to (?:him|her|them)|in (?:his|her|their) words",
        "according to him, it burned",
        "The speaker is the one of the sentence before.",
    ),
    Rule(
        Topic.PERSON,
        "anonymous",
        r"(?:a|an|one|another|two|three|four|several)\s+(?:[\w’'-]+\s+){0,3}?(?:officers?|soldiers?"
        r"|milbloggers?|bloggers?|residents?|officials?|sergeants?|medics?|commanders?|sources?"
        r"|spokes(?:person|man|woman)|diplomats?|volunteers?|operators?|servicem[ae]n|fighters?"
        r"|farmers?|teachers?|drivers?|m[ae]n|wom[ae]n|nurses?|doctors?|witness(?:es)?|workers?)"
        r"|(?:commander|spokesperson|operator|officer) of an?",
        "A local farmer said that the mill burned.",
        "A person by a common noun is somebody without a name.",
    ),
    Rule(
        Topic.CROWD,
        "group",
        r"residents|locals|villagers|witnesses|critics|analysts|aid agencies|aid workers|observers"
        r"|milbloggers|officials|soldiers|sources|families|survivors|evacuees|volunteers",
        "Villagers say that the well is dry.",
        "Several people without a name and without a number.",
    ),
    Rule(
        Topic.BODY,
        "body",
        r"general staff|ministry|office|institute|committee|brigade|regiment|command|battalion"
        r"|administration|government|army|forces|police|agency|service|council|monitor|mission"
        r"|department|division|corps|coordination|network|authorities|foundation|centre|center|union|observatory|cluster",
        "the regional police",
        "An office is a speaker by its own name, though no person is named.",
    ),
    Rule(
        Topic.JUDGE,
        "judge",
        r"institute|assessment|open-source|osint|map(?:s|ping)?(?: project)?|geolocat\w+|monitor\w*"
        r"|tracker|conflict mapping|analysts?",
        "an open-source project",
        "Who follows the war from outside judges; a party to it claims.",
    ),
    Rule(
        Topic.ORIGIN,
        "anonymous",
        r"(?:on|under) (?:the )?condition of anonymity|asking not to be named|anonymous(?:ly)?"
        r"|asked not to be (?:named|identified)|declined to (?:be named|give (?:his|her|their) name)"
        r"|not authori[sz]ed to speak",
        "an officer said on condition of anonymity",
        "Who does not want to be named is anonymous, whatever is known of him.",
    ),
    Rule(
        Topic.ORIGIN,
        "hearsay",
        r"reportedly|allegedly|rumou?rs?|unconfirmed|could not (?:be )?(?:independently )?(?:confirm"
        r"|verif)\w*|nobody could confirm|hearing that|told (?:me|him|her|them|us) (?:that )?the\b"
        r"|it is said|word has it",
        "Units are reportedly moving north.",
        "What nobody answers for, or has from a third person, is hearsay.",
    ),
    Rule(
        Topic.ORIGIN,
        "footage",
        r"(?:geolocated |drone |video )?footage|videos?|satellite images?|satellite imagery|photos?"
        r"|photographs?|clip",
        "Geolocated footage shows a burnt tank.",
        "Pictures show something; when they were taken is another matter.",
    ),
    Rule(
        Topic.CUT,
        "cut",
        r"who|which|that|operating|reached|speaking|contacted|based|close to|in a|in an|by phone"
        r"|where|whose|while|with|after|before",
        "a resident reached by phone",
        "Behind this the name is told more about, not told on.",
    ),
    Rule(
        Topic.PRONOUN,
        "same",
        r"he|she|they",
        "he added",
        "A pronoun stands for the speaker of the sentence before.",
    ),
)
_PLACES = (
    Rule(
        Topic.ROLE,
        "near",
        r"near|around|outside|close to|not far from|in the (?:vicinity|area|areas) of|on the"
        r" approaches to|(?:up to )?[\d.,]+ ?(?:km|kilomet(?:er|re)s|miles?) (?:from|of)"
        r"|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of|between"
        r"|on the outskirts near|beyond|by",
        "shells fell near",
        "Near a place is not in it.",
    ),
    Rule(
        Topic.ROLE,
        "toward",
        r"towards?|in the direction of|from the direction of|from the side of|heading for"
        r"|on the road to|en route to",
        "columns moved toward",
        "On the way to a place is not in it.",
    ),
    Rule(
        Topic.ROLE,
        "from",
        r"from|out of|left|fled|leaving|away from",
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
        r"(?:the )?(?:(?:north|south|east|west)\w* |central |outer )?(?:outskirts?|districts?|suburbs?"
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
        r"direction|axis|sector of the front|front",
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
_STATES = (
    Rule(
        Topic.SIDE,
        "russian",
        r"russia(?:n|ns|’s|'s)?|moscow(?:’s|'s)?|kremlin|enemy|occupiers?|invaders?|invading",
        "Russian troops",
        "Whose troops they are is said by this word alone.",
    ),
    Rule(
        Topic.SIDE,
        "ukrainian",
        r"ukrain(?:e|ian|ians|e’s|e's)|kyiv(?:’s|'s)?|defenders?",
        "Ukrainian marines",
        "Whose troops they are is said by this word alone.",
    ),
    Rule(
        Topic.OWN,
        "own",
        r"our|we|its|their|his",
        "its troops",
        "A speaker's own side, where the speaker has one.",
    ),
    Rule(
        Topic.CONTROL,
        "held",
        r"(?:still |fully |firmly |now |continue to |continues to )*(?:holds?|held|controls?"
        r"|controlled|captured|captures|seiz(?:ed|es)|liberat(?:ed|es)|occup(?:ied|ies)|overran"
        r"|(?:claimed|announced|reported) the (?:capture|seizure|liberation) of"
        r"|(?:took|takes|taken|have taken|established|gained|hold|have) (?:full |complete )?"
        r"control (?:of|over)|cling to)",
        "Russian forces captured the village of Vilne.",
        "To hold, or to have taken, is a status; to enter or to advance is none.",
    ),
    Rule(
        Topic.CONTROL,
        "contested",
        r"(?:as |is |are |remains? )?(?:contested|(?:a )?(?:chaotic )?gr[ae]y[ -]zone)",
        "Most of Vilne is contested.",
        "The word itself.",
    ),
    Rule(
        Topic.CONTROL,
        "infiltrated",
        r"infiltrated",
        "Russian groups have infiltrated northern Vilne.",
        "The word itself; infiltration holds nothing.",
    ),
    Rule(
        Topic.WEAK_OBJECT,
        "thing",
        r"strong ?points?|stations?|buildings?|heights?|hills?|bridges?|crossroads?|base|factory"
        r"|plant|mine|trench(?:es)?|road|highway|railway|school|hospital|talks|meeting|elections?"
        r"|prisoners?|briefing|market|line|lines|captive|soldiers?|equipment|km|kilomet(?:er|re)s"
        r"|corridor|treeline|forest|bridgehead|checkpoint|airfield",
        "seized a strongpoint in Vilne",
        "Who holds a house holds no town.",
    ),
    Rule(
        Topic.SHARE,
        "most",
        r"most of|the bulk of|(?:the )?majority of|much of|\d\d (?:percent|per cent) of|\d\d% of",
        "most of Vilne",
        "More than half, not all.",
    ),
    Rule(
        Topic.SHARE,
        "all",
        r"all of|the whole of|(?:the )?entire|entirely|fully|completely|full control",
        "the whole of Vilne",
        "Only where it is said so.",
    ),
    Rule(
        Topic.ENCIRCLING,
        "encircled",
        r"encircl\w+|surround(?:ed|ing)|cut off(?! from)|cauldron|pocket",
        "The garrison is surrounded.",
        "Encirclement is a field of its own.",
    ),
    Rule(
        Topic.THREAT,
        "might",
        r"threat\w*|risk\w*|may|might|could|would|will|if|try(?:ing)?|tried|attempt\w*|aim\w*|plans?"
        r"|planned|to|seek\w*|fears?|in order|likely to|premature|unless|hopes?|wants?|intend\w*"
        r"|fail(?:ed|s)?|unable|prepar\w+",
        "They may encircle the town.",
        "What might come is not so yet.",
    ),
    Rule(
        Topic.NEGATION,
        "not",
        r"not|no|nobody|never|neither|none|without|isn[’']t|aren[’']t|wasn[’']t|weren[’']t|don[’']t"
        r"|doesn[’']t|didn[’']t|has ?n[’']t|have ?n[’']t|cannot|can[’']t|no longer",
        "They do not hold Vilne.",
        "What is not so gives no status.",
    ),
    Rule(
        Topic.DEBUNKING,
        "false",
        r"(?:is|was|were|are) (?:from last year|old|older|fake|false|untrue|staged|doctored|not true)"
        r"|from last year|shown to be older|has since been (?:shown|withdrawn|corrected)"
        r"|(?:is|was) filmed elsewhere",
        "The clip is from last year.",
        "What was thought to be shown is taken back.",
    ),
    Rule(
        Topic.HAPPENING,
        "casualties",
        r"kill(?:ed|s|ing)|wound(?:ed|s)|injur(?:ed|ies)|dead|deaths?|casualt\w+|died|losses",
        "Three people were killed.",
        "Something that happened to people.",
    ),
    Rule(
        Topic.HAPPENING,
        "strike",
        r"strikes?|struck|shell(?:ed|ing)|bomb(?:s|ed|ing)|missiles?|drones? (?:hit|attack\w*|fire)"
        r"|airstrikes?|hit|shot down|intercept\w+",
        "A missile struck the depot.",
        "Something that came from afar.",
    ),
    Rule(
        Topic.HAPPENING,
        "fighting",
        r"attack(?:s|ed|ing)?|assault(?:s|ed)?|fight(?:s|ing)?|fought|clash(?:es|ed)?|battles?"
        r"|repell?(?:ed|ing)|engagements?|ambush\w*|destroy(?:ed|s)|clear(?:ed|ing)",
        "Troops attacked twice.",
        "Fighting, with no word of its outcome.",
    ),
    Rule(
        Topic.HAPPENING,
        "advance",
        r"advanc(?:ed|es|ing)|push(?:ed|es|ing)? (?:deeper|forward|into)|enter(?:ed|s|ing)|broke"
        r" (?:into|through)|withdr[ae]w\w*|retreat(?:ed|s|ing)?",
        "Troops entered the suburb.",
        "A movement of the front; it gives no status.",
    ),
    Rule(
        Topic.HAPPENING,
        "movement",
        r"evacuat\w+|arriv(?:ed|es|ing|als)|displaced|fled|flee(?:ing)?|moved|mov(?:es|ing)"
        r"|took|taken|deploy\w*|transfer\w*|return(?:ed|ees)|remain(?:ed|s)?",
        "Ten families arrived.",
        "People or troops that go or stay somewhere.",
    ),
    Rule(
        Topic.HAPPENING,
        "logistics",
        r"suppl(?:y|ies)|roads?|electricity|water|power|convoys?|aid|food|without heating|outages?"
        r"|rotations?|trucks?|telephone|networks?|hospitals?|clinics?|schools?|damaged|closed",
        "The town is without water.",
        "What people live on.",
    ),
)
_FRAME = (
    Rule(
        Topic.WHEN,
        "weekday",
        r"(?:on )?(?:the (?:morning|evening|night) of )?(?:last )?(?:mon|tues|wednes|thurs|fri|satur"
        r"|sun)day(?: (?:morning|afternoon|evening|night))?",
        "on Tuesday",
        "The last one up to the day of the text.",
    ),
    Rule(
        Topic.WHEN,
        "same day",
        r"(?:on )?the same day|within hours|hours later|later that day|that (?:same )?day",
        "on the same day",
        "The day that was named before.",
    ),
    Rule(
        Topic.WHEN,
        "days earlier",
        r"(?:two|three|four|five|six) days (?:earlier|before)|the day before|a day earlier",
        "Two days earlier, it burned.",
        "Counted from the day that was named before.",
    ),
    Rule(
        Topic.WHEN,
        "today",
        r"today|this (?:morning|afternoon|evening)|tonight",
        "this morning",
        "The day of the text.",
    ),
    Rule(
        Topic.WHEN,
        "last year",
        r"(?:from |of )?last year",
        "It is from last year.",
        "The year before that of the text.",
    ),
    Rule(
        Topic.WHEN,
        "this week",
        r"this week",
        "twice this week",
        "From Monday up to the day of the text.",
    ),
    Rule(
        Topic.WHEN,
        "past week",
        r"(?:in|over|during) the (?:past|last) (?:week|seven days|7 days)",
        "over the past week",
        "The seven days before.",
    ),
    Rule(
        Topic.WHEN,
        "past day",
        r"(?:in|over|during) the (?:past|last) (?:24 hours|day)|overnight|last night",
        "over the past 24 hours",
        "The day before, into the day of the text.",
    ),
    Rule(
        Topic.WHEN,
        "days to",
        r"in the (?:two|three|four|five|six|seven) days to",
        "in the three days to 4 May",
        "So many days, the last of them the one that follows.",
    ),
    Rule(
        Topic.WHEN,
        "since",
        r"since|from",
        "since 4 May",
        "Behind it a day at which something began.",
    ),
    Rule(
        Topic.RELEASE,
        "released",
        r"released|published|posted|uploaded|issued|shared",
        "footage released on 4 May",
        "Pictures come out on another day than they were taken.",
    ),
    Rule(
        Topic.FURNITURE,
        "furniture",
        r"(?:correction|clarification|note|editor[’']s note|photos?|images?|video|pictures?|credit"
        r"|read more|read also|see (?:also|the|our|map|page)|subscribe|follow us|support us|donate"
        r"|advertisement|sponsored|sources?|references?|contact|disclaimer|share this|join our"
        r"|with reporting by|reporting by|editing by|additional reporting|translated by|map:"
        r"|for more|sign up|key takeaways|this (?:report|brief) (?:is|was|covers))",
        "Editing by the desk",
        "Words about the text, not about the world; only where a sentence begins with them.",
    ),
    Rule(
        Topic.HEAD,
        "forwarded",
        r"forwarded from:?",
        "Forwarded from: A Channel",
        "The author of a post that was passed on.",
    ),
    Rule(
        Topic.HEAD,
        "byline",
        r"by",
        "By A. Writer",
        "Who wrote it is nobody who says something in it.",
    ),
    Rule(
        Topic.HEAD,
        "document",
        r"assessment|report|bulletin|update|briefing note|situation report|sitrep|statement"
        r"|summary|flash update|communiqu[ée]",
        "Situation Report No. 4",
        "A text that an office publishes in its own name.",
    ),
)
ENGLISH = Rules("en", (*_SPEAKERS, *_PLACES, *_STATES, *_FRAME))
