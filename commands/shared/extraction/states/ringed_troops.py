"""Whose troops a sentence says to be surrounded: a town in which they are need not be."""

import re
from collections.abc import Sequence

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.wording.rule_table import Hit

_REACH = 40  # characters to the verb before a participle
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id)|claim\w*|report\w*|announc\w*|believ\w*|stat(?:e[ds]?|ing)"
    r"|каж\w+|каза\w+|сказа\w+|заяв\w+|повідом\w+|стверд\w+|говор\w+|сообщ\w+|утвержд\w+)\b",
    re.IGNORECASE,
)
"""Between a side and an encirclement: that side only tells of it."""
_BY_WHOM = re.compile(r"(?:ами|ями|ими|ом|ою|ем)$", re.IGNORECASE)
"""The end of who surrounds, and is not surrounded: "оточене росіянами"."""
_TOWN_OF_THEIRS = re.compile(
    r"-|\s+(?:towns?|cit(?:y|ies)|villages?|strongholds?|міст|сел|город|пос[её]л)", re.IGNORECASE
)
"""Behind a side: it is its town that is surrounded, or one that it holds."""
_DONE = re.compile(r"(?:surrounded|encircled|cut off|оточен\w{0,2}|окруж[её]н\w?)$", re.IGNORECASE)
_DOING = re.compile(
    r"(?:surround|encircl)(?:s|e|es|ing)?$|(?:оточ|окруж)\w*(?:ли|ла|в|л|ють|ют|є|ет)$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?:оточенні|окружении)$", re.IGNORECASE)
"""In whose encirclement a town is: they surround it."""
_TROOPS = (
    r"(?:troops|forces|soldiers|units?|service\s?m[ae]n|infantry\w*|assault|army|groups?|grouping"
    r"|garrison|compan(?:y|ies)|battalions?|brigades?|platoons?|fighters|personnel|marines|men|of"
    r"|військ\w*|підрозділ\w*|солдат\w*|груп\w*|штурмов\w*|бійц\w*|сил\w*|армі\w*|частин\w*|угрупован\w*"
    r"|гарнізон\w*|войск\w*|подразделени\w*|военн\w*|бойц\w*|част\w*|гарнизон\w*|рф)"
)
_SOMEWHERE = r"(?:\s+(?:in|inside|near|at|around|в|во|у|під|біля|под|возле)(?:\s+[\w’'ʼ-]+){1,4}?)?"
_HELPED = re.compile(r"\b(?:is|are|was|were|been|got|бу(?:в|ла|ли)|был[аи]?)\b", re.IGNORECASE)
_ONE_GROUP = re.compile(
    rf"(?:\s+{_TROOPS})*{_SOMEWHERE},?(?:\s+(?:is|was|has been|got)(?:\s+\w+ly|\s+now|\s+still)*"
    r"|\s+(?:була?|був|была?))?\s+",
    re.IGNORECASE,
)
"""Between a side and a participle: of one unit, or of troops "surrounded in Vilne"."""
_NO_OBJECT = re.compile(
    r"\s+(?:in|near|at|inside|around|outside|north|south|east|west)\b"
    r"|(?:\s+and (?:surrounded|encircled|cut off))?\s*[.;]?\s*$",
    re.IGNORECASE,
)
"""Behind a participle without "are": they do not surround a place."""
_IN_IT = re.compile(
    rf"(?:\s+{_TROOPS})*{_SOMEWHERE}(?:\s+(?:is|are|was|were|remains?|перебува\w+|находит\w+))?"
    r"\s+(?:in(?:\s+(?:an?|the))?|в|у|во)\s+",
    re.IGNORECASE,
)
"""Between a side and a noun: "the Russian garrison is in a pocket"."""
_MANY = re.compile(
    r"\b(?:are|were|have been|had been|remain(?:ed)?|got|found themselves|ended up|fell|caught"
    r"|trapped)(?:\s+(?:\w+ly|now|still|also|already|all|being|in|into|an?|the))*\s+$"
    r"|\b(?:потрап|опин|попа|оказа|перебува|находят)\w*\s+(?:(?:в|у|во|до)\s+)?$"
    r"|\b(?:br[eo]ak\w*|broke|escap\w*|вийш\w+|вирва\w+|прорва\w+|выш\w+|вырва\w+)"
    r"\s+(?:out of|from|з|із|из)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before an encirclement that is of several, and not of a town."""
_IMPERSONAL = re.compile(r"(?:оточено|окружено)$", re.IGNORECASE)
_OF_MANY = re.compile(r"(?:оточені|окруж[её]ны)$", re.IGNORECASE)
_TOWNS = re.compile(
    r"(?:(?:,|\band|\bта|\bі|\bй|\bи)\s+[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]+"
    r"|\b(?:towns|cities|villages|settlements|they|міста|села|города|вони|они))\s+[^,;]{0,25}$",
    re.IGNORECASE,
)
"""Before it: that they are several towns."""
_IS = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got|remain\w*)(?:\s+(?:\w+ly|now|still|also|already))*\s+$",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?:\s+(?!(?:by|from|with|in|near|at|around|and|but|after|before|while|when|because|as|which"
    r"|that|on|to|for|в|у|на|під|біля|з|із|від|та|і|й|але|а|що|як\w*|бо|под|возле|с|и|но|что|когда"
    r"|котор\w+|потому)\b)(?:[a-zа-яёіїєґ][\w’'ʼ-]*|\d[\d.,]*)){0,6}\s+"
)
"""Between a verb and those whom somebody surrounds: "encircled dozens of Russian soldiers"."""
_THOSE = re.compile(
    r"(?:\s+(?:of|an?|the|some|several|up to|over|about|two|three|\d+|кілька|понад|близько"
    rf"|несколько|около|до|{_TROOPS}))*\s+",
    re.IGNORECASE,
)
"""Between a noun or a participle and those who are: "the encirclement of Russian troops"."""


def find_ringed_side(
    text: str, ring: Spot, sides: Sequence[Hit], start: int, end: int
) -> Hit | None:
    """Return the side whose troops are surrounded, out of those named between two characters.

    None where a town may be meant: "Russian troops surrounded Vilne", "Vilne is surrounded".
    """
    behind = next((side for side in sides if ring[1] <= side.start < end), None)
    if behind is not None and _is_object(text, ring, behind):
        return behind
    before = next((side for side in reversed(sides) if start <= side.end <= ring[0]), None)
    return before if before is not None and _is_subject(text, ring, before, end) else None


def _is_object(text: str, ring: Spot, side: Hit) -> bool:
    between = text[ring[1] : side.start]
    if not text[ring[0]].isascii():  # "оточені в Вільному росіяни"
        between = re.sub(rf"^{_SOMEWHERE}(?=\s)", "", between, flags=re.IGNORECASE)
    whom = _SOMEBODY if _is_active(text, ring) else _THOSE
    return (
        whom.fullmatch(between) is not None
        and _WITHIN.search(text, *ring) is None
        and _BY_WHOM.search(text, side.start, side.end) is None
        and _TOWN_OF_THEIRS.match(text, side.end) is None
    )


def _is_active(text: str, ring: Spot) -> bool:
    """Tell whether somebody surrounds somebody or something: "surrounded" alone may be both."""
    if _DOING.search(text, *ring):
        return True
    before = text[max(0, ring[0] - _REACH) : ring[0]]
    is_english = text[ring[0]].isascii()
    return is_english and _DONE.search(text, *ring) is not None and not _IS.search(before)


def _is_subject(text: str, ring: Spot, side: Hit, end: int) -> bool:
    between = text[side.end : ring[0]]
    if _DOING.search(text, *ring) or _SAYING.search(between):
        return False
    if _BY_WHOM.search(text, side.start, side.end) or _TOWN_OF_THEIRS.match(text, side.end):
        return False
    if _DONE.search(text, *ring) is None:
        is_of_it = _IN_IT.fullmatch(between) is not None
    elif _ONE_GROUP.fullmatch(between) and not ("," in between and _IMPERSONAL.search(text, *ring)):
        is_told = _HELPED.search(between) is not None or not text[ring[0]].isascii()
        return is_told or _NO_OBJECT.match(text, ring[1], end) is not None
    else:
        is_of_it = _OF_MANY.search(text, *ring) is not None and "," not in between
    return (is_of_it or _MANY.search(between) is not None) and _TOWNS.search(between) is None
