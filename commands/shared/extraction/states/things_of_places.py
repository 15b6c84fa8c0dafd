"""Whether what is held is a place itself, or only somebody or something in it."""

import re

from commands.shared.extraction.places.place_roles import PlaceInSentence
from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.states.share_in_text import GROUND, is_share_of_things
from commands.shared.extraction.wording.rule_table import HOLDING, Hit, Topic

_BEFORE = 45
_IN = re.compile(r"\s(?:in|at|of|near|у|в|на|во|біля|возле)\s+(?:the\s+)?$", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?<!\w)(?:in|inside|within|у|в|во)\s+"
    r"(?:(?:the|city|town|village|of|місті|селі|селищі|городе|селе|пос[её]лке|м\.|с\.|г\.)\s+)*"
    r"[«“\"]?$",
    re.IGNORECASE,
)
_GROUND_HELD = re.compile(
    r"\b(?:positions?|territor|ground|blocks?|streets?|позиці|позици|територі|территори|квартал"
    r"|вулиц|улиц)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s(?:in|inside|at|of|from|over|above|near|у|в|во|на|над|із|зі|з|из|с|біля|возле)\s+"
    r"(?:(?:the|city|town|village|of|місті|селі|городе|селе)\s+)*$",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?<![\w’'ʼ-])([^\W\d_][\w’'ʼ-]*)[”»\"]?\s*$")
_STANDS = re.compile(
    r"(?:\s+(?:is|are|was|were|be|been|being|has|have|had|now|still|also|not|remains?|\w+ly|є|бу(?:в|ла|ло|ли)"
    r"|перебува\w+|знаход\w+|залиша\w+ся|зараз|нині|досі|ще|вже|уже|теж|повністю|частково|був"
    r"|был[аои]?|находит\w+|оста[её]тся|остаются|сейчас|теперь|тоже|ещё|еще|полностью|частично))*\s+"
)
"""Between who or what is held, "people in X", and the verb."""
_JOINS = frozenset(
    {
        "and",
        "but",
        "that",
        "while",
        "as",
        "or",
        "than",
        "only",
        "also",
        "even",
        "all",
        "out",
        "both",
    }
) | {
    *("most", "much", "half", "none", "any", "some", "cent", "percent", "rest", "remainder"),
    *("situation", "whole", "entirety", "bulk", "control", "capture", "seizure", "remains"),
}
"""Words before "in" that are no people and no things."""
_ADVERB = re.compile(r"(?:о|е|и|у|ого|ої|ой|их|ых)$", re.IGNORECASE)
"""How no noun that begins a sentence ends, in Ukrainian and Russian: "Зараз" is listed, "Знову"."""
_NO_NOUN = frozenset({"зараз", "наразі", "тепер", "досі", "також", "сейчас", "теперь", "также"})
_PEOPLE = re.compile(
    r"(?:мешкан|жител|люд[еиій]|дітл|діт[еи]й?|дет[ие]|цив[іи]льн|населен+[яи]|мирн|мер|мэр|голов|глав"
    r"|старост|депутат|полонен|пленн|неб|логістик|логистик)\w*",
    re.IGNORECASE,
)
_ONE_STREET = re.compile(r"street|avenue|вулиця|улица|проспект", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|та|і|й|и)\s(?:[\w’'ʼ-]+\s){0,3}$", re.IGNORECASE)
_WORD_BEHIND = re.compile(r"\s+([a-zа-яёіїєґ][\w’'ʼ -]*)")
_NO_THING = re.compile(
    r"(?:it|them|there|most|much|all|half|part|parts|about|some|nearly|almost|over|more|only|by|in|at"
    r"|near|for|since|until|on|now|again|still|from|after|before|as|while|when|the (?:town|city"
    r"|village|settlement|whole|entire|rest|(?:north|south|east|west|cent)\w*)"
    r"|його|її|їх|ним|нею|там|майже|понад|близько|більш\w*|част\w+|половин\w+|повністю|цілком"
    r"|повний|північ\w*|півден\w*|півдн\w*|схід\w*|захід\w*|центр\w*|околиц\w*|міст\w+|сел\w+"
    r"|[ву]|на|до|з|із|від|за|вже|уже|знову|тепер|наразі|зараз|нині"
    r"|его|е[её]|их|им|почти|свыше|около|больш\w+|полностью|целиком|полный|север\w*|юг\w*|южн\w+"
    r"|восто\w+|запад\w*|окраин\w+|город\w*|пос[её]л\w+|во?|от|из|снова|теперь|сейчас)\b",
    re.IGNORECASE,
)
"""Words behind a verb of holding that are not what is held."""
_OF_PLACES = (Topic.KIND_OF_PLACE, Topic.PART, Topic.QUARTER, Topic.SHARE, Topic.SIDE)


def is_only_where(clause: Clause, hit: Hit, place: PlaceInSentence) -> bool:
    """Tell whether a place only says where something is held: "they took the station in X".

    What is held itself has no "in" before it. Positions in the centre are a part of the town.
    """
    if hit.means not in HOLDING:
        return False
    part = clause.rules.before(Topic.PART, clause.text, place.start)
    first = part.start if part and part.start >= hit.end else place.start
    told = clause.text[hit.end : first]
    is_part = first < place.start and _GROUND_HELD.search(told) is not None
    return bool(_WITHIN.search(told)) and not (is_part or clause.rules.has(Topic.SHARE, told))


def is_of_a_thing(clause: Clause, hit: Hit, place: PlaceInSentence) -> bool:
    """Tell whether the place only says where what is held lies: "the station in X is ours"."""
    link = _IN.search(clause.text, max(clause.start, place.start - _BEFORE), place.start)
    before = link.start() if link else place.start
    is_thing = clause.rules.before(Topic.WEAK_OBJECT, clause.text, before) is not None
    is_thing = is_thing or _is_named_behind(clause, hit, place)
    return is_thing or is_share_of_things(clause, place) or _is_of_its_people(clause, hit, place)


def _is_named_behind(clause: Clause, hit: Hit, place: PlaceInSentence) -> bool:
    """Tell whether what is held stands behind the verb: "they entered X and seized a mill"."""
    if hit.means != "held" or not _AND.search(clause.text, place.end, hit.start):
        return False
    behind = _WORD_BEHIND.match(clause.text, hit.end, clause.end)
    return behind is not None and _NO_THING.match(behind[1]) is None


def _is_of_its_people(clause: Clause, hit: Hit, place: PlaceInSentence) -> bool:
    """Tell whether people or things of a place are held: "residents of X are under control"."""
    text, rules = clause.text, clause.rules
    if _STANDS.fullmatch(text, place.end, hit.start) is None:
        return False
    link = _LINK.search(text, max(clause.start, place.start - _BEFORE), place.start)
    end = link.start() if link else place.start
    noun = _NOUN.search(text, max(clause.start, end - _BEFORE), end)
    if noun is not None and _ONE_STREET.fullmatch(noun[1]):
        return True
    if noun is None or noun[1].casefold() in _JOINS or GROUND.match(noun[1]):
        return False
    stops = noun.end(1), place.start
    if _GROUND_HELD.match(noun[1]) or any(
        rules.before(topic, text, stop) for topic in _OF_PLACES for stop in stops
    ):
        return False
    if rules.language == "en":
        return link is not None
    if _PEOPLE.fullmatch(noun[1]) or any(rules.has(it, noun[1]) for it in _PERSONS):
        return link is not None or not place.named.is_plain
    opens = noun.start(1) == clause.start or not text[clause.start : noun.start(1)].strip('«“"— ')
    is_noun = not (_ADVERB.search(noun[1]) or noun[1].casefold() in _NO_NOUN)
    is_noun = is_noun and not any(rules.has(it, noun[1]) for it in (Topic.WHEN, Topic.ROLE))
    return opens and is_noun and (link is not None or not place.named.is_plain)


_PERSONS = (Topic.PERSON, Topic.CROWD, Topic.LOCAL)
