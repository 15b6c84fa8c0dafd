"""Where a speaker's name begins and ends among the words around it."""

import re

from commands.kit.days.day_words import month_of
from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.places.place_shapes import CAPITAL_WORD
from commands.shared.extraction.wording.rule_table import Rules, Topic

_AUXILIARY = re.compile(
    r"(?:\s+(?:has|had|have|is|are|was|were|been|also|falsely|later|previously|earlier|prematurely|still|then|would"
    r"|since|repeatedly|publicly|also|now|again|therefore|recently|not|did|does|do|раніше|також"
    r"|знову|ранее|также|снова|теж|потім|потом|пізніше|позже"
    r"|вчора|учора|вчера|сьогодні|сегодня|yesterday|today|це|это))+\s*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:про це|об этом"
    r"|накануне|напередодні|yesterday|today|вчора|учора|вчера|сьогодні|сегодня|and|but|although|though|while|as|meanwhile|however|which|whom|earlier|previously|later|also"
    r"|separately|а|і|й|та|але|и|но|однак|однако|хоча|хотя|проте"
    r"|тим часом|тем временем|водночас|натомість|зокрема"
    r"|крім того|кроме того|при цьому|при этом|ранее|раніше|позже|пізніше|також|также|згодом"
    r"|як(?:ий|а|е|і|ого|ому|ої|ій|у|их)|котор(?:ый|ая|ое|ые|ого|ому|ой|ую|ых))"
    r",?\s+|[–—-]\s*)+",
    re.IGNORECASE,
)
_BEHIND_A_PHRASE = re.compile(
    r"(?i:in|at|on|during|after|у|в|во|на|під час|во время|після|после)\s[^,;:]{3,80}\s"
    rf"((?:[a-zа-яёіїєґ][\w’'ʼ-]+\s)(?:{CAPITAL_WORD}\s){{1,2}}"
    rf"{CAPITAL_WORD})",
)
"""Before a verb: "у колонці для газети історик Н. Н.": who speaks stands last, with a title."""
_DAY_IN_NAME = re.compile(
    r"[\s(,]+(?=(?:\d{1,2}(?:-го)?\s+(?P<month>[^\W\d_]+)|(?P<first>[^\W\d_]+)\.?\s+\d{1,2}"
    r"|(?P<numbers>\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?))\b)"
)
_LEADING_DAY = re.compile(
    r"(?:(?:on|in|у|в|во|вже|уже|ще|еще|ещё)\s+)?(?:\d{1,2}(?:-го|st|nd|rd|th)?\s+(?P<month>[^\W\d_]+)\.?"
    r"|(?P<first>[^\W\d_]+)\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"|(?P<whole>[^\W\d_]+)(?=,?\s+(?:19|20)\d\d))"
    r"(?:,?\s+(?:19|20)\d\d(?:\s*(?:р|г)\.|\s+(?:року|рік|года))?)?(?:,?\s+|$)",
    re.IGNORECASE,
)
"""Before a name: "5 листопада 2025 р. Генштаб повідомив", "On November 5 the brigade said"."""
_BEFORE_A_DAY = re.compile(
    r"\s+(?:(?:станом |по состоянию )?на|as of|of|for|за|від|от)\s*$", re.IGNORECASE
)
_NAME_ON_A_DAY = re.compile(rf"(?:{CAPITAL_WORD}\s+){{1,3}}on\s*")
"""Behind a verb: "said Petrenko on 5 November", not "footage released on 5 November"."""
_HEARER = re.compile(
    r"(?:виданню|агентству|порталу|(?:теле)?каналу|журналіст(?:ам|у|ці)|кореспондент(?:ам|у|ці)"
    r"|изданию|журналист(?:ам|у|ке)|корреспондент(?:ам|у|ке))\s+(?:[«“\"][^»”\"]{1,60}[»”\"]\s+)?",
    re.IGNORECASE,
)
"""To whom it was said, between the verb and the name: "розповів виданню …"."""
_LONGEST = 160  # characters


def trim_name(text: str, first: int, last: int, rules: Rules) -> Spot:
    """Return where a name begins and ends without the words around it: "on Monday", "has"."""
    first = _skip_opening(text, first, last, rules)
    if tail := _AUXILIARY.search(text, first, last):
        last = tail.start()
    if titled := _BEHIND_A_PHRASE.fullmatch(text, first, last):
        first = titled.start(1)
    cut = next((hit for hit in rules.find(Topic.CUT, text, first, last) if hit.start > first), None)
    if cut:
        last = cut.start
    release = rules.first(Topic.RELEASE, text, first, last)
    if release and rules.has(Topic.BODY, text[first : release.start]):
        last = release.start
    last = first + len(_BEFORE_A_DAY.sub("", text[first : _cut_day(text, first, last, rules)]))
    if _NAME_ON_A_DAY.fullmatch(text, first, last):
        last = first + text[first:last].rindex("on")
    while last > first and (text[last - 1].isspace() or text[last - 1] in ',(–—-”»"'):
        last -= 1
    closes = text[last : last + 1]
    if (closes == "»" and "«" in text[first:last]) or (
        closes == '"' and text[first:last].count('"') % 2
    ):
        last += 1
    return first, min(last, first + _LONGEST)


def _skip_opening(text: str, first: int, last: int, rules: Rules) -> int:
    """Return where a name begins behind marks, "meanwhile" and the day."""
    while first < last and (text[first].isspace() or text[first] in '–—-«“"„•*'):
        first += 1
    if lead := _LEADING.match(text, first, last):
        first = lead.end()
    if hearer := _HEARER.match(text, first, last):
        first = hearer.end()
    when = rules.first(Topic.WHEN, text, first, last)
    if when and when.start <= first < when.end and when.means != "since":
        first = when.end + len(text[when.end : last]) - len(text[when.end : last].lstrip(" ,"))
    day = _LEADING_DAY.match(text, first, last)
    if day and month_of(day["month"] or day["first"] or day["whole"]) is not None:
        first = day.end()
    return first


def _cut_day(text: str, first: int, last: int, rules: Rules) -> int:
    """Return where a name ends before the day on which its bearer spoke."""
    when = rules.first(Topic.WHEN, text, first, last)
    if when and when.start > first:
        last = when.start
    for dated in _DAY_IN_NAME.finditer(text, first, last):
        if dated["numbers"] or month_of(dated["month"] or dated["first"]) is not None:
            return dated.start()
    return last
