"""Who says what, when, and what only frames a text, in English; all examples are made up."""

from commands.shared.extraction.wording.rule_table import Rule, Topic

SPEECH = (
    Rule(
        Topic.SAYING,
        "said",
        r"sa(?:id|ys|y|ying)|told|tells|writes?|wrote|(?:report|claim|stat|announc)ing"
        r"|(?:report|claim|add|warn|explain|confirm|recall|insist|assert|affirm|contend|recount"
        r"|reveal|stress)(?:ed|s)|stresses|point(?:ed|s) out|mentioned|remarked|admit(?:ted|s)"
        r"|(?:stat|announc|argu|not|describ|acknowledg|alleg|declar|reiterat|underlin|underscor"
        r"|emphasi[sz]|disclos|conced)(?:ed|es)|(?:clarif|specif|testif)(?:ied|ies)"
        r"|boast(?:ed|s)(?! an?\b)|maintains"
        r"|inform(?:ed|s)(?= (?:reporters|journalists|the press)\b)"
        r"|called(?= (?:the|it|this|such|reports?|claims?)\b)"
        r"|(?:report|claim|warn|believe|note|add|estimate)(?= that\b)|claim(?= to have\b)",
        "The mayor said that the bridge was closed.",
        "A verb of speech has a speaker; none of them tells whether it is so.",
    ),
    Rule(
        Topic.SAYING,
        "said",
        r"(?:highlight(?:ed|s)|indicat(?:ed|es)|suggest(?:ed|s)|repeat(?:ed|s)|repl(?:ied|ies)"
        r"|respond(?:ed|s)|counter(?:ed|s)|post(?:ed|s)|complain(?:ed|s)|maintained|caution(?:ed|s)"
        r"|predict(?:ed|s)|comment(?:ed|s)|ma(?:de|kes) (?:it )?clear)"
        r"(?= (?:(?:on|in|to) [\w ]{3,30} |yesterday |today |(?:a day )?earlier )?that\b)",
        "The brigade indicated on Monday that the bridge was closed.",
        "Other verbs are of speech where what is said follows.",
    ),
    Rule(
        Topic.SAYING,
        "denied",
        r"den(?:ied|ies|ying)|reject(?:ed|s|ing)|refut(?:ed|es|ing)|dismiss(?:ed|es|ing)"
        r"|disput(?:ed|es)|rebut(?:ted|s)|debunk(?:ed|s)|contradict(?:ed|s)",
        "The brigade denied that it had left.",
        "What is denied is not stated: no status and no encirclement rests on it.",
    ),
    Rule(
        Topic.SAYING,
        "judged",
        r"assess(?:ed|es)|estimat(?:ed|es)|judg(?:ed|es)|(?:still )?marks|believes?(?! in\b)"
        r"|mark(?:s|ed)?(?= [^.;]{2,60} as\b)|classif(?:ied|ies)"
        r"|shows?(?= [^.;]{2,60} (?:in|under|within|inside) (?:an? |the )?"
        r"(?:gr[ae]y|russian|ukrainian|enemy))"
        r"|(?:shows|lists)(?= [^.;]{2,60} as\b)|found(?! themselves\b)|conclud(?:ed|es)|observed"
        r"|reckon(?:ed|s)|(?:consider|deem|calculat|determin)(?:ed|e?s)(?= that\b)"
        r"|puts?(?= [^.;]{3,60} at (?:[a-z]+ ){0,2}\d)|shows it as",
        "The project estimates that a third of the town is lost.",
        "A judgement is somebody's; of one who judges it is an assessment.",
    ),
    Rule(
        Topic.SAYING,
        "joked",
        r"jok(?:ed|es)|sigh(?:ed|s)|quipp?(?:ed|s)|laugh(?:ed|s)|grinn(?:ed|s)|shrugg(?:ed|s)"
        r"|mused",
        "“War is paperwork,” a clerk quipped.",
        "A quip states nothing that could be checked.",
    ),
    Rule(
        Topic.CLAIMING,
        "claim",
        r"(?:claim|statement|assertion|allegation|announcement|declaration)s?"
        r"(?= (?:(?:in|on|at|to) [\w ]{2,30} )?(?:that|about|of)\b)"
        r"|(?:report|rumou?r)s?(?= (?:that|of)\b)",
        "the mayor’s claim that the bridge is closed",
        "Who tells of a claim does not say that it is so.",
    ),
    Rule(
        Topic.QUOTING,
        "quoting",
        r"quot(?:ed|es|ing)|cit(?:ed|es|ing)|with reference to|referring to"
        r"|(?:report|describ)(?:ed|e?s)(?= [^.,;]{2,60} as (?:saying|claiming|stating)\b)",
        "the channel wrote, quoting the mayor",
        "What is quoted is said by whoever is named behind it.",
    ),
    Rule(
        Topic.UPDATING,
        "updated",
        r"(?:ha(?:s|ve) )?(?:updat|correct|revis|amend|chang|edit|refresh|adjust|redr[ae]w)\w*"
        r"(?= (?:[\w’'-]+ ){0,3}(?:maps?|assessment|data|report|post)\b)",
        "Monitor corrected its map: the town is lost",
        "Before a colon it tells what somebody did, and is no part of the name.",
    ),
    Rule(
        Topic.SOURCE,
        "by",
        r"according to|in the words of|per(?= (?:the\b|(?-i:[A-Z])))"
        r"|as (?:reported|stated|noted|announced|confirmed|claimed|described|told) by",
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
        r"some(?:one|body)|(?:a|an|one|another|two|three|four|several)\s+(?:[\w’'-]+\s+){0,3}?(?:officers?|soldiers?"
        r"|milbloggers?|bloggers?|residents?|officials?|sergeants?|medics?|commanders?|sources?"
        r"|spokes(?:person|man|woman)|diplomats?|volunteers?|operators?|servicem[ae]n|fighters?"
        r"|farmers?|teachers?|drivers?|m[ae]n|wom[ae]n|nurses?|doctors?|witness(?:es)?|workers?"
        r"|(?:para)?medics?|pensioners?|pilots?|(?:infantry|artillery|border ?)m[ae]n|gunners?"
        r"|marines?|paratroopers?|scouts?|sappers?|snipers?|correspondents?|journalists?|priests?"
        r"|shopkeepers?|engineers?|analysts?|experts?|lawmakers?|rescuers?|firefighters?)"
        r"|(?:commander|spokesperson|operator|officer) of an?",
        "A local farmer said that the mill burned.",
        "A person by a common noun is somebody without a name.",
    ),
    Rule(
        Topic.CROWD,
        "group",
        r"residents|locals|villagers|witnesses|critics|analysts|aid agencies|aid workers|observers"
        r"|rescuers|(?:para)?medics|firefighters|doctors|correspondents|bloggers"
        r"|journalists|experts|eyewitnesses|servicemen|fighters|channels|neighbou?rs"
        r"|milbloggers|officials|soldiers|sources|families|survivors|evacuees|volunteers|partners",
        "Villagers say that the well is dry.",
        "Several people without a name and without a number.",
    ),
    Rule(
        Topic.BODY,
        "body",
        r"general staff|team|ministry|office|institute|committee|brigade|regiment|command|battalion"
        r"|administration|government|army|forces|police|agency|service|council|monitor|mission"
        r"|department|division|corps|coordination|network|authorities|foundation|centre|center"
        r"|union|observatory|cluster|grouping|headquarters|directorate|bureau|guard"
        r"|prosecutors?|parliament|embassy|municipality",
        "the regional police",
        "An office is a speaker by its own name, though no person is named.",
    ),
    Rule(
        Topic.SIGNER,
        "office",
        r"(?:the )?(?:general staff|isw|deepstate|deep state|mod|ministry of defen[cs]e"
        r"|defen[cs]e ministry|un|osce|sbu|hur|kremlin|state emergency service|local police"
        r"|police(?! (?:stations?|officers?|cars?|buildings?))"
        r"|prosecutors?|officials?|governor|mayor|regional authorities|local authorities"
        r"|authorities|air force|military administration)"
        r"|(?:the )?(?:[\w’'-]+ ){0,3}(?:ministry|prosecutor[’']?s?[’']? office|city council"
        r"|command|administration|emergency service|national guard|border guard service|forces"
        r"|military|army|brigade|corps)(?=$)|liveuamap|(?:the )?kremlin|moscow|kyiv",
        "General Staff: two attacks repelled",
        "A line that an office signs needs no verb.",
    ),
    Rule(
        Topic.SIGNER,
        "surname",
        r"[a-z’'-]{2,}(?:sky[iy]?|skyy|skaya?|enko|chuk|[iy]uk|[nrklsth]ov|[nrklsth]ova|[iy]ev"
        r"|[yi]eva"
        r"|[tkh]in|shin)",
        "Petrenko: the bridge is closed",
        "A surname of the region before a colon or behind a dash is whoever speaks.",
    ),
    Rule(
        Topic.LOCAL,
        "local",
        r"mayor|(?:deputy )?(?:head|chief) of|council",
        "the mayor of Vilne",
        "“The city” is the one that is theirs.",
    ),
    Rule(
        Topic.JUDGE,
        "judge",
        r"institute|isw|deep ?state|assessment|think[ -]tank|open-source|osint|map(?:s|ping)?"
        r"(?: project)?|geolocat\w+|monitor\w*|tracker|conflict mapping|analysts?"
        r"|(?:frontline|war|strategic|conflict|security|defen[cs]e) studies",
        "an open-source project",
        "Who follows the war from outside judges; a party to it claims.",
    ),
    Rule(
        Topic.ORIGIN,
        "anonymous",
        r"(?:on|under) (?:the )?condition of anonymity|asking not to be named|anonymous(?:ly)?"
        r"|asked not to be (?:named|identified)|declined to (?:be named|give (?:his|her"
        r"|their) name)"
        r"|not authori[sz]ed to speak",
        "an officer said on condition of anonymity",
        "Who does not want to be named is anonymous, whatever is known of him.",
    ),
    Rule(
        Topic.ORIGIN,
        "hearsay",
        r"reportedly|allegedly|supposedly|purportedly|said to (?:have|be)|rumou?rs?|unconfirmed"
        r"|could not (?:be )?(?:independently )?(?:confirm"
        r"|verif)\w*|nobody could confirm|hearing that|told (?:me|him|her|them|us) (?:that )?the\b"
        r"|it is said|word has it|there(?:[’']s| is|[’']re| are) (?:info|information|word|reports?)"
        r"|(?:await|wait)ing (?:for )?confirmation",
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
        r"|where|whose|while|with|after|before|did not|didn[’']t|has not|have not|declined"
        r"|refused|ha(?:s|ve|d) yet|show(?:s|ed)|th(?:is|e) (?:report|claim|information)"
        r"|on (?:x|twitter|telegram|facebook)",
        "a resident reached by phone",
        "Behind this the name is told more about, not told on.",
    ),
    Rule(
        Topic.PRONOUN,
        "same",
        r"he|she|they|it",
        "he added",
        "A pronoun stands for the speaker of the sentence before.",
    ),
    Rule(
        Topic.WHEN,
        "weekday",
        r"(?:on )?(?:the (?:morning|evening|night) of )?(?:last )?(?:mon|tues|wednes|thurs|fri"
        r"|satur"
        r"|sun)day(?: (?:morning|afternoon|evening|night))?",
        "on Tuesday",
        "The last one up to the day of the text.",
    ),
    Rule(
        Topic.WHEN,
        "weekend",
        r"(?:over|at|on|during) the (?:past |last )?weekend|last weekend",
        "over the weekend",
        "Saturday and Sunday, the last ones up to the day of the text.",
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
    Rule(Topic.WHEN, "year", r"in (?:19|20)\d\d", "in 2023", "A year alone is that whole year."),
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
        "past days",
        r"(?:in|over|during|within) the (?:past|last) (?:two|three|four|five|six|[2-6]) days",
        "over the past three days",
        "So many days before the day of the text.",
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
        r"released|published|posted|uploaded|issued|shared|circulated",
        "footage released on 4 May",
        "Pictures come out on another day than they were taken.",
    ),
    Rule(
        Topic.CAPTION,
        "caption",
        r"claims?|fact(?:[ -]?check)?|myth|fake|rating|verdict|ruling|conclusion|update|upd"
        r"|breaking(?: news)?|live(?: updates?)?|latest|context|background|summary|analysis|urgent"
        r"|what we know|in brief|key (?:points|takeaways)|casualties|location|date|status",
        "VERDICT",
        "Before a colon it says what the line is; nobody is called so.",
    ),
    Rule(
        Topic.FURNITURE,
        "furniture",
        r"(?:correction|clarification|note|editor[’']s note"
        r"|(?:photos?|images?|videos?|pictures?)(?=\s*(?:[:–—/.|]|$)|\s(?:by|credit|courtesy))"
        r"|credit"
        r"|read more|read also|see (?:also|the|our|map|page)|subscribe|follow us|support us|donate"
        r"|advertisement|sponsored|sources?|references?|contact|disclaimer|share this|join our"
        r"|with reporting by|reporting by|editing by|additional reporting|translated by|map:"
        r"|(?:i|we) (?:urge|ask|call on|appeal|spoke (?:to|with)|talked (?:to|with))"
        r"|with (?:me|us) (?:is|are|now)|joining us"
        r"|what we[’']re reading|longer (?:piece|version)"
        r"|we[’']re wrapping|stay with us|good (?:morning|evening|afternoon)|thanks|thank you"
        r"|we[’']ll be (?:right )?back|read how|welcome|rt"
        r"|for more|an earlier version of this|(?:earlier|previously|yesterday),? we (?:wrote|said"
        r"|reported|posted)|we (?:had )?(?:earlier|previously) (?:wrote|said|reported|posted)"
        r"|sign up|key takeaways|this (?:report|brief) (?:is|was|covers))",
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
        r"assessment|breakdown|report|bulletin|update|briefing note|situation report|sitrep"
        r"|statement|summary|flash update|communiqu[ée]",
        "Situation Report No. 4",
        "A text that an office publishes in its own name.",
    ),
    Rule(
        Topic.HEAD,
        "talk",
        r"(?:an )?interview with|in conversation with",
        "Interview with N. N., a spokesman",
        "Who is named behind it gives the answers.",
    ),
)
