"""Who holds something, what happens, what is not so: in English; all examples are made up."""

from commands.shared.extraction.wording.rule_table import Rule, Topic

STATES = (
    Rule(
        Topic.SIDE,
        "russian",
        r"russia(?:n|ns|’s|'s)?|rgf|afrf|moscow(?:’s|'s)?|kremlin|enemy|occupiers?|invaders?|invading",
        "Russian troops",
        "Whose troops they are is said by this word alone.",
    ),
    Rule(
        Topic.SIDE,
        "ukrainian",
        r"ukrain(?:e|ian|ians|e’s|e's)|kyiv(?:’s|'s)?|defenders?|defen[cs]e forces|afu",
        "Ukrainian marines",
        "Whose troops they are is said by this word alone.",
    ),
    Rule(
        Topic.OWN,
        "own",
        r"our|we",
        "our troops",
        "A speaker's own side, where the speaker has one.",
    ),
    Rule(
        Topic.OWN,
        "their",
        r"its|their|his",
        "its troops",
        "The side of the speaker, or of who was named before.",
    ),
    Rule(
        Topic.CONTROL,
        "held",
        r"(?:still |fully |firmly |now |continue to |continues to )*(?:holds?|held"
        r"|(?<!lost )(?<!losing )(?<!lose )(?<!fire )(?<!fire-)(?<!for )controls?|controlled"
        r"|captured|captures|seiz(?:ed|es)|liberat(?:ed|es)|occup(?:ied|ies)(?! positions)"
        r"|conquered|overran"
        r"|(?:took|takes|taken|have taken|(?:re)?establish(?:ed|es)"
        r"|(?:re)?gain(?:ed|s)|hold|ha(?:ve|s)"
        r"|retain(?:s|ed)?|maintain(?:s|ed)?|ke(?:pt|eps?)|consolidat(?:ed|es)|assum(?:ed|es)"
        r"|seized|secured|wrested|(?:is|are|was|were|remains?|remained) in) (?:(?:full|complete"
        r"|firm|total) )?control (?:of|over)|(?:is|are|was|were) (?:still )?(?:holding|controlling"
        r"|occupying)|cling to)",
        "Russian forces captured the village of Vilne.",
        "To hold, or to have taken, is a status; to enter or to advance is none.",
    ),
    Rule(
        Topic.CONTROL,
        "held",
        r"(?:(?:have|has|had) (?:re)?taken|re(?:captur(?:ed|es)|took|claim(?:ed|s))|secured"
        r"|retain(?:s|ed)?|ke(?:pt|eps?))"
        r"(?= (?:(?:the )?(?:villages?|towns?|settlements?|city|cities|(?:entire|whole|rest)"
        r"|(?:(?:north|south)-?)?(?:north|south|east|west)(?:ern)?|central|cent(?:re|er))\b"
        r"|(?:most|all|half|part|much) of\b|(?-i:[A-Z])))"
        r"|took(?= (?:the (?:villages?|towns?|settlements?|city|cities)\b|(?-i:[A-Z][a-z]+)))"
        r"(?! [A-Z][a-z]+day)",
        "Their forces had taken Vilne.",
        "Who has taken a place holds it; what is taken must be named right behind.",
    ),
    Rule(
        Topic.CONTROL,
        "held by",
        r"under (?:the )?(?:(?:full|complete|firm|total) )?control of|in(?:to)? the hands of"
        r"|(?:fell|fallen|passed) to|(?:re)?taken by"
        r"|under (?:(?:full|complete|firm) )?(?:russian|ukrainian) control"
        r"|(?:(?:pass|return|mov|chang|turn|switch|shift)ed|went|came) (?:[\w’'-]+ ){0,4}?"
        r"(?:in)?to (?:russian|ukrainian) control(?! (?:of|over)\b)"
        r"|in (?:russian|ukrainian) hands"
        r"|(?:is|are|remains?|stays?)(?: still)? (?:russian|ukrainian)(?=[.,;!]|$)",
        "Vilne is in the hands of Russian forces.",
        "Who holds it is named behind these words, or in them.",
    ),
    Rule(
        Topic.CONTROL,
        "taken",
        r"(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bits )(?<!\bhis )(?<!\btheir )(?<![’']s )"
        r"(?:claim(?:ed|s)|announc(?:ed|es)|report(?:ed|s)|declar(?:ed|es)|confirm(?:ed|s)"
        r"|alleg(?:ed|es)|boast(?:ed|s)(?: of)?|hail(?:ed|s)|complet(?:ed|es)) (?:the )?"
        r"(?:complete |full )?(?:capture|seizure|liberation) of"
        r"|the (?:capture|seizure|liberation) of(?=[^.!?;]{2,60} (?:was|has been|is) complete)",
        "Russian forces completed the capture of Vilne.",
        "What is said to have been done; a plan for it, or a battle, is none.",
    ),
    Rule(
        Topic.CONTROL,
        "taken",
        r"(?:has |have |had )?f(?:ell|allen) to|under (?:the )?(?:full |complete |firm )?control of"
        r"|in (?:russian|ukrainian|enemy|our|their) hands",
        "Vilne fell to Russian troops.",
        "Who holds it stands behind.",
    ),
    Rule(
        Topic.CONTROL,
        "ours",
        r"(?:is|are|remains?)(?: still)? ours",
        "“The centre of Vilne is ours.”",
        "Whose side the speaker is on says who holds it.",
    ),
    Rule(
        Topic.CONTROL,
        "lost",
        r"(?:has |have |had )?lost (?:full |complete )?control (?:of|over)"
        r"|(?:has |have |had )?(?:lost|surrendered|ceded)"
        r"(?= (?:(?:the )?(?:villages?|towns?|settlements?|city|cities)\b|(?-i:[A-Z])))"
        r"|(?:acknowledg|admitt|confirm|conced)(?:ed|es|s) (?:(?:the )?loss of|losing)",
        "Ukrainian forces lost control of Vilne.",
        "What one side has lost, the other holds.",
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
        r"|corridor|industrial (?:zone|area)|treeline|forest|bridgehead|checkpoint|airfield",
        "seized a strongpoint in Vilne",
        "Who holds a house holds no town.",
    ),
    Rule(
        Topic.WEAK_OBJECT,
        "thing",
        r"houses?|homes?|apartments?|flats?|exercises?|drills?|rall(?:y|ies)|vote|referendum|tanks?"
        r"|vehicles?|weapons?|depots?|warehouses?|bunkers?|dugouts?|outposts?|tunnels?|quarry"
        r"|farms?|church|elevator|slag heap|garages?|fighters?|servicem[ae]n|crew|bodies",
        "captured a house in Vilne",
        "Neither does who holds what is smaller, or an event.",
    ),
    Rule(
        Topic.WEAK_OBJECT,
        "under fire",
        r"under (?:fire|attack|siege|pressure|shelling|bombardment|threat|surveillance)"
        r"|as a (?:base|target|bargaining)|hostages?|in (?:a )?(?:pincers?|range)|at bay",
        "kept Vilne under fire",
        "Who keeps a town under fire does not hold it.",
    ),
    Rule(
        Topic.SHARE,
        "most",
        r"most of|(?:more than|(?:well )?over) half of|all but (?:[\w’'-]+ ){1,4}of|the bulk of"
        r"|(?:the )?majority of|much of|(?:nearly|almost) (?:all|the whole) of"
        r"|(?:5[1-9]|[6-9]\d)(?:[.,]\d+)? ?(?:per ?cent|%) of|(?:two.third|three.quarter)s of",
        "most of Vilne",
        "More than half, not all.",
    ),
    Rule(
        Topic.SHARE,
        "part",
        r"(?:[1-4]?\d|50)(?:[.,]\d+)? ?(?:percent|per cent|%) of|half of"
        r"|a (?:third|quarter) of|part(?:ial)?ly(?! (?:encirc|surround|cut off))",
        "some 20 percent of Vilne",
        "Half or less is a part.",
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
        r"(?:(?:semi|half)-|partial(?:ly)? )?encircl\w+|surround(?:s|ed)?"
        r"|surrounding(?! (?:areas?|\w*lands?|villages?|towns?|settlements?|countryside|fields?"
        r"|forests?|hills?|heights?|terrain|districts?|regions?|roads?))|cut off(?! from)|cauldron"
        r"|pocket(?! of)|clos(?:ed|es) the (?:ring|pocket|encirclement)",
        "The garrison is surrounded.",
        "Encirclement is a field of its own.",
    ),
    Rule(
        Topic.THREAT,
        "might",
        r"threat\w*|risk\w*|(?-i:may)|might|could|would|try(?:ing)?|tried|attempt\w*|aim\w*|plans?"
        r"|planned|(?<!as )(?<!than )expect\w*|seek\w*|fears?|in order|likely to|premature|hopes?"
        r"|(?<!continue )(?<!continues )(?<!continued )(?<!according )to(?! have\b| (?-i:[A-Z]))"
        r"|wants?"
        r"|intend\w*|fail(?:ed|s)?|unable|prepar\w+",
        "They may encircle the town.",
        "What might come is not so yet.",
    ),
    Rule(
        Topic.THREAT,
        "might",
        r"almost|nearly|close to being|on the (?:verge|brink) of|virtually|practically",
        "The town is almost encircled.",
        "What is almost so is not so.",
    ),
    Rule(
        Topic.THREAT,
        "planned",
        r"will",
        "A bus will leave Vilne at ten.",
        "What is only planned has not happened.",
    ),
    Rule(
        Topic.THREAT,
        "if",
        r"if|unless|whether|had(?= (?:the|russian|ukrainian|they|their)\b)",
        "If they come, the town falls.",
        "What hangs on something is not so yet.",
    ),
    Rule(
        Topic.GUESS,
        "guess",
        r"likely(?! to\b)|probably|apparently|presumably|possibly|perhaps|seem(?:s|ed|ingly)?"
        r"|appear(?:s|ed)? to have|(?:is|are) (?:believed|thought) to have",
        "Russian forces likely seized Vilne.",
        "Whose trade it is may judge so; of anybody else it is a guess, and no status.",
    ),
    Rule(
        Topic.PAST,
        "past",
        r"once|briefly|formerly|for a time|until|before the (?:war|invasion|full-scale)|who had",
        "They held Vilne until May.",
        "What was so only once gives no status.",
    ),
    Rule(
        Topic.PAST,
        "until",
        r"before (?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september"
        r"|october|november|december)"
        r"|before (?:the )?(?:spring|summer|autumn|fall|winter|(?:19|20)\d\d)",
        "They held Vilne before May.",
        "What was held before a day was not held later; what was taken before it was taken.",
    ),
    Rule(
        Topic.PAST,
        "then",
        r"(?:back )?in (?:early |late |mid-)?(?:january|february|march|april|june|july|august"
        r"|september|october|november|december|(?-i:May)|(?:the )?(?:spring|summer|autumn|winter))",
        "In September they held Vilne.",
        "Who held it in a month, in the past tense, may hold it no more.",
    ),
    Rule(
        Topic.NEGATION,
        "not",
        r"not|no|nobody|never|neither|none|without|isn[’']t|aren[’']t|wasn[’']t|weren[’']t|don[’']t"
        r"|doesn[’']t|didn[’']t|has ?n[’']t|have ?n[’']t|cannot|can[’']t|no longer|nothing|no one"
        r"|nowhere|ha(?:s|ve|d) yet to",
        "They do not hold Vilne.",
        "What is not so gives no status.",
    ),
    Rule(
        Topic.DEBUNKING,
        "false",
        r"(?:is|was|were|are|as) (?:(?:russian|ukrainian|enemy|pure|just|another) )?"
        r"(?:from last year|old|older|fake|false|untrue|staged|doctored"
        r"|not true|baseless|unfounded|a lie|lies|fiction|propaganda|misleading)"
        r"|from last year|shown to be older|has since been (?:shown|withdrawn|corrected)"
        r"|(?:is|was) filmed elsewhere|is (?:disinformation|a hoax|a lie|bogus)"
        r"|(?:is|are) lying|lied|lies?(?= that\b)|falsely (?:claim|stat|said|say|report|assert)\w*"
        r"|called (?:it|this|that|the (?:claims?|reports?)) (?:a lie|lies|fake|false|untrue)"
        r"|no truth (?:in|to)|(?:turned out|proved|proven) (?:to be )?(?:false|untrue|wrong|fake)",
        "The clip is from last year.",
        "What was thought to be shown is taken back.",
    ),
    Rule(
        Topic.HAPPENING,
        "casualties",
        r"kill(?:ed|s|ing)|neutrali[sz]ed|eliminated|wound(?:ed|s)|injur(?:ed|ies)|dead|deaths?"
        r"|casualt\w+|died|losses",
        "Three people were killed.",
        "Something that happened to people.",
    ),
    Rule(
        Topic.HAPPENING,
        "strike",
        r"strikes?|struck|shell(?:s|ed|ing)|bomb(?:s|ed|ing)|missiles?"
        r"|drones? (?:hit|attack\w*|fire|struck)|air ?strikes?|hit|shot (?:down|at)|downed"
        r"|intercept\w+"
        r"|pound(?:ed|s|ing)|bombard\w*|mortared|target(?:ed|s)|fired (?:on|at)|launched|dropped"
        r"|bl(?:ew|own|ows) up|explosions?|blasts?|rockets?|artillery|mortars?",
        "A missile struck the depot.",
        "Something that came from afar.",
    ),
    Rule(
        Topic.HAPPENING,
        "fighting",
        r"attack(?:s|ed|ing)?|assault(?:s|ed)?|fight(?:s|ing)?|fought|clash(?:es|ed)?|battles?"
        r"|repell?(?:ed|ing)|engagements?|ambush\w*|destroy(?:ed|s)"
        r"|dug in|footholds?|clear(?:ed|ing)|storm(?:ed|ing)|raid(?:s|ed|ing)?|counter-?attack\w*"
        r"|skirmish\w*|beat(?:en)? (?:off|back)|fended off|repuls(?:ed|es|ing)|held back"
        r"|rebuff(?:ed|s)|operat(?:e|es|ed|ing) in",
        "Troops attacked twice.",
        "Fighting, with no word of its outcome.",
    ),
    Rule(
        Topic.HAPPENING,
        "advance",
        r"advanc(?:ed|es|ing)|push(?:ed|es|ing)? (?:deeper|forward|into)|enter(?:ed|s|ing)|broke"
        r" (?:into|through)|withdr[ae]w\w*|retreat(?:ed|s|ing)?"
        r"|pull(?:ed|s|ing) (?:back|out)|(?:made|making) (?:\w+ )?gains|gain(?:ed|ing) ground"
        r"|cross(?:ed|es|ing) the|moved (?:into|forward|deeper)|went into|regroup(?:ed|ing)"
        r"|consolidat(?:ed|ing)|(?:rais|plant|hoist)(?:ed|ing) (?:a|the|their|its) (?:\w+ )?flag"
        r"|dr(?:ove|iven)(?: [\w’'-]+){1,3} (?:out|back)|expelled|oust(?:ed|ing)|pushed back"
        r"|bypass\w*|regained|retook",
        "Troops entered the suburb.",
        "A movement of the front; it gives no status.",
    ),
    Rule(
        Topic.HAPPENING,
        "movement",
        r"amass\w*|infiltrat\w+|evacuat\w+|arriv(?:ed|es|ing|als)|displaced|fled|flee(?:ing)?|moved|mov(?:es|ing)"
        r"|took|taken|deploy\w*|transfer\w*|return(?:ed|ees)|remain(?:ed|s)?",
        "Ten families arrived.",
        "People or troops that go or stay somewhere.",
    ),
    Rule(
        Topic.HAPPENING,
        "visit",
        r"visit(?:ed|s|ing)?",
        "The governor visited Vilne.",
        "Somebody came and left.",
    ),
    Rule(
        Topic.HAPPENING,
        "logistics",
        r"suppl(?:y|ies)|roads?|electricity|water|power|convoys?|aid|food|without heating|outages?"
        r"|rotations?|trucks?|telephone|networks?|hospitals?|clinics?|schools?|damaged|closed"
        r"|heating|gas|bridges?|railway|trains?|blackouts?|shops?|fuel|internet|substations?",
        "The town is without water.",
        "What people live on.",
    ),
)
