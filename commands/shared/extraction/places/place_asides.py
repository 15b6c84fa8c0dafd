"""Which names of a sentence are no places of its own: part of another name, or only a locator."""

import re

from commands.kit.days.day_words import month_of, weekday_of
from commands.shared.extraction.places.named_places import NamedPlace
from commands.shared.extraction.places.place_shapes import CAPITAL_WORD
from commands.shared.extraction.places.which_namesake import measure_km
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic
from store.places.ground import NEAR_KM

LINK = re.compile(
    r"\s*(?:,|;|and|as well as|та|і|й|и|а також|а так же|а также|or|або|или)"
    r"(?:\s*(?:and|та|і|й|и|а також|а также))?\s*",
    re.IGNORECASE,
)
_TO_NEXT = r"\s*[–—-]\s*[^\W\d_a-zа-яёіїєґ][\w’'ʼ]+"
ROAD = r"(?:трас|доро[гз]|шосе|шоссе|автодорог|маршрут|road|highway|route|railway|line)\w*"
_ROUTE = re.compile(rf"{_TO_NEXT}\s+{ROAD}")
_SHORTEST_NOUN = 3
_SHORTEST_WEEKDAY = 4  # letters: "May" and "Sat" may be a name and a verb
_DAY_OF_MONTH = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s$")
_ROAD_BEHIND = re.compile(rf"\s+{ROAD}")
_OF_ITS_ROAD = re.compile(r"\s+(?:[Rr]oad|[Hh]ighway|[Rr]oute)\b")
_ROAD_BEFORE = re.compile(rf"{ROAD}\s+(?:[^\W\d_]\S*\s*[–—-]\s*)*$")
_NEXT = re.compile(_TO_NEXT)
_AND = r"(?:\s*,\s*|\s+(?:и|та|і|й|and)\s+)"
_OBLASTS = re.compile(r"\s+(?:[Oo]blasts|[Rr]egions|област(?:ях|ей))\b")
_JOINT_DIRECTION = re.compile(
    rf"(?:{_AND}{CAPITAL_WORD})+\s+(?:напрям|направлени|directions|axes|oblasts|regions|област(?:ях|ей|и)|областя)\w*"
)
_JOINT_HROMADAS = re.compile(rf"(?:{_AND}{CAPITAL_WORD})+\s+громад(?:и|ах|ам|ами)?\b")
_OF_A_HROMADA = re.compile(r"\w+[сцз]ьк(?:а|у|ій|ої|их|і)")
"""In the list of hromadas: "Вільненську та Мрійненську громади" is not in Вільненськ."""
CAPITAL = re.compile(r"[^\W\d_a-zа-яёіїєґ]")
NEXT_WORD = re.compile(r"\s([^\W\d_][\w’'ʼ-]*)")
LAST_WORD = re.compile(r"([^\W\d_][\w’'ʼ.-]*)[»”\"]?\s$")
_NEW = re.compile(r"нов(?:ого|ому|ым|им|ом)$", re.IGNORECASE)
_ON_THE = re.compile(r"(?<!\w)на\s$", re.IGNORECASE)
_OF_A_TOWN = re.compile(r"[\w’'ʼ-]+(?:[сцз]ьк(?:ому|ім)|[сц]ком)")
_DASH = re.compile(r"\s[–—-]\s")
REACH = 60
_APPOSITION = re.compile(
    r",\s*(?:(?:an?|the|это|це)?\s*(?:small |large )?"
    r"(?:village|town|settlement|city|suburb|село|селище|місто|посёлок|поселок|город|деревня)?\s*"
    r"(?:just |some |about |lying |located |що |which is |розташован\w+ |расположенн\w+ )?)"
    r"(?:[\d.,]+ (?:km|kilomet(?:re|er)s|miles?|км) (?:to the )?)?",
    re.IGNORECASE,
)
_CLOSED = re.compile(r",\s+(?:and|та|і|й|и)\s")
"""Behind a name that only locates the one before: "X, east of Y, and Z"."""
_OWNER = re.compile(r"\w{3,}(?:[сц]ь?к|ов|ев|єв)(?:ого|ому|ої|ій|ой|ом|ий|ый|а|ая)$")
_NEUTER = re.compile(r"[сц]ь?к(?:е|ое|ий|ие)$")
_OFFICE = re.compile(r"(?:\s[a-zа-яёіїєґ][\w’'ʼ-]+){1,2}")
"""Behind an adjective: "Краматорське районне управління"."""
_LANDMARK = re.compile(
    r"(?:мост|міст|вокзал|завод|комбінат|комбинат|ліс|лес|лиман|водосховищ|водохранилищ|аеродром"
    r"|аэродром|аеропорт|аэропорт|полігон|полигон|переїзд|переезд|ринк|рынк|парк|кар['’ʼ]?єр|карьер"
    r"|плацдарм|виступ|выступ|озер|канал|шосе|шоссе|монастир|монастыр|кладовищ|кладбищ|цвинтар"
    r"|шахт|балк|гор|рок|год)(?:у|і|а|е|и|ы|ом|ем|ю|я|ів|ов|ою|ой)?",
    re.IGNORECASE,
)
"""Behind the genitive of a name like an adjective: Антонівського мосту, до Нового року."""
_WITHOUT = re.compile(
    r"(?<!\w)(?i:без|крім|окрім|кроме|except(?: for)?|excluding|without|apart from|other than)\s+"
    rf"(?:{CAPITAL_WORD}(?:\s*,\s*|\s+(?:і|й|та|и|and|or)\s+))*$"
)
"""Before the name of a place that is left out: "without Mariupol and Volnovakha"."""
OF_REGION = re.compile(r"(?:ской|ської|цкой|цької|ній|щини|щины)$")
_SMALL_IN_CAPITALS = re.compile(r"NOT|IS|ARE|WAS|HAS|HOLDS|FALLS|FELL|НЕ|БЕЗ|ПІД|ПОД|ЦЕ|ЭТО")
_POSSESSIVE = re.compile(r"[’']s?$")
_STEM = 5  # letters: "Донеччина" is not written like "Донецька область"
_RIVER = re.compile(r"Dni[ep]|Дніпр|Днепр")
_TO_A_RIVER = re.compile(
    r"(?:\bthe|\briver|річк\w+|рік\w+|рек\w+|берег\w*|через|форсува\w+|форсирова\w+|переправ\w+)\s$"
)
_OVER_A_RIVER = re.compile(
    r"\b(?:(?:bridges?|crossings?|pontoons?) (?:over|across|of)|banks? of"
    r"|cross(?:ed|es|ing)?) the\s$"
    r"|(?<!\w)(?:міст|мост(?:у|а|и|ом|ов|ів)?|переправ\w+)\sчерез\s$"
    r"|(?<!\w)(?:форсува\w+|форсирова\w+"
    r"|(?:берег(?:у|а|ом|е)?|березі)(?:\s(?:річки|реки|р\.))?)\s$",
    re.IGNORECASE,
)
"""Before the name of a river, though a village bears it too: "the bridge over the Oskil"."""
_REGIONAL = re.compile(r"\s(?:regional|provincial|oblast|municipal|district)\s+[a-z]")
"""Behind a name that an office bears: "the Dnipropetrovsk regional council"."""
_UNIT = re.compile(
    r"(?<!\w)(?:груп\w*|ТГ|ТГр|загон\w*|загін|підрозділ\w*|группировк\w*|групп\w*|отряд\w*"
    r"|подразделени\w*|unit|group|company|platoon|operation|операці\w+|операци\w+)\s+.$",
    re.IGNORECASE,
)
"""Before what is called after a town: «тактична група «Вільне»»."""
_UNIT_BEHIND = re.compile(r"[”»\"]\s+([^\W\d_][\w’'ʼ-]*)")
_OF_A_UNIT = re.compile(
    r"(?:\s(?:territorial|defen[cs]e|tactical|assault|mechani[sz]ed|air|armou?red|infantry|national"
    r"|border|marine|special|operational|strategic|volunteer|district|military))+\s"
    r"(?:battalion|brigade|regiment|group|grouping|company|corps|division|detachment|unit)\b"
)
"""Behind a name that a unit bears: "the Vilne territorial defence battalion"."""
_CALL_SIGN = re.compile(r"(?:позивн|позывн|псевдо|прізвиськ|прозвищ|call ?-?sign)\w*\s+.?$")
_SAID_IN = re.compile(r"\s+(?:in|at|в|у|во)\s+$")
_SAID_IN_ENDS = re.compile(r"\s*(?:[,.;:!)”»\"]|$|that\b|on\b|что\b|що\b)")


def is_whole(hit: Hit | None, words: str) -> bool:
    return hit is not None and hit.start == 0 and hit.end == len(words)


def is_locator(text: str, before: NamedPlace, end: int, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether a name only says where the one before it lies: "X, a village east of Y".

    "In X, near Y and Z" goes on with its places, and what is far off locates nothing.
    """
    start = before.end
    between = text[start : name.start]
    noun = rules.before(Topic.KIND_OF_PLACE, text, before.start)
    near = rules.before(Topic.ROLE, text, name.start)
    if noun and near and near.means == "near" and between.strip() == text[near.start : near.end]:
        return noun.end - noun.start > _SHORTEST_NOUN  # "the village of X near Y"
    match = _APPOSITION.match(between)
    if match is None or len(between) > REACH or _are_far(before, name):
        return False
    goes_on = LINK.match(text, name.end, end)
    in_list = goes_on and CAPITAL.match(text, goes_on.end(), end) and match[0].strip() == ","
    if in_list and not _CLOSED.match(text, name.end, end):
        return False
    role = rules.before(Topic.ROLE, text, name.start)
    return (
        role is not None
        and role.means == "near"
        and not between[match.end() : role.start - start].strip()
    )


def _are_far(first: NamedPlace, second: NamedPlace) -> bool:
    """Tell whether two places lie so far apart that neither tells where the other is."""
    if first.place is None or second.place is None:
        return False
    return measure_km(first.place, second.place) > NEAR_KM


def is_where_it_was_said(text: str, start: int, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether a name is where somebody spoke: "…, they said in X"."""
    said_in = _SAID_IN.search(text, start, name.start)
    if said_in is None or not _SAID_IN_ENDS.match(text, name.end):
        return False
    return rules.before(Topic.SAYING, text, said_in.start()) is not None


def is_in_brackets(text: str, start: int, name: NamedPlace) -> bool:
    before = text[start : name.start]
    return before.rfind("(") > before.rfind(")")


def is_no_place(text: str, start: int, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether what is written like a place is part of another name: a unit's, a person's."""
    words = text[name.start : name.end]
    bare = not name.is_direction and not name.is_area
    own = _POSSESSIVE.sub("", words)
    if bare and is_whole(rules.first(Topic.NO_PLACE, own), own):
        return True
    if _is_of_an_area(text, name) or _is_of_a_name(text, start, name):
        return True
    in_short = _is_direction_in_short(text, start, name, rules)
    if in_short or rules.before(Topic.QUARTER, text, name.start):
        return True
    if _is_called_so(text, start, name, rules) or _WITHOUT.search(text, start, name.start):
        return True
    following = NEXT_WORD.match(text, name.end)
    office = _OFFICE.match(text, name.end)
    is_adjective = not name.is_plain and _NEUTER.search(words) is not None
    if office and is_adjective and rules.has(Topic.BODY, office[0]):
        return True
    if (
        following
        and _LANDMARK.fullmatch(following[1])
        and (_OWNER.search(words) or _NEW.match(words))
    ):
        return True
    if following and _goes_on(following[1]) and not rules.has(Topic.SIDE, following[1]):
        is_title = rules.before(Topic.LOCAL, text, name.start)  # "мер Вільного Н. Н."
        return bare and not (is_title or OF_REGION.search(following[1]))
    if following and rules.has(Topic.BODY, following[1]):
        return True
    return _is_last_of_a_name(text, start, name, rules)


def _goes_on(word: str) -> bool:
    """Tell whether a word may belong to the name before it: "Pokrovsk NOT surrounded" ends."""
    return CAPITAL.match(word) is not None and not _SMALL_IN_CAPITALS.fullmatch(word)


def _is_last_of_a_name(text: str, start: int, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether a word with a capital, that opens nothing and is of no day, stands before."""
    previous = LAST_WORD.search(text, max(start, name.start - 40), name.start)
    if previous is None or not CAPITAL.match(previous[1]) or previous.start() <= start:
        return False
    small = rules.before(Topic.ROLE, text, name.start) or rules.before(Topic.PART, text, name.start)
    return small is None and not _is_of_a_day(text, previous)


def _is_of_a_day(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word belongs to a day, and to no name: "On 5 November Pokrovsk …"."""
    if len(word[1]) < _SHORTEST_WEEKDAY and not _DAY_OF_MONTH.search(text, 0, word.start(1)):
        return False
    return month_of(word[1]) is not None or weekday_of(word[1]) is not None


def _is_direction_in_short(text: str, start: int, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether an adjective stands for a direction: "на Покровському – п'ять атак"."""
    if not _ON_THE.search(text, start, name.start):
        return False
    if not _OF_A_TOWN.fullmatch(text, name.start, name.end):
        return False
    return _DASH.match(text, name.end) is not None or rules.has(
        Topic.DIRECTION, text[start : name.start]
    )


def _is_of_an_area(text: str, name: NamedPlace) -> bool:
    """Tell whether a name is a river's, of a regional office, or a land's by no name on record."""
    before = text[max(0, name.start - REACH) : name.start]
    if _RIVER.match(text[name.start : name.end]) and _TO_A_RIVER.search(before):
        return True
    if name.place is None:
        return False
    if not name.is_area and _OVER_A_RIVER.search(before):
        return True
    if name.is_area:
        words = text[name.start : name.end].casefold()
        names = (name.place.name, name.place.local_name)
        return not any(words[:_STEM] == its[:_STEM].casefold() for its in names)
    named_after = _REGIONAL.match(text, name.end) or _OF_A_UNIT.match(text, name.end)
    return named_after is not None


def _is_called_so(text: str, start: int, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether somebody is called so: a unit in quotation marks, a soldier by a call sign."""
    quoted = text[name.start - 1 : name.start] in {"«", "“", "„", '"'}
    if quoted and rules.before(Topic.BODY, text, name.start - 1):
        return True
    if quoted and _UNIT.search(text, start, name.start):
        return True
    behind = _UNIT_BEHIND.match(text, name.end) if quoted else None
    if behind is not None and rules.has(Topic.BODY, behind[1]):
        return True
    return _CALL_SIGN.search(text, start, name.start) is not None


def _is_of_a_name(text: str, start: int, name: NamedPlace) -> bool:
    """Tell whether a name is of a road, "the X road", or of directions: "the X and Y axes"."""
    if _OBLASTS.match(text, name.end) and not name.is_area:
        return True
    if _JOINT_DIRECTION.match(text, name.end) or _ROUTE.match(text, name.end):
        return True
    if _OF_ITS_ROAD.match(text, name.end):
        return True
    if _JOINT_HROMADAS.match(text, name.end) and _OF_A_HROMADA.fullmatch(
        text, name.start, name.end
    ):
        return True
    before = text[start : name.start]
    if before.rstrip().endswith(("–", "—", "-")) and _ROAD_BEHIND.match(text, name.end):
        return True
    is_end = before.rstrip().endswith(("–", "—", "-")) or _NEXT.match(text, name.end) is not None
    return is_end and _ROAD_BEFORE.search(before) is not None
