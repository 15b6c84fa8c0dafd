"""A zone that only grows or moves, and what a place was before it changed: neither is a status."""

import re

from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.wording.rule_table import HOLDING, Hit

_BEFORE = 45
_MOVED = re.compile(
    r"\b(?:mov|shift|expand|widen|extend|narrow|розшир|зрост|збільш|зсун|расшир|увелич|сдвин)\w*"
    r"(?: of)?(?: the)?\s*$",
    re.IGNORECASE,
)
"""Before a zone that only moves: "We move the grey zone west" tells of no town."""
_NAME = r"(?-i:[^\W\d_a-zа-яёіїєґ])[\w’'ʼ-]*"
_WHERE = (
    r"\s+(?:in|at|of|around|near|outside|within|у|в|во|навколо|довкола|біля|поблизу|вокруг|возле"
    r"|около|под)\s+(?:(?:the|city|town|village|of|місті|селі|городе|селе|районі|районе)\s+)*"
    rf"{_NAME}(?:(?:,|\s+(?:and|та|і|й|и))?\s+{_NAME}){{0,5}}(?:\s+(?:area|district|region|sector))?"
)
_MOVES = re.compile(
    rf"(?:{_WHERE})?\s+(?:(?:has|have|is|are|further|ще|ещё|знову|снова|значно|значительно)\s+)*"
    r"(?:(?:expand|grow|grew|widen|shrink|shr[au]nk|shift|mov|increas|contract|narrow|doubl)\w*"
    r"|(?:got|getting|become|becoming) (?:bigger|larger|smaller|wider|narrower)"
    r"|(?:розшир|збільш|зрост|зрос|зменш|зсу|скоро[тч]|звуз|побільш|поменш)\w*"
    r"|(?:расшир|увелич|раст|вырос|уменьш|сдвин|сокра[тщ]|суз)\w*)",
    re.IGNORECASE,
)
"""Behind such a zone: "The grey zone in Vilne has grown" tells of no town either."""
_LEFT = re.compile(
    r"\b(?:from|out of|left|leav(?:es?|ing)|exit(?:s|ed|ing)?|з-під|із-під|из-под|із|зі|з|из)\s+"
    r"(?:(?:the|an?|full|russian|ukrainian|enemy|українського|російського|украинского|российского)"
    r"\s+)*$",
    re.IGNORECASE,
)
"""Before what is so no more: "passed from Ukrainian control into the grey zone"."""
_STATE = re.compile(r"(?:control|контрол[юя]|gr[ae]y[ -]zone|зон\w+»?)$", re.IGNORECASE)


def is_zone_that_moves(clause: Clause, hit: Hit) -> bool:
    """Tell whether a zone only grows, shrinks or moves, also where it is said where it lies."""
    before = clause.text[max(clause.start, hit.start - _BEFORE) : hit.start]
    if _MOVED.search(before):
        return True
    return hit.means not in HOLDING and _MOVES.match(clause.text, hit.end) is not None


def is_left_behind(clause: Clause, hit: Hit) -> bool:
    """Tell whether a place has left what is told of: "went from the grey zone to …"."""
    is_state = _STATE.search(clause.text, hit.start, hit.end) is not None
    return is_state and _LEFT.search(clause.text, clause.start, hit.start) is not None
