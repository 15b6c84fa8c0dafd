"""How much of a place is held."""

import re
from collections.abc import Sequence

from commands.shared.extraction.place_roles import PlaceInSentence
from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.wording.rule_table import Hit, Topic
from store.model.entry import Precision, Share

_BEFORE = 45
LEFT_OUT = re.compile(
    r"\b(?:except|excluding|(?:apart from|other than)(?! th(?:at|is)\b)|but for|minus"
    r"|save(?= (?:for|the|its|an?|one|two|some)\b)|за винятком|за исключением"
    r"|(?:о?крім|кроме)(?! (?:того|цього|этого)\b))\b",
    re.IGNORECASE,
)
"""Behind a verb of holding: what is named next is not held; "крім того" only means "besides"."""
_BUT_SOME = re.compile(
    r",?\s+(?:but|але|но|а)\s+(?:for\s+)?"
    r"(?:(?:not|не)\b|(?:the|its|an?|one|two|three|some|a few)\s)(?P<some>[^.;!?,]*)",
    re.IGNORECASE,
)
"""Behind a clause: "they hold all of Vilne, but not the station" leaves some out."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|ha[sd]|have|do|does|did|will|can|could|may|might|continues?|remains?"
    r"|goes|go|rages?|\w+ed|\w+[еєую]ть?(?:ся)?)\b"
)
"""What begins anew behind "but": "but the fighting continues"."""
_PART_OF_IT = re.compile(
    r"[’']s\s+(?:\w+\s+)?(?:(?:north|south|east|west|cent|outskirt|suburb|district|part|half|quarter)\w*"
    r"|downtown|edges?)\b",
    re.IGNORECASE,
)
"""Behind a name: "Vilne's north" is a part of it."""


def read_share(
    clause: Clause, hit: Hit, place: PlaceInSentence, places: Sequence[PlaceInSentence]
) -> Share:
    """Return how much of a place is held; a part that is named before another is of that."""
    first = min(hit.start, place.start) - _BEFORE
    others = [it.end for it in places if it.end <= min(hit.start, place.start)]
    words = clause.text[max(clause.start, first, *others) : max(hit.end, place.end)]
    share = clause.rules.first(Topic.SHARE, words)
    if _leaves_some_out(clause, hit):
        is_all = share is not None and share.means == "all"
        return Share.MOST if is_all else Share(share.means) if share else Share.UNSPECIFIED
    if share is not None:
        is_sure = share.means != "all" or not _may_leave_some_out(clause, hit)
        return Share(share.means) if is_sure else Share.UNSPECIFIED
    owned = len(clause.text[place.start : place.end].removesuffix("'s").removesuffix("’s"))
    if _PART_OF_IT.match(clause.text, place.start + owned, clause.end):
        return Share.PART
    stop = min(clause.end, hit.end + _BEFORE)
    if any(place.end < other.start for other in places):
        stop = max(place.start, hit.end)
    behind = clause.text[hit.end : stop]
    is_part = place.precision is Precision.PART or clause.rules.has(Topic.PART, behind)
    return Share.PART if is_part else Share.UNSPECIFIED


def _leaves_some_out(clause: Clause, hit: Hit) -> bool:
    """Tell whether it is said behind a verb that some of it is not held."""
    if LEFT_OUT.search(clause.text, hit.end, clause.end):
        return True
    but = _BUT_SOME.match(clause.text, clause.end)
    return but is not None and _VERB.search(but["some"]) is None


def _may_leave_some_out(clause: Clause, hit: Hit) -> bool:
    """Tell whether words before the verb, or behind the clause, may leave some out."""
    before = LEFT_OUT.search(clause.text, clause.start, hit.start)
    return before is not None or _BUT_SOME.match(clause.text, clause.end) is not None
