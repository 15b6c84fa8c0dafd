"""How much of a place is held."""

import re
from collections.abc import Sequence

from commands.shared.extraction.places.place_roles import PlaceInSentence
from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.wording.rule_table import Hit, Topic
from store.model.entry import Precision, Share

_BEFORE, _LONGEST_THING = 45, 70
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
_NAME = re.compile(r"\s+[A-ZА-ЯІЇЄҐ]")
_PART_OF_IT = re.compile(
    r"[’']s\s+(?:\w+\s+)?(?:(?:north|south|east|west|cent|outskirt|suburb|district|part|half|quarter)\w*"
    r"|downtown|edges?)\b",
    re.IGNORECASE,
)
"""Behind a name: "Vilne's north" is a part of it."""


_OF_ANOTHER = re.compile(r" (?:Ukraine|Russia|Україн|Росі|Украин|Росси)")
"""Behind "eastern": it is a part of a country."""
_BESIDE = re.compile(r"(?:ее|іше)$")
"""Of "восточнее": it is outside."""
_THINGS = re.compile(
    r"(?P<noun>(?:\s+[a-zа-яёіїєґ][\w’'ʼ-]*){1,4}?)(?P<link>\s+(?:of|in|at|у|в|во))?\s*$"
)
"""Between a share and a place: "half of the residents of Vilne"."""
GROUND = re.compile(
    r"\b(?:territor|area|land|ground|streets?|blocks?|built-up|ruins|rest|remain|left|територі"
    r"|площ|вулиц|забудов|решт|руїн|залишк|территор|улиц|застройк|руин|остатк|остал)",
    re.IGNORECASE,
)
"""What is a part of a place, whoever counts it."""
_ADVERB = re.compile(r"(?:ly|ково|чно|ністю|ностью|целиком|цілком)$", re.IGNORECASE)
"""Of a verb, not of things: "partly", "частково", "полностью"."""
_ADJECTIVE = re.compile(r"(?:ого|его|ої|ой)$", re.IGNORECASE)
_OF_PLACES = (Topic.KIND_OF_PLACE, Topic.PART, Topic.QUARTER)


def is_share_of_things(clause: Clause, place: PlaceInSentence) -> bool:
    """Tell whether a share is of the people or the houses of a place, and not of the place."""
    first = max(clause.start, place.start - _LONGEST_THING)
    shares = [
        hit
        for hit in clause.rules.find(Topic.SHARE, clause.text, first, place.start)
        if not _ADVERB.search(clause.text, hit.start, hit.end)
    ]
    things = _THINGS.match(clause.text, shares[-1].end, place.start) if shares else None
    if things is None:
        return False
    if things["link"] is None and (
        clause.rules.language == "en" or _ADJECTIVE.search(things["noun"])
    ):
        return False  # "most of ruined Vilne"
    ends = place.start, things.end("noun")
    is_ground = GROUND.search(things["noun"]) is not None
    return not is_ground and not any(
        clause.rules.before(topic, clause.text, end) for topic in _OF_PLACES for end in ends
    )


def read_share(
    clause: Clause, hit: Hit, place: PlaceInSentence, places: Sequence[PlaceInSentence]
) -> Share:
    """Return how much of a place is held; a part that is named before another is of that."""
    first = min(hit.start, place.start) - _BEFORE
    others = [it.end for it in places if it.end <= min(hit.start, place.start)]
    words = clause.text[max(clause.start, first, *others) : max(hit.end, place.end)]
    share = clause.rules.first(Topic.SHARE, words)
    if _leaves_some_out(clause, hit, places):
        is_all = share is not None and share.means == "all"
        return Share.MOST if is_all else Share(share.means) if share else Share.UNSPECIFIED
    if share is not None:
        is_sure = share.means != "all" or not _may_leave_some_out(clause, places)
        return Share(share.means) if is_sure else Share.UNSPECIFIED
    owned = len(clause.text[place.start : place.end].removesuffix("'s").removesuffix("’s"))
    if _PART_OF_IT.match(clause.text, place.start + owned, clause.end):
        return Share.PART
    stop = min(clause.end, hit.end + _BEFORE)
    if any(place.end < other.start for other in places):
        stop = max(place.start, hit.end)
    behind = clause.text[hit.end : stop]
    is_part = place.precision is Precision.PART or _names_a_part(clause, hit.end, behind)
    return Share.PART if is_part else Share.UNSPECIFIED


def _names_a_part(clause: Clause, start: int, behind: str) -> bool:
    """Tell whether a part is named behind a verb; "east of X", "(north of X)" are none of it."""
    return any(
        not _OF_ANOTHER.match(clause.text, start + part.end)
        and behind.rfind("(", 0, part.start) <= behind.rfind(")", 0, part.start)
        and not _BESIDE.search(behind, part.start, part.end)
        for part in clause.rules.find(Topic.PART, behind)
    )


def _leaves_some_out(clause: Clause, hit: Hit, places: Sequence[PlaceInSentence]) -> bool:
    """Tell whether it is said behind a verb that some of it is not held.

    "They hold A fully, but not B" leaves nothing of A out.
    """
    left = LEFT_OUT.search(clause.text, hit.end, clause.end)
    but = _BUT_SOME.match(clause.text, clause.end)
    if left is None and (but is None or _VERB.search(but["some"])):
        return False
    first = left.end() if left else clause.end
    last = clause.end if left else but.end() if but else first
    return not (_NAME.match(clause.text, first) or any(first <= it.start < last for it in places))


def _may_leave_some_out(clause: Clause, places: Sequence[PlaceInSentence]) -> bool:
    """Tell whether words of the clause, or behind it, may leave some out."""
    if LEFT_OUT.search(clause.text, clause.start, clause.end):
        return True
    but = _BUT_SOME.match(clause.text, clause.end)
    return but is not None and not any(but.start() <= it.start < but.end() for it in places)
