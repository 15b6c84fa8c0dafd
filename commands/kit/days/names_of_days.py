"""Days that are only part of a name: 1st of May Street, вулиця 8 Березня, бригада імені 9 Січня.

English writes the thing behind the day, Ukrainian and Russian before it. There a month begins with
a capital letter in a name alone, so that "бригада 5 листопада" is a brigade on that day.
"""

import re

_NEAR = 40  # characters before a day or behind it
_THING = (
    r"(?:street|avenue|square|lane|boulevard|settlement|village|hamlet|quarter|micro-?district"
    r"|brigade|battalion|regiment|division|corps|factory|plant|works|mine|colliery|park|stadium"
    r"|school|hospital|station|collective farm|kolkhoz|bridge|movement)"
)
_BEHIND = rf"(?i)^(?:,? \d{{4}})?[\"”»’']?[ -](?P<thing>{_THING})(?!\w)"
_GOES_ON = r"(?i) (?:fighting|battles?|clashes|combat|protests?|attacks?|strikes?)(?!\w)"
"""Behind such a thing: what happened there on a day, so that the day names nothing."""
_THE_FIRST_OF = r"(?i)(?:st|nd|rd|th|first|second|third) of "
_ON = r"(?i)\b(?:on|since|by|from|until|till|before|after|of|between|and|to)(?: the)? *$"
"""What stands before a day of the calendar: "on 5 November street fighting began"."""
_STREET = (
    r"(?:вул\.|вулиц\w+|просп\.|проспект\w*|площ[аіуею]\w*|пл\.|провул\w*|бульвар\w*|узвоз\w*"
    r"|ул\.|улиц\w+|площад\w+|переул\w+|імені|ім\.|имени|им\.)"
)
_NAMED = (
    r"(?:бригад\w*|батальй?он\w*|полк\w*|загон\w*|отряд\w*|завод\w*|фабрик\w*|шахт\w*|рудник\w*"
    r"|колгосп\w*|колхоз\w*|радгосп\w*|совхоз\w*|селищ\w+|пос[её]л\w+|смт|пгт|село|сел[іау]|с\."
    r"|хутор\w*|станці\w+|станци\w+|парк\w*|сквер\w*|стадіон\w*|стадион\w*|школ\w+|лікарн\w+"
    r"|больниц\w+|мікрорайон\w*|микрорайон\w*|квартал\w*|міст|мост\w*)"
)
_OPENED = r" *[«\"“„]? *$"
_CAPITAL_MONTH = r"[А-ЯҐЄІЇ][а-яґєіїё']+$"
_NAME_IN_WORDS = r"[А-ЯҐЄІЇ][а-яґєіїё'’ʼ]+ [А-ЯҐЄІЇ][а-яґєіїё'’ʼ]+"


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Tell whether the day that stands in a text from `start` to `end` only names something."""
    day = text[start:end]
    if not re.search(r"[^\W\d_]", day):
        return False
    if thing := re.search(_BEHIND, text[end : end + _NEAR]):
        is_name = thing["thing"][0].isupper() or re.search(_THE_FIRST_OF, day) is not None
        goes_on = re.match(_GOES_ON, text[end + thing.end() :]) is not None
        return is_name or not (goes_on or _is_led(day, text[:start]))
    before = text[max(0, start - _NEAR) : start]
    if re.search(rf"(?i)(?<!\w){_STREET}{_OPENED}", before):
        return True
    if re.fullmatch(_NAME_IN_WORDS, day):
        return True
    is_capital = re.search(_CAPITAL_MONTH, day) is not None
    return is_capital and re.search(rf"(?i)(?<!\w){_NAMED}{_OPENED}", before) is not None


def _is_led(day: str, before: str) -> bool:
    return re.search(_ON, before) is not None or re.match(r"(?i)(?:on|by|in) ", day) is not None
