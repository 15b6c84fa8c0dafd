"""Whether words name somebody who can say something, who that is, and how what they say came."""

import re
from collections.abc import Callable

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.wording.languages import choose_rules
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic
from store.model.entry import Attribution

CAPITAL_NAME = re.compile(
    r"(?<![\w’'ʼ-])[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]++"
    r"(?:\s+(?:[^\W\d_a-zа-яёіїєґ]\.?\s+)?[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]++){1,5}"
)
_NO_NAME = re.compile(
    r"^(?:according|on|in|at|by|that|to|for|with|from|of|as|into|when|there|if|unless|whether"
    r"|although|though|because|since|until|once|despite|after|before|during|amid|following|under"
    r"|against|through|over|near|around|outside|contrary|whatever|unlike|why|how|what"
    r"|в|на|у|про|що|что|об?|по|за|із|з|с|к|до|бо|если|якщо|якби|коли|когда|поки|пока|попри"
    r"|всупереч|вопреки|несмотря|незважаючи|після|после|через|из-за|біля|под|під|около|возле"
    r"|говорити|казати|говорить|сказать|стверджувати|утверждать)\b|(?:^|\s)(?:the|a|an|of|in|on|to|by|for|and|no|any|his|her"
    r"|their|its|these|new|such|і|та|и)$",
    re.IGNORECASE,
)
_NOBODY = frozenset({"we", "i", "ми", "мы", "я", "who", "хто", "кто", "others", "some"}) | {
    *("preliminary", "попередніми", "предварительным", "as", "як", "как"),
    *("but", "and", "also", "та", "але", "но", "а", "і", "и", "також", "также"),
    *("this", "that", "these", "those", "which", "what", "there", "here"),
    *("це", "то", "що", "якщо", "это", "что"),
    *("який", "яка", "яке", "які", "который", "которая", "которое", "которые"),
    *("earlier", "previous", "initial", "first", "early", "recent", "latest", "unconfirmed"),
    *("other", "new", "multiple", "numerous", "various"),  # reports
    *("often", "sometimes", "widely", "usually", "generally", "frequently", "commonly"),
    *("часто", "зазвичай", "інколи", "обычно", "иногда"),
    *("footage", "нібито", "ніби", "якобы", "будто", "allegedly", "reportedly"),
    *("now", "today", "тепер", "зараз", "нині", "теперь", "сейчас", "ныне"),
    *("раніше", "ранее", "раньше"),
}
_NO_SPEAKER = re.compile(
    r"(?:the |an? |earlier |unconfirmed )?(?:information|situation|news|data|claims?|rumou?rs?"
    r"|fighting|loss|capture|fall|seizure|encirclement|liberation)\b"
    r"|(?:втрат|потер|утрат)[аяуюи]\b|(?:захоплен|звільнен|взят|оточен|окружен|освобожден)\w+\b"
    r"|(?:інформаці|ситуаці|новин|дан|чутк|повідомленн|заяв|тверджен|бо)(?:я|ю|а|і|ї|и)\b"
    r"|(?:информаци|ситуаци|новост|данн|слух|сообщени|заявлени|утверждени|бо)"
    r"(?:я|ю|е|и|й|ь|ы|ые)\b",
    re.IGNORECASE,
)
"""Things at the beginning of a sentence that say nothing themselves: "Information about …"."""
_OF_A_SIDE = re.compile(
    r"(?:^|\b(?:of|to|about|from|on|confirm\w*|reject\w*|den(?:y|ied|ies)) )(?:Russian|Ukrainian)$"
)
"""Before "claims" or "reports", which is no verb there: "confirmation of Russian claims"."""
_DOES = re.compile(r"\b\w+(?:[юу]ть|[яуа]ют)(?:ся)?\b")
"""A verb of several, in Ukrainian and Russian: "Росіяни поширюють фейк" is no name."""
_LISTED = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|та|і|й|и)\s+")
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)
ASIDE = re.compile(r"\s*\([^()]*\)$")
"""Behind a name before a colon: "N. N. (16 November):"."""
MOST_WORDS = 14
_LONGEST_TITLE = 3  # words
_FEW, _FEWER = 3, 2  # words of a name, all with a capital letter or not
_TITLE = re.compile(
    r"(?:day|morning|evening|night|today|overnight|east|west|north|south|front|frontline|map"
    r"|situation|details|changes|main|enemy|drones|aviation|moreover"
    r"|день|ранок|вечір|ніч|сьогодні|вночі|схід|захід|північ|південь|фронт|мапа|ситуація|деталі"
    r"|зміни|головне|ворог|наші|дрони|авіація"
    r"|утро|вечер|ночь|сегодня|ночью|восток|запад|север|юг|карта|ситуация|детали|изменения"
    r"|главное|враг|противник|дроны|авиация)(?!\w)",
    re.IGNORECASE,
)
"""Words with which a heading begins that tells of what stands below it."""
_LETTERS_ALONE = re.compile(r"[^\W\d_][\w’'ʼ.-]*(?: [^\W\d_][\w’'ʼ.-]*)*")


class Speaker(Struct, frozen=True):
    """Who speaks: the words, where they stand; the verb; None for the text's own author.

    Who `passes_on` what others say states it not: nothing that is told has its status from them.
    """

    name: str
    spot: Spot
    verb: Hit
    attribution: Attribution
    is_judge: bool
    side: str | None
    passes_on: bool = False


def can_speak(words: str, rules: Rules) -> bool:
    """Tell whether words name somebody: not a thing, not a happening, not half a sentence."""
    if not words or len(words.split()) > MOST_WORDS or words.casefold() in _NOBODY:
        return False
    if words.count('"') % 2 or words.count("«") != words.count("»"):  # half of a quotation
        return False
    if _NO_NAME.search(words) or _NO_SPEAKER.match(words) or _OF_A_SIDE.search(words):
        return False
    if _DOES.search(words):
        return False
    if rules.has(Topic.NEGATION, words):
        return False
    people = (Topic.BODY, Topic.PERSON, Topic.CROWD)
    happening = rules.has(Topic.HAPPENING, words) and not any(
        rules.has(topic, words) for topic in people
    )
    return not happening or CAPITAL_NAME.search(words) is not None


def attribute(words: str, around: str, rules: Rules) -> Attribution:
    """Return how the words came: from somebody named or not, or at second hand."""
    origins = {hit.means for hit in rules.find(Topic.ORIGIN, around)}
    if "anonymous" in origins:
        return Attribution.ANONYMOUS
    if "hearsay" in origins and not CAPITAL_NAME.search(words):
        return Attribution.HEARSAY
    if CAPITAL_NAME.search(words):
        return Attribution.NAMED
    person = rules.first(Topic.PERSON, words)
    if person:
        return Attribution.ANONYMOUS
    if rules.has(Topic.BODY, words):
        return Attribution.NAMED
    if rules.has(Topic.CROWD, words):
        return Attribution.UNNAMED_GROUP
    return Attribution.NAMED


def is_judge(words: str, rules: Rules) -> bool:
    """Tell whether a name is that of an office which judges the war: what it says is a judgement.

    Neither is anybody who works there, "DeepState co-founder N. N.", nor an office of a party.
    """
    hits = rules.find(Topic.JUDGE, words)
    if not hits or rules.has(Topic.PERSON, words):
        return False
    around = _ARTICLE.sub("", words[: hits[0].start]), words[hits[-1].end :]
    return not any(CAPITAL_NAME.search(it) or rules.has(Topic.BODY, it) for it in around)


def is_list(words: str, is_name: Callable[[str], bool]) -> bool:
    """Tell whether words are several names of a kind, with commas or "and" between them."""
    names = _LISTED.split(words)
    return len(names) > 1 and all(map(is_name, names))


def is_title(quoted: str) -> bool:
    """Tell whether quotation marks hold a name, of a unit or a paper, and nobody's words."""
    words = quoted.split()
    return len(words) <= _LONGEST_TITLE and words[0][:1].isupper()


def describe_speaker(text: str, spot: Spot, verb: Hit, sentence: Spot, rules: Rules) -> Speaker:
    """Return whom the words at a spot of a sentence name, with a verb that says something."""
    words = text[slice(*spot)]
    attribution = attribute(words, text[slice(*sentence)], rules)
    sides = {hit.means for hit in rules.find(Topic.SIDE, words)} - {"other"}
    side = sides.pop() if len(sides) == 1 else None
    if not sides and _is_of_ukrainian_army(words, rules):
        side = "ukrainian"
    called = text[spot[0] : max(spot[1], verb.start)]
    judges = rules.has(Topic.JUDGE, called) and verb.means == "judged"
    judge = judges or (attribution is Attribution.NAMED and is_judge(words, rules))
    return Speaker(words, spot, verb, attribution, judge, side)


def _is_of_ukrainian_army(words: str, rules: Rules) -> bool:
    """Tell whether a Ukrainian text names somebody of an army: the other side it calls so."""
    if rules.language != "uk" or not rules.has(Topic.SERVING, words):
        return False
    return choose_rules(words, rules) is rules


def may_be_name(words: str) -> bool:
    """Tell whether words are as few as those of a name, and written as one: “Два майора”."""
    each = words.split()
    few = _FEW if all(word[0].isupper() or word in {"of", "the"} for word in each) else _FEWER
    is_written_so = words[0].isupper() and _LETTERS_ALONE.fullmatch(words) is not None
    is_title = words.casefold() in _NOBODY or _TITLE.match(words)
    return is_written_so and len(each) <= few and not is_title
